"""Where tiles come from: one form for a package, an archive and a service."""

from pathlib import Path
from typing import Protocol

from console.base.errors import BadData
from console.maps.archive import Archive
from console.maps.package import About, Package, TileId


class Source(Protocol):
    """Gives tiles as they are stored. ``late``: a tile that is missing now may come later."""

    late: bool

    @property
    def about(self) -> About: ...
    def tile(self, id: TileId) -> bytes | None: ...
    def close(self) -> None: ...


def open_file(file: Path) -> Package | Archive:
    """Open an MBTiles or PMTiles file by its name's end; BadData names what it is not."""
    if not file.is_file():
        raise BadData(str(file), "", "no such file")
    match file.suffix.lower():
        case ".mbtiles":
            return Package(file)
        case ".pmtiles":
            return Archive(file)
        case _:
            raise BadData(str(file), "", "neither .mbtiles nor .pmtiles")

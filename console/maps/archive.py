"""PMTiles archives: one file, vector or raster tiles, read where it lies."""

import mmap
from pathlib import Path
from typing import Any

import pmtiles.reader
import pmtiles.tile

from console.base.errors import BadData
from console.maps.package import About, Form, TileId

_reader: Any = pmtiles.reader
_tile: Any = pmtiles.tile
_FORMS: dict[str, Form] = {"MVT": "pbf", "PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


class Archive:
    """An archive on disk, to be read from any thread; BadData names the file and what is wrong."""

    late = False

    def __init__(self, file: Path) -> None:
        self.file = file
        self._held = file.open("rb")
        try:
            self._map = mmap.mmap(self._held.fileno(), 0, access=mmap.ACCESS_READ)
            self._reader = _reader.Reader(self._bytes)
            self.about = _about(file, self._reader.header(), self._reader.metadata())
        except BadData:
            self._held.close()
            raise
        except Exception as error:  # the library raises whatever it stumbles over
            self._held.close()
            raise BadData(str(file), "", f"no PMTiles archive: {error}") from error

    def tile(self, id: TileId) -> bytes | None:
        """Give a tile as it is stored; None where there is none."""
        try:
            return self._reader.get(*id)
        except ValueError:
            return None

    def _bytes(self, at: int, size: int) -> bytes:
        return self._map[at : at + size]

    def close(self) -> None:
        self._map.close()
        self._held.close()


def _about(file: Path, header: dict[str, Any], said: dict[str, Any]) -> About:
    form = _FORMS.get(header["tile_type"].name)
    if form is None:
        raise BadData(str(file), "tile_type", f"not one of {', '.join(_FORMS)}")
    west, south, east, north = (
        header[f"{side}_e7"] / 1e7 for side in ("min_lon", "min_lat", "max_lon", "max_lat")
    )
    return About(
        str(said.get("name", file.stem)), str(said.get("attribution", "")),
        str(said.get("version", "")), form, header["min_zoom"], header["max_zoom"],
        (west, south, east, north),
    )  # fmt: skip

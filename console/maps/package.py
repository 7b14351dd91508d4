"""A map package: one MBTiles file with tiles, and beside them boundaries, roads and places.

Tiles lie as MBTiles 1.3 says (rows count from the south), so any MBTiles of raster or vector tiles
can be read; the other parts are in a table of our own, `chengyun_part`, which other programs pass
over. A package is only read after it is built; each thread has a connection of its own.
"""

import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from console.base.errors import BadData

Form = Literal["pbf", "png", "jpg", "webp"]
FORMS: tuple[Form, ...] = ("pbf", "png", "jpg", "webp")
BOUNDARIES, ROADS, PLACES = "boundaries", "roads", "places"
_TABLES = """
CREATE TABLE metadata (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE tiles (
    zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB NOT NULL,
    PRIMARY KEY (zoom_level, tile_column, tile_row)
) WITHOUT ROWID;
CREATE TABLE chengyun_part (name TEXT PRIMARY KEY, body BLOB NOT NULL);
"""
Matrix = Literal["w", "c"]
TileId = tuple[int, int, int]
"""Zoom, column, row; rows count from the north, as XYZ services count them."""


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself. ``bounds``: west, south, east, north, in degrees.

    ``matrix``: by which tiles are numbered: Web Mercator, or degrees (console.maps.degrees).
    """

    name: str
    source: str
    date: str
    form: Form
    low: int
    high: int
    bounds: tuple[float, float, float, float]
    schematic: bool = False
    licence: str = ""
    matrix: Matrix = "w"


class Package:
    """A package on disk, to be read from any thread; BadData names the file and what is wrong."""

    late = False

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self.about = _about(file, self._metadata())

    def tile(self, id: TileId) -> bytes | None:
        """Give a tile as it is stored; vector tiles are compressed."""
        zoom, column, row = id
        found = self._ask(
            "SELECT tile_data FROM tiles WHERE zoom_level=? AND tile_column=? AND tile_row=?",
            zoom, column, (1 << zoom) - 1 - row,
        )  # fmt: skip
        return bytes(found[0][0]) if found else None

    def part(self, name: str) -> bytes | None:
        """Give a part of ours; None where the file is plain MBTiles."""
        has = self._ask("SELECT 1 FROM sqlite_master WHERE name='chengyun_part'")
        found = self._ask("SELECT body FROM chengyun_part WHERE name=?", name) if has else []
        return bytes(found[0][0]) if found else None

    def tiles(self) -> dict[int, int]:
        """Count the tiles of each zoom."""
        rows = self._ask("SELECT zoom_level, count(*) FROM tiles GROUP BY 1 ORDER BY 1")
        return {int(zoom): int(n) for zoom, n in rows}

    def close(self) -> None:
        for each in self._open:
            each.close()
        self._open = []

    def _metadata(self) -> dict[str, str]:
        return {str(n): str(v) for n, v in self._ask("SELECT name, value FROM metadata")}

    def _ask(self, line: str, *given: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(line, given).fetchall()
        except sqlite3.Error as error:
            raise BadData(str(self.file), "", str(error)) from error

    def _connection(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._local, "held", None)
        if held is None:
            held = sqlite3.connect(
                f"{self.file.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
            )
            self._local.held = held
            self._open.append(held)
        return held


def write(
    file: Path, about: About, tiles: Iterable[tuple[TileId, bytes]], parts: Mapping[str, bytes]
) -> None:
    """Write a package beside its place, then put it there whole: a reader never sees a half."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.part")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half)) as made:
        made.executescript(_TABLES)
        made.executemany("INSERT INTO metadata VALUES (?, ?)", _told(about).items())
        made.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            (((z, x, (1 << z) - 1 - y, body)) for (z, x, y), body in tiles),
        )
        made.executemany("INSERT INTO chengyun_part VALUES (?, ?)", parts.items())
        made.commit()
        made.execute("VACUUM")
    half.replace(file)


def _told(about: About) -> dict[str, str]:
    return {
        "name": about.name, "format": about.form, "minzoom": str(about.low),
        "maxzoom": str(about.high), "bounds": ",".join(f"{b:.6f}" for b in about.bounds),
        "type": "baselayer", "attribution": about.source, "version": about.date,
        "chengyun_schematic": str(int(about.schematic)), "chengyun_licence": about.licence,
    }  # fmt: skip


def _about(file: Path, said: Mapping[str, str]) -> About:
    named = said.get("format", "").replace("jpeg", "jpg")
    form: Form | None = next((f for f in FORMS if f == named), None)
    if form is None:
        raise BadData(str(file), "metadata.format", f"not one of {', '.join(FORMS)}")
    try:
        west, south, east, north = map(float, said.get("bounds", "-180,-85,180,85").split(","))
        low, high = int(said.get("minzoom", 0)), int(said.get("maxzoom", 18))
    except ValueError as error:
        raise BadData(str(file), "metadata", str(error)) from error
    return About(
        name=said.get("name", file.stem), source=said.get("attribution", ""),
        date=said.get("version", ""), form=form, low=low, high=high,
        bounds=(west, south, east, north), schematic=said.get("chengyun_schematic") == "1",
        licence=said.get("chengyun_licence", ""),
    )  # fmt: skip

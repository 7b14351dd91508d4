"""Layouts of the wall as files: a grid with spans, or rectangles put freely; recalled by number."""

from typing import Literal

import msgspec
from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import shaped

FOLDER = "layouts"
CELLS_MOST, WHOLE = 144, 1.0001
Role = Literal["plain", "spot", "alarm", "carousel"]


class Spot(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One tile of a file: ``at`` column and row with ``span``, or ``free`` in parts of the wall.

    ``role``: plain, spot (follows this operator's incident), alarm, or carousel.
    """

    at: tuple[int, int] = (0, 0)
    span: tuple[int, int] = (1, 1)
    free: tuple[float, float, float, float] | None = None
    role: Role = "plain"


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    number: int
    columns: int = 0
    rows: int = 0
    dwell_s: float = 0.0
    tile: tuple[Spot, ...] = ()


class Cell(Struct, frozen=True, kw_only=True):
    """One tile: its place in parts of the wall (0 to 1), and what it is for."""

    x: float
    y: float
    width: float
    height: float
    role: Role = "plain"


class Layout(Struct, frozen=True, kw_only=True):
    """A whole wall. ``dwell_s``: how long a carousel shows each camera; 0: it has none."""

    name: str
    number: int
    cells: tuple[Cell, ...]
    dwell_s: float = 0.0

    def of_role(self, role: Role) -> tuple[int, ...]:
        return tuple(n for n, cell in enumerate(self.cells) if cell.role == role)


class Saved(Struct, frozen=True, forbid_unknown_fields=True):
    """A layout as a person saved it: its tiles, and which camera stood in which."""

    cells: tuple[Cell, ...]
    dwell_s: float = 0.0
    homes: dict[int, str] = {}


def saved(layout: Layout, homes: dict[int, str]) -> bytes:
    """Give a layout and its cameras to be kept or shared (JSON)."""
    return msgspec.json.encode(Saved(layout.cells, layout.dwell_s, homes))


def recalled(name: str, number: int, content: bytes | str) -> tuple[Layout, dict[int, str]]:
    """Read a layout that somebody saved; BadData when it is none, or its tiles lie outside."""
    try:
        read = msgspec.json.decode(content, type=Saved)
    except msgspec.DecodeError as error:
        raise BadData(f"layout {number}", "content", str(error)) from error
    if not 0 < len(read.cells) <= CELLS_MOST or not all(map(_within, read.cells)):
        raise BadData(f"layout {number}", "cells", "not within the wall (0 to 1)")
    return Layout(name=name, number=number, cells=read.cells, dwell_s=read.dwell_s), read.homes


def _within(cell: Cell) -> bool:
    sides = (cell.x + cell.width, cell.y + cell.height)
    return min(cell.x, cell.y) >= 0 and min(cell.width, cell.height) > 0 and max(sides) <= WHOLE


def read_layouts(folder: str = FOLDER) -> dict[str, Layout]:
    """Read every layout, by name, in the order of their numbers; BadData names file and key."""
    found: dict[str, Layout] = {}
    for file in resources.names(folder):
        words = resources.path(file).read_text("utf-8")
        read = shaped(resources.table(file), _File, file, words)
        name = file.rpartition("/")[2].removesuffix(".toml")
        found[name] = Layout(
            name=name, number=read.number, cells=_cells(read, file), dwell_s=read.dwell_s
        )
    numbers = [layout.number for layout in found.values()]
    if len(set(numbers)) != len(numbers):
        raise BadData(folder, "number", "two layouts have the same number")
    return dict(sorted(found.items(), key=lambda pair: pair[1].number))


def _cells(read: _File, file: str) -> tuple[Cell, ...]:
    free = [_free(spot, n, file) for n, spot in enumerate(read.tile) if spot.free]
    if not read.columns:
        if not free:
            raise BadData(file, "tile", "neither a grid nor tiles put freely")
        return tuple(free)
    taken: dict[tuple[int, int], int] = {}
    placed = {n: spot for n, spot in enumerate(read.tile) if spot.free is None}
    for n, spot in placed.items():
        for place in _places(spot):
            if place in taken or place[0] >= read.columns or place[1] >= read.rows:
                raise BadData(file, f"tile {n + 1}", f"{place} is taken, or outside the grid")
            taken[place] = n
    spots = [
        placed[taken[x, y]] if (x, y) in taken else Spot(at=(x, y))
        for y in range(read.rows) for x in range(read.columns)
        if (x, y) not in taken or placed[taken[x, y]].at == (x, y)
    ]  # fmt: skip
    return tuple([_cell(spot, read) for spot in spots] + free)


def _places(spot: Spot) -> list[tuple[int, int]]:
    (x, y), (wide, high) = spot.at, spot.span
    return [(x + right, y + down) for down in range(high) for right in range(wide)]


def _cell(spot: Spot, read: _File) -> Cell:
    wide, high = 1 / read.columns, 1 / read.rows
    return Cell(
        x=spot.at[0] * wide, y=spot.at[1] * high, width=spot.span[0] * wide,
        height=spot.span[1] * high, role=spot.role,
    )  # fmt: skip


def _free(spot: Spot, n: int, file: str) -> Cell:
    assert spot.free is not None  # noqa: S101 - only these are asked for
    x, y, width, height = spot.free
    if min(x, y) < 0 or min(width, height) <= 0 or x + width > WHOLE or y + height > WHOLE:
        raise BadData(file, f"tile {n + 1}.free", "not within the wall (0 to 1)")
    return Cell(x=x, y=y, width=width, height=height, role=spot.role)

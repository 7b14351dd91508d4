"""Where the tiles of a page stand: rows of so many columns; what has not its room is left out.

A tile needs so many ems of the least letter that the farthest viewer can read. Where there is not
room for all, the least important goes, and the page says so: less is shown, never smaller.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from console.domain.page import COLUMNS, Tile

NEED: Mapping[str, tuple[float, float]] = {
    "number": (7.0, 5.6),
    "lines": (12.0, 9.0),
    "bars": (12.0, 9.0),
    "distribution": (12.0, 9.0),
    "heat": (13.0, 10.0),
    "ranked": (11.0, 8.4),
    "multiples": (14.0, 9.2),
    "vitals": (11.0, 9.5),
    "list": (13.0, 7.0),
    "beyond": (13.0, 7.0),
    "plans": (13.0, 7.0),
}
"""The least width and height of each way of drawing, in ems of the least letter."""
WIDE = 16 / 9
SQUEEZE = 1.4
"""Two tiles stand one over the other where both want at most so much more than there is."""
Stack = tuple[Tile, ...]
"""Tiles that stand one over the other, as wide as all of them together."""


class Place(NamedTuple):
    """Where a tile stands, in pixels."""

    tile: Tile
    x: int
    y: int
    width: int
    height: int


class Arranged(NamedTuple):
    """Where tiles stand, and which have no room."""

    places: tuple[Place, ...]
    left_out: tuple[Tile, ...]


def arrange(tiles: Sequence[Tile], width: int, height: int, em: float, gap: int) -> Arranged:
    """Give every tile its room, or leave out the least important until all have what they need."""
    kept, gone = list(tiles), list[Tile]()
    while True:
        places = _placed(kept, width, height, gap)
        tight = [p for p in places if not _fits(p, em)]
        if not tight or len(kept) == 1:
            return Arranged(tuple(places), tuple(gone))
        least = max(kept, key=lambda tile: (tile.rank, kept.index(tile)))
        kept.remove(least)
        gone.insert(0, least)


def columns(width: int, height: int) -> int:
    """Give into how many columns a display is divided: twelve for 16:9, twice as many for 32:9."""
    return COLUMNS * max(1, round(width / max(1, height) / WIDE))


def _fits(place: Place, em: float) -> bool:
    wide, high = NEED[place.tile.draw]
    return place.width >= wide * em and place.height >= high * em


def _placed(tiles: Sequence[Tile], width: int, height: int, gap: int) -> list[Place]:
    rows = _rows(tiles, columns(width, height))
    shares = [max(tile.height for stack in row for tile in stack) for row in rows]
    room = height - gap * (len(rows) - 1)
    places: list[Place] = []
    y = 0
    for n, row in enumerate(rows):
        bottom = round(room * sum(shares[: n + 1]) / sum(shares)) + gap * n
        places += _across(row, width, y, bottom - y, gap)
        y = bottom + gap
    return places


def _across(row: Sequence[Stack], width: int, y: int, height: int, gap: int) -> list[Place]:
    spans = [sum(tile.span for tile in stack) for stack in row]
    room = width - gap * (len(row) - 1)
    places: list[Place] = []
    x = 0
    for n, stack in enumerate(row):
        right = round(room * sum(spans[: n + 1]) / sum(spans)) + gap * n
        places += _down(stack, Place(stack[0], x, y, right - x, height), gap)
        x = right + gap
    return places


def _down(stack: Stack, whole: Place, gap: int) -> list[Place]:
    room = whole.height - gap * (len(stack) - 1)
    high = room // len(stack)
    return [
        Place(tile, whole.x, whole.y + n * (high + gap), whole.width,
              high if n < len(stack) - 1 else whole.height - n * (high + gap))
        for n, tile in enumerate(stack)
    ]  # fmt: skip


def _rows(tiles: Sequence[Tile], across: int) -> list[list[Stack]]:
    rows: list[list[Tile]] = []
    used = across
    for tile in tiles:
        if used + tile.span > across:
            rows.append([])
            used = 0
        rows[-1].append(tile)
        used += tile.span
    return [_stacked(row) for row in rows]


def _stacked(row: Sequence[Tile]) -> list[Stack]:
    """Put low tiles one over the other where two have the room of the highest of their row."""
    highest = max(tile.height for tile in row)
    stacks: list[Stack] = []
    for tile in row:
        low = tile.height * 2 <= highest * SQUEEZE
        above = stacks[-1] if stacks else ()
        if low and len(above) == 1 and above[0].height == tile.height:
            stacks[-1] = (*above, tile)
        else:
            stacks.append((tile,))
    return stacks

"""How the ground of a map is drawn: read from data, coloured by the theme that is worn."""

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

import numpy as np
from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPen

from console.base import resources
from console.base.shape import shaped
from ui.kit.theme import Theme

FILE = "map/style.toml"
Stops = tuple[tuple[float, float], ...]
CASING = 1.3
"""How many points a casing goes beyond the road, on both sides together."""


class Area(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"least": "from"}):
    kind: str
    role: str
    sort: str = ""
    edge: str = ""
    least: float = 0.0


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"least": "from"}):
    kind: str
    role: str
    width: Stops
    sort: str = ""
    casing: str = ""
    dash: tuple[float, ...] = ()
    least: float = 0.0


class Word(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    rename={"least": "from", "most": "until"},
):  # fmt: skip
    kind: str
    role: str
    size: Stops
    space: float = 0.0
    bold: bool = False
    least: float = 0.0
    most: float = 30.0


class Sheet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The order of drawing, from the ground up."""

    area: tuple[Area, ...]
    line: tuple[Line, ...]
    word: tuple[Word, ...]


Rule = TypeVar("Rule", Area, Line)


@cache
def sheet() -> Sheet:
    """Read the style; BadData names the key that is wrong."""
    return shaped(resources.table(FILE), Sheet, FILE)


def at(stops: Stops, zoom: float) -> float:
    """Give a value between its stops."""
    zooms, values = zip(*stops, strict=True)
    return float(np.interp(zoom, zooms, values))


def areas(kind: str, sort: str) -> Area | None:
    """Give how an area is drawn: by kind and sort, else by its kind alone."""
    return _best(sheet().area, kind, sort)


def lines(kind: str, sort: str) -> Line | None:
    """Give how a line is drawn."""
    return _best(sheet().line, kind, sort)


def word(kind: str) -> Word | None:
    """Give how a name is written."""
    return next((w for w in sheet().word if w.kind == kind), None)


def pen(theme: Theme, line: Line, zoom: float, ratio: float) -> QPen:
    """Give the pen of a line, in pixels of the screen."""
    made = QPen(theme.colour(line.role), at(line.width, zoom) * ratio)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.FlatCap if line.dash else Qt.PenCapStyle.RoundCap)
    made.setCosmetic(True)
    if line.dash:
        made.setDashPattern(list(line.dash))
    return made


def casing(theme: Theme, line: Line, zoom: float, ratio: float) -> QPen | None:
    """Give the pen that goes under a road; None where it would only be dirt."""
    width = at(line.width, zoom)
    if not line.casing or width < 1.6:
        return None
    made = QPen(theme.colour(line.casing), (width + CASING) * ratio)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    made.setCosmetic(True)
    return made


def brush(theme: Theme, area: Area) -> QBrush:
    return QBrush(theme.colour(area.role))


def _best(rules: Sequence[Rule], kind: str, sort: str) -> Rule | None:
    held = [r for r in rules if r.kind == kind and r.sort in ("", sort)]
    return max(held, key=lambda r: r.sort == sort, default=None)

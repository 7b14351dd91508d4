"""Where a point is: district, street and grid by polygon, from a city's boundaries.

Boundaries are polygons in CGCS2000 degrees with the code that the city's file gives them. A grid's
code begins with its street's, a street's stands in the city's file (GB/T 10114, 9 digits).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.domain.datum import Cgcs2000

_geo: Any = shapely  # typed in parts only
Level = Literal["district", "street", "grid"]
LEVELS: tuple[Level, ...] = ("district", "street", "grid")


@dataclass(frozen=True, slots=True)
class Area:
    """One polygon (or several) of a level, by its code."""

    level: Level
    code: str
    name: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Found:
    """The codes of where a point is; "" where no polygon holds it."""

    district: str = ""
    street: str = ""
    grid: str = ""


class Boundaries:
    """The polygons of a city. ``schematic``: drawn by a generator, not surveyed.

    A polygon that crosses itself is mended, so that both halves count. A point on a common border
    belongs to the lesser code.
    """

    def __init__(self, areas: Iterable[Area], date: str = "", *, schematic: bool = False) -> None:
        self.date = date
        self.schematic = schematic
        self.areas = tuple(sorted(areas, key=lambda a: (LEVELS.index(a.level), a.code)))
        self._of = {level: [a for a in self.areas if a.level == level] for level in LEVELS}
        self._shapes = {level: _mended(areas) for level, areas in self._of.items()}

    def locate(self, points: Cgcs2000) -> list[Found]:
        """Give where each point is: one answer a point, in their order."""
        codes = {level: self._codes(level, points) for level in LEVELS}
        return [Found(*each) for each in zip(*(codes[level] for level in LEVELS), strict=True)]

    def area(self, level: Level, code: str) -> Area | None:
        """Give the polygon of a code."""
        return next((a for a in self._of[level] if a.code == code), None)

    def of(self, level: Level) -> Sequence[Area]:
        """Give the polygons of a level, by code."""
        return self._of[level]

    def _codes(self, level: Level, points: Cgcs2000) -> list[str]:
        lon, lat = points.lon.ravel(), points.lat.ravel()
        at: NDArray[np.intp] = np.full(len(lon), -1, np.intp)
        shapes = self._shapes[level]
        boxes = _geo.bounds(shapes)
        for n in range(len(shapes) - 1, -1, -1):
            west, south, east, north = boxes[n]
            near = np.nonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))[0]
            if len(near):
                at[near[_geo.intersects_xy(shapes[n], lon[near], lat[near])]] = n
        codes = [area.code for area in self._of[level]]
        return [codes[n] if n >= 0 else "" for n in at.tolist()]


def _mended(areas: Sequence[Area]) -> NDArray[np.object_]:
    shapes = np.array([a.shape for a in areas], dtype=object)
    if len(shapes):
        shapes = _geo.make_valid(shapes)
        _geo.prepare(shapes)
    return shapes

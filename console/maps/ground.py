"""The lie of an invented land: a plane in metres, soft noise, smooth lines, round shapes.

All of it follows from a seed: the same seed gives the same land on every machine.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from console.domain.datum import EARTH_M, Floats

_geo: Any = shapely  # typed in parts only
Dice = np.random.Generator
Shift = Callable[[Floats], Floats]
DEGREE_M = np.pi / 180 * EARTH_M


class Plane:
    """Metres east and north of a middle, given in degrees."""

    def __init__(self, middle: Sequence[float]) -> None:
        self._middle = np.array(middle, np.float64)
        self._scale = np.array([DEGREE_M * np.cos(np.radians(middle[1])), DEGREE_M])

    def points(self, degrees: ArrayLike) -> Floats:
        """Give points (n × 2 degrees) in metres."""
        return (np.asarray(degrees, np.float64) - self._middle) * self._scale

    def degrees(self, shape: BaseGeometry) -> BaseGeometry:
        """Give a shape of the plane in degrees, to the decimetre."""
        return _geo.transform(shape, self._back)

    def _back(self, xy: Floats) -> Floats:
        return np.round(xy / self._scale + self._middle, 6)


class Noise:
    """A soft wandering of places: sums of waves, the same for all that share a place.

    ``waves``: (length, reach) in metres, the longest first.
    """

    def __init__(self, dice: Dice, waves: Sequence[tuple[float, float]]) -> None:
        self._waves: list[tuple[Floats, Floats, float]] = []
        for length, reach in waves:
            for _ in range(3):
                turn = dice.uniform(0, 2 * np.pi, 2)
                along = 2 * np.pi / (length * dice.uniform(0.7, 1.4))
                aim = np.array([np.cos(turn[0]), np.sin(turn[0])]) * along
                push = np.array([np.cos(turn[1]), np.sin(turn[1])]) * reach / 2
                self._waves.append((aim, push, float(dice.uniform(0, 2 * np.pi))))

    def shift(self, xy: Floats) -> Floats:
        """Give places (n × 2 metres) where they wander to."""
        moved = xy.copy()
        for aim, push, phase in self._waves:
            moved += np.sin(xy @ aim + phase)[:, None] * push
        return moved

    def calm(self, near_m: float, least: float) -> Shift:
        """Give a shift that is weaker (``least`` of it) near the middle of the plane."""

        def shift(xy: Floats) -> Floats:
            far = np.clip(np.hypot(xy[:, 0], xy[:, 1]) / near_m, least, 1.0)
            return xy + (self.shift(xy) - xy) * far[:, None]

        return shift


def moved(shape: BaseGeometry, shift: Shift, step: float) -> BaseGeometry:
    """Give a shape whose border, cut in steps of so many metres, has wandered."""
    return _geo.transform(_geo.segmentize(shape, step), shift)


def smooth(points: Floats, rounds: int = 3) -> Floats:
    """Cut the corners of a line again and again (Chaikin); its ends stay."""
    for _ in range(rounds):
        one, two = points[:-1], points[1:]
        cut: Floats = np.empty((2 * len(one), 2))
        cut[0::2], cut[1::2] = one * 0.75 + two * 0.25, one * 0.25 + two * 0.75
        points = np.vstack([points[:1], cut, points[-1:]])
    return points


def line(points: Floats, shift: Shift | None = None) -> BaseGeometry:
    """Give a smooth line through points of the plane."""
    made: Any = _geo.LineString(smooth(points))
    return moved(made, shift, 150.0) if shift else made


def blob(dice: Dice, at: Floats, size_km: Sequence[float], turn: float = 0.0) -> BaseGeometry:
    """Give a round, uneven shape: a lake, a hill. ``turn``: degrees against the clock."""
    angle = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    reach = np.ones(len(angle))
    for k in (2, 3, 4, 5, 7):
        reach += np.sin(k * angle + dice.uniform(0, 2 * np.pi)) * 0.16 / k**0.7
    x = np.cos(angle) * reach * size_km[0] * 500
    y = np.sin(angle) * reach * size_km[1] * 500
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return _geo.Polygon(np.column_stack([at[0] + x * c - y * s, at[1] + x * s + y * c]))


def cells(seeds: Floats, within: BaseGeometry) -> list[BaseGeometry]:
    """Share an area out among seeds: to each what is nearest to it (Voronoi), in their order."""
    if len(seeds) == 1:
        return [within]
    cloud = _geo.MultiPoint(seeds)
    parts: Any = _geo.get_parts(_geo.voronoi_polygons(cloud, extend_to=within))
    owners: Any = shapely.STRtree(parts).query(_geo.points(seeds), predicate="within")
    mine: NDArray[np.object_] = np.empty(len(seeds), dtype=object)
    mine[owners[0]] = parts[owners[1]]
    return list(_geo.intersection(mine, within))

"""What is nearest: a spatial index over places, in metres along the ground."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import scipy.spatial

from console.domain.datum import EARTH_M, Cgcs2000, Floats

T = TypeVar("T")
_near: Any = scipy.spatial


class Near(Generic[T]):
    """Finds the nearest of many things; ``things`` stand where ``points`` are, in their order."""

    def __init__(self, points: Cgcs2000, things: Sequence[T]) -> None:
        self._things = things
        self._tree: Any = _near.cKDTree(_ball(points)) if len(things) else None

    def __len__(self) -> int:
        return len(self._things)

    def nearest(self, here: Cgcs2000, most: int, within_m: float = np.inf) -> list[tuple[float, T]]:
        """Give up to so many things with their distance in metres, the nearest first."""
        if self._tree is None or most < 1:
            return []
        away, at = self._tree.query(
            _ball(here)[0], k=min(most, len(self)), distance_upper_bound=_chord(within_m)
        )
        found = zip(np.atleast_1d(away).tolist(), np.atleast_1d(at).tolist(), strict=True)
        return [(_metres(d), self._things[n]) for d, n in found if np.isfinite(d)]


def _ball(points: Cgcs2000) -> Floats:
    """Give points on the unit ball: straight distances there keep the order of those on it."""
    lon, lat = np.radians(points.lon.ravel()), np.radians(points.lat.ravel())
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _chord(metres: float) -> float:
    return float(2 * np.sin(min(metres / EARTH_M, np.pi) / 2))


def _metres(chord: float) -> float:
    return float(2 * EARTH_M * np.arcsin(min(chord / 2, 1.0)))

"""Where units have been, as arrays: what is asked of it is where each one was at an instant.

Which fixes are worth keeping is said here too, once for the centre and for a seat: those of a
unit that has moved, and a sign of life of one that stands. So a stretch without any fix is one of
which nothing is held, not one in which nobody moved.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from console.domain.datum import Cgcs2000, metres
from console.domain.reading import Reading

MOVED_M = 25.0
"""A unit has moved when it is so far from its last fix on the ground."""
ALIVE_MS = 10 * 60_000
"""Of a unit that stands a fix is kept so often, as a sign of life."""
SILENT_MS = ALIVE_MS + ALIVE_MS // 2
"""Nothing is held of a stretch as long as this in which nobody was heard of."""
Stretch = tuple[int, int]
"""From when until when, ms UTC."""


@dataclass(frozen=True, slots=True)
class Tracks:
    """Fixes of many units, those of one together and in the order of time.

    ``units`` are their ids in order; those of unit n lie from ``first[n]`` to ``first[n + 1]``.
    ``at``: ms UTC.
    """

    units: tuple[str, ...]
    first: NDArray[np.int64]
    at: NDArray[np.int64]
    points: Cgcs2000
    heading: NDArray[np.float64]

    def of(self, unit: str) -> slice:
        """Give where the fixes of a unit lie."""
        if unit not in self.units:
            return slice(0, 0)
        n = self.units.index(unit)
        return slice(int(self.first[n]), int(self.first[n + 1]))

    def when(self, then: int) -> NDArray[np.int64]:
        """Give for each unit which fix was its last at an instant; -1: it was not known yet."""
        done = np.append(0, np.cumsum(self.at <= then))
        before = done[self.first[1:]] - done[self.first[:-1]]
        return np.where(before > 0, self.first[:-1] + before - 1, -1)

    def silent(self, since: int, until: int) -> tuple[Stretch, ...]:
        """Give the stretches between two instants of which nothing is held, in order."""
        within = np.sort(self.at[(self.at >= since) & (self.at <= until)])
        edges = np.concatenate([[since], within, [until]])
        (gaps,) = np.nonzero(np.diff(edges) > SILENT_MS)
        return tuple((int(edges[n]), int(edges[n + 1])) for n in gaps)


class Fixes(Struct, kw_only=True, omit_defaults=True):
    """Where units were, as it travels (GET /sync/v1/tracks), by columns, in the order of time.

    ``of`` numbers the ``units``; ``at``: ms UTC; ``lon``, ``lat``: CGCS2000 degrees; ``heading``:
    degrees from north. Up to ``until`` all is given that this person may see; where there is
    ``more`` before it, ``next`` and ``after`` are the ``since`` and ``after`` to go on with.
    """

    until: int
    units: list[str] = []
    of: list[int] = []
    at: list[int] = []
    lon: list[float] = []
    lat: list[float] = []
    heading: list[float] = []
    more: bool = False
    next: int = 0
    after: int = 0


class Trail:
    """Chooses which fixes are worth keeping; remembers the last one of each source.

    ``gap_ms``: fixes of one source lie at least so far apart.
    """

    def __init__(self, gap_ms: int) -> None:
        self._gap_ms = gap_ms
        self._last: dict[Hashable, tuple[int, float, float]] = {}

    def worth(self, key: Hashable, reading: Reading) -> bool:
        """Tell whether a position is to be kept; if so, take note of it."""
        if reading.topic != "position" or reading.quality == "bad" or not reading.lon:
            return False
        held = self._last.get(key)
        if held is not None and not self._due(held, reading):
            return False
        self._last[key] = (reading.at, reading.lon, reading.lat)
        return True

    def recall(self, key: Hashable, at: int, lon: float, lat: float) -> None:
        """Take note of a fix that is kept already."""
        self._last[key] = (at, lon, lat)

    def forget(self) -> None:
        self._last.clear()

    def _due(self, held: tuple[int, float, float], reading: Reading) -> bool:
        at, lon, lat = held
        if reading.at - at >= ALIVE_MS:
            return True
        if reading.at - at < self._gap_ms:
            return False
        here = Cgcs2000.of(reading.lon, reading.lat)
        return bool(metres(Cgcs2000.of(lon, lat), here) >= MOVED_M)

"""Where units have been, as arrays: what is asked of it is where each one was at an instant."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.domain.datum import Cgcs2000


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

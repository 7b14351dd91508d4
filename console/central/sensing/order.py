"""The sources in the order in which they last changed: what a follower has not had yet."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from console.central.sensing.series import Series
from console.central.sight import Sight

SPARE = 4_096
"""So many places that were left, beside as many as there are sources, before they are cleared."""


class Order:
    """Mutable; its keeper's lock guards it. A source that changes again leaves its old place."""

    def __init__(self) -> None:
        self._places: list[int] = []
        self._series: list[Series] = []
        self._most = SPARE

    def add(self, places: Sequence[int], changed: Sequence[Series]) -> None:
        """Put sources at the end, with their new places, which go on from the last."""
        for n, each in zip(places, changed, strict=True):
            each.n = n
        self._places.extend(places)
        self._series.extend(changed)
        if len(self._series) > self._most:
            self._tidy()

    def after(self, since: int, sight: Sight) -> Iterator[Series]:
        """Give the sources that changed after a place and that a sight holds, oldest first."""
        seen: dict[tuple[str, str], bool] = {}
        for n in range(bisect_right(self._places, since), len(self._places)):
            series = self._series[n]
            if series.n != self._places[n]:
                continue
            where = (series.scope, series.depts)
            if where not in seen:
                seen[where] = sight.sees(*where)
            if seen[where]:
                yield series

    def _tidy(self) -> None:
        kept = [s for n, s in zip(self._places, self._series, strict=True) if s.n == n]
        self._series, self._places = kept, [series.n for series in kept]
        self._most = 2 * len(kept) + SPARE

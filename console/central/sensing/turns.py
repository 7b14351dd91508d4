"""What changed within a beat, and what stands in the journal until it is its turn to have a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from console.central.sensing.keeping import TURNS, Beat, Kept, Point, Sample, Samples
from console.central.sensing.series import ASLEEP, Series

BLOCK = 32
"""So many sources in a row have one turn: their rows and points lie on the same pages."""


class News:
    """What changed within a beat, as it stands at the moment that this is made.

    ``dirty``: the sources of which the last value changed; ``moved``: those of which more did,
    whether or not they stand in ``dirty`` too. ``changed``: all in the order of their places,
    those of which the last value alone did, then the others. ``new``: those without a number.
    """

    def __init__(self, dirty: list[Series], moved: list[Series], points: list[Point]) -> None:
        calm = [series for series in dirty if not series.moved] if moved else dirty
        self.changed = [*calm, *moved]
        for series in self.changed:
            series.wake = ASLEEP
        for series in moved:
            series.moved = False
        self.new = [series for series in moved if not series.id]
        self.points = points
        self._calm = Samples(
            [series.id for series in calm], [series.at for series in calm],
            [series.value for series in calm],
        )  # fmt: skip
        self._moved = [(series, kept_of(series)) for series in moved]

    def beat(self) -> Beat:
        """Give it as the journal has it, when the new ones have their numbers."""
        moved = [k if k.series else replace(k, series=s.id) for s, k in self._moved]
        return Beat(self._calm, moved, [(s.id, at, value) for s, at, value in self.points])


@dataclass(slots=True)
class _Turn:
    sources: list[Series] = field(default_factory=list[Series])
    points: list[Sample] = field(default_factory=list[Sample])


class Turns:
    """Mutable; its keeper's lock guards it. The sources whose turn is the same come together."""

    def __init__(self) -> None:
        self._turns = [_Turn() for _ in range(TURNS)]
        self._next = 0

    def due(self) -> tuple[list[tuple[int, Kept]], list[Sample]]:
        """Give the rows, with their places, and the points whose turn it is."""
        turn = self._turns[self._next]
        return [(series.n, kept_of(series)) for series in turn.sources], list(turn.points)

    def written(self) -> None:
        """Go on to the next turn: what was due is written."""
        for series in self._turns[self._next].sources:
            series.waits = False
        self._turns[self._next] = _Turn()
        self._next = (self._next + 1) % TURNS

    def wait(self, news: News) -> None:
        """Let what changed wait for its turn."""
        for series in [series for series in news.changed if not series.waits]:
            series.waits = True
            self._turn(series.id).sources.append(series)
        self.add((series.id, at, value) for series, at, value in news.points)

    def add(self, points: Iterable[Sample]) -> None:
        """Let points wait for their turn."""
        for point in points:
            self._turn(point[0]).points.append(point)

    def points_of(self, number: int) -> Sequence[tuple[int, float]]:
        """Give the points of a source that wait, as (ms UTC, value)."""
        waiting = self._turn(number).points
        return [(at, value) for of, at, value in waiting if of == number]

    def _turn(self, number: int) -> _Turn:
        return self._turns[-(-number // BLOCK) % TURNS]  # numbers begin at 1


def kept_of(series: Series) -> Kept:
    """Give a source as it is written down."""
    owner = series.scope, series.depts
    return Kept(series.sensed(), series.id, owner, series.turn, series.opened)

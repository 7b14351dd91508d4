"""A figure: a number with its unit, its time, its sample and the rows behind it; or why it is none.

Rates are shares that keep a limit, times are P50 and P90: a mean would hide who waits longest.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct

LIVE, STALE, LOST, UNKNOWN, BROKEN = "live", "stale", "lost", "unknown", "broken"
"""How fresh a figure is; unknown: nothing to know it from; broken: it could not be worked out."""
NORMAL, WARN, ALARM = "normal", "warn", "alarm"


class Behind(Struct, frozen=True):
    """What stands behind a number: rows of a kind that a filter gives, or readings of an indicator.

    ``where`` is a line of the query language; ``indicator`` names one whose readings they are.
    """

    kind: str = ""
    where: str = ""
    indicator: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind or self.indicator)


@dataclass(frozen=True, slots=True)
class Course:
    """A course over time: instants (ms UTC, rising) and values, as numbers side by side."""

    ats: "array[float]"
    values: "array[float]"

    def __bool__(self) -> bool:
        return len(self.ats) > 0


def course_of(points: Iterable[tuple[int, float]]) -> Course:
    """Lay points side by side; made where it may take its time, not on the screen."""
    held = list(points)
    return Course(array("d", (at for at, _ in held)), array("d", (value for _, value in held)))


NO_COURSE = course_of(())


class Point(Struct, frozen=True, kw_only=True):
    """One number among several: a district's, an hour's.

    ``key``: the code of its group ("320102"), or the instant (ms) at which its time begins.
    ``before``: the same in the time before, None when there is none. ``n``: its sample.
    Of an indicator: ``state`` while it is live, ``since`` when it is so (ms), ``fresh`` and ``at``
    as its own source is, the ``normal`` band, and how many ``decimals`` it is told with.
    """

    key: str
    value: float | None
    n: int = 0
    before: float | None = None
    low: float | None = None
    state: str = NORMAL
    since: int = 0
    fresh: str = LIVE
    at: int = 0
    decimals: int | None = None
    normal: tuple[float, float] | None = None
    series: Course = NO_COURSE
    behind: Behind = Behind()


class Figure(Struct, frozen=True, kw_only=True):
    """What a tile shows. ``at``: as of then (ms UTC); ``value``: None when nobody knows.

    ``low`` and ``high`` are P50 and P90 where times are measured. ``since``: how long the state
    has lasted. ``normal``, ``warn``, ``alarm``: the bands. ``decimals``: those that its indicator
    is told with.
    """

    at: int = 0
    value: float | None = None
    n: int = 0
    low: float | None = None
    high: float | None = None
    before: float | None = None
    state: str = NORMAL
    fresh: str = UNKNOWN
    since: int = 0
    unit: str = ""
    decimals: int | None = None
    target: float | None = None
    better: str = ""
    points: tuple[Point, ...] = ()
    series: Course = NO_COURSE
    normal: tuple[float, float] | None = None
    warn: tuple[float, ...] = ()
    alarm: tuple[float, ...] = ()
    behind: Behind = Behind()
    why: str = ""


def percentile(rising: Sequence[float], part: float) -> float | None:
    """Give the nearest-rank percentile of values in rising order; None of nothing.

    The P90 of ten values is the ninth: a value that was really measured.
    """
    if not rising:
        return None
    return rising[max(0, math.ceil(part * len(rising)) - 1)]


def share(part: int, whole: int) -> float | None:
    """Give a part of the whole in per cent; None of nothing: no rows are no hundred per cent."""
    return 100.0 * part / whole if whole else None


def misses(value: float | None, target: float | None, better: str) -> bool:
    """Tell whether a value is on the wrong side of its target. ``better``: up or down."""
    if value is None or target is None or not better:
        return False
    return value < target if better == "up" else value > target


def ranked(points: Sequence[Point], better: str) -> list[tuple[int, int | None, Point]]:
    """Give points with their rank and the ranks they have gained (+) or lost since before.

    Best first; those that nobody knows come last. Equal values share a rank.
    """
    down = better != "up"

    def order(value: float | None) -> float:
        return math.inf if value is None else (value if down else -value)

    was = sorted(order(p.before) for p in points)
    now = sorted(order(p.value) for p in points)
    found: list[tuple[int, int | None, Point]] = []
    for point in sorted(points, key=lambda p: (order(p.value), p.key)):
        rank = now.index(order(point.value)) + 1
        known = point.value is not None and point.before is not None
        moved = was.index(order(point.before)) + 1 - rank if known else None
        found.append((rank, moved, point))
    return found

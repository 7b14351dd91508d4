"""Stretches of time that figures are of: windows that end now, and steps by the city's clock.

Both ends are written down as the query language reads them, so that the rows are found again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.limit import HOUR, parse_limit
from console.domain.page import TODAY, Source

SECOND, MINUTE, DAY = 1_000, 60_000, 24 * HOUR
WEEK = 7 * DAY
COURSE = 24 * HOUR
"""So long is what has no window of its own."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when; ``end`` 0: until now, and whatever comes."""

    start: int
    end: int = 0

    def line(self, field: str, zone: ZoneInfo) -> str:
        after = f"{field}>={_written(self.start, zone)}"
        return f"{after} {field}<{_written(self.end, zone)}" if self.end else after


def window(of: Source, now: int, zone: ZoneInfo, back: int = 0) -> Stretch | None:
    """Give the stretch of a window, or the one before it; None when there is no window."""
    if not of.window:
        return None
    if of.window == TODAY:
        here = datetime.fromtimestamp(now / 1000, zone)
        start = round(here.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)
        # Yesterday up to this hour, not the whole of it.
        return Stretch(start - DAY, now - DAY) if back else Stretch(start)
    length = parse_limit(of.window).length(0)
    # To the minute: a line that is the same for a minute reads, and is asked, the same.
    start = (now - length) // MINUTE * MINUTE
    return Stretch(start - length, start) if back else Stretch(start)


def steps(of: Source, step: int, now: int, zone: ZoneInfo) -> list[Stretch]:
    """Give the steps of a window, whole ones by the city's clock; the last is still going on."""
    length = parse_limit(of.window).length(0) if of.window not in ("", TODAY) else COURSE
    offset = datetime.fromtimestamp(now / 1000, zone).utcoffset()
    shift = round(offset.total_seconds() * 1000) if offset else 0
    end = ((now + shift) // step + 1) * step - shift
    count = max(2, round(length / step))
    return [Stretch(end - (count - n) * step, end - (count - n - 1) * step) for n in range(count)]


def hours_of_week(within: Stretch, now: int, zone: ZoneInfo) -> list[list[Stretch]]:
    """Give the stretches of each hour of the week (weekday × 24 + hour) since a stretch began.

    The first begins where the stretch does; the last goes to the end of the hour that it is now.
    """
    cells: list[list[Stretch]] = [[] for _ in range(7 * 24)]
    for hour in range(within.start // HOUR, now // HOUR + 1):
        when = datetime.fromtimestamp(hour * HOUR / 1000, zone)
        found = Stretch(max(within.start, hour * HOUR), (hour + 1) * HOUR)
        cells[when.weekday() * 24 + when.hour].append(found)
    return cells


def among(field: str, stretches: Iterable[Stretch], zone: ZoneInfo) -> str:
    """Write that a field lies in one of several stretches; of none nothing lies there."""
    written = (f"{_written(s.start, zone)}..{_written(s.end, zone)}" for s in stretches)
    return f"{field}:{','.join(written)}"


def _written(at: int, zone: ZoneInfo) -> str:
    """Write an instant as the query language reads it, to the millisecond where that matters."""
    when = datetime.fromtimestamp(at / 1000, zone)
    precise = "minutes" if not at % MINUTE else "seconds" if not at % SECOND else "milliseconds"
    return when.isoformat(timespec=precise)

"""Working time: sessions on working days, with holidays and make-up workdays (调休)."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Any, Final, NamedTuple, cast
from zoneinfo import ZoneInfo

from console.base.errors import BadData

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND: Final = timedelta(milliseconds=1)
MINUTE: Final = 60_000
DAY_MINUTES: Final = 24 * 60

_SESSION: Final = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_KEYS: Final = frozenset({"zone", "sessions", "weekdays", "years"})
_YEAR_KEYS: Final = frozenset({"source", "off", "work"})


class Session(NamedTuple):
    """A stretch of a working day, in minutes from midnight on the wall."""

    start: int
    end: int


class _Year(NamedTuple):
    """One year's sessions as instants, with the working time up to the end of each."""

    starts: list[int]
    ends: list[int]
    until_end: list[int]
    total: int

    def worked(self, at: int) -> int:
        """Give the working time from New Year to an instant of this year."""
        i = bisect_right(self.starts, at) - 1
        return 0 if i < 0 else self.until_end[i] - max(0, self.ends[i] - at)

    def when(self, work: int) -> int:
        """Give the first instant with so much working time behind it, 0 < work ≤ total."""
        i = bisect_left(self.until_end, work)
        return self.ends[i] - (self.until_end[i] - work)


@dataclass(frozen=True)
class Calendar:
    """When people work, in one zone. All instants are ms UTC."""

    zone: str
    sessions: tuple[Session, ...]
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    # What has been worked out of the facts above; a year is built when it is first asked for.
    _built: dict[int, _Year] = field(
        default_factory=dict[int, _Year], init=False, repr=False, compare=False
    )

    @property
    def day_length(self) -> int:
        """Give the working time of a full working day."""
        return sum(end - start for start, end in self.sessions) * MINUTE

    def covers(self, at: int) -> bool:
        """Say whether the holidays of that year are known; if not, only weekends are off."""
        return self._year_of(at) in self.years

    def works_on(self, day: date) -> bool:
        """Say whether a day is a working day."""
        if day in self.workdays:
            return True
        return day.isoweekday() in self.weekdays and day not in self.holidays

    def work_between(self, start: int, end: int) -> int:
        """Give the working time in [start, end); 0 when end is not after start."""
        if end <= start:
            return 0
        first, last = self._year_of(start), self._year_of(end)
        whole = sum(self._year(year).total for year in range(first, last))
        return whole + self._year(last).worked(end) - self._year(first).worked(start)

    def work_after(self, start: int, work: int) -> int:
        """Give the first instant at which so much working time has passed since start.

        Less than nothing goes back: from that instant, -work of working time leads up to start.
        """
        if not work:
            return start
        number = self._year_of(start)
        year = self._year(number)
        work += year.worked(start)
        while work <= 0:
            number -= 1
            year = self._year(number)
            work += year.total
        while work > year.total:
            work -= year.total
            number += 1
            year = self._year(number)
        return year.when(work)

    def _year_of(self, at: int) -> int:
        return (EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(self.zone)).year

    def _year(self, number: int) -> _Year:
        year = self._built.get(number)
        if year is None:
            year = self._built[number] = self._build(number)
        return year

    def _build(self, number: int) -> _Year:
        starts: list[int] = []
        ends: list[int] = []
        last = _instant(datetime(number, 1, 1, tzinfo=ZoneInfo(self.zone)))
        for day in self._days(number):
            for session in self.sessions:
                # Where a clock is put forward, a session may be shorter or vanish.
                start = max(last, self._at(day, session.start))
                end = self._at(day, session.end)
                if end > start:
                    starts.append(start)
                    ends.append(end)
                    last = end
        lengths = (end - start for start, end in zip(starts, ends, strict=True))
        until_end = list(accumulate(lengths))
        return _Year(starts, ends, until_end, until_end[-1] if until_end else 0)

    def _days(self, number: int) -> Iterator[date]:
        first = date(number, 1, 1)
        for i in range((date(number, 12, 31) - first).days + 1):
            day = first + timedelta(days=i)
            if self.works_on(day):
                yield day

    def _at(self, day: date, minute: int) -> int:
        wall = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone))
        return _instant(wall + timedelta(minutes=minute))


def read_calendar(data: Mapping[str, Any], file: str) -> Calendar:
    """Make a calendar of a TOML table, or say what is wrong where."""
    _known(data, _KEYS, file, "")
    holidays: set[date] = set()
    workdays: set[date] = set()
    years = _table(data.get("years", {}), file, "years")
    for name, value in years.items():
        year = _table(value, file, f"years.{name}")
        _read_year(name, year, file)
        holidays |= set(_dates(year, name, "off", file))
        workdays |= set(_dates(year, name, "work", file))
    for day in sorted(holidays & workdays):
        raise BadData(file, f"years.{day.year}", f"{day} is both off and work")
    return Calendar(
        zone=_zone(data.get("zone"), file),
        sessions=_sessions(data.get("sessions"), file),
        weekdays=_weekdays(data.get("weekdays"), file),
        holidays=frozenset(holidays),
        workdays=frozenset(workdays),
        years=frozenset(int(name) for name in years),
    )


def _instant(wall: datetime) -> int:
    return (wall.astimezone(UTC) - EPOCH) // MILLISECOND


def _known(table: Mapping[str, Any], keys: frozenset[str], file: str, where: str) -> None:
    for key in sorted(table.keys() - keys):
        raise BadData(file, f"{where}{key}", f"no such key; known: {', '.join(sorted(keys))}")


def _table(value: Any, file: str, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadData(file, where, "must be a table")
    return cast("dict[str, Any]", value)


def _list(value: Any, file: str, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadData(file, where, "must be a list")
    return cast("list[Any]", value)


def _read_year(name: str, year: Mapping[str, Any], file: str) -> None:
    if not re.fullmatch(r"(19|20|21)[0-9]{2}", name):
        raise BadData(file, f"years.{name}", "must be a year, such as 2026")
    _known(year, _YEAR_KEYS, file, f"years.{name}.")
    source = year.get("source")
    if not isinstance(source, str) or not source.strip():
        raise BadData(file, f"years.{name}.source", "must say where the dates come from")


def _dates(year: Mapping[str, Any], name: str, key: str, file: str) -> Iterator[date]:
    where = f"years.{name}.{key}"
    for value in _list(year.get(key, []), file, where):
        day = _date(value)
        if day is None:
            raise BadData(file, where, f"not a date such as 2026-10-01: {value}")
        if str(day.year) != name:
            raise BadData(file, where, f"{day} is in another year")
        yield day


def _date(value: Any) -> date | None:
    """Take a TOML date, or one that somebody put in quotes."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if type(value) is date else None


def _zone(value: Any, file: str) -> str:
    try:
        ZoneInfo(value)
    except (TypeError, ValueError, OSError, KeyError) as error:
        raise BadData(file, "zone", f"not a time zone such as Asia/Shanghai: {value}") from error
    return str(value)


def _sessions(value: Any, file: str) -> tuple[Session, ...]:
    sessions: list[Session] = []
    for words in _list(value, file, "sessions"):
        found = _SESSION.fullmatch(str(words))
        if found is None:
            raise BadData(file, "sessions", f"not a session such as 08:00-12:00: {words}")
        a, b, c, d = map(int, found.groups())
        session = Session(a * 60 + b, c * 60 + d)
        after = sessions[-1].end if sessions else 0
        if not after <= session.start < session.end <= DAY_MINUTES:
            raise BadData(file, "sessions", f"out of order, empty or past midnight: {words}")
        sessions.append(session)
    if not sessions:
        raise BadData(file, "sessions", "at least one is needed")
    return tuple(sessions)


def _weekdays(value: Any, file: str) -> frozenset[int]:
    days = _list(value, file, "weekdays")
    # At least one, so that every limit in working time comes to an end.
    if not days or any(type(day) is not int or not 1 <= day <= 7 for day in days):
        raise BadData(file, "weekdays", "must be numbers from 1 (Monday) to 7 (Sunday)")
    return frozenset(days)

"""Time limits that run: when due, when due soon, paused, extended, and how they stand.

A clock counts its limit's own time: all time for s, m, h, d and uh; working time alone for wh
and wd. It is judged by its instants: past ``due`` it is overdue, even if no working time has
passed since. All instants are those of the centre's time (ms UTC).
"""

from enum import StrEnum
from typing import Final

import msgspec

from console.base.errors import Refused
from console.domain.calendar import Calendar
from console.domain.limit import HOUR, Limit, parse_limit

SOON_PERCENT: Final = 20
BADLY_PERCENT: Final = 50
BADLY_NATURAL: Final = 24 * HOUR


class Deadline(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One clock of a record. Instants are ms UTC; 0 means not so."""

    limit: str
    started: int
    due: int  # while paused: as it was when the pause began
    soon: int  # from here on, at most a fifth of the limit is left
    paused: int = 0  # instant it was paused
    spent: int = 0  # ms of the limit's own time used before the last pause
    stopped: int = 0  # instant it was met or ended
    extended: str = ""  # the extension granted


class Standing(StrEnum):
    MET = "met"
    MISSED = "missed"
    PAUSED = "paused"
    NORMAL = "normal"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    BADLY_OVERDUE = "badly_overdue"


def start(limit: str, at: int, calendar: Calendar) -> Deadline:
    """Start a clock; it holds the limit in its short form."""
    parsed = parse_limit(limit)
    due = _after(parsed, at, parsed.length(calendar.day_length), calendar)
    return _due(Deadline(limit=str(parsed), started=at, due=due, soon=due), due, calendar)


def pause(d: Deadline, at: int, calendar: Calendar) -> Deadline:
    """Stop counting (挂账). A clock that is paused or stopped stays as it is."""
    if d.paused or d.stopped:
        return d
    # A seat's clock may lag: a pause never gives back what was used before.
    spent = max(d.spent, _total(d, calendar) - remaining(d, at, calendar))
    return msgspec.structs.replace(d, paused=at, spent=spent)


def resume(d: Deadline, at: int, calendar: Calendar) -> Deadline:
    """Count on from where it was paused. A clock that is not paused stays as it is."""
    if not d.paused or d.stopped:
        return d
    left = _total(d, calendar) - d.spent
    due = _after(parse_limit(d.limit), max(at, d.paused), left, calendar)
    return _due(msgspec.structs.replace(d, paused=0), due, calendar)


def stop(d: Deadline, at: int) -> Deadline:
    """End the clock: met if in time, missed if not. The first end stands."""
    return d if d.stopped else msgspec.structs.replace(d, stopped=at)


def restart(d: Deadline, at: int, calendar: Calendar) -> Deadline:
    """Begin again with the whole limit (返工): a new clock, not paused, not extended."""
    return start(d.limit, at, calendar)


def extend(d: Deadline, by: str, at: int, calendar: Calendar) -> Deadline:
    """Grant more time, counted from where it was due: once, and at most the limit again."""
    limit, more = parse_limit(d.limit), parse_limit(by)
    if 0 < d.stopped <= at:
        raise Refused("refused.clock_stopped")
    if d.extended:
        raise Refused("refused.extended_already", by=d.extended)
    if more.working is not limit.working:
        raise Refused("refused.extension_unit", by=str(more), limit=d.limit)
    length = more.length(calendar.day_length)
    if length > limit.length(calendar.day_length):
        raise Refused("refused.extension_too_long", by=str(more), limit=d.limit)
    due = _after(limit, d.due, length, calendar)
    return _due(msgspec.structs.replace(d, extended=str(more)), due, calendar)


def standing(d: Deadline, now: int, calendar: Calendar) -> Standing:
    """Say how a clock stands. Badly overdue: half the limit over, or 24 hours."""
    if d.stopped:
        return Standing.MET if (d.paused or d.stopped) <= d.due else Standing.MISSED
    if d.paused:
        return Standing.PAUSED
    if now > d.due:
        badly = now >= badly_at(d, calendar)
        return Standing.BADLY_OVERDUE if badly else Standing.OVERDUE
    return Standing.NORMAL if now < d.soon else Standing.DUE_SOON


def badly_at(d: Deadline, calendar: Calendar) -> int:
    """Give the instant from which a running clock is badly overdue."""
    over = _total(d, calendar) * BADLY_PERCENT // 100
    return min(_after(parse_limit(d.limit), d.due, over, calendar), d.due + BADLY_NATURAL)


def remaining(d: Deadline, now: int, calendar: Calendar) -> int:
    """Give the limit's own time that is left, in ms; less than 0 when overdue."""
    if d.paused:
        return _total(d, calendar) - d.spent
    at = d.stopped or now
    limit = parse_limit(d.limit)
    if at > d.due:
        return -_between(limit, d.due, at, calendar)
    return _between(limit, at, d.due, calendar)


def _due(d: Deadline, due: int, calendar: Calendar) -> Deadline:
    """Set when it is due, and with it when it is due soon."""
    last = _total(d, calendar) * SOON_PERCENT // 100
    soon = _after(parse_limit(d.limit), due, -last, calendar)
    return msgspec.structs.replace(d, due=due, soon=soon)


def _total(d: Deadline, calendar: Calendar) -> int:
    """Give the limit with its extension, in ms of its own time."""
    total = parse_limit(d.limit).length(calendar.day_length)
    if d.extended:
        total += parse_limit(d.extended).length(calendar.day_length)
    return total


def _after(limit: Limit, at: int, length: int, calendar: Calendar) -> int:
    return calendar.work_after(at, length) if limit.working else at + length


def _between(limit: Limit, first: int, last: int, calendar: Calendar) -> int:
    return calendar.work_between(first, last) if limit.working else last - first

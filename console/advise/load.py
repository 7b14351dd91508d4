"""How loaded a seat is: its alarms, floods, what is held back, limits that will break.

ISA-18.2 and EEMUA 191: about one alarm in ten minutes is acceptable, two are the most that can be
managed, more than ten are a flood, which ends below five. The figures are data. An alarm is what
wants an answer at once (ISA-18.2); what only joins a queue, with its own limit, is none. In a flood
what can wait is held back, grouped by place and cause, and counted; severe alarms never are.
"""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import shaped

FILE = "advice.toml"
State = Literal["calm", "busy", "over", "flood"]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """Alarms within the window: acceptable, the most, from which on a flood begins, and ends.

    ``urgencies``: those of what is an alarm; whatever is severe is one too.
    """

    urgencies: tuple[str, ...]
    window_s: int
    fine: int
    most: int
    flood: int
    ends: int
    ahead_s: int
    pace_s: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """What came to the seat: when (ms since 1970), where, of what, whether it may wait.

    ``counts``: whether it is an alarm, or only more work.
    """

    id: str
    at: int
    place: str
    cause: str
    severe: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Alarms of one place and cause, the oldest first."""

    place: str
    cause: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How it stands: alarms in the window, the state, and what is held back, by group."""

    count: int
    state: State
    held: tuple[Group, ...] = ()

    @property
    def waiting(self) -> int:
        return sum(len(group.ids) for group in self.held)


@lru_cache(maxsize=1)
def read_limits() -> Limits:
    """Read the limits; BadData when they are not in order."""
    read = shaped(resources.table(FILE)["load"], Limits, FILE)
    if not 0 <= read.fine <= read.most < read.ends <= read.flood or read.window_s <= 0:
        raise BadData(FILE, "load", "fine, most, ends and flood are to rise")
    return read


class Meter:
    """Counts the alarms of one seat. One thread at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or read_limits()
        self._times: deque[int] = deque()
        self._held: dict[str, Alarm] = {}
        self._flood = False

    def came(self, alarms: Iterable[Alarm], now: int) -> tuple[list[Alarm], list[Alarm]]:
        """Take what is new; give what is to be told now, and what is held back."""
        told: list[Alarm] = []
        held: list[Alarm] = []
        for alarm in alarms:
            if alarm.counts:
                self._times.append(now)
            self._turn(now)
            if self._flood and not alarm.severe:
                self._held[alarm.id] = alarm
                held.append(alarm)
            else:
                told.append(alarm)
        return told, held

    def load(self, now: int) -> Load:
        """Give how it stands now."""
        self._turn(now)
        count, limits = len(self._times), self._limits
        state: State = "calm" if count <= limits.fine else "busy"
        if self._flood:
            state = "flood"
        elif count > limits.most:
            state = "over"
        return Load(count, state, grouped(self._held.values()))

    def let_go(self, now: int) -> tuple[Group, ...]:
        """Give back, by group, what was held, once the flood is over; nothing before."""
        self._turn(now)
        if self._flood or not self._held:
            return ()
        groups = grouped(self._held.values())
        self._held.clear()
        return groups

    def done(self, ids: Iterable[str]) -> None:
        """Hear that somebody has dealt with these: they need not be told any more."""
        for each in ids:
            self._held.pop(each, None)

    def _turn(self, now: int) -> None:
        while self._times and now - self._times[0] >= self._limits.window_s * 1000:
            self._times.popleft()
        count = len(self._times)
        self._flood = count > self._limits.flood or (self._flood and count >= self._limits.ends)


def grouped(alarms: Iterable[Alarm]) -> tuple[Group, ...]:
    """Group alarms by place and cause, the largest group first."""
    held = sorted(alarms, key=lambda a: a.at)
    sizes = Counter((a.place, a.cause) for a in held)
    return tuple(
        Group(place, cause, tuple(a.id for a in held if (a.place, a.cause) == (place, cause)))
        for (place, cause), _ in sizes.most_common()
    )


def will_break(dues: Sequence[tuple[int, str]], now: int, pace_ms: float | None) -> list[str]:
    """Give those whose limit will be over before they are dealt with, the soonest due first.

    ``dues``: when each is due (ms since 1970), and its id; ``pace_ms``: one is dealt with in so
    long, None: none lately. Whoever works takes what is due first.
    """
    broken: list[str] = []
    begun = 0
    for due, id in sorted(dues):  # noqa: A001
        if due <= now:
            continue
        ready = None if pace_ms is None else now + (begun + 1) * pace_ms
        if ready is None or ready > due:
            broken.append(id)
        else:
            # What cannot be saved takes no time from what can.
            begun += 1
    return broken

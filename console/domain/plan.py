"""What a command line would do, and what came of it: values that the screen and the line show."""

from dataclasses import dataclass

from console.base.notice import Notice
from console.domain.changes import Changes, Key
from console.domain.deadline import Deadline
from console.domain.record import Record, Step

_KEPT_QUIET = frozenset(
    ("id", "version", "updated_at", "pivot", "pivot_by", "before", "deadlines", "notes")
)


@dataclass(frozen=True, slots=True)
class Change:
    """One record before (None: it is born) and after."""

    before: Record | None
    after: Record

    @property
    def key(self) -> Key:
        return self.after.kind, self.after.id

    def fields(self) -> list[tuple[str, object, object]]:
        """Give (field, before, after) of what a person would notice, the state first."""
        after = self.after
        empty = self.before if self.before is not None else type(after)(id=after.id)
        return [
            (name, getattr(empty, name), getattr(after, name))
            for name in after.__struct_fields__
            if name not in _KEPT_QUIET and getattr(empty, name) != getattr(after, name)
        ]


@dataclass(frozen=True, slots=True)
class Clocking:
    """What becomes of one clock: starts, stops, pauses, resumes or extends."""

    key: Key
    deadline: str
    what: str
    due: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a line would do. ``steps`` is empty for what only a window does."""

    command: str
    line: str
    steps: tuple[Step, ...] = ()
    changes: tuple[Change, ...] = ()
    clocks: tuple[Clocking, ...] = ()
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a line did: the act that waits for the centre now, and what it touched."""

    plan: Plan
    act: str
    changes: Changes
    notice: Notice


@dataclass(frozen=True, slots=True)
class Allowed:
    """A verb of a record, the command that does it, and the key of why not ("": allowed)."""

    verb: str
    command: str
    refused_key: str = ""
    refused_args: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way on from what was typed: the whole line it makes, its name, and what it needs."""

    line: str
    shown: str
    hint: str = ""
    command: str = ""


def clockings(change: Change) -> list[Clocking]:
    """Give what a change does to its record's clocks."""
    was: dict[str, Deadline] = getattr(change.before, "deadlines", {}) or {}
    now: dict[str, Deadline] = getattr(change.after, "deadlines", {}) or {}
    found: list[Clocking] = []
    for name, clock in now.items():
        what = _what(was.get(name), clock)
        if what:
            found.append(Clocking(change.key, name, what, clock.due))
    return found


def _what(was: Deadline | None, now: Deadline) -> str:
    if was == now:
        return ""
    if was is None or was.started != now.started or (was.stopped and not now.stopped):
        return "starts"
    if was.stopped != now.stopped:
        return "stops"
    if was.paused != now.paused:
        return "pauses" if now.paused else "resumes"
    return "extends"

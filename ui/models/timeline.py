"""Who did what at which seat: what the centre recorded, and what still waits where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from console.app import Core
from console.base.text import text
from console.domain.changes import Key
from console.domain.query import parse_query
from console.domain.record import Act, Step
from ui.models import mask
from ui.models.words import UNKNOWN, Words

APART_MS = 120_000
"""A seat's own clock is shown when it differs by so much from when the step took effect."""
QUIET = frozenset(("incident", "crs", "lon", "lat", "scope", "catalog", "changes", "reported_at"))
MARKS: Mapping[str, tuple[str, str]] = {
    "queued": ("arrow", "mark.waiting"),
    "sent": ("arrow", "mark.waiting"),
    "held": ("bars", "mark.waiting"),
    "refused": ("cross", "mark.refused"),
    "conflict": ("fork", "mark.conflict"),
    "let_go": ("", "text.caption"),
}
"""How the standing of an act looks: a shape and a role."""


class Happened(Protocol):
    """One step as it took effect (an entry of the centre's log)."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def verb(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def seat(self) -> str: ...
    @property
    def at(self) -> int: ...
    @property
    def device_at(self) -> int: ...
    @property
    def act(self) -> str: ...
    @property
    def args(self) -> dict[str, Any]: ...


class Waiting(Protocol):
    """An act of this seat that is not settled yet."""

    @property
    def act(self) -> Act: ...
    @property
    def state(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def args(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline. ``standing``: "" for what the centre has recorded."""

    key: str
    at: int
    time: str
    full: str
    what: str
    who: str
    on: str = ""
    said: tuple[tuple[str, str], ...] = ()
    standing: str = ""
    mark: str = ""
    reason: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A record's moments, the newest first; ``whole``: the log is held here from its beginning."""

    moments: tuple[Moment, ...] = ()
    whole: bool = True
    as_of: int = 0


def read(core: Core, kind: str, id: str) -> Timeline:
    """Read a record's timeline; an incident's with those of its tasks and reports."""
    words = Words(core)
    entries = core.history(kind, id)
    keys = {(kind, id), *(family(core, id) if kind == "incident" else ())}
    waiting = [w for w in core.outbox() if any((s.kind, s.record) in keys for s in w.act.steps)]
    found = [*of_entries(words, entries), *of_waiting(words, waiting, keys)]
    found.sort(key=lambda m: (m.at, m.key), reverse=True)
    known = {(e.kind, e.id): min(e.n, 1) for e in entries}
    return Timeline(tuple(found), (kind, id) in known, core.link().as_of)


def family(core: Core, incident: str) -> list[Key]:
    """Give the tasks and reports of an incident."""
    found: list[Key] = []
    for kind in ("task", "report"):
        rows = core.find(parse_query(kind, f"incident:{incident}"))
        found += [(kind, str(row[0])) for row in rows]
    return found


def of_entries(words: Words, entries: Iterable[Happened]) -> list[Moment]:
    """Write what the centre has recorded."""
    return [
        Moment(
            key=f"{e.kind}/{e.id}/{e.n:06d}",
            at=e.at,
            time=words.second(e.at),
            full=text("cell.time.full", t=words.local(e.at)),
            what=_verb(e.kind, e.verb),
            who=_who(words, e.by, e.seat),
            on=_on(words, e.kind, e.id),
            said=_arguments(words, e.args, e.kind),
            device=_device(words, e.at, e.device_at),
        )
        for e in entries
    ]


def of_waiting(words: Words, waiting: Iterable[Waiting], keys: set[Key]) -> list[Moment]:
    """Write what this seat has done and the centre has not settled, or has sent back."""
    found: list[Moment] = []
    for each in waiting:
        act, mark = each.act, MARKS[each.state]
        touching = [s for s in act.steps if (s.kind, s.record) in keys]
        for n, step in enumerate(touching):
            moment = Moment(
                key=f"~{act.id}/{n:03d}",
                at=act.at,
                time=words.second(act.at),
                full=text("cell.time.full", t=words.local(act.at)),
                what=_verb(step.kind, step.verb),
                who=_who(words, act.by, act.seat),
                on=_on(words, step.kind, step.record),
                said=_arguments(words, step.args, step.kind),
                standing=each.state,
                mark=mark[0],
                reason=words.reason(each.key, each.args) if each.key else "",
            )
            found.append(moment)
    return found


def said_of(words: Words, steps: Sequence[Step]) -> str:
    """Name what an act does: its first step, and how many more there are."""
    first = steps[0]
    what = f"{_verb(first.kind, first.verb)} {words.record(first.kind, first.record)}"
    return what if len(steps) == 1 else text("timeline.steps", what=what, n=len(steps) - 1)


def _verb(kind: str, verb: str) -> str:
    return text(f"verb.{kind}.{verb}")


def _who(words: Words, by: str, seat: str) -> str:
    person = text("timeline.system") if by == "system" else words.name("person", by)
    return text("timeline.at_seat", person=person, seat=seat) if seat else person


def _on(words: Words, kind: str, id: str) -> str:
    return "" if kind == "incident" else words.record(kind, id)


def _arguments(words: Words, args: Mapping[str, Any], kind: str) -> tuple[tuple[str, str], ...]:
    said: list[tuple[str, str]] = []
    for name, value in args.items():
        if name in QUIET or value in (None, "", (), []):
            continue
        shown = words.value(name, value, kind)
        hide = name in mask.PERSONAL or isinstance(value, str)
        said.append((text(f"argument.{name}"), mask.hidden(name, shown) if hide else shown))
    if "changes" in args and isinstance(args["changes"], dict):
        edits: dict[str, dict[str, Any]] = args["changes"]
        said += [_edit(words, name, edit, kind) for name, edit in edits.items()]
    return tuple(said)


def _edit(words: Words, name: str, edit: Mapping[str, Any], kind: str) -> tuple[str, str]:
    before = words.value(name, edit.get("from"), kind) if edit.get("from") else UNKNOWN
    now = words.value(name, edit.get("to"), kind)
    return text(f"field.{name}"), text("timeline.edit", before=before, now=now)


def _device(words: Words, at: int, device_at: int) -> str:
    if not device_at or abs(device_at - at) < APART_MS:
        return ""
    key = "timeline.late" if at > device_at else "timeline.device"
    return text(key, time=words.second(device_at))

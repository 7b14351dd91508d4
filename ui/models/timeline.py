"""Who did what at which seat: what the centre recorded, and what still waits where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast

from console.app import Core
from console.base.text import text
from console.domain.changes import Key
from console.domain.query import parse_query
from console.domain.record import Act, Step
from console.domain.words import UNKNOWN, Words
from ui.models import mask

APART_MS = 120_000
"""A seat's own clock is shown when it differs by so much from when the step took effect."""
QUIET = frozenset(("incident", "crs", "lon", "lat", "scope", "catalog", "changes", "reported_at"))
TOLD = frozenset(("order",))
"""What is told of the steps beside the main one."""
Taken = tuple[str, str, str, dict[str, Any]]
"""A step: kind, id, verb and arguments."""
MARKS: Mapping[str, tuple[str, str]] = {
    "queued": ("arrow", "mark.waiting"),
    "recalled": ("arrow", "mark.waiting"),
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
    @property
    def reason(self) -> str: ...
    @property
    def verdict_at(self) -> int: ...


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
    also: tuple[str, ...] = ()
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
    """Write what the centre has recorded: the steps of one act as one moment."""
    acts: dict[str, list[Happened]] = {}
    for n, entry in enumerate(entries):
        acts.setdefault(entry.act or f"#{n}", []).append(entry)
    return [_recorded(words, act, steps) for act, steps in acts.items()]


def of_waiting(words: Words, waiting: Iterable[Waiting], keys: set[Key]) -> list[Moment]:
    """Write what this seat has done and the centre has not settled, or has sent back."""
    found: list[Moment] = []
    for each in waiting:
        act = each.act
        steps = [
            (s.kind, s.record, s.verb, s.args) for s in act.steps if (s.kind, s.record) in keys
        ]
        moment = _moment(words, f"~{act.id}", act.at, (act.by, act.seat), steps)
        reason = words.reason(each.key, each.args) if each.key else ""
        mark = MARKS[each.state][0]
        found.append(replace(moment, standing=each.state, mark=mark, reason=reason))
    return found


def _recorded(words: Words, act: str, entries: Sequence[Happened]) -> Moment:
    first = entries[0]
    steps = [(e.kind, e.id, e.verb, e.args) for e in entries]
    moment = _moment(words, act, first.at, (first.by, first.seat), steps)
    return replace(moment, device=_device(words, first.at, first.device_at))


def _moment(
    words: Words, key: str, at: int, who: tuple[str, str], steps: Sequence[Taken]
) -> Moment:
    """Write an act: its first step on an incident stands for it, the others beside it."""
    ranked = sorted(steps, key=lambda s: s[0] != "incident")
    kind, record, verb, args = ranked[0]
    what = _verb(kind, verb)
    also: list[str] = []
    seen = {(kind, record)}
    for other_kind, other_id, other_verb, _ in ranked[1:]:
        if (other_kind, other_id) in seen:
            continue
        seen.add((other_kind, other_id))
        title = _verb(other_kind, other_verb)
        on = _on(words, other_kind, other_id)
        also.append(on if title == what else f"{title} {on}".strip())
    said = {} if words.births(kind, verb) else dict(_arguments(words, args, kind))
    for other_kind, _, _, more in ranked[1:]:
        told = {name: value for name, value in more.items() if name in TOLD}
        said = dict(_arguments(words, told, other_kind)) | said
    return Moment(
        key, at, words.second(at), text("cell.time.full", t=words.local(at)), what,
        _who(words, *who), _on(words, kind, record), tuple(dict.fromkeys(filter(None, also))),
        tuple(said.items()),
    )  # fmt: skip


def said_of(words: Words, steps: Sequence[Step]) -> str:
    """Name what an act does: its first step, and how many more there are."""
    first = steps[0]
    what = f"{_verb(first.kind, first.verb)} {words.record(first.kind, first.record)}"
    return what if len(steps) == 1 else text("timeline.steps", what=what, n=len(steps) - 1)


def _verb(kind: str, verb: str) -> str:
    return text(f"verb.{kind}.{verb}")


def _who(words: Words, by: str, seat: str) -> str:
    person = text("timeline.system") if by == "system" else words.name("person", by)
    if not seat:
        return person
    return text("timeline.at_seat", person=person, seat=words.name("seat", seat))


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
    changes = args.get("changes")
    if isinstance(changes, dict):
        edits = cast("dict[str, dict[str, Any]]", changes)
        said += [_edit(words, name, edit, kind) for name, edit in edits.items()]
    return tuple(said)


def _edit(words: Words, name: str, edit: Mapping[str, Any], kind: str) -> tuple[str, str]:
    before, now = (
        mask.hidden(name, words.value(name, edit.get(end), kind)) if edit.get(end) else UNKNOWN
        for end in ("from", "to")
    )
    return text(f"field.{name}"), text("timeline.edit", before=before, now=now)


def _device(words: Words, at: int, device_at: int) -> str:
    if not device_at or abs(device_at - at) < APART_MS:
        return ""
    key = "timeline.late" if at > device_at else "timeline.device"
    return text(key, time=words.second(device_at))

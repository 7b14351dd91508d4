"""What an incident's card says: everything about one incident as values, read in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from console.app import Core
from console.base.text import text
from console.domain.deadline import Deadline, Standing, remaining, standing
from console.domain.limit import parse_limit
from console.domain.machine import Machine
from console.domain.plan import Allowed
from console.domain.query import parse_query
from console.domain.record import Incident, Record, Report, Task
from console.domain.words import Words, short
from ui.models import extras, mask
from ui.models.formats import HOUR, MINUTE, span
from ui.models.timeline import Timeline
from ui.models.timeline import read as read_timeline

R = TypeVar("R", bound=Record)

# The facts of an incident in their order; those of WIDE take a line of their own, those of
# ALWAYS are shown even when there is nothing to say.
FACTS = (
    "type", "scope", "scene", "address", "detail", "source", "urgency", "reported_at",
    "occurred_at", "lead", "assists", "handler", "community", "grid", "condition",
    "suspended_until", "resume_when", "transferred_to", "urged", "supervised", "extended",
    "escalated", "returned", "reworked", "result", "satisfied", "casualties", "loss_wan",
)  # fmt: skip
WIDE = frozenset(("scene", "address", "detail", "result", "resume_when", "assists"))
ALWAYS = frozenset(("type", "scope", "address", "source", "urgency", "reported_at", "lead"))
LEAD = "lead"
REVEAL, REVEALED_MS = "reveal", 10_000
FORM_FROM = 3
"""A verb that takes so many arguments, or needs one, is asked for in a form."""
RUNNING = frozenset((Standing.NORMAL, Standing.DUE_SOON))
LOOKS: Mapping[Standing, tuple[str, str]] = {
    Standing.NORMAL: ("deadline.calm", ""),
    Standing.DUE_SOON: ("deadline.soon", "sand"),
    Standing.OVERDUE: ("deadline.over", "alarm"),
    Standing.BADLY_OVERDUE: ("deadline.over", "alarm"),
    Standing.PAUSED: ("deadline.paused", "bars"),
    Standing.MET: ("text.second", ""),
    Standing.MISSED: ("text.caption", ""),
}


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """What the head of any card says. ``marks``: waiting, refused and in conflict."""

    title: str
    no: str
    state: str
    level: str
    level_words: str
    marks: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its label and its value; ``wide`` ones take a line of their own."""

    name: str
    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """One clock; how it stands is worked out each second by ``clock_words``."""

    name: str
    label: str
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class ClockWords:
    """How a clock stands; ``full`` says by which time it is counted."""

    said: str
    due: str
    role: str
    glyph: str
    full: str = ""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    id: str
    dept: str
    unit: str
    part: str
    state: str
    clocks: tuple[ClockFacts, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One person's words. ``of``: the merged incident it came with; ``revealed``: how often."""

    id: str
    head: str
    state: str
    caller: str
    phone: str
    words: str
    of: str
    revealed: int
    answered: str = ""
    mine: bool = False
    """Whoever sits here has just asked for it in clear."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Another incident that this one has to do with, and why."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class AskFacts:
    """Something that was asked for, and the commands that grant and deny it ("": not allowed)."""

    what: str
    words: str
    reason: str
    grant: str
    deny: str


@dataclass(frozen=True, slots=True)
class ActFacts:
    """One thing that can be done: ``refused`` says why not; ``form``: it asks for more first."""

    command: str
    title: str
    form: bool
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that the card shows. ``standing``: ready, unknown or forbidden."""

    id: str
    standing: str = "ready"
    title: str = ""
    no: str = ""
    state: str = ""
    level: str = ""
    marks: tuple[int, int, int] = (0, 0, 0)
    facts: tuple[Fact, ...] = ()
    clocks: tuple[ClockFacts, ...] = ()
    asks: tuple[AskFacts, ...] = ()
    tasks: tuple[TaskFacts, ...] = ()
    reports: tuple[ReportFacts, ...] = ()
    parent: Linked | None = None
    children: tuple[Linked, ...] = ()
    twins: tuple[Linked, ...] = ()
    acts: tuple[ActFacts, ...] = ()
    timeline: Timeline = field(default_factory=Timeline)


def incident_of(core: Core, kind: str, id: str) -> str:
    """Give the incident that a record is or belongs to; "" when there is none."""
    record = core.get(kind, id)
    return id if kind == "incident" else str(getattr(record, "incident", "") or "")


def read(core: Core, id: str) -> Card:
    """Read a card; may be asked on any thread."""
    held = core.get("incident", id)
    if not isinstance(held, Incident):
        return Card(id, "unknown")
    words = Words(core)
    children = _records(core, "incident", f"parent:{id}", Incident)
    own = _records(core, "report", f"incident:{id} sort:-at", Report)
    reports = [_report(core, words, r, "") for r in own]
    for child in children:
        theirs = _records(core, "report", f"incident:{child.id} sort:-at", Report)
        reports += [_report(core, words, r, short(child.no)) for r in theirs]
    tasks = _records(core, "task", f"incident:{id} sort:issued_at", Task)
    tasks.sort(key=lambda t: t.part != LEAD)
    allowed = core.allowed("incident", id)
    parent = core.get("incident", held.parent) if held.parent else None
    return Card(
        id, "ready", held.title, held.no, held.state, held.level, marks(core, "incident", id),
        facts=facts(words, held),
        clocks=_clocks(held),
        asks=_asks(words, held, allowed),
        tasks=tuple(_task(words, t) for t in tasks),
        reports=tuple(reports),
        parent=Linked(parent.id, words.title(parent), "") if parent is not None else None,
        children=tuple(_child(words, c) for c in children),
        twins=_twins(core, words, held),
        acts=acts_of(core, words, held, allowed),
        timeline=read_timeline(core, "incident", id),
    )  # fmt: skip


def clock_words(core: Core, words: Words, clock: ClockFacts, now: int) -> ClockWords:
    """Say how a clock stands at an instant: what is left is told in its limit's own time.

    Queues tell of all the time until it is due; ``full`` has both.
    """
    held = clock.deadline
    calendar = core.judge.calendar
    stands = standing(held, now, calendar)
    role, glyph = LOOKS[stands]
    left = held.due - now
    own = own_span(held, remaining(held, now, calendar), calendar.day_length)
    match stands:
        case Standing.MET | Standing.MISSED:
            said = text(f"deadline.standing.{stands}")
        case Standing.PAUSED:
            said = text("card.clock.paused", span=own)
        case Standing.OVERDUE | Standing.BADLY_OVERDUE:
            said = text("cell.deadline.over", span=span(-left))
        case _:
            said = text("cell.deadline.left", span=own)
    due = text("card.clock.due", limit=words.limit(held.limit), due=words.instant(held.due))
    if held.extended:
        due = text("card.clock.extended", due=due, by=words.limit(held.extended))
    full = due
    if stands in RUNNING:
        key = "card.clock.own" if parse_limit(held.limit).working else "card.clock.wall"
        full = text(key, due=due, span=span(left), own=own)
    return ClockWords(said, due, role, glyph, full)


def own_span(held: Deadline, left: int, day: int) -> str:
    """Write what is left of a limit in the limit's own time."""
    left = max(0, left)
    if not parse_limit(held.limit).working:
        return span(left)
    hours, minutes = left // HOUR, left % HOUR // MINUTE
    if left >= day:
        return text("card.span.days", d=left // day, h=left % day // HOUR)
    return text("card.span.hours" if hours else "card.span.minutes", h=hours, m=minutes)


# ---- parts ---------------------------------------------------------------------------------------


def _records(core: Core, kind: str, line: str, sort: type[R]) -> list[R]:
    rows = core.find(parse_query(kind, line))
    held = (core.get(kind, str(row[0])) for row in rows)
    return [each for each in held if isinstance(each, sort)]


def marks(core: Core, kind: str, id: str) -> tuple[int, int, int]:
    """Give how many of a record's acts wait, were refused, are in conflict."""
    rows = core.find(parse_query(kind, ""), {id})
    return (int(rows[0][-3]), int(rows[0][-2]), int(rows[0][-1])) if rows else (0, 0, 0)


def facts(words: Words, held: Incident) -> tuple[Fact, ...]:
    """Give what is known of an incident, and what its type has of its own, in order."""
    found: list[Fact] = []
    for name in FACTS:
        value = getattr(held, name)
        if not value and name not in ALWAYS:
            continue
        said = words.value(name, value, "incident")
        if isinstance(value, str) and name in WIDE:
            said = mask.words(said)
        found.append(Fact(name, text(f"field.{name}"), said, name in WIDE))
    # What its type has of its own may say anything: people's names in it are hidden as elsewhere.
    found += [
        Fact(n, words.name("extra", n), mask.words(extras.said(n, v)))
        for n, v in held.extra.items()
    ]
    return tuple(found)


def _clocks(held: Incident | Task) -> tuple[ClockFacts, ...]:
    running = sorted(held.deadlines.items(), key=lambda c: (bool(c[1].stopped), c[1].due))
    return tuple(ClockFacts(n, text(f"clock.{n}"), d) for n, d in running)


def _asks(words: Words, held: Incident, allowed: Sequence[Allowed]) -> tuple[AskFacts, ...]:
    free = {a.verb: a.command for a in allowed if not a.refused_key}
    found: list[AskFacts] = []
    for what, asked in held.asked.items():
        value = (
            words.instant(int(asked.value)) if asked.value.isdigit() else words.limit(asked.value)
        )
        said = text(
            f"card.asked.{what}", by=words.name("person", asked.by), at=words.instant(asked.at),
            value=value,
        )  # fmt: skip
        grant, deny = free.get(f"grant_{what}", ""), free.get(f"deny_{what}", "")
        found.append(AskFacts(what, said, asked.reason, grant, deny))
    return tuple(found)


def _task(words: Words, held: Task) -> TaskFacts:
    unit = words.value("unit", held.unit) if held.unit else ""
    said = mask.words(held.result or held.basis or held.order)
    running = tuple(c for c in _clocks(held) if not c.deadline.stopped)
    state = words.value("state", held.state, "task")
    part = words.value("part", held.part)
    return TaskFacts(held.id, words.name("dept", held.dept), unit, part, state, running, said)


def _report(core: Core, words: Words, held: Report, of: str) -> ReportFacts:
    head = text(
        "card.report", source=words.value("source", held.source), number=held.number,
        at=words.instant(held.at),
    )  # fmt: skip
    answered = words.value("satisfied", held.satisfied) if held.satisfied else ""
    return ReportFacts(
        held.id, head, words.value("state", held.state, "report"), held.caller, held.phone,
        held.words, of, held.revealed, answered, _just_revealed(core, held),
    )  # fmt: skip


def _just_revealed(core: Core, held: Report) -> bool:
    """Tell whether the last reveal was asked for here, a moment ago."""
    since = core.clock.now() - REVEALED_MS
    if not held.revealed or held.updated_at < since:
        return False
    me = (core.person.user, core.seat)
    waiting = [w.act for w in core.outbox() if w.act.at >= since and (w.act.by, w.act.seat) == me]
    if any(s.record == held.id and s.verb == REVEAL for act in waiting for s in act.steps):
        return True
    told = core.history("report", held.id)
    return any(e.verb == REVEAL and e.at >= since and (e.by, e.seat) == me for e in told)


def _child(words: Words, held: Incident) -> Linked:
    return Linked(held.id, words.title(held), words.instant(held.updated_at))


def _twins(core: Core, words: Words, held: Incident) -> tuple[Linked, ...]:
    if not core.machines["incident"].allows(held.state, "merge"):
        return ()
    found = core.adviser.duplicates(held.id)
    return tuple(
        Linked(
            twin.id, f"{short(twin.no)} {twin.title}".strip(),
            text("panel.and").join(words.notice(reason) for reason in twin.reasons),
        )
        for twin in found
    )  # fmt: skip


def acts_of(
    core: Core, words: Words, held: Record, allowed: Sequence[Allowed]
) -> tuple[ActFacts, ...]:
    """Give what can be done to a record by its machine: first what leads on."""
    machine = core.machines[held.kind]
    ranked = sorted(enumerate(allowed), key=lambda a: (_rank(machine, held, a[1]), a[0]))
    return tuple(_act(core, words, each) for _, each in ranked)


def _act(core: Core, words: Words, allowed: Allowed) -> ActFacts:
    command = core.commands.get(allowed.command)
    takes = command.takes.values()
    form = any(a.required for a in takes) or len(takes) >= FORM_FROM
    refused = words.reason(allowed.refused_key, dict(allowed.refused_args))
    return ActFacts(command.name, command.title, form, refused)


def _rank(machine: Machine, held: Record, allowed: Allowed) -> int:
    """Rank what leads on first, then what leads elsewhere, then what leads nowhere."""
    if allowed.refused_key:
        return 9
    verb = machine.verbs[allowed.verb]
    if not verb.to:
        return 3
    states = list(machine.states)
    onward = verb.to in states and states.index(verb.to) > states.index(held.state)
    closing = verb.to in machine.states and machine.states[verb.to].final
    return 0 if onward and not closing and machine.states[verb.to].phase != "side" else 1

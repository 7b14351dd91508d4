"""What a warning's card says: what its last message says, how it stands, what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from console.app import Core
from console.base.text import text
from console.domain.query import parse_query
from console.domain.record import Forewarning, Incident, StartedPlan
from console.domain.warning import incident_of
from console.domain.words import UNKNOWN, Words
from ui.models.card import ActFacts, Fact, HeadFacts, Linked, acts_of, marks
from ui.models.formats import HOUR, span
from ui.models.timeline import Timeline
from ui.models.timeline import read as read_timeline

DIVISION = 6
"""The figures of a code that name a district; longer ones name a part of it."""
ACTUAL = "actual"
TOLD = frozenset(("updated", "cancelled"))
"""States that the last message has brought about: it was sent then."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """From when until when a warning holds, and what its sender has said of it since; ms UTC."""

    state: str
    begins: int
    ends: int
    told: int


@dataclass(frozen=True, slots=True)
class Left:
    """How a warning stands at an instant, in words, in a role of the theme, with a shape."""

    said: str
    role: str
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class WarningCard:
    """Everything that the card shows. ``unreal``: it is an exercise or a test, in words."""

    id: str
    standing: str = "ready"
    head: HeadFacts = field(default_factory=lambda: HeadFacts("", "", "", "", ""))
    unreal: str = ""
    lasting: Lasting = field(default_factory=lambda: Lasting("", 0, 0, 0))
    facts: tuple[Fact, ...] = ()
    incidents: tuple[Linked, ...] = ()
    plans: tuple[Linked, ...] = ()
    acts: tuple[ActFacts, ...] = ()
    timeline: Timeline = field(default_factory=Timeline)


def read(core: Core, id: str) -> WarningCard:
    """Read a card; may be asked on any thread. ``standing``: ready or unknown."""
    held = core.get(Forewarning.kind, id)
    if not isinstance(held, Forewarning):
        return WarningCard(id, "unknown")
    words = Words(core)
    colour = text(f"card.colour.{held.level}") if held.level else text("card.colour.none")
    state = words.value("state", held.state, Forewarning.kind)
    waiting = marks(core, Forewarning.kind, id)
    head = HeadFacts(words.title(held), "", state, held.level, colour, waiting)
    unreal = text("card.unreal", standing=text(f"standing.{held.standing}"))
    incident = core.get(Incident.kind, incident_of(id))
    opened = isinstance(incident, Incident)
    return WarningCard(
        id, "ready", head,
        unreal=unreal if held.standing != ACTUAL else "",
        lasting=_lasting(held),
        facts=tuple(_facts(words, core, held)),
        incidents=(_incident(words, incident),) if opened else (),
        plans=tuple(_plans(core, words, incident)) if opened else (),
        acts=acts_of(core, words, held, core.allowed(Forewarning.kind, id)),
        timeline=_timeline(core, id),
    )  # fmt: skip


def left(words: Words, lasting: Lasting, now: int) -> Left:
    """Say how long a warning still holds, or since when it holds no more."""
    if lasting.state == "cancelled":
        return Left(text("card.left.cancelled", at=zoned(words, lasting.told)), "text.caption")
    if lasting.state == "expired":
        return Left(text("card.left.expired", span=span(now - lasting.ends)), "text.caption")
    if not lasting.ends:
        return Left(text("card.left.open"), "warning")
    if now >= lasting.ends:
        # The centre has not said so: only its word makes it a thing of the past.
        return Left(text("card.left.lapsed", span=span(now - lasting.ends)), "warning", "alarm")
    if now < lasting.begins:
        return Left(text("card.left.ahead", span=span(lasting.begins - now)), "text.second", "sand")
    soon = lasting.ends - now < HOUR
    said = text("card.left.running", span=span(lasting.ends - now))
    return Left(said, "deadline.soon", "sand") if soon else Left(said, "text")


def zoned(words: Words, at: int) -> str:
    """Write an instant with its date and its zone: 11-26 14:00 UTC+08:00."""
    if not at:
        return UNKNOWN
    when = words.local(at)
    return text("card.instant", t=when, zone=_zone(when))


def areas(core: Core, held: Forewarning) -> str:
    """Name what a warning is for: in its own words, and the districts that its codes name."""
    codes = dict.fromkeys(code.rpartition("=")[2] for code in held.geocodes)
    named = [_place(core, code) for code in codes]
    missing = [name for name in named if name not in held.area]
    return "; ".join(filter(None, (held.area, text("panel.and").join(missing)))) or UNKNOWN


def _place(core: Core, code: str) -> str:
    city = core.city
    if code[:DIVISION] == city.code:
        return Words(core).scope("")
    return core.names("district", code[:DIVISION]) or code


def _zone(when: datetime) -> str:
    offset = when.strftime("%z")
    return f"{offset[:3]}:{offset[3:]}"


def _lasting(held: Forewarning) -> Lasting:
    begins = held.onset_at or held.effective_at or held.sent_at
    return Lasting(held.state, begins, held.expires_at, held.sent_at)


def _facts(words: Words, core: Core, held: Forewarning) -> Iterator[Fact]:
    told = held.state if held.state in TOLD else "sent"
    yield Fact("event", _field("event"), held.event or UNKNOWN)
    yield Fact("sender", _field("sender_name"), held.sender_name or held.sender or UNKNOWN)
    yield Fact("area", _field("area"), areas(core, held), wide=True)
    yield Fact("sent_at", text(f"card.told.{told}"), zoned(words, held.sent_at), wide=True)
    for name in ("effective_at", "onset_at", "expires_at"):
        at = int(getattr(held, name))
        if at or name != "onset_at":
            yield Fact(name, _field(name), zoned(words, at), wide=True)
    yield Fact("words", text("card.words"), held.words or UNKNOWN, wide=True)
    yield Fact("instruction", _field("instruction"), held.instruction or UNKNOWN, wide=True)
    yield Fact("identifier", _field("identifier"), held.identifier, wide=True)


def _field(name: str) -> str:
    said = text(f"field.{name}")
    return said[:1].upper() + said[1:]


def _incident(words: Words, incident: Incident) -> Linked:
    state = words.value("state", incident.state, Incident.kind)
    return Linked(incident.id, words.title(incident), state)


def _plans(core: Core, words: Words, incident: Incident) -> Iterator[Linked]:
    for row in core.find(parse_query(StartedPlan.kind, f"incident:{incident.id} sort:started_at")):
        held = core.get(StartedPlan.kind, str(row[0]))
        if isinstance(held, StartedPlan):
            state = words.value("state", held.state, StartedPlan.kind)
            since = text("card.plan_since", state=state, at=words.instant(held.started_at))
            yield Linked(incident.id, words.name(StartedPlan.kind, held.plan), since)


def _timeline(core: Core, id: str) -> Timeline:
    """Read its log: of what a message said only the notes, for the card says the rest."""
    whole, note = read_timeline(core, Forewarning.kind, id), text("argument.note")
    shown = (
        replace(m, on="", said=tuple(said for said in m.said if said[0] == note))
        for m in whole.moments
    )
    return replace(whole, moments=tuple(shown))

"""What the advice panel shows: read on another thread from what is written, said in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from console.advise.case import CaseAdvice, Duplicate, Site, Thing
from console.advise.gazetteer import Found, Hit
from console.advise.hotspots import read_rule
from console.advise.units import Advice, Nearer, Verdict
from console.app import Core
from console.base.text import text
from console.domain.query import parse_query
from console.domain.record import Incident
from console.domain.words import Words, short

TWINS, UNITS, SPOTS = 2, 3, 3
LEAST, MOST = 0.01, 99
"""A share that is worth naming, and the most percent that anything is sure."""
ROLES = {"automatic": "good", "confirm": "warning", "ask": "text.second", "unknown": "text.caption"}
URGENT = {"flash": "danger", "urgent": "warning"}
JUDGED = frozenset(("reported", "accepted", "returned"))
"""Of an incident in these states the kind and the lead are still to be settled."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the panel: what it is about, what is said, why, and in which role."""

    name: str
    words: str
    why: str = ""
    role: str = "text"


@dataclass(frozen=True, slots=True)
class Offer:
    """A type that can be taken by one key."""

    type: str
    name: str
    confidence: float
    lead: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that can be taken: what was said, its name, and where it lies (CGCS2000)."""

    said: str
    id: str
    name: str
    lon: float
    lat: float
    scope: str
    confidence: float
    sure: bool


@dataclass(frozen=True, slots=True)
class AdviceFacts:
    """The whole panel. ``state``: waiting, strange or ready; ``record``: the incident, if it is.

    ``spots``: the places that the words may mean, the likeliest first. ``drill``: the query of the
    appeals that a hot spot is made of; "" of what is none. ``judge``: which model says so, and
    since when it is in use here.
    """

    state: str
    lines: tuple[Line, ...] = ()
    offers: tuple[Offer, ...] = ()
    model: str = ""
    record: str = ""
    held: str = ""
    spots: tuple[Spot, ...] = ()
    drill: str = ""
    judge: str = ""


def read(core: Core, written: Mapping[str, str], record: str = "") -> AdviceFacts:
    """Ask for advice on what is written in a form, or on an incident as it stands."""
    held = core.get("incident", record) if record else None
    if isinstance(held, Incident):
        if held.catalog and held.type == read_rule().opens:
            return _hot(core, held)
        if held.state not in JUDGED:
            watched = tuple(_nearer(each) for each in core.adviser.nearer(held.id))
            return AdviceFacts("watching" if watched else "waiting", watched, record=record)
        told = {n: getattr(held, n) for n in ("title", "detail", "address", "scope", "type")}
        return _facts(core, core.adviser.advise(told, record), held)
    return _facts(core, core.adviser.advise(_meant(core, written)), None)


def _meant(core: Core, written: Mapping[str, str]) -> dict[str, str]:
    """Give what is written, names of types and places by their codes."""
    types = {t.name: t.code for s in core.scenes.values() for t in s.types}
    streets = {s.name: core.city.scope_of("", s.code) for s in core.city.streets.values()}
    districts = {d.name: d.code for d in core.city.districts.values()}
    said = dict(written)
    if kind := said.get("type", ""):
        said["type"] = types.get(kind, kind)
    if scope := said.get("scope", ""):
        said["scope"] = streets.get(scope) or districts.get(scope, scope)
    return said


def _facts(core: Core, advice: CaseAdvice, held: Incident | None) -> AdviceFacts:
    record = held.id if held else ""
    if not advice.model:
        return AdviceFacts("waiting", record=record)
    words = Words(core)
    offers = tuple(
        Offer(k.type, core.names("type", k.type), k.confidence, k.lead)
        for n, k in enumerate(advice.kinds)
        if not n or k.confidence >= LEAST
    )
    lines = [
        *_kind(core, advice, offers, held), *_known(words, advice.duplicates),
        _urgency(words, advice), _place(core, advice.place), *_site(core, advice.site),
    ]  # fmt: skip
    if advice.units is not None:
        lines.append(_units(advice.units))
    state = "ready" if offers else "strange"
    return AdviceFacts(
        state, tuple(lines), offers, advice.model, record, held.type if held else "",
        tuple(_spots(core, advice.place, held)), judge=_judge(words, core, advice.model),
    )  # fmt: skip


def _judge(words: Words, core: Core, model: str) -> str:
    """Say which model is in use, and since when; the one that ships has been there all along."""
    since = core.adviser.since()
    if not since:
        return text("advice.model_shipped")
    return text("advice.model_since", name=model, since=words.instant(since))


def _kind(
    core: Core, advice: CaseAdvice, offers: tuple[Offer, ...], held: Incident | None
) -> list[Line]:
    if not offers:
        return [Line("kind", text("advice.strange"), role="text.caption")]
    first = offers[0]
    sure = text("advice.sure", percent=min(MOST, round(first.confidence * 100)))
    band = text(f"advise.band.{advice.band}")
    why = [text("advice.because", words="、".join(d.words.strip() for d in advice.deciding[:4]))]
    if held is not None and held.type:
        same = held.type == first.type
        now = core.names("type", held.type)
        why.append(text("advice.already") if same else text("advice.instead", name=now))
    lead = core.names("dept", first.lead)
    return [
        Line("kind", f"{first.name}  {sure}  {band}", text("panel.and").join(why),
             ROLES[advice.band]),
        Line("lead", lead, text("advice.of_type")),
    ]  # fmt: skip


def _known(words: Words, duplicates: tuple[Duplicate, ...]) -> list[Line]:
    if not duplicates:
        return [Line("known", text("advice.new"), role="text.second")]
    return [_twin(words, each) for each in duplicates[:TWINS]]


def _twin(words: Words, twin: Duplicate) -> Line:
    said = [words.notice(reason) for reason in twin.reasons]
    who = twin.callers
    if who.before:
        said.append(text("advice.before", times=who.before))
    if who.reports:
        said.append(text("advice.reports", count=who.reports, callers=who.callers))
    record = f"{short(twin.no)} {twin.title}".strip()
    head = text("advice.twin", record=record, likely=twin.likely)
    return Line("known", head, text("panel.and").join(said), "warning")


def _urgency(words: Words, advice: CaseAdvice) -> Line:
    urgent = advice.urgent
    why = text("advice.usual")
    if urgent.words:
        why = text("advice.by_words", words="、".join(urgent.words))
    elif urgent.level:
        why = text("advice.by_level", level=words.value("level", urgent.level))
    role = URGENT.get(urgent.urgency, "text.second")
    return Line("urgency", words.value("urgency", urgent.urgency), why, role)


def _place(core: Core, found: Found | None) -> Line:
    if found is None:
        return Line("place", text("advice.no_place"), text("advice.ask.place"), "text.caption")
    first = found.hits[0]
    sure = text("advice.sure", percent=min(MOST, round(first.confidence * 100)))
    certain = text("advice.certain" if found.sure else "advice.uncertain")
    scope = core.names("district", first.entry.scope.partition(".")[0])
    head = "  ".join(filter(None, (first.entry.called, scope, sure, certain)))
    why = [text(f"advice.met.{w.key}", value=w.value) for w in first.reasons]
    if ask := _lacking(found, first):
        why.append(text(f"advice.ask.{ask}"))
    return Line("place", head, text("panel.and").join(why), "text" if found.sure else "warning")


def _lacking(found: Found, first: Hit) -> str:
    """Give what is to be asked of the caller next; "" when the place is known well enough."""
    keys = {why.key for why in first.reasons}
    if first.entry.kind in ("district", "street", "city"):
        return "place"
    if "several" in keys:
        return "number" if first.entry.kind == "road" else "district"
    return "again" if not found.sure else ""


def _spots(core: Core, found: Found | None, held: Incident | None) -> Iterator[Spot]:
    if found is None or (held is not None and held.lon):
        return
    for hit in found.hits[:SPOTS]:
        if hit.lon and hit.confidence >= LEAST:
            scope = hit.entry.scope or core.adviser.scope_at((hit.lon, hit.lat))
            yield Spot(
                found.words.text, hit.entry.id, hit.entry.called, round(hit.lon, 6),
                round(hit.lat, 6), scope, hit.confidence, found.sure,
            )  # fmt: skip


def _site(core: Core, site: Site | None) -> list[Line]:
    if site is None:
        return []
    said = [text("advice.here_open", count=site.open) if site.open else text("advice.nobody_here")]
    if site.past:
        kind = core.names("type", site.usual)
        said.append(text("advice.here_past", count=site.past, kind=kind, most=site.usual_count))
    near = [_thing(each) for each in (*site.exposed, *site.helps)]
    role = "warning" if site.open else "text"
    lines = [Line("site", text("panel.and").join(said), text("panel.and").join(near), role)]
    if site.warnings:
        lines.append(Line("warned", text("panel.and").join(site.warnings), role="warning"))
    if site.plans:
        names = [core.names("plan", plan) for plan in site.plans]
        lines.append(Line("plan", text("panel.and").join(names), text("advice.of_plan")))
    return lines


def _thing(thing: Thing) -> str:
    sort = text(f"advice.sort.{thing.sort}")
    key = "advice.things" if thing.count > 1 else "advice.thing"
    # What has no name of its own is called what it is; that is said once.
    name = "" if thing.name == sort else thing.name
    said = text(key, sort=sort, name=name, metres=thing.metres, count=thing.count)
    return " ".join(said.split())


def _units(advice: Advice) -> Line:
    said = [_unit(verdict) for verdict in advice.sent[:UNITS]]
    said += [
        text("advice.short", name=text(f"capability.{s.capability}"), count=s.wanted - s.found)
        for s in advice.shortfalls
    ]
    why = [text("advice.estimated")] if advice.estimated else []
    why += [text(f"fit.{r.key}", **r.args) for v in advice.sent[:1] for r in v.reasons]
    role = "warning" if advice.shortfalls else "text"
    return Line("units", text("panel.and").join(said), text("panel.and").join(why), role)


def _hot(core: Core, held: Incident) -> AdviceFacts:
    """Tell of a hot spot: what it is of, how many there are by now, and how to see each."""
    rule = read_rule()
    district = held.scope.partition(".")[0]
    began = datetime.fromtimestamp(held.reported_at / 1000 - rule.minutes * 60, UTC)
    drill = f"type:{held.catalog} reported_at>={began:%Y-%m-%dT%H:%M}Z"
    if district in core.city.districts:
        drill += f" district:{district}"
    by_now = core.count(parse_query("incident", drill))
    kind = core.names("type", held.catalog)
    line = Line("hot", text("advice.hot_now", kind=kind, count=by_now), held.title, "warning")
    return AdviceFacts("hot", (line,), record=held.id, drill=drill)


def _nearer(found: Nearer) -> Line:
    minutes = max(1, round(found.saves_s / 60))
    head = text("advice.nearer", name=found.better.name, sent=found.sent, minutes=minutes)
    why = text("panel.and").join(text(f"fit.{r.key}", **r.args) for r in found.better.reasons)
    return Line("watch", head, why, "warning")


def why_not(core: Core, incident: str, unit: str) -> str:
    """Answer why a unit is not advised for an incident, or why it is."""
    advice = core.adviser.units(incident)
    verdict = advice.of(unit) if advice else None
    if verdict is None:
        return text("advice.no_units")
    why = text("panel.and").join(text(f"fit.{r.key}", **r.args) for r in verdict.reasons)
    key = "advice.why_sent" if verdict.sent else "advice.why_not"
    return text(key, name=_unit(verdict), why=why)


def _unit(verdict: Verdict) -> str:
    if verdict.seconds is None:
        return verdict.name
    return text("advice.unit", name=verdict.name, minutes=max(1, round(verdict.seconds / 60)))

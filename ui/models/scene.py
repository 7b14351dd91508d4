"""A scene as its page shows it: its gauges, its plans at work, what it takes in and how."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from console.app import Core
from console.base.text import TEXTS, text
from console.domain.alarm import Freshness
from console.domain.indicator import Indicator
from console.domain.query import parse_query
from console.domain.record import Incident, StartedPlan, Task
from console.domain.sensed import Judged
from console.domain.words import UNKNOWN, Words, short
from console.scenes.linkage import Linkage, grave, read_linkages
from console.scenes.lists import Lists, read_lists
from console.scenes.scene import EventType, Scene, ScenePlan, leaves
from console.scenes.starting import dues
from ui.models.feeds import Chip, linkages, sources

STATES: Mapping[str, tuple[str, str]] = {
    "normal": ("", "text.second"),
    "warn": ("triangle", "severity.III"),
    "alarm": ("diamond", "severity.I"),
    "unknown": ("ring", "text.caption"),
}
"""How an indicator stands: a shape and a role; the word goes with them."""
STEPS: Mapping[str, tuple[str, str]] = {
    "done": ("disc", "good"),
    "work": ("triangle", "text.second"),
    "waits": ("ring", "text.caption"),
    "paper": ("ring", "text.caption"),
    "gap": ("triangle", "warning"),
    "late": ("alarm", "deadline.over"),
    "gone": ("cross", "text.disabled"),
}
DONE, GONE = frozenset(("feedback", "done")), frozenset(("returned", "withdrawn"))


@dataclass(frozen=True, slots=True)
class GaugeFacts:
    """One indicator: its words, its shape and role, how fresh it is, where it stands.

    ``limits``: in words; ``scale``: where the value and its limits stand, 0 to 1 from the good end
    of the scale to the bad one (of a band: from low to high), the value first; () when unknown.
    """

    id: str
    name: str
    value: str
    unit: str
    glyph: str
    role: str
    state: str
    freshness: Freshness
    fresh: str
    told: str
    limits: str = ""
    scale: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step of a plan: when, who, what, and how it stands; ``due`` is the instant in words."""

    at: int
    dept: str
    action: str
    stands: str
    due: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan at work, or (``id`` "") one that could be started, walked through on paper.

    ``incident``: the id of the incident that it works on; ``rehearsed``: it was asked for, with
    the departments and hours that it would have now.
    """

    id: str
    plan: str
    name: str
    level: str
    told: str
    ends: str
    steps: tuple[StepFacts, ...]
    incident: str = ""
    rehearsed: bool = False

    @property
    def done(self) -> int:
        return sum(step.stands == "done" for step in self.steps)


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """One type of incident: what it is called, its limits, and what sets it off."""

    code: str
    name: str
    level: str
    limits: str
    lead: str
    trigger: str


@dataclass(frozen=True, slots=True)
class SceneFacts:
    """A scene at this moment."""

    id: str
    name: str
    told: str
    feed: str
    sources: str
    sealed: bool
    order: str
    gauges: tuple[GaugeFacts, ...]
    plans: tuple[PlanFacts, ...]
    types: tuple[TypeFacts, ...]
    systems: tuple[Chip, ...] = ()
    linkages: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Lore:
    """What the files say beside the scenes themselves."""

    lists: Lists
    linkages: Mapping[str, Linkage]


def read_lore(core: Core) -> Lore:
    """Read it; BadData names file, line and key."""
    return Lore(read_lists(), read_linkages(core.city, core.scenes).by_id)


def read(core: Core, lore: Lore, id: str) -> SceneFacts | None:
    """Read a scene; may be asked on any thread. None: there is no such scene."""
    scene = core.scenes.get(id)
    if scene is None:
        return None
    words, now = Words(core), core.indicators()
    judged = [(i, now[i.id]) for i in scene.indicators if i.id in now]
    live = sum(j.freshness == "live" for _, j in judged)
    order = core.get("scene", id)
    sealed = scene.lifecycle == "dormant" and (order is None or order.state != "opened")
    said, why = getattr(order, "order", ""), getattr(order, "reason", "")
    known = lore.lists.doors
    doors = (known[door] for door in scene.feed.doors if door in known)
    joined = live and scene.feed.mode == "manual"
    way = text("scene.feed.joined" if joined else f"scene.feed.{scene.feed.mode}")
    return SceneFacts(
        id=id, name=named(scene), told=either(scene.description, scene.description_en),
        feed=text("scene.fed", way=way, doors=text("panel.and").join(named(d) for d in doors)),
        sources="" if sealed else text("scene.live", live=live, all=len(judged)), sealed=sealed,
        order=text("scene.ordered", order=said, reason=why) if said else "",
        gauges=tuple(_gauge(words, i, j) for i, j in judged),
        plans=() if sealed else tuple(_plans(core, words, scene)),
        types=tuple(_type(core, words, t) for t in leaves([scene])),
        systems=() if sealed else sources(core, scene, words, core.clock.now()),
        linkages=linkages(scene, lore.linkages, core.scenes, core.city),
    )  # fmt: skip


def named(each: object) -> str:
    """Give the name of a scene, plan or entry in the language spoken."""
    return either(getattr(each, "name", ""), getattr(each, "name_en", ""))


def grouped(core: Core, lists: Lists) -> Iterator[tuple[str, list[Scene]]]:
    """Give the groups of scenes by name, each with its scenes."""
    for group in lists.groups.values():
        inside = [s for s in core.scenes.values() if s.group == group.id]
        if inside:
            yield named(group), inside


def either(chinese: str, english: str) -> str:
    """Give the words in the language spoken; English that is missing is said in Chinese."""
    return (english or chinese) if TEXTS.language == "en" else chinese


def _gauge(words: Words, indicator: Indicator, now: Judged) -> GaugeFacts:
    glyph, role = STATES[now.state]
    value = UNKNOWN if now.value is None else f"{now.value:,.{indicator.decimals}f}"
    fresh = ""
    if now.value is not None:
        fresh = text(f"scene.fresh.{now.freshness}", at=words.second(now.at))
    limits = text("scene.limits", warn=_limit(indicator.warn), alarm=_limit(indicator.alarm))
    note = either(indicator.note, indicator.note_en)
    source = either(indicator.source, indicator.source_en)
    told = [named(indicator), limits, text("scene.source", source=source), note]
    return GaugeFacts(
        id=indicator.id, name=named(indicator), value=value,
        unit=either(indicator.unit, indicator.unit_en or indicator.unit), glyph=glyph, role=role,
        state=text(f"scene.state.{now.state}"), freshness=now.freshness, fresh=fresh,
        told="\n".join(line for line in told if line),
        limits=text(f"scene.band.{indicator.direction}", **_named_limits(indicator)),
        scale=() if now.value is None else scale_of(indicator, now.value),
    )  # fmt: skip


def _named_limits(indicator: Indicator) -> dict[str, str]:
    return {"warn": _limit(indicator.warn), "alarm": _limit(indicator.alarm)}


def scale_of(indicator: Indicator, value: float) -> tuple[float, ...]:
    """Give where a value and its limits stand on a scale, 0 to 1; the value first.

    The scale goes as far beyond the alarm limit as that lies from the limit before it.
    """
    warn, alarm = indicator.warn, indicator.alarm
    if isinstance(warn, tuple) and isinstance(alarm, tuple):
        low, high = 2 * alarm[0] - warn[0], 2 * alarm[1] - warn[1]
        limits = (alarm[0], warn[0], warn[1], alarm[1])
    else:
        first, last = _single(warn), _single(alarm)
        good = indicator.normal[0 if indicator.direction == "up" else 1]
        low, high = good, 2 * last - first
        limits = (first, last)
    reach = (high - low) or 1.0
    return tuple(min(1.0, max(0.0, (each - low) / reach)) for each in (value, *limits))


def _single(limit: float | tuple[float, float]) -> float:
    return limit[0] if isinstance(limit, tuple) else limit


def _limit(limit: float | tuple[float, float]) -> str:
    ends = limit if isinstance(limit, tuple) else (limit,)
    return " – ".join(f"{end:g}" for end in ends)


def plan_of(core: Core, id: str) -> PlanFacts | None:
    """Give the plan at work on an incident, else the one on paper for its kind; None: neither."""
    incident, words = core.get("incident", id), Words(core)
    if not isinstance(incident, Incident):
        return None
    by_id = {p.id: p for s in core.scenes.values() for p in s.plans}
    for row in core.find(parse_query("plan", f"incident:{id} state:running")):
        started = core.get("plan", str(row[0]))
        if isinstance(started, StartedPlan) and started.plan in by_id:
            return _at_work(core, words, started, by_id[started.plan])
    meant = _meant(core, incident)
    return _on_paper(core, words, meant) if meant is not None else None


def _meant(core: Core, incident: Incident) -> ScenePlan | None:
    """Give the first plan of an incident's scene that is for its type, and for one so grave."""
    scene = core.scenes.get(incident.scene)
    if scene is None:
        return None
    kinds = next(((t.code, t.parent) for t in scene.types if t.code == incident.type), ())
    for plan in scene.plans:
        enough = not (incident.level and plan.from_level) or grave(
            incident.level, plan.from_level, core.city.levels
        )
        if enough and (not plan.on or any(kind in plan.on for kind in kinds)):
            return plan
    return None


def _plans(core: Core, words: Words, scene: Scene) -> Iterator[PlanFacts]:
    """Give the plans at work, the newest first, then all that could be started."""
    by_id = {p.id: p for s in core.scenes.values() for p in s.plans}
    rows = core.find(parse_query("plan", f"scene:{scene.id} state:running"))
    running = [r for row in rows if isinstance(r := core.get("plan", str(row[0])), StartedPlan)]
    for started in sorted(running, key=lambda r: -r.started_at):
        if started.plan in by_id:
            yield _at_work(core, words, started, by_id[started.plan])
    for plan in scene.plans:
        yield _on_paper(core, words, plan)


def _at_work(core: Core, words: Words, started: StartedPlan, plan: ScenePlan) -> PlanFacts:
    rows = core.find(parse_query("task", f"plan:{started.id}"))
    tasks = (core.get("task", str(row[0])) for row in rows)
    held = {t.step: t for t in tasks if isinstance(t, Task)}
    steps = tuple(
        StepFacts(
            step.at, short_dept(words.name("dept", held[n].dept)),
            either(step.action, step.action_en),
            _stands(held[n], core.clock.now()), words.second(held[n].deadlines["handle"].due),
        )
        for n, step in enumerate(plan.step, 1) if n in held and "handle" in held[n].deadlines
    )  # fmt: skip
    incident = core.get("incident", started.incident)
    title = f"{short(incident.no)} {incident.title}" if isinstance(incident, Incident) else UNKNOWN
    by = started.rule or words.name("person", started.started_by)
    told = text("scene.plan_on", incident=title.strip(), by=by, at=words.second(started.started_at))
    return _facts(plan, words, told, steps, started.id, started.incident)


def _on_paper(core: Core, words: Words, plan: ScenePlan) -> PlanFacts:
    steps = tuple(
        StepFacts(
            d.at, short_dept(words.name("dept", d.said.owner)),
            either(d.said.action, d.said.action_en), "paper", words.limit(d.handle),
        )
        for d in dues(plan, core.city, core.rules.plans)
    )  # fmt: skip
    return _facts(plan, words, text("scene.plan_paper"), steps, "")


def short_dept(name: str) -> str:
    """Give a department's name without what stands in brackets after it."""
    return name.partition("（")[0].partition(" (")[0]


def _facts(
    plan: ScenePlan, words: Words, told: str, steps: tuple[StepFacts, ...], id: str,
    incident: str = "",
) -> PlanFacts:  # fmt: skip
    return PlanFacts(
        id=id, plan=plan.id, name=named(plan), level=words.value("level", plan.level), told=told,
        ends=text("scene.ends", exit=either(plan.exit, plan.exit_en)), steps=steps,
        incident=incident,
    )  # fmt: skip


def _stands(task: Task, now: int) -> str:
    if task.state in DONE:
        return "done"
    if task.state in GONE:
        return "gone"
    if now > task.deadlines["handle"].due:
        return "late"
    return "waits" if task.state == "issued" else "work"


def _type(core: Core, words: Words, event_type: EventType) -> TypeFacts:
    limits = event_type.limits
    said = (limits.sign, limits.arrive, limits.handle)
    dept = core.city.departments.get(event_type.lead)
    return TypeFacts(
        code=event_type.code, name=named(event_type), level=event_type.level,
        limits=" / ".join(words.limit(limit) if limit else UNKNOWN for limit in said),
        lead=named(dept) if dept else UNKNOWN,
        trigger=either(event_type.trigger, event_type.trigger_en),
    )  # fmt: skip

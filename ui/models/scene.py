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
from console.scenes.lists import Lists
from console.scenes.scene import EventType, Scene, ScenePlan, leaves
from console.scenes.starting import dues

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
    "late": ("alarm", "deadline.over"),
    "gone": ("cross", "text.disabled"),
}
DONE, GONE = frozenset(("feedback", "done")), frozenset(("returned", "withdrawn"))


@dataclass(frozen=True, slots=True)
class GaugeFacts:
    """One indicator: its words, its shape and role, and how fresh it is."""

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
    """A plan at work, or (``id`` "") one that could be started, walked through on paper."""

    id: str
    plan: str
    name: str
    level: str
    told: str
    ends: str
    steps: tuple[StepFacts, ...]

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


def read(core: Core, lists: Lists, id: str) -> SceneFacts | None:
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
    doors = (lists.doors[door] for door in scene.feed.doors if door in lists.doors)
    way = text(f"scene.feed.{scene.feed.mode}")
    return SceneFacts(
        id=id, name=named(scene), told=_either(scene.description, scene.description_en),
        feed=text("scene.fed", way=way, doors=text("panel.and").join(named(d) for d in doors)),
        sources=text("scene.live", live=live, all=len(judged)), sealed=sealed,
        order=text("scene.ordered", order=said, reason=why) if said else "",
        gauges=tuple(_gauge(words, i, j) for i, j in judged),
        plans=() if sealed else tuple(_plans(core, words, scene)),
        types=tuple(_type(core, words, t) for t in leaves([scene])),
    )  # fmt: skip


def named(each: object) -> str:
    """Give the name of a scene, plan or entry in the language spoken."""
    return _either(getattr(each, "name", ""), getattr(each, "name_en", ""))


def grouped(core: Core, lists: Lists) -> Iterator[tuple[str, list[Scene]]]:
    """Give the groups of scenes by name, each with its scenes."""
    for group in lists.groups.values():
        inside = [s for s in core.scenes.values() if s.group == group.id]
        if inside:
            yield named(group), inside


def _either(chinese: str, english: str) -> str:
    return (english or chinese) if TEXTS.language == "en" else chinese


def _gauge(words: Words, indicator: Indicator, now: Judged) -> GaugeFacts:
    glyph, role = STATES[now.state]
    value = UNKNOWN if now.value is None else f"{now.value:,.{indicator.decimals}f}"
    fresh = ""
    if now.value is not None and now.freshness != "live":
        fresh = text(f"scene.fresh.{now.freshness}", at=words.second(now.at))
    limits = text("scene.limits", warn=_limit(indicator.warn), alarm=_limit(indicator.alarm))
    note = _either(indicator.note, indicator.note_en)
    source = _either(indicator.source, indicator.source_en)
    told = [named(indicator), limits, text("scene.source", source=source), note]
    return GaugeFacts(
        id=indicator.id, name=named(indicator), value=value,
        unit=_either(indicator.unit, indicator.unit_en or indicator.unit), glyph=glyph, role=role,
        state=text(f"scene.state.{now.state}"), freshness=now.freshness, fresh=fresh,
        told="\n".join(line for line in told if line),
    )  # fmt: skip


def _limit(limit: float | tuple[float, float]) -> str:
    ends = limit if isinstance(limit, tuple) else (limit,)
    return " – ".join(f"{end:g}" for end in ends)


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
            step.at, words.name("dept", held[n].dept), _either(step.action, step.action_en),
            _stands(held[n], core.clock.now()), words.second(held[n].deadlines["handle"].due),
        )
        for n, step in enumerate(plan.step, 1) if n in held and "handle" in held[n].deadlines
    )  # fmt: skip
    incident = core.get("incident", started.incident)
    title = f"{short(incident.no)} {incident.title}" if isinstance(incident, Incident) else UNKNOWN
    by = started.rule or words.name("person", started.started_by)
    told = text("scene.plan_on", incident=title.strip(), by=by, at=words.second(started.started_at))
    return _facts(plan, words, told, steps, started.id)


def _on_paper(core: Core, words: Words, plan: ScenePlan) -> PlanFacts:
    steps = tuple(
        StepFacts(
            d.at, words.name("dept", d.dept if d.said.owner == d.dept else d.said.owner),
            _either(d.said.action, d.said.action_en), "waits", words.limit(d.handle),
        )
        for d in dues(plan, core.city, core.rules.plans)
    )  # fmt: skip
    return _facts(plan, words, text("scene.plan_paper"), steps, "")


def _facts(
    plan: ScenePlan, words: Words, told: str, steps: tuple[StepFacts, ...], id: str
) -> PlanFacts:
    return PlanFacts(
        id=id, plan=plan.id, name=named(plan), level=words.value("level", plan.level), told=told,
        ends=text("scene.ends", exit=_either(plan.exit, plan.exit_en)), steps=steps,
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
        trigger=_either(event_type.trigger, event_type.trigger_en),
    )  # fmt: skip

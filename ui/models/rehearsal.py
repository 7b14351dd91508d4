"""A plan on paper, as the desk shows it: real departments and hours, and the steps nobody takes."""

from console.app import Core
from console.base.errors import Refused
from console.base.text import text
from console.domain.changes import Key
from console.domain.record import Incident
from console.domain.words import Words, short
from console.scenes.rehearsal import Rehearsal, edited, rehearse
from console.scenes.scene import Scene, ScenePlan
from ui.models.scene import PlanFacts, StepFacts, either, named, short_dept

MINUTE = 60_000


def walk(core: Core, said: str, selected: Key | None, file: str = "") -> tuple[str, PlanFacts]:
    """Walk a plan through for the selected incident; give its scene, and what is shown of it.

    ``said``: the plan's id or name, "" for the one that the incident asks for. ``file``: a scene's
    file to read it from. Refused when there is no such plan; BadData names what is wrong.
    """
    scenes = {s.id: s for s in (edited(file, core.city),)} if file else dict(core.scenes)
    held = core.get(*selected) if selected else None
    incident = held if isinstance(held, Incident) else None
    found = next((each for each in _plans(scenes) if _meant(said, *each, incident)), None)
    if found is None:
        raise Refused("refused.no_such", kind="plan", word=said)
    walked = rehearse(*found, core.city, core.rules.plans, incident)
    return found[0].id, _facts(core, walked, incident, file)


def _plans(scenes: dict[str, Scene]) -> list[tuple[Scene, ScenePlan]]:
    return [(scene, plan) for scene in scenes.values() for plan in scene.plans]


def _meant(said: str, scene: Scene, plan: ScenePlan, incident: Incident | None) -> bool:
    if said:
        return said.lower() in (plan.id.lower(), plan.name, plan.name_en.lower())
    if incident is None:
        return False
    kind = next((t for t in scene.types if t.code == incident.type), None)
    return kind is not None and (not plan.on or bool({kind.code, kind.parent} & {*plan.on}))


def _facts(core: Core, walked: Rehearsal, incident: Incident | None, file: str) -> PlanFacts:
    words, now, plan = Words(core), core.clock.now(), walked.plan
    steps = tuple(
        StepFacts(
            due.at, short_dept(words.name("dept", due.dept)),
            either(due.said.action, due.said.action_en),
            "gap" if due.step in walked.gaps else "paper",
            words.second(now + max(due.at, core.rules.plans.grace_min) * MINUTE),
        )
        for due in walked.given
    )  # fmt: skip
    about = f"{short(incident.no)} {incident.title}" if incident else text("scene.no_incident")
    told = text("scene.rehearsed", about=about.strip(), gaps=len(walked.gaps))
    if file:
        told = text("scene.rehearsed_file", told=told, file=file)
    return PlanFacts(
        id="", plan=plan.id, name=named(plan), level=words.value("level", plan.level), told=told,
        ends=text("scene.ends", exit=either(plan.exit, plan.exit_en)), steps=steps,
        rehearsed=True,
    )  # fmt: skip

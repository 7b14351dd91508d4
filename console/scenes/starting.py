"""A plan (预案) that is started: who gets what task, and by when; the same at seat and centre.

Pure: it gives steps, or what they would come to (a walk-through on paper), and writes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData, Refused
from console.base.ids import new_id
from console.base.shape import placed, shaped
from console.domain.city import City
from console.domain.limit import parse_limit
from console.domain.record import Incident, Step
from console.domain.rows import split
from console.scenes.scene import Camera, PlanStep, Scene, ScenePlan

FILE = "plans.toml"
CENTRE = "ccoc"
"""Who does a step whose place nobody answers for: the city's own operations centre."""
PART = "plan"
HOUR, DAY = 60, 1_440


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The limits of a plan's tasks: to sign, by level; the minutes given to what is due at once."""

    grace_min: int
    sign: dict[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """One step as a plan's start would give it out: to whom, and within what of the start."""

    step: int
    at: int
    dept: str
    sign: str
    handle: str
    said: PlanStep


def read_limits(city: City, file: str = FILE) -> Limits:
    """Read the limits of plans' tasks; every level of the city has one to sign."""
    words = resources.path(file).read_text("utf-8")
    read = shaped(resources.table(file), Limits, file, words)
    for level in city.levels:
        try:
            parse_limit(read.sign.get(level, ""))
        except Refused:
            why = f"no time limit for level {level!r}"
            raise BadData(file, placed("sign", words), why) from None
    return read


def dues(plan: ScenePlan, city: City, limits: Limits, scope: str = "", lead: str = "") -> list[Due]:
    """Walk a plan through on paper: give who would get what, and by when.

    ``scope``: where; stand-ins (`district`, `street`) are those of the place, `unit` is the
    ``lead`` of the incident. Whoever cannot be told is the operations centre.
    """
    district, street = split(scope)
    found: list[Due] = []
    for n, step in enumerate(plan.step, 1):
        dept = lead if step.owner == "unit" else city.resolve(step.owner, district, street)
        minutes = max(step.at, limits.grace_min)
        sign = limits.sign[plan.level]
        found.append(Due(n, step.at, dept or CENTRE, sign, limit_of(minutes), step))
    return found


def limit_of(minutes: int) -> str:
    """Write so many minutes as a time limit: `10m`, `4h`, `2d`."""
    for length, unit in ((DAY, "d"), (HOUR, "h")):
        if minutes % length == 0:
            return f"{minutes // length}{unit}"
    return f"{minutes}m"


def start_steps(
    plan: ScenePlan, scene: Scene, incident: Incident, given: list[Due], *, rule: str = "",
    made: Callable[[], str] = new_id,
) -> list[Step]:  # fmt: skip
    """Give the steps that start a plan on an incident: all of them are taken, or none.

    The plan's own record, the incident's word of it, and a task for each step.
    """
    record = made()
    depts = tuple(dict.fromkeys(due.dept for due in given))
    place = {"incident": incident.id, "scope": incident.scope}
    assists = [d for d in depts if d != incident.lead]
    activate = Step(
        kind="incident", record=incident.id, verb="activate", base=incident.version,
        args={"plan": plan.id, "depts": assists},
    )  # fmt: skip
    facts = {
        **place, "plan": plan.id, "scene": scene.id, "level": plan.level, "depts": list(depts),
        "rule": rule, **_cameras(scene.map.camera, incident),
    }  # fmt: skip
    start = Step(kind="plan", record=record, verb="start", args=_said(facts))
    return [activate, start, *(_issue(due, place, record, made()) for due in given)]


def _issue(due: Due, place: Mapping[str, str], plan: str, task: str) -> Step:
    facts = {
        **place, "dept": due.dept, "part": PART, "order": due.said.action, "plan": plan,
        "step": due.step, "sign": due.sign, "handle": due.handle,
    }  # fmt: skip
    return Step(kind="task", record=task, verb="issue", args=facts)


def _cameras(camera: Camera, incident: Incident) -> dict[str, Any]:
    if not camera.most or not incident.lon:
        return {}
    place = {"lon": incident.lon, "lat": incident.lat}
    return {**place, "radius_m": camera.radius_m, "most": camera.most}


def _said(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", [], 0)}

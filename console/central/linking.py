"""Linkages (联动) and the ladder for tasks that nobody signs: what the centre does of itself.

An incident is looked at when it is born and whenever it changes; each linkage takes effect once.
No incident, no linkage: a source that is stale opens none, and so starts no plan.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy import select

from console.base.ids import new_id
from console.central import tables
from console.central.sitting import Sitting
from console.domain.city import City
from console.domain.deadline import start
from console.domain.judge import Judge, sealed
from console.domain.limit import parse_limit
from console.domain.record import Incident, Step, Task
from console.domain.rows import split
from console.scenes.linkage import Linkage, Linkages, Scenery, set_off
from console.scenes.scene import Scene, ScenePlan
from console.scenes.starting import Limits, dues, start_steps
from console.wire import record_of

RECENT = 86_400_000
"""What was reported longer ago than this sets off nothing: it came by an import."""
Says = Callable[..., str]


@dataclass(frozen=True)
class Links:
    """Every linkage of a city, and what is needed to carry one out."""

    city: City
    scenes: Mapping[str, Scene]
    linkages: Linkages
    limits: Limits
    types: frozenset[str] = field(init=False)
    sources: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        whens = [w for each in self.linkages.by_id.values() for w in each.when]
        object.__setattr__(self, "types", frozenset(t for w in whens for t in w.types))
        sources = frozenset(s for w in whens if not w.types for s in w.sources)
        object.__setattr__(self, "sources", sources)

    def incident_at(self, record: Incident, judge: Judge) -> int:
        """Give when an incident is to be looked at for linkages: now that it has changed, or 0."""
        open_ = judge.machines["incident"].allows(record.state, "link")
        near = record.type in self.types or record.source in self.sources
        recent = record.updated_at - record.reported_at < RECENT
        return record.updated_at if open_ and near and recent else 0

    def task_at(self, task: Task, judge: Judge) -> int:
        """Give when a task that nobody has signed goes up the next rung, or 0."""
        sign = task.deadlines.get("sign")
        rungs = self.linkages.ladder
        if task.state != "issued" or sign is None or task.chased >= len(rungs):
            return 0
        limit = parse_limit(sign.limit)
        times = f"{limit.amount * rungs[task.chased]:g}{limit.unit}"
        return start(times, sign.started, judge.calendar).due

    def chase_steps(self, task: Task, sitting: Sitting, judge: Judge, says: Says) -> Iterator[Step]:
        """Chase a signature; at the last rung the incident is supervised."""
        rung = task.chased + 1
        note = says("central.chased", rung=rung)
        yield Step(kind="task", record=task.id, verb="chase", args={"note": note})
        incident = sitting.get("incident", task.incident)
        if rung < len(self.linkages.ladder) or not isinstance(incident, Incident):
            return
        if not incident.supervised and judge.machines["incident"].allows(
            incident.state, "supervise"
        ):
            reason = says("central.unsigned", dept=self.city.departments[task.dept].name)
            yield Step(
                kind="incident", record=incident.id, verb="supervise", args={"reason": reason}
            )

    def link_steps(
        self, incident: Incident, sitting: Sitting, judge: Judge, now: int, says: Says
    ) -> Iterator[Step]:
        """Give the steps of every linkage that an incident sets off and that is not done yet."""
        scenery = Scenery(
            self.city.levels, ZoneInfo(self.city.zone), judge.calendar,
            lambda: _open_incidents(sitting),
        )  # fmt: skip
        started = set(incident.plans)
        for linkage in self.linkages.by_id.values():
            if linkage.id in incident.linked or not set_off(linkage, incident, scenery, now):
                continue
            told = [d for d in self._told(linkage, incident) if d != incident.lead]
            passed = linkage.does.passed(incident)
            yield self._linked(linkage, incident, [*told, *(p.dept for p in passed)], says)
            for scene, plan in self._plans(linkage):
                if plan.id not in started and not sealed(scene.id, judge.dormant, sitting.get):
                    started.add(plan.id)
                    given = dues(plan, self.city, self.limits, incident.scope, incident.lead)
                    yield from start_steps(plan, scene, incident, given, rule=linkage.id)
            sign = self.limits.sign[incident.level]
            yield from (_notice(linkage, incident, dept, sign) for dept in told)
            yield from (_notice(linkage, incident, p.dept, p.sign, p.line) for p in passed)

    def _plans(self, linkage: Linkage) -> Iterator[tuple[Scene, ScenePlan]]:
        for scene in self.scenes.values():
            yield from ((scene, p) for p in scene.plans if p.id in linkage.does.activate)

    def _told(self, linkage: Linkage, incident: Incident) -> list[str]:
        """Give the departments to be told: those named, and who leads each scene named."""
        named = (*linkage.does.notify, *(self.scenes[s].lead for s in linkage.does.inform))
        district, street = split(incident.scope)
        meant = (self.city.resolve(dept, district, street) for dept in named)
        return list(dict.fromkeys(dept for dept in meant if dept))

    def _linked(
        self, linkage: Linkage, incident: Incident, told: Iterable[str], says: Says
    ) -> Step:
        does = linkage.does
        note = says("central.linked", id=linkage.id, name=linkage.name, note=linkage.note)
        level = self._raised(incident) if does.raised else ""
        if level:
            note += says("central.raised")
        if lines := [p.line for p in does.passed(incident)]:
            note += says("central.passed", lines=" ".join(lines))
        args = {
            "linkage": linkage.id, "note": note, "urgency": does.urgency, "level": level,
            "depts": list(dict.fromkeys(told)),
        }  # fmt: skip
        said = {name: value for name, value in args.items() if value}
        return Step(
            kind="incident", record=incident.id, verb="link", args=said, base=incident.version
        )

    def _raised(self, incident: Incident) -> str:
        """Give the next graver level; "" where there is none."""
        levels = list(self.city.levels)
        place = levels.index(incident.level) if incident.level in levels else 0
        return levels[place - 1] if place else ""


def _notice(linkage: Linkage, incident: Incident, dept: str, sign: str, line: str = "") -> Step:
    facts = {
        "incident": incident.id, "scope": incident.scope, "dept": dept, "part": "assist",
        "order": f"{linkage.id} {linkage.name} {line}".strip(), "sign": sign,
    }  # fmt: skip
    return Step(kind="task", record=new_id(), verb="issue", args=facts)


def _open_incidents(sitting: Sitting) -> Iterator[Incident]:
    r = tables.record.c
    query = select(r.body).where(r.kind == Incident.kind, r.open)
    for row in sitting.line.execute(query):
        record = record_of(Incident.kind, row.body)
        if isinstance(record, Incident):
            yield record

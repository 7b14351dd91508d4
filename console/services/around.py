"""What a plan looks at: the records at hand, the city, its types and limits, and who asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.advise.units import Advice
from console.base.clock import Clock
from console.base.notice import Level, Notice
from console.domain.access import Access
from console.domain.city import City
from console.domain.indicator import Indicator
from console.domain.judge import Judge, sealed
from console.domain.query import Query, Term, Viewpoint
from console.domain.record import Incident, Record, Report, Step, Task
from console.scenes.scene import EventType, Scene, ScenePlan, plans_of
from console.services.duplicates import Known
from console.services.rules import Rules
from console.store.store import Store

LEAD, ASSIST = "lead", "assist"


@dataclass(frozen=True, slots=True)
class Sketch:
    """The steps of a line before they are judged, and what its author should know first."""

    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """The place from where a plan is made: reading only."""

    store: Store
    judge: Judge
    city: City
    types: Mapping[str, EventType]
    scenes: Mapping[str, Scene]
    rules: Rules
    clock: Clock
    person: Access
    seat: str = ""
    people: Mapping[str, str] = field(default_factory=dict[str, str])
    """The people that records speak of, and their names."""
    indicators: Mapping[str, Indicator] = field(default_factory=dict[str, Indicator])
    known: Known = field(default_factory=Known)
    """The incidents that a new one may be."""
    fit: Callable[[str], Advice | None] | None = None
    """Gives the advice on units for an incident, by its id."""

    @property
    def limits(self) -> Mapping[str, Mapping[str, str]]:
        """Give the limits by clock and urgency."""
        return self.rules.limits

    @property
    def plans(self) -> dict[str, ScenePlan]:
        """Give every plan of every scene, by its id."""
        return plans_of(self.scenes)

    def sealed(self, scene: str) -> bool:
        """Tell whether a scene, or that of a type, is sealed now."""
        return sealed(scene, self.judge.dormant, self.store.get)

    def view(self) -> Viewpoint:
        return Viewpoint(me=self.person.user, now=self.clock.now())

    def step(self, record: Record, verb: str, args: Mapping[str, Any] | None = None) -> Step:
        """Give a step on a record: of the arguments, those that its verb takes."""
        takes = self.judge.machines[record.kind].verbs[verb].takes
        said = {n: v for n, v in (args or {}).items() if n in takes and v not in (None, "")}
        # What the centre has said, not what this seat made of it: its versions mean nothing there.
        known = self.store.confirmed(record.kind, record.id)
        base = known.version if known else 0
        return Step(kind=record.kind, record=record.id, verb=verb, args=said, base=base)

    def born(self, kind: str, id: str, verb: str, args: Mapping[str, Any]) -> Step:
        """Give the first step of a record."""
        said = {n: v for n, v in args.items() if v not in (None, "")}
        return Step(kind=kind, record=id, verb=verb, args=said)

    def allows(self, record: Record, verb: str) -> bool:
        return self.judge.machines[record.kind].allows(record.state, verb)

    def is_open(self, record: Record) -> bool:
        return record.state in self.judge.machines[record.kind].opened

    def incident_of(self, record: Record) -> Incident | None:
        """Give the incident that a record is, or belongs to."""
        if isinstance(record, Incident):
            return record
        found = self.store.get("incident", getattr(record, "incident", "") or "")
        return found if isinstance(found, Incident) else None

    def tasks_of(self, incident: str) -> list[Task]:
        """Give every task of an incident, the oldest first."""
        found = [r for r in self._of("task", incident, "issued_at") if isinstance(r, Task)]
        return sorted(found, key=lambda t: (t.issued_at, t.id))

    def reports_of(self, incident: str) -> list[Report]:
        """Give the reports of an incident, and of those merged into it."""
        found = [r for r in self._of("report", incident, "at") if isinstance(r, Report)]
        for child in self.children_of(incident):
            found += self.reports_of(child)
        return found

    def children_of(self, incident: str) -> list[str]:
        """Give the ids of the incidents merged into this one."""
        query = Query("incident", (Term("parent", ":", (incident,)),))
        return [str(row[0]) for row in self.store.find(query, self.view())]

    def lead_task(self, incident: Incident) -> Task | None:
        """Give the task of who leads an incident: the newest that was not taken or given back."""
        tasks = [
            t for t in self.tasks_of(incident.id)
            if t.part == LEAD and t.state not in ("returned", "withdrawn")
        ]  # fmt: skip
        return tasks[-1] if tasks else None

    def limits_of(self, incident: Incident, said: Mapping[str, Any]) -> dict[str, str]:
        """Give the limits to sign, arrive and handle: those said, else those of the type."""
        known = self.types.get(incident.type)
        usual = known.limits_in(incident.condition) if known else None
        names = ("sign", "arrive", "handle")
        found = {n: str(said.get(n) or (getattr(usual, n) if usual else "")) for n in names}
        return {n: limit for n, limit in found.items() if limit}

    def limit_for(self, clock: str, urgency: str) -> str:
        """Give the limit to accept or dispatch what is so urgent."""
        return self.limits.get(clock, {}).get(urgency, "")

    def _of(self, kind: str, incident: str, order: str) -> Iterable[Record]:
        query = Query(kind, (Term("incident", ":", (incident,)),), order=((order, True),))
        for row in self.store.find(query, self.view()):
            found = self.store.get(kind, str(row[0]))
            if found is not None:
                yield found


def warning(key: str, **args: object) -> Notice:
    return Notice(Level.warned, key, args)

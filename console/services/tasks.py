"""Steps that an incident and the task of who leads it take together, whichever was named."""

from collections.abc import Callable, Mapping
from typing import Any

from console.domain.record import Incident, Record, Step, Task
from console.services import instructions
from console.services.around import LEAD, Around, Sketch

Args = Mapping[str, Any]
Plan = Callable[[Around, Any, Args], Sketch]

# An incident that lags behind its lead's task takes these steps first.
_FIRST = {
    "feedback": ("start",), "start": ("sign",), "arrive": ("sign",), "suspend": ("start",),
    "return": (),
}  # fmt: skip


def of_incident(verb: str, task_verb: str = "") -> Plan:
    """Give the plan of a verb on an incident: its lead's task goes along when it can."""

    def plan(around: Around, record: Incident, args: Args) -> Sketch:
        steps: list[Step] = []
        task = around.lead_task(record)
        if task is not None and around.allows(task, task_verb or verb):
            steps.append(around.step(task, task_verb or verb, _granted(record, verb, args)))
        said = _granted(record, verb, args)
        steps += _along(around, record, verb, said) or [around.step(record, verb, said)]
        if steps[0].kind == Task.kind and task is not None:
            steps += instructions.along(around, task, verb, args)
        return Sketch(tuple(steps))

    return plan


def of_task(verb: str) -> Plan:
    """Give the plan of a verb on a task: the incident goes along when the task is its lead's."""

    def plan(around: Around, record: Task, args: Args) -> Sketch:
        steps = [around.step(record, verb, args)]
        incident = around.incident_of(record)
        if incident is not None and _leads(around, record, incident):
            steps += _along(around, incident, verb, args)
        elif incident is not None and verb == "withdraw" and record.dept in incident.assists:
            steps.append(around.step(incident, "unassist", {"dept": record.dept}))
        steps += instructions.along(around, record, verb, args)
        return Sketch(tuple(steps))

    return plan


def urge(around: Around, record: Incident, args: Args) -> Sketch:
    """Urge all who have something open, but nobody twice within the gap."""
    verb = around.judge.machines["task"].verbs["urge"]
    now = around.clock.now()
    urged = [
        around.step(task, "urge", args)
        for task in around.tasks_of(record.id)
        if around.judge.hindrance(task, verb, around.person, now) is None
    ]
    return Sketch((around.step(record, "urge", args), *urged))


def _leads(around: Around, task: Task, incident: Incident) -> bool:
    lead = around.lead_task(incident)
    return task.part == LEAD and lead is not None and lead.id == task.id


def _along(around: Around, incident: Incident, verb: str, args: Args) -> list[Step]:
    if around.allows(incident, verb):
        return [around.step(incident, verb, args)]
    machine = around.judge.machines["incident"]
    for first in _FIRST.get(verb, ()):
        if around.allows(incident, first) and machine.allows(machine.verbs[first].to, verb):
            return [around.step(incident, first), around.step(incident, verb, args)]
    return []


def _granted(record: Record, verb: str, args: Args) -> Args:
    """Fill in what was asked for, when it is granted and nothing else is said."""
    name = verb.removeprefix("grant_")
    asked = getattr(record, "asked", {}).get(name)
    if name == verb or asked is None:
        return args
    given = {n: v for n, v in args.items() if v}
    if name == "extend":
        return {"by": asked.value, "reason": asked.reason, **given}
    until = int(asked.value) if asked.value.isdigit() else 0
    return {"until": until, "reason": asked.reason, **given}

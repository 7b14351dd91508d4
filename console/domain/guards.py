"""Rules that look at more than one record, by the name a machine file gives them (``needs``)."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from console.base.errors import Refused
from console.domain.access import SYSTEM, Access, depts_of, sees
from console.domain.record import Incident, Instruction, Record, Step, Task


class Around(Protocol):
    """The records around the one that a step touches."""

    def get(self, kind: str, id: str) -> Record | None: ...
    def open_tasks_of(self, unit: str) -> Iterable[Task]: ...
    def is_open(self, record: Record) -> bool: ...
    def sealed(self, name: str) -> bool: ...


Guard = Callable[[Record, Step, Access, Around], None]


def _unit_free(record: Record, step: Step, actor: Access, around: Around) -> None:
    """Refuse a unit that works on another task: the first to send it wins."""
    del actor
    unit = str(step.args.get("unit") or getattr(record, "unit", ""))
    if not unit:
        return
    for task in around.open_tasks_of(unit):
        if task.id != record.id and around.is_open(task):
            raise Refused("refused.unit_busy", unit=unit, task=task.id, incident=task.incident)
    sent = around.get("unit", unit)
    if sent is None or sent.state != "ready":
        raise Refused("refused.unit_away", unit=unit)


def _incident_open(record: Record, step: Step, actor: Access, around: Around) -> None:
    """Refuse a task or report of an incident that cannot be worked on any more."""
    incident = around.get("incident", str(step.args.get("incident", "")))
    if not isinstance(incident, Incident) or not _seen(incident, actor):
        raise Refused("refused.unknown", kind="incident", id=step.args.get("incident", ""))
    if not around.is_open(incident):
        raise Refused("refused.incident_closed", id=incident.id, state=incident.state)
    if record.kind == "task" and step.args.get("scope", incident.scope) != incident.scope:
        raise Refused("refused.scope", scope=step.args.get("scope", ""))


def _parent_open(record: Record, step: Step, actor: Access, around: Around) -> None:
    """Refuse to merge into itself or into an incident that is no longer open."""
    parent = around.get("incident", str(step.args.get("parent", "")))
    if not isinstance(parent, Incident) or parent.id == record.id or not _seen(parent, actor):
        raise Refused("refused.merge_target", id=step.args.get("parent", ""))
    if not around.is_open(parent):
        raise Refused("refused.incident_closed", id=parent.id, state=parent.state)
    if parent.exercise != getattr(record, "exercise", ""):
        raise Refused("refused.merge_exercise", id=parent.id)


def _exercise_runs(record: Record, step: Step, actor: Access, around: Around) -> None:
    """Refuse an incident for an exercise that is not under way."""
    del record
    name = str(step.args.get("exercise", ""))
    held = around.get("exercise", name) if name else None
    if name and (held is None or not around.is_open(held) or not _seen(held, actor)):
        raise Refused("refused.no_exercise", word=name)


def _seen(record: Record, actor: Access) -> bool:
    return sees(actor, record.scope, depts_of(record))


def _own_dept(record: Record, step: Step, actor: Access, around: Around) -> None:
    """Refuse a liaison who acts for a department not theirs; other roles act for any."""
    del step, around
    if set(actor.roles) != {"unit"} or not isinstance(record, Task | Instruction):
        return
    if record.dept not in actor.depts:
        raise Refused("refused.dept", dept=record.dept)


def _same_person(record: Record, step: Step, actor: Access, around: Around) -> None:
    """Refuse to move another person from a seat, but for a duty leader."""
    del step, around
    person = getattr(record, "person", "")
    if person and person != actor.user and not {"duty_lead", SYSTEM} & set(actor.roles):
        raise Refused("refused.seat_taken", person=person)


def _scene_open(record: Record, step: Step, actor: Access, around: Around) -> None:
    """Refuse what belongs to a scene that is sealed: its incidents, its types, its plans."""
    del actor
    for fact in ("scene", "type"):
        name = str(step.args.get(fact) or getattr(record, fact, ""))
        if name and around.sealed(name):
            raise Refused("refused.sealed", scene=name)


GUARDS: Mapping[str, Guard] = MappingProxyType(
    {
        "unit_free": _unit_free,
        "incident_open": _incident_open,
        "parent_open": _parent_open,
        "own_dept": _own_dept,
        "same_person": _same_person,
        "scene_open": _scene_open,
        "exercise_runs": _exercise_runs,
    }
)
"""Every guard that a machine file may name."""

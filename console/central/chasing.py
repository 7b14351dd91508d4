"""批示 that are late: the centre chases them at each limit, and takes them up when it is long past.

Chased at the limit to sign, to say first how it stands, and to finish; once each, and not when a
person has done so since. Long past (half the limit again, or 24 hours), it goes up once: the
incident behind it is supervised.
"""

from collections.abc import Callable, Iterator

from console.central.sitting import Sitting
from console.domain.access import system
from console.domain.deadline import Deadline, badly_at, start
from console.domain.judge import Judge
from console.domain.record import Incident, Instruction, Record, Step

CLOCKS = ("sign", "feedback", "finish")
Says = Callable[..., str]


def times(record: Instruction, judge: Judge) -> Iterator[int]:
    """Give the instants (ms UTC) at which it is to be chased, and to go up; 0 for none."""
    late = [_chase_at(record, clock, judge) for _, clock in _running(record, judge, "urge")]
    yield min((at for at in late if at), default=0)
    yield _escalate_at(record, judge)


def steps(
    record: Instruction, sitting: Sitting, judge: Judge, now: int, says: Says
) -> Iterator[Step]:
    """Give what is to be done to one whose time has come."""
    due = [
        name for name, clock in _running(record, judge, "urge")
        if 0 < _chase_at(record, clock, judge) <= now
    ]  # fmt: skip
    if due:
        note = says("central.instruction_late", clock=says(f"clock.{due[0]}"))
        yield Step(kind=record.kind, record=record.id, verb="urge", args={"note": note})
        task = sitting.get("task", record.task)
        if task is not None and _may(task, "urge", judge, now):
            yield Step(kind="task", record=task.id, verb="urge", args={"note": note})
    if 0 < _escalate_at(record, judge) <= now:
        note = says("central.instruction_up")
        yield Step(kind=record.kind, record=record.id, verb="escalate", args={"note": note})
        incident = sitting.get("incident", record.incident)
        fresh = isinstance(incident, Incident) and not incident.supervised
        if incident is not None and fresh and _may(incident, "supervise", judge, now):
            yield Step(kind="incident", record=incident.id, verb="supervise", args={"reason": note})


def _running(record: Instruction, judge: Judge, verb: str) -> list[tuple[str, Deadline]]:
    if not judge.machines[record.kind].allows(record.state, verb):
        return []
    held = [(name, record.deadlines[name]) for name in CLOCKS if name in record.deadlines]
    return [(name, clock) for name, clock in held if not (clock.stopped or clock.paused)]


def _chase_at(record: Instruction, clock: Deadline, judge: Judge) -> int:
    """Give when a clock's end is to be chased; 0 when it has been since, by whomever."""
    if record.urged_at >= clock.due:
        return 0
    debounce = judge.machines[record.kind].verbs["urge"].debounce
    again = start(debounce.gap, record.urged_at, judge.calendar).due if debounce else 0
    return max(clock.due, again if record.urged_at else 0)


def _escalate_at(record: Instruction, judge: Judge) -> int:
    if record.escalated_at:
        return 0
    running = _running(record, judge, "escalate")
    return min((badly_at(clock, judge.calendar) for _, clock in running), default=0)


def _may(record: Record, verb: str, judge: Judge, now: int) -> bool:
    known = judge.machines[record.kind].verbs[verb]
    return judge.hindrance(record, known, system(), now) is None

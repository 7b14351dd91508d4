"""What the centre does by itself when time passes: 督办, 恢复, 归档, 预警失效; as its own acts.

Linkages, the ladder for what nobody signs, the chasing of instructions, the purge of sealed scenes
and the pruning of old pushes to walls go this way too.
"""

from collections.abc import Callable, Iterator

from sqlalchemy import select

from console.base.ids import new_id
from console.central import chasing, tables
from console.central.linking import Links
from console.central.pruning import prune_at
from console.central.purging import purge_at, purge_steps
from console.central.sitting import Sitting
from console.domain.access import SYSTEM
from console.domain.deadline import badly_at
from console.domain.judge import Judge
from console.domain.record import (
    Act,
    Forewarning,
    Incident,
    Instruction,
    Record,
    SceneOrder,
    Shelf,
    Showing,
    Step,
    Task,
)
from console.wire import record_of

ARCHIVE_AFTER = 30 * 86_400_000
"""So long after it was closed, an incident can no longer be reopened."""
ROUND = 500
"""The most records looked at in one transaction."""
Says = Callable[..., str]
"""Gives the words of a text key, in the language that this centre writes its reasons in."""


def watch_at(record: Record, judge: Judge, links: Links | None = None, after: int = 0) -> int:
    """Give the instant, past ``after``, at which the centre is to look at a record, or 0."""
    return min((time for time in _times(record, judge, links) if time > after), default=0)


def _times(record: Record, judge: Judge, links: Links | None) -> Iterator[int]:
    match record:
        case Incident():
            yield from (at(record, judge) for at in _TIMES.values())
            yield links.incident_at(record, judge) if links else 0
        case Task():
            yield links.task_at(record, judge) if links else 0
        case Instruction():
            yield from chasing.times(record, judge)
        case SceneOrder():
            yield purge_at(record)
        case Showing():
            yield prune_at(record)
        case Shelf() | Forewarning():
            until = record.until if isinstance(record, Shelf) else record.expires_at
            yield until if judge.machines[record.kind].allows(record.state, "expire") else 0
        case _:
            return


def due_acts(
    sitting: Sitting, judge: Judge, now: int, says: Says, links: Links | None = None
) -> Iterator[tuple[Record, Act | None]]:
    """Give every record whose time has come, and what is to be done to it."""
    r = tables.record.c
    query = select(r.kind, r.body).where(r.watch_at > 0, r.watch_at <= now).limit(ROUND)
    for row in sitting.line.execute(query).all():
        record = record_of(row.kind, row.body)
        steps = list(_due(record, sitting, judge, now, says, links))
        act = Act(id=new_id(), steps=tuple(steps), by=SYSTEM, at=now, device_at=now)
        yield record, act if steps else None


def _due(
    record: Record, sitting: Sitting, judge: Judge, now: int, says: Says, links: Links | None
) -> Iterator[Step]:
    match record:
        case Incident():
            steps = list(_steps(record, sitting, judge, now, says))
            # One thing at a time: what links is looked at again when this has been done.
            yield from steps
            if links and not steps:
                yield from links.link_steps(record, sitting, judge, now, says)
        case Task() if links and 0 < links.task_at(record, judge) <= now:
            yield from links.chase_steps(record, sitting, judge, says)
        case Instruction():
            yield from chasing.steps(record, sitting, judge, now, says)
        case SceneOrder() if purge_at(record):
            yield from purge_steps(record, sitting, judge, says)
        case Showing() if 0 < prune_at(record) <= now:
            yield Step(kind=record.kind, record=record.id, verb="prune", base=record.version)
        case Shelf() | Forewarning() if 0 < watch_at(record, judge) <= now:
            yield Step(kind=record.kind, record=record.id, verb="expire", base=record.version)
        case _:
            return


def _steps(
    record: Incident, sitting: Sitting, judge: Judge, now: int, says: Says
) -> Iterator[Step]:
    due = [verb for verb, at in _TIMES.items() if 0 < at(record, judge) <= now]
    for verb in due:
        args = {"reason": says("central.supervised")} if verb == "supervise" else {}
        yield Step(kind="incident", record=record.id, verb=verb, args=args, base=record.version)
    if "resume" in due:
        for task in sitting.tasks_of(record.id):
            if judge.machines["task"].allows(task.state, "resume"):
                yield Step(kind="task", record=task.id, verb="resume", base=task.version)


def _supervise_at(record: Incident, judge: Judge) -> int:
    """督办: once, when any clock is badly overdue."""
    if record.supervised or not judge.machines["incident"].allows(record.state, "supervise"):
        return 0
    running = [d for d in record.deadlines.values() if not d.stopped and not d.paused]
    return min((badly_at(d, judge.calendar) for d in running), default=0)


def _resume_at(record: Incident, judge: Judge) -> int:
    """恢复: when the time is over for which it was set aside."""
    allowed = judge.machines["incident"].allows(record.state, "resume")
    return record.suspended_until if allowed else 0


def _archive_at(record: Incident, judge: Judge) -> int:
    """归档: when it has been closed for long."""
    if not judge.machines["incident"].allows(record.state, "archive"):
        return 0
    return record.updated_at + ARCHIVE_AFTER


_TIMES: dict[str, Callable[[Incident, Judge], int]] = {
    "resume": _resume_at,
    "supervise": _supervise_at,
    "archive": _archive_at,
}

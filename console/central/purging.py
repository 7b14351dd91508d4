"""Sealing a scene purges its personal data: figures stay, words, names, phones and places go.

The records become blank by steps of the centre's own, so that every seat's cache follows; then
what the log, and the reports that were set aside, still say of them is taken out.
"""

from collections.abc import Callable, Iterator, Mapping

import msgspec
from sqlalchemy import delete, or_, select, update

from console.central import tables
from console.central.sitting import CHUNK, Sitting
from console.domain.judge import Judge
from console.domain.record import Incident, Record, Report, SceneOrder, StartedPlan, Step, Task
from console.wire import Entry, pack, record_of

STEPS = 400
"""The most steps in one act: more follow with the next."""
BLANK: Mapping[type[Record], tuple[str, ...]] = {
    Incident: ("detail", "address", "address_raw", "result", "casualties", "notes", "lon"),
    Report: ("caller", "phone", "words", "address", "number", "notes", "lon"),
    Task: ("order", "result", "basis", "notes"),
}
"""The facts that must be empty: what says that a record has been purged."""


def purge_at(order: SceneOrder) -> int:
    """Give when a sealed scene is to be purged: at once, until that is done; 0: not."""
    return order.ordered_at if order.state == "sealed" and not order.purged_at else 0


def purge_steps(
    order: SceneOrder, sitting: Sitting, judge: Judge, says: Callable[..., str]
) -> list[Step]:
    """Give the next steps that make records blank; at the end, what is left is scrubbed."""
    incidents = list(_incidents(sitting, order.id))
    title = says("central.purged")
    held = list(_held(sitting, incidents))
    steps = [step for record in held if (step := _step(record, judge, title))]
    if steps:
        return steps[:STEPS]
    _scrub(sitting, [record.id for record in held], order.id)
    return [Step(kind=order.kind, record=order.id, verb="purge", base=order.version)]


def _step(record: Record, judge: Judge, title: str) -> Step | None:
    machine = judge.machines[record.kind]
    if isinstance(record, StartedPlan):
        if not machine.allows(record.state, "call_off"):
            return None
        return Step(kind="plan", record=record.id, verb="call_off", args={"reason": title})
    full = any(getattr(record, name) for name in BLANK[type(record)])
    named = isinstance(record, Incident) and record.title != title
    if not full and not named:
        return None
    verb = "purge" if machine.allows(record.state, "purge") else "purge_ended"
    args = {"title": title} if isinstance(record, Incident) else {}
    return Step(kind=record.kind, record=record.id, verb=verb, args=args)


def _incidents(sitting: Sitting, scene: str) -> Iterator[Incident]:
    r = tables.record.c
    for row in sitting.line.execute(select(r.body).where(r.kind == Incident.kind)):
        record = record_of(Incident.kind, row.body)
        if isinstance(record, Incident) and record.scene == scene:
            yield record


def _held(sitting: Sitting, incidents: list[Incident]) -> Iterator[Record]:
    """Give the incidents' plans, tasks and reports, then the incidents themselves."""
    r = tables.record.c
    ids = [incident.id for incident in incidents]
    for n in range(0, len(ids), CHUNK):
        some = r.incident.in_(ids[n : n + CHUNK])
        for kind in (StartedPlan.kind, Task.kind, Report.kind):
            query = select(r.body).where(some, r.kind == kind)
            yield from (record_of(kind, row.body) for row in sitting.line.execute(query).all())
    yield from incidents


def _scrub(sitting: Sitting, ids: list[str], scene: str) -> None:
    """Take the words out of the log of these records, and drop what was set aside."""
    log, line = tables.log.c, sitting.line
    for n in range(0, len(ids), CHUNK):
        some = ids[n : n + CHUNK]
        which = or_(log.incident.in_(some), log.id.in_(some))
        for row in line.execute(select(log.seq, log.entry).where(which)).all():
            entry = msgspec.json.decode(row.entry, type=Entry)
            bare = pack(msgspec.structs.replace(entry, args={}))
            line.execute(update(tables.log).where(log.seq == row.seq).values(entry=bare))
    aside = tables.set_aside.c
    for row in line.execute(select(aside.id, aside.body)).all():
        if f'"{scene}'.encode() in bytes(row.body):
            line.execute(delete(tables.set_aside).where(aside.id == row.id))

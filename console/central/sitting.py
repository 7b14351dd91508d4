"""One sitting of the judge: what it has read, what it will write; all of it in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from console.central import tables
from console.domain.access import depts_of
from console.domain.changes import Key
from console.domain.machine import Machine
from console.domain.record import SHARED, Act, Record, Task
from console.domain.rows import joined
from console.wire import FENCE_BITS, Entry, Verdict, pack, record_of

CHUNK = 500
_N = (1 << FENCE_BITS) - 1


class Decided(NamedTuple):
    """What became of an act."""

    id: str
    sha: bytes
    by: str
    verdict: str
    pos: int
    key: str
    args: bytes


_ACT = select(*(tables.act.c[name] for name in Decided._fields))


class Sitting:
    """What is known at the centre (judge.Held), with what this sitting has already decided."""

    def __init__(
        self, line: Connection, machines: Mapping[str, Machine], city: str, zone: str,
        watch: Callable[[Record], int],
    ) -> None:  # fmt: skip
        self.line = line
        self.pos, self._seq = self._ends()
        self._machines = machines
        self._city = city
        self._zone = ZoneInfo(zone)
        self._watch = watch
        self._read: dict[Key, Record | None] = {}
        self._made: dict[Key, Record] = {}
        self._rows: dict[Key, dict[str, Any]] = {}
        self._counters: dict[str, int] = {}
        self._log: list[dict[str, Any]] = []
        self._acts: dict[str, dict[str, Any]] = {}
        self._known: dict[str, Decided | None] = {}

    # ---- judge.Held

    def get(self, kind: str, id: str) -> Record | None:
        key = (kind, id)
        if key in self._made:
            return self._made[key]
        if tables.NUL in id:
            return None
        if key not in self._read:
            self._warm_kind(kind, [id])
        return self._read[key]

    def open_tasks_of(self, unit: str) -> Iterable[Task]:
        yield from (r for r in self._made.values() if isinstance(r, Task) and r.unit == unit)
        if tables.NUL in unit:
            return
        r = tables.record.c
        query = select(r.id, r.body).where(r.unit == unit, r.kind == Task.kind, r.open)
        for row in self.line.execute(query).all():
            if (Task.kind, row.id) not in self._made:
                task = record_of(Task.kind, row.body)
                assert isinstance(task, Task)  # noqa: S101 - by its kind
                yield task

    def tasks_of(self, incident: str) -> list[Task]:
        """Give the tasks of an incident as they stood when this sitting began."""
        r = tables.record.c
        query = select(r.body).where(r.incident == incident, r.kind == Task.kind)
        found = (record_of(Task.kind, row.body) for row in self.line.execute(query).all())
        return [task for task in found if isinstance(task, Task)]

    def number(self, scope: str, at: int) -> str:
        """Give the next event number: division 6 + day 8 + serial 6 digits."""
        district = "" if scope == SHARED else scope.partition(".")[0]
        day = datetime.fromtimestamp(at / 1000, self._zone).strftime("%Y%m%d")
        name = f"no {(district or self._city)[:6].rjust(6, '0')}{day}"
        if name not in self._counters:
            query = select(tables.counter.c.value).where(tables.counter.c.name == name)
            self._counters[name] = self.line.execute(query).scalar() or 0
        self._counters[name] += 1
        return f"{name[3:]}{self._counters[name]:06d}"

    # ---- before

    def warm(self, acts: Iterable[Act]) -> None:
        """Read at once what these acts will ask for, one query a kind."""
        wanted: dict[str, set[str]] = {}
        ids: list[str] = []
        for act in acts:
            ids.append(act.id)
            for step in act.steps:
                wanted.setdefault(step.kind, set()).add(step.record)
        for kind in wanted.keys() & self._machines.keys():
            self._warm_kind(kind, [i for i in wanted[kind] if (kind, i) not in self._read])
        for some in _chunks(ids):
            self._known |= dict.fromkeys(some)
            for row in self.line.execute(_ACT.where(tables.act.c.id.in_(some))):
                self._known[row.id] = Decided(*row)

    def decided(self, id: str) -> "Decided | None":
        """Give what became of an act that was judged before, in this sitting or long ago."""
        if id not in self._known:
            row = self.line.execute(_ACT.where(tables.act.c.id == id)).one_or_none()
            self._known[id] = Decided(*row) if row else None
        return self._known[id]

    # ---- after

    def take(self, act: Act, by: str, trace: list[Record], at: int, trouble: str) -> int:
        """Put down an act that takes effect; give its position in the log.

        Whatever cannot be put down raises before anything is kept.
        """
        made: dict[Key, Record] = {}
        rows: list[dict[str, Any]] = []
        for step, after in zip(act.steps, trace, strict=True):
            key = (after.kind, after.id)
            before = made.get(key) or self.get(*key)
            entry = Entry(
                kind=after.kind, id=after.id, n=after.version & _N, verb=step.verb, by=by,
                seat=act.seat, at=at, device_at=act.device_at, act=act.id,
                incident=_incident(after, before), args=step.args, state=after.state,
                trouble=trouble,
            )  # fmt: skip
            rows.append(self._row(entry, after, before, self._seq + 1 + len(rows)))
            made[key] = after
        columns = {key: self._columns(record, self.pos + 1) for key, record in made.items()}
        self.pos += 1
        self._seq += len(rows)
        self._log += rows
        self._made |= made
        self._rows |= columns
        return self.pos

    def decide(
        self, act: Act, sha: bytes, by: str, verdict: Verdict, at: int, trouble: str = ""
    ) -> None:
        """Put down what became of an act."""
        args = pack(verdict.args)
        self._known[act.id] = Decided(
            act.id, sha, by, verdict.verdict, verdict.pos, verdict.key, args
        )
        self._acts[act.id] = {
            "id": act.id, "sha": sha, "by": by, "verdict": verdict.verdict, "pos": verdict.pos,
            "key": verdict.key, "args": args, "at": at, "trouble": trouble,
        }  # fmt: skip

    def flush(self) -> frozenset[Key]:
        """Write everything down; give the records touched. The transaction is ended elsewhere."""
        upsert(self.line, tables.record, list(self._rows.values()), ("kind", "id"))
        counted = [{"name": n, "value": v} for n, v in self._counters.items()]
        upsert(self.line, tables.counter, counted, ("name",))
        for table, lines in ((tables.log, self._log), (tables.act, list(self._acts.values()))):
            if lines:
                self.line.execute(table.insert(), lines)
        return frozenset(self._made)

    def _ends(self) -> tuple[int, int]:
        row = self.line.execute(select(func.max(tables.log.c.seq))).scalar() or 0
        pos = self.line.execute(select(func.max(tables.log.c.pos))).scalar() or 0
        return int(pos), int(row)

    def _warm_kind(self, kind: str, ids: list[str]) -> None:
        r = tables.record.c
        self._read.update({(kind, i): None for i in ids})
        for some in _chunks(ids):
            query = select(r.id, r.body).where(r.kind == kind, r.id.in_(some))
            for row in self.line.execute(query):
                self._read[kind, row.id] = record_of(kind, row.body)

    def _row(self, entry: Entry, after: Record, before: Record | None, seq: int) -> dict[str, Any]:
        return {
            "seq": seq, "pos": self.pos + 1, "kind": after.kind, "id": after.id,
            "incident": entry.incident, "act": entry.act, "scope": after.scope,
            "depts": joined(depts_of(after)),
            "was_scope": before.scope if before else None,
            "was_depts": joined(depts_of(before)) if before else None,
            "entry": pack(entry),
        }  # fmt: skip

    def _columns(self, record: Record, pos: int) -> dict[str, Any]:
        return {
            "kind": record.kind, "id": record.id, "version": record.version, "pos": pos,
            "scope": record.scope, "depts": joined(depts_of(record)),
            "open": record.state in self._machines[record.kind].opened,
            "incident": getattr(record, "incident", ""), "unit": getattr(record, "unit", ""),
            "watch_at": self._watch(record), "body": pack(record),
        }  # fmt: skip


def upsert(
    line: Connection, table: Table, rows: list[dict[str, Any]], key: tuple[str, ...]
) -> None:
    """Insert rows, or put them in the place of those with the same key."""
    if not rows:
        return
    insert = (sqlite if line.dialect.name == "sqlite" else postgresql).insert(table)
    rest = {c.name: insert.excluded[c.name] for c in table.c if c.name not in key}
    line.execute(insert.on_conflict_do_update(index_elements=list(key), set_=rest), rows)


def _incident(after: Record, before: Record | None) -> str:
    if after.kind == "incident":
        return after.id
    return getattr(after, "incident", "") or getattr(before, "incident", "")


def _chunks(ids: list[str]) -> Iterable[list[str]]:
    return (ids[n : n + CHUNK] for n in range(0, len(ids), CHUNK))

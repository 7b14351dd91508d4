"""What the store's tests share: a judge of the real machines, people, acts, what a centre says."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from console.base import resources
from console.base.clock import ManualClock
from console.base.ids import new_id
from console.domain.access import Access
from console.domain.calendar import read_calendar
from console.domain.judge import Judge
from console.domain.machine import read_machine
from console.domain.query import Viewpoint, parse_query
from console.domain.record import Act, Incident, Note, Record, Report, Step, Task, Unit
from console.store.store import Store
from console.wire import Page, Put, Snapshot, put_of

KEY = bytes(range(32))
AT = 1_767_225_600_000
WANG = Access(
    user="wang", name="王", roles=("intake", "dispatch", "duty_lead", "unit"), scopes=("",),
    depts=("D01",),
)  # fmt: skip
VIEW = Viewpoint("wang", AT)


def judge() -> Judge:
    machines = {
        machine.kind: machine
        for name in resources.names("machines")
        for machine in [read_machine(resources.table(name), name)]
    }
    name = "calendars/cn.toml"
    return Judge(machines, read_calendar(resources.table(name), name))


JUDGE = judge()


def opened(folder: Path, **also: Any) -> Store:
    return Store.open(folder, **{"key": KEY, "judge": JUDGE, "clock": ManualClock(AT)} | also)


def incident(n: int, **facts: Any) -> Incident:
    given: dict[str, Any] = {
        "id": f"I{n}", "no": f"2026010100{n:04d}", "title": f"井盖破损{n}", "state": "reported",
        "version": 1, "scope": "320102", "address": "中山北路101号", "reported_at": AT + n,
        "updated_at": AT + n,
    }  # fmt: skip
    return Incident(**given | facts)


def report(n: int, home: str, **facts: Any) -> Report:
    given: dict[str, Any] = {
        "id": f"R{n}", "incident": home, "state": "attached", "version": 1, "scope": "320102",
        "words": f"楼下积水{n}", "caller": "李明", "phone": f"1380000{n:04d}", "number": f"N{n}",
    }  # fmt: skip
    return Report(**given | facts)


def unit(n: int, **facts: Any) -> Unit:
    given: dict[str, Any] = {
        "id": f"U{n}", "call_sign": f"巡{n}", "name": f"一队{n}", "dept": "D01", "state": "ready",
        "version": 1, "scope": "320102",
    }  # fmt: skip
    return Unit(**given | facts)


def task(n: int, home: str, **facts: Any) -> Task:
    given: dict[str, Any] = {
        "id": f"T{n}", "incident": home, "dept": "D01", "state": "issued", "version": 1,
        "scope": "320102",
    }  # fmt: skip
    return Task(**given | facts)


def noted(record: Any, words: str) -> Any:
    return replace(record, notes=(*record.notes, Note(AT, "li", words)), version=record.version + 1)


def step(kind: str, record: str, verb: str, base: int = 1, **args: Any) -> Step:
    return Step(kind=kind, record=record, verb=verb, args=args, base=base)


def act(*steps: Step, id: str = "", at: int = AT) -> Act:
    return Act(id=id or new_id(), steps=steps, by="wang", seat="S1", at=at)


def note(record: str, words: str = "看过") -> Act:
    return act(step("incident", record, "note", note=words))


def accept(record: str) -> Act:
    return act(step("incident", record, "accept"))


def page(*records: Record, cursor: str = "c1", acts: Iterable[str] = (), **also: Any) -> Page:
    puts = [put_of(record) for record in records]
    return Page(next=cursor, head=1, puts=puts, acts=list(acts), **also)


def snapshot(records: Iterable[Record], cursor: str = "s1") -> tuple[Snapshot, list[Put]]:
    puts = [put_of(record) for record in records]
    return Snapshot(epoch="e1", next=cursor, rows=len(puts), time=AT), puts


def silent(done: int, total: int) -> None:
    del done, total


def ids(store: Store, line: str, kind: str = "incident") -> list[str]:
    return [row[0] for row in store.find(parse_query(kind, line), VIEW)]


def cell(store: Store, kind: str, id: str, *names: str) -> tuple[Any, ...]:
    from console.domain.rows import SHAPES  # noqa: PLC0415

    row = store.find(parse_query(kind, ""), VIEW, ids=[id])[0]
    return tuple(row[SHAPES[kind].index(name)] for name in names)

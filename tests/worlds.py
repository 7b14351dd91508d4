"""A few records in memory and the judge over them: what tests of the rules work on."""

from collections.abc import Iterable
from typing import Any

from console.base import resources
from console.domain.access import Access, system
from console.domain.calendar import read_calendar
from console.domain.judge import Judge
from console.domain.record import KINDS, Act, Record, Step, Task
from console.parts import read_machines

TEN = 1_767_578_400_000  # Monday 2026-01-05 10:00 in Nanjing
MINUTE, HOUR = 60_000, 3_600_000
SCOPE = "320102.320102002"
JUDGE = Judge(read_machines(), read_calendar(resources.table("calendars/cn.toml"), "cn.toml"))
LEAD = Access(user="li", roles=("duty_lead", "intake", "dispatch", "callback"), scopes=("",))
UNIT = Access(user="zhao", roles=("unit",), scopes=(), depts=("cgj",))


class World:
    """What is held, and the time."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], Record] = {}
        self.now = TEN

    def get(self, kind: str, id: str) -> Record | None:
        return self.records.get((kind, id))

    def open_tasks_of(self, unit: str) -> Iterable[Task]:
        opened = JUDGE.machines["task"].opened
        return [
            r for r in self.records.values()
            if isinstance(r, Task) and r.unit == unit and r.state in opened
        ]  # fmt: skip

    def number(self, scope: str, at: int) -> str:
        return f"{scope[:6]}20260105{len(self.records):06d}"

    def act(self, actor: Access, *steps: Step) -> None:
        """Judge an act, and hold what it made."""
        act = Act(id="A", steps=steps, by=actor.user, seat="s1", at=self.now)
        self.records |= JUDGE.act(act, actor, self, self.now)

    def do(self, actor: Access, kind: str, id: str, verb: str, base: int = 10**9,
           **args: Any) -> Any:  # fmt: skip
        """Take one step; give the record after it."""
        self.act(actor, Step(kind=kind, record=id, verb=verb, args=args, base=base))
        return self.records[kind, id]

    def make(self, kind: str, id: str, state: str, **facts: Any) -> Any:
        """Hold a record in any state."""
        self.records[kind, id] = KINDS[kind](id=id, state=state, scope=SCOPE, version=5, **facts)
        return self.records[kind, id]

    def dispatched(self) -> Any:
        """Give an incident that was dispatched just now, with its clocks."""
        self.do(system(), "incident", "I1", "create", title="t", scope=SCOPE, limit="30m")
        self.do(LEAD, "incident", "I1", "accept", limit="1h")
        return self.do(LEAD, "incident", "I1", "dispatch", lead="cgj", sign="1wh", handle="4wh")

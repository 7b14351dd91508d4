"""A desk on a real store, without a centre: what several tests of commands work at."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from console.base import resources
from console.base.clock import ManualClock
from console.base.ids import new_id
from console.commands import build_registry
from console.domain.access import Access, system
from console.domain.calendar import read_calendar
from console.domain.city import read_city
from console.domain.judge import Judge
from console.domain.queue import read_queues
from console.domain.record import Act, Incident, Step, Task
from console.parts import read_machines
from console.scenes.read import read_scenes
from console.scenes.scene import dormant, indicators_of, types_of
from console.services.around import Around
from console.services.desk import Desk, Stamp
from console.services.rules import read_rules
from console.store.store import Store

MONDAY_TEN = 1_767_578_400_000  # Monday 2026-01-05 10:00 in Nanjing
EVERYTHING = ("duty_lead", "intake", "dispatch", "callback")
CITY = "nanjing"
STREET = "320102.320102002"
KEY = b"k" * 32

_city = read_city(resources.table(f"cities/{CITY}.toml"), CITY)
_calendar = read_calendar(resources.table(_city.calendar), _city.calendar)
SCENES = read_scenes(_city)
_judge = Judge(read_machines(), _calendar, dormant(SCENES))
_types = types_of(SCENES)
REGISTRY = build_registry(_judge.machines)
_queues = read_queues(resources.table("queues.toml"), "queues.toml")
_choices = {n: tuple(v) for n, v in resources.table("commands/choices.toml")["choice"].items()}


class Bench:
    """One seat: its store, its clock, and a desk for whoever sits there."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(MONDAY_TEN)
        self.judge = _judge
        self.store = Store.open(folder, key=KEY, judge=_judge, clock=self.clock)
        self._around = Around(
            store=self.store, judge=_judge, city=_city, types=_types,
            scenes=SCENES, rules=read_rules(_city), clock=self.clock,
            person=Access(user="wang", name="王敏", roles=EVERYTHING, scopes=("",)), seat="s1",
            indicators=indicators_of(SCENES),
        )  # fmt: skip
        self.desk = self.sit("wang", *EVERYTHING)

    def sit(self, user: str, *roles: str, scopes: tuple[str, ...] = ("",),
            depts: tuple[str, ...] = ()) -> Desk:  # fmt: skip
        person = Access(user=user, roles=roles, scopes=scopes, depts=depts)
        around = replace(self._around, person=person)
        self.desk = Desk(around, REGISTRY, _queues, _choices, self._stamp, [])
        return self.desk

    def given(self, kind: str, verb: str, args: Mapping[str, Any], id: str = "") -> str:
        """Put in a record as the system does."""
        made = id or new_id()
        self.step(kind, made, verb, args)
        return made

    def step(self, kind: str, id: str, verb: str, args: Mapping[str, Any] | None = None) -> None:
        step = Step(kind=kind, record=id, verb=verb, args=dict(args or {}))
        act = Act(id=new_id(), steps=(step,), by="system", at=self.clock.now())
        self.store.enqueue(act, system())

    def incident(self, id: str = "I1", **more: Any) -> Incident:
        facts = {"title": "井盖破损", "scope": STREET, "type": "DMUM-01", "source": "hotline",
                 "reported_at": self.clock.now()}  # fmt: skip
        self.given("incident", "create", facts | more, id)
        return self.held(id)

    def unit(self, id: str = "U1", dept: str = "cgj", call_sign: str = "城管01") -> str:
        facts = {"scope": STREET, "call_sign": call_sign, "dept": dept}
        self.given("unit", "enrol", facts, id)
        self.step("unit", id, "ready")
        return id

    def run(self, *lines: str) -> None:
        for line in lines:
            self.desk.run(line)

    def held(self, id: str = "I1") -> Incident:
        found = self.store.get("incident", id)
        assert isinstance(found, Incident)
        return found

    def tasks(self, id: str = "I1") -> list[Task]:
        return self.desk.around.tasks_of(id)

    def _stamp(self) -> Stamp:
        return Stamp(at=self.clock.now(), device_at=self.clock.now())

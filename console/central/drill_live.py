"""Keeps the demo city alive: cases come in by chance, colleagues and departments do their part.

What a person has taken in hand is left to them: only its departments go on with it.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush
from typing import Any
from zoneinfo import ZoneInfo

from console.base.clock import Clock
from console.base.errors import Gone
from console.central.centre import Centre
from console.central.drill_advice import on_unit
from console.central.drill_city import Case, Told
from console.central.drill_plans import Officer
from console.central.drill_stage import DOORS, Stage
from console.central.drill_story import Story
from console.central.steps import issued, of_task, times_of
from console.domain.access import SYSTEM, Access, system
from console.domain.record import Incident, Record, StartedPlan, Step, Task
from console.wire import APPLIED, record_of

DEPARTMENT = {"issued": ("sign", 15, 70), "signed": ("start", 20, 80), "arrived": ("start", 15, 60),
              "handling": ("feedback", 90, 300)}  # fmt: skip
"""What a department does next with a task, and after how many seconds."""
COLLEAGUE = {"reported": ("accept", 90, 240), "accepted": ("dispatch", 60, 180),
             "feedback": ("verify", 60, 200), "verifying": ("close", 60, 200)}  # fmt: skip
"""What a colleague does next with a case that nobody took in hand, after how many seconds."""
SETTLES = ("verify", "close")
OLD_S = 25.0
"""How often a department goes on with one of its older tasks."""
STORM_S = (600.0, 1500.0)
STORM = (6, 11)
AGAIN = 0.06
"""How many of those who call tell of what was just told."""
STARTS, ENDS = (8.0, 30.0), (60.0, 200.0)
"""After how many seconds the duty officer starts a plan, and ends one that is done."""
NOBODY = (SYSTEM, DOORS)
"""Whose steps take no case in hand."""
TICK_S = 1.0
BUSY = 6.0
"""From this weight of an hour on, cases come at the pace of the peak."""
Job = Callable[[], None]


def live(centre: Centre, clock: Clock, stopping: threading.Event, stage: Stage) -> None:
    """Go on until told to stop; who calls comes by the doors of intake (console.central.life)."""
    world = Life(centre, clock, stage, arrivals=False)
    while not stopping.is_set():
        stopping.wait(min(world.beat(), TICK_S))


class Life:
    """What goes on in the city, beat by beat; nothing here waits."""

    def __init__(
        self, centre: Centre, clock: Clock, stage: Stage, *, arrivals: bool = True
    ) -> None:
        self._centre = centre
        self._clock = clock
        self._stage = stage
        self._dice = stage.dice
        self._jobs: list[tuple[float, int, Job]] = []
        self._made = 0
        self._mine: set[str] = set()
        self._human: set[str] = set()
        self._tasks: dict[str, Task] = {}
        self._officer = Officer(centre, stage)
        self._last: Told | None = None
        self._cursor = self._start()
        self._in(OLD_S, self._go_on)
        if arrivals:
            self._in(1.0, self._arrive)
            self._in(self._dice.between(*STORM_S), self._storm)

    def beat(self) -> float:
        """Do what is due, hear what others did; give the seconds until the next thing is due."""
        self._hear()
        while self._jobs and self._jobs[0][0] <= self._clock.monotonic():
            heappop(self._jobs)[2]()
        return max(0.0, self._jobs[0][0] - self._clock.monotonic())

    # ---- hearing

    def _start(self) -> str:
        head, puts = self._centre.snapshot(system())
        for put in puts:
            if put.kind in (Task.kind, StartedPlan.kind):
                record = record_of(put.kind, put.body)
                self._note(record)
                self._planned(record)
        return head.next

    def _note(self, record: Record) -> None:
        """Remember the tasks on which a department has something to do, and plans at work."""
        self._officer.note(record)
        if not isinstance(record, Task) or record.plan:
            return
        if record.state in DEPARTMENT:
            self._tasks[record.id] = record
        else:
            self._tasks.pop(record.id, None)

    def _hear(self) -> None:
        more = True
        while more:
            try:
                page = self._centre.page(self._cursor, system())
            except Gone:
                self._cursor = self._start()
                return
            self._cursor, more = page.next, page.more
            by_people = {
                e.incident for e in page.entries if e.act not in self._mine and e.by not in NOBODY
            }
            self._human |= by_people
            self._mine -= set(page.acts)
            for put in page.puts:
                self._heard(record_of(put.kind, put.body))

    def _heard(self, record: Record) -> None:
        self._note(record)
        self._planned(record)
        if isinstance(record, Task) and record.state in DEPARTMENT and not record.plan:
            verb, low, high = DEPARTMENT[record.state]
            self._later(low, high, lambda: self._answer(record.id, verb, record.version))
        if isinstance(record, Incident) and record.state in COLLEAGUE:
            verb, low, high = COLLEAGUE[record.state]
            self._later(low, high, lambda: self._help(record.id, verb, record.version))

    # ---- plans

    def _planned(self, record: Record) -> None:
        """Have plans started that an incident asks for, their tasks answered, and them ended."""
        officer = self._officer
        if isinstance(record, Incident) and (plan := officer.proposed(record)):
            self._later(*STARTS, lambda: self._start_plan(record.id, plan))
        if not isinstance(record, Task) or not record.plan:
            return
        verb, seconds, result = officer.answer(record, self._clock.now())
        if verb:
            answer = {"result": result} if result else {}
            self._in(seconds, lambda: self._do_planned(record, verb, answer))
        elif officer.over(record.plan):
            self._later(*ENDS, lambda: self._end_plan(record.plan))

    def _start_plan(self, incident: str, plan: str) -> None:
        if incident not in self._human:
            self._take(self._officer.actor, *self._officer.start(incident, plan))

    def _end_plan(self, plan: str) -> None:
        self._take(self._officer.actor, *self._officer.end(plan))

    def _do_planned(self, task: Task, verb: str, answer: Mapping[str, Any]) -> None:
        held = self._centre.get(Task.kind, task.id)
        if isinstance(held, Task) and held.version == task.version:
            who = self._stage.cast.answering(held.dept, held.scope.partition(".")[0])
            self._take(who, of_task(held.id, verb, **answer))

    # ---- arriving

    def _arrive(self) -> None:
        hours = self._stage.demo.hours
        now = datetime.fromtimestamp(
            self._clock.now() / 1000, ZoneInfo(self._stage.town.place.city.zone)
        )
        busy = min(1.0, hours.weights[now.hour] / BUSY)
        mean = hours.live_calm_s - (hours.live_calm_s - hours.live_peak_s) * busy
        self._in(self._dice.wait(mean), self._arrive)
        town, last = self._stage.town, self._last
        if last is not None and self._dice.chance(AGAIN):
            self._open(town.told(self._dice, last.case, last.spot))
            return
        self._last = town.told(self._dice)
        self._open(self._last)

    def _storm(self) -> None:
        """Let many call from one district within a minute or two."""
        self._in(self._dice.between(*STORM_S), self._storm)
        town = self._stage.town
        district = self._dice.pick(town.districts)
        cases: list[Case] = [case for case in town.demo.case if case.burst]
        for _ in range(self._dice.whole(*STORM)):
            case = self._dice.pick(cases)
            told = town.told(self._dice, case, town.spot(self._dice, district))
            self._later(0, 100, lambda told=told: self._open(told))

    def _open(self, told: Told) -> None:
        stage = replace(self._stage, until=self._clock.now())
        for act, actor in Story(stage, told, stage.until, "create").tell().deeds:
            self._mine.add(act.id)
            self._centre.judge_acts([act], actor)

    # ---- answering

    def _go_on(self) -> None:
        self._in(OLD_S, self._go_on)
        if self._tasks:
            task = self._dice.pick(list(self._tasks.values()))
            self._answer(task.id, DEPARTMENT[task.state][0], task.version)

    def _answer(self, task: str, verb: str, version: int) -> None:
        """Have a department take the next step with a task that stands as it stood."""
        held = self._centre.get(Task.kind, task)
        if not isinstance(held, Task) or held.version != version:
            return
        incident = self._centre.get(Incident.kind, held.incident)
        if not isinstance(incident, Incident):
            return
        who = self._stage.cast.answering(held.dept, held.scope.partition(".")[0])
        case = next((c for c in self._stage.demo.case if c.type == incident.type), None)
        args: dict[str, Any] = {}
        if verb == "feedback":
            words = {name: self._dice.whole(2, 9) for name in ("n", "hour", "floor")}
            results = case.results if case else self._stage.demo.words["verify"]
            args["result"] = self._dice.pick(results).format_map(_Blank(words)) or "-"
        steps = [of_task(task, verb, **args)]
        machine = self._centre.judge.machines[Incident.kind]
        if held.part == "lead" and machine.allows(incident.state, verb):
            steps.append(self._step(incident, verb, **args))
        self._take(who, *steps)

    def _help(self, id: str, verb: str, version: int) -> None:
        """Have a colleague take the next step with a case that is in nobody's hands."""
        held = self._centre.get(Incident.kind, id)
        if not isinstance(held, Incident) or held.version != version or id in self._human:
            return
        if verb in SETTLES and self._officer.busy(id):
            # While its plan is at work it stays open.
            self._later(*ENDS, lambda: self._help(id, verb, version))
            return
        role = "callback" if verb == "verify" else "intake" if verb == "accept" else "dispatch"
        who = self._colleague(role)
        if verb == "dispatch":
            self._dispatch(held, who)
            return
        args: dict[str, Any] = {}
        if verb == "accept":
            args["limit"] = self._stage.limits["dispatch"][held.urgency]
        steps = [self._step(held, verb, **args)]
        if verb == "close":
            steps += self._finished(id)
        self._take(who, *steps)

    def _dispatch(self, held: Incident, who: Access) -> None:
        place = self._stage.town.place
        kind = place.types.get(held.type)
        if kind is None:
            return
        district, _, street = held.scope.partition(".")
        home = place.city.districts.get(district)
        lead = place.city.resolve(kind.lead, district, street) or (home.centre if home else "")
        if lead:
            times, order = times_of(kind.limits), self._stage.say("order")
            task = self._dice.id(self._clock.now())
            step = self._step(held, "dispatch", lead=lead, note=order, **times)
            job = {"part": "lead", "order": order, **times}
            unit = self._unit(lead, district)
            said = on_unit(held.id, unit, self._stage.yard, self._clock.now())
            sent = issued(task, held.id, held.scope, lead, unit=unit, **job)
            # A unit may have gone to rest since: then the department is told alone.
            if not (unit and self._take(who, *said, step, sent)):
                self._take(who, step, issued(task, held.id, held.scope, lead, **job))

    def _unit(self, dept: str, district: str) -> str:
        """Give a unit of a department that nobody has sent out, not always the nearest; or ""."""
        out = {task.unit for task in self._tasks.values()}
        free = [unit for unit in self._stage.yard.home(dept, district) if unit not in out]
        return self._dice.pick(free) if free else ""

    def _finished(self, incident: str) -> list[Step]:
        history = self._centre.history(Incident.kind, incident, system())
        tasks = {e.id for e in history.entries if e.kind == Task.kind}
        held = (self._centre.get(Task.kind, task) for task in sorted(tasks))
        return [of_task(t.id, "finish") for t in held if t is not None and t.state == "feedback"]

    def _colleague(self, role: str) -> Access:
        """Give somebody of the desk who is not the person before the screen."""
        people = (self._stage.cast.of(role) for _ in range(20))
        return next((p for p in people if len(p.roles) == 1), self._stage.cast.of(role))

    # ---- how

    def _take(self, who: Access, *steps: Step) -> bool:
        if not steps:
            return False
        act, actor = self._stage.deed(self._clock.now(), who, *steps)
        self._mine.add(act.id)
        verdicts = self._centre.judge_acts([act], actor).verdicts
        return verdicts[0].verdict == APPLIED

    def _step(self, incident: Incident, verb: str, **args: Any) -> Step:
        return Step(
            kind="incident", record=incident.id, verb=verb, args=args, base=incident.version
        )  # fmt: skip

    def _later(self, low: float, high: float, job: Job) -> None:
        self._in(self._dice.between(low, high), job)

    def _in(self, seconds: float, job: Job) -> None:
        self._made += 1
        heappush(self._jobs, (self._clock.monotonic() + seconds, self._made, job))


class _Blank(dict[str, Any]):
    """Words for a template; what is not known leaves nothing."""

    def __missing__(self, _key: str) -> str:
        return ""

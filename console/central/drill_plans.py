"""Plans at work in the demo city: in every scene at its beginning, and started by its officer.

Their tasks are answered about when the plan says: most in time, some late, a few by nobody.
"""

from collections.abc import Iterator

from console.central.centre import Centre
from console.central.drill_stage import MINUTE, Deed, Stage
from console.central.drill_story import Story
from console.central.steps import of_task
from console.domain.access import Access
from console.domain.judge import sealed
from console.domain.record import Incident, Record, StartedPlan, Step, Task
from console.scenes.scene import Scene, ScenePlan
from console.scenes.starting import Due, Limits, dues, read_limits, start_steps

AGO_MIN = (45, 115)
"""How long ago the incidents of the plans came in that are at work at the beginning."""
ANSWERED, PUNCTUAL = 0.95, 0.9
"""How many tasks of a plan are signed at all, and how many of these done in time."""
DONE = frozenset(("feedback", "done", "returned", "withdrawn"))


def begun(stage: Stage, limits: Limits, now: int) -> Iterator[Deed]:
    """Tell of one plan of every scene that is not sealed, started a while ago; with its case."""
    dice, town = stage.dice, stage.town
    for scene in town.place.scenes.values():
        if scene.lifecycle == "dormant":
            continue
        plan = dice.pick(scene.plans)
        case = dice.pick(town.cases(scene.id, plan.on))
        at = now - int(dice.between(*AGO_MIN) * MINUTE)
        story = Story(stage, town.told(dice, case), at, "dispatch").tell()
        yield from story.deeds
        if story.verbs[-1:] == ["dispatch"]:
            yield from _started(stage, limits, scene, plan, story, now)


def _started(
    stage: Stage, limits: Limits, scene: Scene, plan: ScenePlan, story: Story, now: int
) -> Iterator[Deed]:
    dice = stage.dice
    at = story.deeds[-1][0].at + int(dice.between(0.5, 3) * MINUTE)
    if at >= now:
        return
    facts, spot = story.told.incident, story.told.spot
    lead = (
        stage.town.place.city.resolve(
            stage.town.place.types[story.told.case.type].lead, spot.district.code, spot.street.code
        )
        or spot.district.centre
    )
    incident = Incident(
        id=story.id, version=len(story.verbs), scope=spot.scope, lead=lead, lon=facts["lon"],
        lat=facts["lat"],
    )  # fmt: skip
    given = dues(plan, stage.town.place.city, limits, spot.scope, lead)
    steps = start_steps(plan, scene, incident, given, made=lambda: dice.id(at))
    yield stage.deed(at, officer_of(stage), *steps)
    tasks = [step.record for step in steps if step.kind == Task.kind]
    for due, task in zip(given, tasks, strict=True):
        yield from _answered(stage, due, task, spot.district.code, at, now)


def _answered(
    stage: Stage, due: Due, task: str, district: str, began: int, now: int
) -> Iterator[Deed]:
    """Tell what a department did with a plan's task so far."""
    dice, who = stage.dice, stage.cast.answering(due.dept, district)
    if not dice.chance(ANSWERED):
        return
    signed = began + int(dice.between(0.5, 5) * MINUTE)
    started = signed + int(dice.between(0.5, 2) * MINUTE)
    done = max(started + MINUTE, done_at(stage, began, due.at))
    for at, step in (
        (signed, of_task(task, "sign")), (started, of_task(task, "start")),
        (done, of_task(task, "feedback", result=due.said.output)),
    ):  # fmt: skip
        if at < now:
            yield stage.deed(at, who, step)


def done_at(stage: Stage, began: int, minutes: int) -> int:
    """Give when a step that is due so many minutes after its plan began is done."""
    late = not stage.dice.chance(PUNCTUAL)
    share = stage.dice.between(1.1, 1.6) if late else stage.dice.between(0.7, 0.98)
    return began + int(max(minutes, 5) * MINUTE * share)


def officer_of(stage: Stage) -> Access:
    """Give somebody who leads the watch and does nothing else."""
    people = (stage.cast.of("duty_lead") for _ in range(20))
    return next((p for p in people if len(p.roles) == 1), stage.cast.of("duty_lead"))


class Officer:
    """The duty officer of the demo: starts what the files propose, ends what is done."""

    def __init__(self, centre: Centre, stage: Stage) -> None:
        self._centre = centre
        self._stage = stage
        self._limits = read_limits(centre.place.city)
        self._plans: dict[str, tuple[Scene, ScenePlan]] = {
            p.id: (s, p) for s in centre.place.scenes.values() for p in s.plans
        }
        self._running: dict[str, str] = {}
        self._incidents: dict[str, str] = {}
        self._tasks: dict[str, dict[str, str]] = {}

    @property
    def actor(self) -> Access:
        """Give a duty officer who is not the person before the screen."""
        return officer_of(self._stage)

    def busy(self, incident: str) -> bool:
        """Tell whether a plan is at work on an incident."""
        return incident in self._incidents.values()

    def note(self, record: Record) -> None:
        """Remember which plans are at work, and how their tasks stand."""
        if isinstance(record, StartedPlan):
            if record.state == "running":
                self._running[record.id] = record.plan
                self._incidents[record.id] = record.incident
            else:
                self._running.pop(record.id, None)
                self._incidents.pop(record.id, None)
                self._tasks.pop(record.id, None)
        elif isinstance(record, Task) and record.plan:
            self._tasks.setdefault(record.plan, {})[record.id] = record.state

    def proposed(self, incident: Incident) -> str:
        """Give the plan that an incident of this type asks for, if that is not at work; or ""."""
        place = self._centre.place
        kind = place.types.get(incident.type)
        if kind is None or sealed(kind.scene, self._centre.judge.dormant, self._centre.get):
            return ""
        at_work = set(self._running.values())
        for plan in place.scenes[kind.scene].plans:
            meant = not plan.on or kind.code in plan.on or kind.parent in plan.on
            if meant and plan.id not in at_work and plan.id not in incident.plans:
                return plan.id
        return ""

    def start(self, id: str, plan: str) -> list[Step]:
        """Give the steps that start a plan on an incident now; [] when it is no longer asked for.

        The incident is read anew: much may have happened to it.
        """
        incident = self._centre.get(Incident.kind, id)
        machine = self._centre.judge.machines[Incident.kind]
        if not isinstance(incident, Incident) or self.proposed(incident) != plan:
            return []
        if not machine.allows(incident.state, "activate"):
            return []
        scene, said = self._plans[plan]
        city, dice, now = self._centre.place.city, self._stage.dice, self._centre.clock.now()
        given = dues(said, city, self._limits, incident.scope, incident.lead)
        return start_steps(said, scene, incident, given, made=lambda: dice.id(now))

    def over(self, plan: str) -> bool:
        """Tell whether every task of a plan at work is done."""
        states = self._tasks.get(plan, {}).values()
        return plan in self._running and bool(states) and set(states) <= DONE

    def end(self, plan: str) -> list[Step]:
        """Give the step that ends a plan, for the reason that its file gives."""
        if not self.over(plan):
            return []
        result = self._plans[self._running[plan]][1].exit
        return [Step(kind="plan", record=plan, verb="end", args={"result": result})]

    def answer(self, task: Task, now: int) -> tuple[str, float, str]:
        """Give what a department does next with a plan's task, in how many seconds, what it says.

        Verb "" when it does nothing more.
        """
        handle, dice = task.deadlines.get("handle"), self._stage.dice
        if task.state == "issued" and dice.chance(ANSWERED):
            return "sign", dice.between(15, 150), ""
        if task.state in ("signed", "arrived"):
            return "start", dice.between(20, 80), ""
        if task.state == "handling" and handle is not None:
            minutes = (handle.due - handle.started) // MINUTE
            done = done_at(self._stage, handle.started, minutes)
            return "feedback", max(20.0, (done - now) / 1000), self._output(task)
        return "", 0.0, ""

    def _output(self, task: Task) -> str:
        plan = self._running.get(task.plan, "")
        steps = self._plans[plan][1].step if plan in self._plans else ()
        return steps[task.step - 1].output if 0 < task.step <= len(steps) else "-"

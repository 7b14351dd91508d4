"""Plans (预案) at a desk: started as one act, ended when their exit has come about."""

from collections.abc import Mapping
from typing import Any

from console.base.errors import Refused
from console.base.text import text
from console.domain.record import Incident, StartedPlan, Step, Task
from console.scenes.starting import dues, start_steps
from console.services.around import Around, Sketch, warning

Args = Mapping[str, Any]


def start(around: Around, record: Incident, args: Args) -> Sketch:
    """Give the steps of a plan on an incident; a warning when it is at work there already."""
    plan = around.plans.get(str(args["plan"]))
    if plan is None:
        raise Refused("refused.no_such", kind="plan", word=str(args["plan"]))
    scene = next(s for s in around.scenes.values() if plan in s.plans)
    given = dues(plan, around.city, around.rules.plans, record.scope, record.lead)
    known = around.store.confirmed(record.kind, record.id)
    steps = start_steps(plan, scene, record, given)
    base = known.version if known else 0
    steps[0] = Step(
        kind=record.kind, record=record.id, verb=steps[0].verb, args=steps[0].args, base=base
    )
    twice = plan.id in record.plans
    return Sketch(tuple(steps), (warning("warning.plan_twice"),) if twice else ())


def end(around: Around, record: StartedPlan, args: Args) -> Sketch:
    """End a plan; what nobody has begun of it is taken back, what is in work goes on."""
    return _over(around, record, "end", args)


def call_off(around: Around, record: StartedPlan, args: Args) -> Sketch:
    """Call a plan off, with all of its tasks that are not done."""
    return _over(around, record, "call_off", args)


def _over(around: Around, record: StartedPlan, verb: str, args: Args) -> Sketch:
    tasks = [t for t in around.tasks_of(record.incident) if t.plan == record.id]
    reason = {"reason": text(f"verb.plan.{verb}")}
    idle = [t for t in tasks if _idle(around, t, verb)]
    steps = [around.step(record, verb, args)]
    steps += [around.step(t, "withdraw", reason) for t in idle]
    still = sum(around.is_open(t) for t in tasks) - len(idle)
    return Sketch(tuple(steps), (warning("warning.open_tasks", count=still),) if still else ())


def _idle(around: Around, task: Task, verb: str) -> bool:
    begun = ("signed", "arrived", "handling") if verb == "end" else ()
    return task.state not in begun and around.allows(task, "withdraw")

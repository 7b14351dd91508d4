"""Steps that drills and imports make alike: a task and its limits, a report and its incident."""

from collections.abc import Mapping
from typing import Any

from console.domain.record import Step
from console.scenes.scene import Limits


def of_task(task: str, verb: str, **args: Any) -> Step:
    return Step(kind="task", record=task, verb=verb, args=args)


def issued(task: str, incident: str, scope: str, dept: str, **job: Any) -> Step:
    """Give the step that makes a department's task; ``job``: part, order, unit, limits."""
    return of_task(task, "issue", incident=incident, scope=scope, dept=dept, **job)


def times_of(limits: Limits) -> dict[str, str]:
    """Give the limits that there are, as a dispatch takes them."""
    found = {name: str(getattr(limits, name)) for name in ("sign", "arrive", "handle")}
    return {name: limit for name, limit in found.items() if limit}


def reported(report: str, incident: str, said: Mapping[str, Any], at: int) -> tuple[Step, Step]:
    """Give the steps that take down what somebody told, and put it to its incident."""
    number = f"D{report[:8]}{report[9:13]}{report[-6:]}".upper()
    args = dict(said, number=number, at=at)
    return (
        Step(kind="report", record=report, verb="receive", args=args),
        Step(kind="report", record=report, verb="attach", args={"incident": incident}),
    )

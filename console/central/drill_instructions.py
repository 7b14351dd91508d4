"""批示 of the demo city: what its leaders have asked for, and how far the departments have come."""

from collections.abc import Callable, Iterator
from typing import Any

from console.central.drill_city import Order
from console.central.drill_plans import officer_of
from console.central.drill_stage import MINUTE, Deed, Stage
from console.central.steps import issued, of_task
from console.domain.record import Step

LIMITS = "instruction"


def instructed(stage: Stage, now: int) -> Iterator[Deed]:
    """Tell of every instruction of the demo's file up to now, with the work that answers it."""
    for order in stage.demo.instruction:
        at = now - int(order.ago_min * MINUTE)
        told = _Instruction(stage, order, at)
        yield told.given()
        for minutes, deed in told.answers():
            if 0 < minutes <= order.ago_min:
                yield deed(at + int(minutes * MINUTE))


class _Instruction:
    """One instruction with its incident and task, as acts of those who took them."""

    def __init__(self, stage: Stage, order: Order, at: int) -> None:
        self._stage, self._order, self._at = stage, order, at
        self._id, self._incident, self._task = (stage.dice.id(at) for _ in range(3))
        self._officer = officer_of(stage)

    def given(self) -> Deed:
        """Have the watch write it down, and send it to its department."""
        stage, order = self._stage, self._order
        limits = stage.limits[LIMITS]
        scope = order.district or stage.town.place.city.code
        kind = stage.town.place.types[limits["type"]]
        clocks = {"sign": limits["sign"], "handle": limits["finish"]}
        detail = "\n".join(filter(None, (order.words, order.about)))
        created = self._step(
            "create", title=order.words, detail=detail, scope=scope, source="gov",
            type=kind.code, scene=kind.scene, level=kind.level, urgency="urgent",
            reported_at=self._at,
        )  # fmt: skip
        job = {"part": "lead", "order": order.words, **clocks}
        said = Step(kind="instruction", record=self._id, verb="issue", args={
            "words": order.words, "about": order.about, "dept": order.dept, "scope": scope,
            "leader": order.leader, "incident": self._incident, "task": self._task,
            "sign": limits["sign"], "first": limits["first"], "finish": limits["finish"],
        })  # fmt: skip
        return stage.deed(
            self._at, self._officer, created, self._step("accept"),
            self._step("dispatch", lead=order.dept, **clocks),
            issued(self._task, self._incident, scope, order.dept, **job), said,
        )  # fmt: skip

    def answers(self) -> Iterator[tuple[float, Callable[[int], Deed]]]:
        """Give what follows: in how many minutes (0: not yet), and the deed of that instant."""
        order = self._order
        who = self._stage.cast.answering(order.dept, order.district)
        yield order.signed_min, lambda at: self._stage.deed(at, who, *self._all("sign", "sign"))
        yield order.said_min, lambda at: self._stage.deed(
            at, who, self._step("start"), of_task(self._task, "start"),
            self._own("feedback", feedback=order.said),
        )  # fmt: skip
        yield (
            order.done_min,
            lambda at: self._stage.deed(at, who, *self._all("feedback", "answer", order.result)),
        )
        yield order.closed_min, lambda at: self._stage.deed(
            at, self._officer, self._own("close", verdict=order.verdict), self._step("verify"),
            self._step("close"), of_task(self._task, "finish"),
        )  # fmt: skip

    def _all(self, verb: str, own: str, result: str = "") -> tuple[Step, Step, Step]:
        """Take the incident, the task and the instruction together."""
        args, said = ({"result": result}, {"feedback": result}) if result else ({}, {})
        return (
            self._step(verb, **args), of_task(self._task, verb, **args), self._own(own, **said)
        )  # fmt: skip

    def _step(self, verb: str, **args: Any) -> Step:
        return Step(kind="incident", record=self._incident, verb=verb, args=args)

    def _own(self, verb: str, **args: Any) -> Step:
        return Step(kind="instruction", record=self._id, verb=verb, args=args)

"""What becomes of advice on units at a dispatch: taken, or overruled with a reason; counted."""

from collections.abc import Mapping
from typing import Any

from console.base.notice import Notice
from console.domain.record import Incident, Step, Unit
from console.services.around import Around, warning

SHOWN = 3


def on_unit(
    around: Around, record: Incident, unit: Unit, args: Mapping[str, Any]
) -> tuple[tuple[Step, ...], tuple[Notice, ...]]:
    """Give the step that takes down what became of the advice, and what the author should know.

    Nothing is ever forbidden: another unit than was advised is sent, and the reason is kept.
    """
    advice = around.fit(record.id) if around.fit else None
    if advice is None or not advice.sent:
        return (), ()
    offered = " ".join(verdict.unit for verdict in advice.sent)
    if any(verdict.unit == unit.id for verdict in advice.sent):
        return (around.step(record, "heed_units", {"offered": offered}),), ()
    said = {"offered": offered, "taken": unit.id, "reason": args.get("reason")}
    names = "、".join(verdict.name for verdict in advice.sent[:SHOWN])
    return (
        (around.step(record, "overrule_units", said),),
        (warning("warning.other_unit", names=names),),
    )

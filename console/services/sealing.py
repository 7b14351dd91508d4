"""Opening a scene that its file seals (平急转换), by order of a leader."""

from collections.abc import Mapping
from typing import Any

from console.base.errors import Refused
from console.domain.record import SHARED, Record, SceneOrder
from console.services.around import Around, Sketch


def unseal(around: Around, record: Record | None, args: Mapping[str, Any]) -> Sketch:
    """Open a sealed scene: an order's number and the reason are part of the record."""
    del record
    scene = str(args["scene"])
    if scene not in around.judge.dormant:
        raise Refused("refused.not_sealed", scene=scene)
    said = {"order": args["order"], "reason": args["reason"]}
    held = around.store.get(SceneOrder.kind, scene)
    if held is not None:
        return Sketch((around.step(held, "unseal_again", said),))
    return Sketch((around.born(SceneOrder.kind, scene, "unseal", {"scope": SHARED, **said}),))

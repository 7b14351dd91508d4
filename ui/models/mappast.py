"""The last day on the map: which incidents stood open at an instant, and how grave they were."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from console.app import Core
from console.domain.query import parse_query
from console.domain.rows import SHAPES
from ui.models.mapmarks import Marks, Shown

DAY_MS = 86_400_000
Instants = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Past:
    """When each incident of the last day came (ms UTC), and when it ended (0: it is open)."""

    ids: tuple[str, ...]
    came: Instants
    ended: Instants

    def at(self, now: Shown, then: int) -> Shown:
        """Give what was shown at an instant: the incidents that stood open, no units."""
        open_then = (self.came <= then) & ((self.ended == 0) | (self.ended > then))
        standing = {i for i, stood in zip(self.ids, open_then.tolist(), strict=True) if stood}
        marks = tuple(_only(m, standing) if m.kind == "incident" else m for m in now.marks)
        heat = _only(now.heat, standing) if now.heat is not None else None
        return replace(now, marks=marks, heat=heat, units=())


def past_of(core: Core) -> Past:
    """Read the incidents of the last day; may be asked on any thread."""
    since = core.clock.now() - DAY_MS
    shape = SHAPES["incident"]
    came, state, last = (shape.index(n) for n in ("reported_at", "state", "updated_at"))
    opened = core.machines["incident"].opened
    rows = [
        row for row in core.find(parse_query("incident", ""))
        if row[state] in opened or row[last] > since
    ]  # fmt: skip
    return Past(
        tuple(str(row[0]) for row in rows),
        np.array([row[came] for row in rows], np.int64),
        np.array([0 if row[state] in opened else row[last] for row in rows], np.int64),
    )


def _only(marks: Marks, ids: set[str]) -> Marks:
    keep = np.array([i in ids for i in marks.ids], bool)
    return replace(
        marks, ids=[i for i, k in zip(marks.ids, keep.tolist(), strict=True) if k],
        x=marks.x[keep], y=marks.y[keep], look=marks.look[keep],
        names=[n for n, k in zip(marks.names, keep.tolist(), strict=True) if k],
    )  # fmt: skip

"""The map as it was: which incidents stood open at an instant, and where the units were.

Of the last day, or of any stretch that somebody names. Units are where they last were by then, as
far as this seat heard or the centre kept it; who was not heard of yet is not shown. A stretch of
which nothing is held is told as such: it is not one in which nobody was on the streets.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from console.app import Core
from console.base.errors import Gone, SignedOut, Unreachable
from console.domain.datum import Floats
from console.domain.query import parse_query
from console.domain.rows import SHAPES
from console.domain.track import Stretch, Tracks
from console.maps.mercator import world
from ui.models.mapmarks import Marks, Moving, Shown

DAY_MS = 86_400_000
TAIL_MS = 10 * 60_000
"""So much of the way behind it is drawn to each unit."""
ROLE, SHAPE = "text.second", "disc"
"""Whether a unit was free or busy then nobody knows any more."""
Instants = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """When each incident came (ms UTC), and when it ended (0: it is open); where units were.

    ``silent``: of which stretches nothing is held of units.
    """

    ids: tuple[str, ...]
    came: Instants
    ended: Instants
    tracks: Tracks | None = None
    x: Floats | None = None
    y: Floats | None = None
    silent: tuple[Stretch, ...] = ()

    def knows(self, then: int) -> bool:
        """Tell whether anything is held of where units were at an instant."""
        return not any(begin < then < end for begin, end in self.silent)

    def at(self, now: Shown, then: int) -> Shown:
        """Give what was shown at an instant: the incidents that stood open, the units."""
        open_then = (self.came <= then) & ((self.ended == 0) | (self.ended > then))
        standing = {i for i, stood in zip(self.ids, open_then.tolist(), strict=True) if stood}
        marks = tuple(_only(m, standing) if m.kind == "incident" else m for m in now.marks)
        heat = _only(now.heat, standing) if now.heat is not None else None
        units = self._units(now, then)
        counts = {**now.counts, "units": len(units)}
        counts |= {m.layer: len(m) for m in marks if m.kind == "incident"}
        return replace(
            now, marks=marks, heat=heat, units=units, tails=self._tails(then), counts=counts
        )

    def _units(self, now: Shown, then: int) -> tuple[Moving, ...]:
        tracks = self.tracks
        if tracks is None or self.x is None or self.y is None or not self.knows(then):
            return ()
        names = {unit.id: unit.name for unit in now.units}
        return tuple(
            Moving(
                unit, names.get(unit, unit), float(self.x[n]), float(self.y[n]),
                float(tracks.heading[n]), (then - float(tracks.at[n])) / 1_000, ROLE, SHAPE,
            )
            for unit, n in zip(tracks.units, tracks.when(then).tolist(), strict=True)
            if n >= 0
        )  # fmt: skip

    def _tails(self, then: int) -> tuple[Floats, ...]:
        """Give the way behind each unit that moved in the last minutes."""
        tracks = self.tracks
        if tracks is None or self.x is None or self.y is None:
            return ()
        recent = (tracks.at <= then) & (tracks.at > then - TAIL_MS)
        found: list[Floats] = []
        for begin, end in zip(tracks.first[:-1].tolist(), tracks.first[1:].tolist(), strict=True):
            near = np.nonzero(recent[begin:end])[0] + begin
            if len(near) > 1:
                found.append(np.column_stack([self.x[near], self.y[near]]))
        return tuple(found)


def fetch(core: Core, stretch: Stretch) -> bool:
    """Fetch where units were, on a caller, where it is not held; tell if the centre was there."""
    try:
        core.gauges.fetch_tracks(*stretch)
    except (Gone, SignedOut, Unreachable):
        return False
    return True


def past_of(core: Core, since: int, until: int) -> Past:
    """Read the incidents and the units of a stretch of time; may be asked on any thread."""
    shape = SHAPES["incident"]
    came, state, last = (shape.index(n) for n in ("reported_at", "state", "updated_at"))
    opened = core.machines["incident"].opened
    rows = [
        row for row in core.find(parse_query("incident", ""))
        if (row[state] in opened or row[last] > since) and row[came] <= until
    ]  # fmt: skip
    tracks = core.gauges.tracks(since, until=until)
    x, y = world(tracks.points) if tracks is not None else (None, None)
    silent = tracks.silent(since, until) if tracks is not None else ((since, until),)
    return Past(
        tuple(str(row[0]) for row in rows),
        np.array([row[came] for row in rows], np.int64),
        np.array([0 if row[state] in opened else row[last] for row in rows], np.int64),
        tracks, x, y, silent,
    )  # fmt: skip


def _only(marks: Marks, ids: set[str]) -> Marks:
    keep = np.array([i in ids for i in marks.ids], bool)
    return replace(
        marks, ids=[i for i, k in zip(marks.ids, keep.tolist(), strict=True) if k],
        x=marks.x[keep], y=marks.y[keep], look=marks.look[keep],
        badge=marks.badge[keep] if marks.badge is not None else None,
        names=[n for n, k in zip(marks.names, keep.tolist(), strict=True) if k],
    )  # fmt: skip

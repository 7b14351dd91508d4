"""The map as it was: which incidents stood open at an instant, and where the units were.

Of the last day, or of any stretch that somebody names. Units are where they last were by then, as
far as this seat heard or the centre kept it; who was not heard of yet is not shown. A stretch of
which nothing is held is told as such: it is not one in which nobody was on the streets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from console.app import Core
from console.base.errors import Gone, SignedOut, Unreachable
from console.domain.datum import Floats
from console.domain.query import parse_query
from console.domain.rows import NO_EXERCISE, SHAPES, Row
from console.domain.track import Stretch, Tracks
from console.maps.mercator import world
from ui.models.maplayers import EXERCISE, marks_of, placed
from ui.models.mapmarks import Marks, Moving, Shown
from ui.models.mapsheet import Layer

DAY_MS = 86_400_000
TAIL_MS = 10 * 60_000
"""So much of the way behind it is drawn to each unit."""
ROLE, SHAPE = "text.second", "disc"
"""Whether a unit was free or busy then nobody knows any more."""
Instants = NDArray[np.int64]
_CAME, _STATE, _LAST, _TITLE, _EXERCISE = (
    SHAPES["incident"].index(name)
    for name in ("reported_at", "state", "updated_at", "title", "exercise")
)


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """When each incident came (ms UTC), and when it ended (0: it is open); where units were.

    ``marks``: the incidents of each layer, those that have ended since too. ``silent``: of which
    stretches nothing is held of units. ``only``: the units that are shown; None: all.
    """

    ids: tuple[str, ...]
    came: Instants
    ended: Instants
    marks: Mapping[str, Marks]
    tracks: Tracks | None = None
    x: Floats | None = None
    y: Floats | None = None
    silent: tuple[Stretch, ...] = ()
    only: frozenset[str] | None = None

    def knows(self, then: int) -> bool:
        """Tell whether anything is held of where units were at an instant."""
        return not any(begin < then < end for begin, end in self.silent)

    def at(self, now: Shown, then: int) -> Shown:
        """Give what was shown at an instant: the incidents that stood open, the units."""
        open_then = (self.came <= then) & ((self.ended == 0) | (self.ended > then))
        standing = {i for i, stood in zip(self.ids, open_then.tolist(), strict=True) if stood}
        marks = tuple(self._stood(m, standing) for m in now.marks)
        heat = self._stood(now.heat, standing) if now.heat is not None else None
        units = self._units(now, then)
        counts = {**now.counts, "units": len(units)}
        counts |= {m.layer: len(m) for m in marks if m.kind == "incident"}
        return replace(
            now, marks=marks, heat=heat, units=units, tails=self._tails(then), counts=counts
        )

    def _stood(self, marks: Marks, standing: set[str]) -> Marks:
        held = self.marks.get(marks.layer)
        return _only(held, standing) if held is not None else marks

    def _shows(self, unit: str) -> bool:
        return self.only is None or unit in self.only

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
            if n >= 0 and self._shows(unit)
        )  # fmt: skip

    def _tails(self, then: int) -> tuple[Floats, ...]:
        """Give the way behind each unit that moved in the last minutes."""
        tracks = self.tracks
        if tracks is None or self.x is None or self.y is None:
            return ()
        recent = (tracks.at <= then) & (tracks.at > then - TAIL_MS)
        found: list[Floats] = []
        ends = zip(tracks.units, tracks.first[:-1].tolist(), tracks.first[1:].tolist(), strict=True)
        for unit, begin, end in ends:
            near = np.nonzero(recent[begin:end])[0] + begin
            if len(near) > 1 and self._shows(unit):
                found.append(np.column_stack([self.x[near], self.y[near]]))
        return tuple(found)


def fetch(core: Core, stretch: Stretch) -> bool:
    """Fetch where units were, on a caller, where it is not held; tell if the centre was there."""
    try:
        core.gauges.fetch_tracks(*stretch)
    except (Gone, SignedOut, Unreachable):
        return False
    return True


def past_of(
    core: Core, layers: Iterable[Layer], since: int, until: int, exercise: str = ""
) -> Past:  # fmt: skip
    """Read the incidents and the units of a stretch of time; may be asked on any thread.

    ``exercise``: the id of the one whose incidents alone are shown, and the units sent to them.
    """
    rows: dict[str, Row] = {}
    marks: dict[str, Marks] = {}
    for layer in layers:
        if layer.kind == "incident":
            held = _stood(core, layer.where, (since, until), exercise)
            there = placed(layer, held)
            marks[layer.id] = replace(
                marks_of(layer, held), names=[str(row[_TITLE]) for row in there],
                badge=np.array([EXERCISE * _of_exercise(row) for row in there], np.uint8),
            )  # fmt: skip
            rows |= held
    tracks = core.gauges.tracks(since, until=until)
    x, y = world(tracks.points) if tracks is not None else (None, None)
    silent = tracks.silent(since, until) if tracks is not None else ((since, until),)
    return Past(
        tuple(rows),
        np.array([row[_CAME] for row in rows.values()], np.int64),
        np.array([_ended(core, row) for row in rows.values()], np.int64),
        marks, tracks, x, y, silent, _sent(core, rows) if exercise else None,
    )  # fmt: skip


def _stood(core: Core, where: str, stretch: Stretch, exercise: str) -> dict[str, Row]:
    """Give the incidents that stood open within a stretch."""
    since, until = stretch
    opened = core.machines["incident"].opened
    line = f"{where} exercise:{exercise}" if exercise else where
    return {
        str(row[0]): row
        for row in core.find(parse_query("incident", line.strip()))
        if (row[_STATE] in opened or row[_LAST] > since) and row[_CAME] <= until
    }


def _of_exercise(row: Row) -> bool:
    return row[_EXERCISE] not in ("", NO_EXERCISE)


def _ended(core: Core, row: Row) -> int:
    """Give when an incident was closed, as its timeline here says; else when it last changed."""
    opened = core.machines["incident"].opened
    if row[_STATE] in opened:
        return 0
    ended = 0
    for step in core.history("incident", str(row[0])):
        if step.kind == "incident" and step.state:
            ended = 0 if step.state in opened else ended or step.at
    return ended or int(row[_LAST])


def _sent(core: Core, incidents: Iterable[str]) -> frozenset[str]:
    """Give the units that were sent to some incidents."""
    ids = ",".join(incidents)
    unit = SHAPES["task"].index("unit")
    tasks = core.find(parse_query("task", f"incident:{ids}")) if ids else []
    return frozenset(str(row[unit]) for row in tasks if row[unit])


def _only(marks: Marks, ids: set[str]) -> Marks:
    keep = np.array([i in ids for i in marks.ids], bool)
    return replace(
        marks, ids=[i for i, k in zip(marks.ids, keep.tolist(), strict=True) if k],
        x=marks.x[keep], y=marks.y[keep], look=marks.look[keep],
        badge=marks.badge[keep] if marks.badge is not None else None,
        names=[n for n, k in zip(marks.names, keep.tolist(), strict=True) if k],
    )  # fmt: skip

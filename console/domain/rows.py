"""The few facts of each kind that lists show and queries ask for, as flat rows.

A row is a plain tuple in the order of its Shape; the store keeps it as columns, the screen's
tables hold it as it is. The last three tell how it stands with the centre.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.deadline import Deadline
from console.domain.record import (
    KINDS,
    SHARED,
    Camera,
    Correction,
    Duty,
    Exercise,
    Forewarning,
    Incident,
    Instruction,
    Record,
    Report,
    SceneOrder,
    Seat,
    SharedLayout,
    Shelf,
    Showing,
    StartedPlan,
    Task,
    Unit,
)

Row = tuple[Any, ...]
STANDING = ("pending", "refused", "conflict")
"""How many acts wait on the record, were refused, or are in conflict."""


NO_EXERCISE = "-"
"""What stands in the column of the exercise that a record is of, when it is a real one."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of one kind's rows, with the SQL type of each."""

    kind: str
    types: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.types)

    def index(self, name: str) -> int:
        return self.names.index(name)


T, N, F = "TEXT", "INTEGER", "REAL"
_BASE = {"id": T, "version": N}
_LAST = {"updated_at": N, "pending": N, "refused": N, "conflict": N}
_CLOCK = {"due": N, "soon": N, "clock": T, "paused": N}

SHAPES: Mapping[str, Shape] = {
    s.kind: s
    for s in (
        Shape("incident", _BASE | {
            "no": T, "title": T, "scene": T, "type": T, "level": T, "urgency": T, "source": T,
            "state": T, "district": T, "street": T, "address": T, "lead": T, "assists": T,
            "handler": T, "watchers": T, "reported_at": N, **_CLOCK, "urged": N, "supervised": N,
            "parent": T, "asked": T, "lon": F, "lat": F, "handle_kept": T, "took": N,
            "advised": T, "units_advised": T, "exercise": T,
        } | _LAST),
        Shape("report", _BASE | {
            "incident": T, "source": T, "number": T, "type": T, "state": T, "district": T,
            "street": T, "at": N, "contacted": T, "solved": T, "satisfied": T, "exercise": T,
        } | _LAST),
        Shape("task", _BASE | {
            "incident": T, "dept": T, "unit": T, "part": T, "state": T, "district": T, "street": T,
            "issued_at": N, **_CLOCK, "urged": N, "sign_kept": T, "handle_kept": T, "took": N,
            "plan": T, "step": N, "exercise": T,
        } | _LAST),
        Shape("plan", _BASE | {
            "incident": T, "plan": T, "scene": T, "level": T, "rule": T, "started_by": T,
            "state": T, "district": T, "street": T, "started_at": N, "exercise": T,
        } | _LAST),
        Shape("unit", _BASE | {
            "call_sign": T, "name": T, "dept": T, "type": T, "state": T, "district": T, "street": T,
            "people": N, "lon": F, "lat": F,
        } | _LAST),
        Shape("camera", _BASE | {
            "code": T, "name": T, "type": T, "owner": T, "state": T, "district": T, "street": T,
            "lon": F, "lat": F, "height": F, "bearing": F, "fov": F, "ptz": N, "main": T, "sub": T,
        } | _LAST),
        Shape("duty", _BASE | {
            "shift": T, "post": T, "person": T, "seat": T, "state": T, "district": T, "street": T,
            "starts_at": N, "ends_at": N,
        } | _LAST),
        Shape("seat", _BASE | {
            "name": T, "place": T, "person": T, "state": T, "district": T, "street": T, "since": N,
        } | _LAST),
        Shape("scene", _BASE | {
            "order": T, "ordered_by": T, "state": T, "district": T, "street": T, "ordered_at": N,
        } | _LAST),
        Shape("term", _BASE | {
            "of": T, "code": T, "name": T, "name_en": T, "under": T, "state": T,
        } | _LAST),
        Shape("instruction", _BASE | {
            "no": T, "words": T, "about": T, "leader": T, "dept": T, "incident": T, "task": T,
            "state": T, "district": T, "street": T, "issued_at": N, **_CLOCK, "urged": N,
            "escalated": N, "sign_kept": T, "feedback_kept": T, "exercise": T,
        } | _LAST),
        Shape("shelf", _BASE | {
            "indicator": T, "source": T, "until": N, "reason": T, "by": T, "state": T,
            "district": T, "street": T,
        } | _LAST),
        Shape("warning", _BASE | {
            "event": T, "level": T, "standing": T, "state": T, "headline": T, "area": T,
            "sender": T, "sender_name": T, "source": T, "sent_at": N, "effective_at": N,
            "onset_at": N, "expires_at": N,
        } | _LAST),
        Shape("showing", _BASE | {
            "wall": T, "camera": T, "layout": T, "incident": T, "tile": N, "by": T, "state": T,
            "asked_at": N, "reason": T,
        } | _LAST),
        Shape("layout", _BASE | {
            "number": N, "name": T, "by": T, "state": T, "content": T,
        } | _LAST),
        Shape("exercise", _BASE | {
            "name": T, "by": T, "state": T, "district": T, "street": T, "started_at": N,
            "ended_at": N,
        } | _LAST),
        Shape("correction", _BASE | {
            "said": T, "name": T, "place": T, "lon": F, "lat": F, "offered": T, "incident": T,
            "by": T, "at": N, "state": T, "district": T, "street": T,
        } | _LAST),
    )
}  # fmt: skip
"""The shape of every kind's rows. Level is I, II, III, IV or routine."""

INDEXED: Mapping[str, tuple[str, ...]] = {
    "incident": ("state", "due", "reported_at", "handler", "parent", "no", "updated_at"),
    "report": ("incident", "number"),
    "task": ("incident", "unit", "dept", "plan"),
    "plan": ("incident", "scene", "state"),
    "unit": ("dept", "state"),
    "camera": ("state", "code"),
    "duty": ("state",),
    "seat": ("state",),
    "scene": ("state",),
    "term": ("of",),
    "instruction": ("state", "task"),
    "shelf": ("state",),
    "warning": ("state", "expires_at"),
    "correction": ("state",),
    "showing": ("state", "asked_at"),
    "layout": ("number",),
    "exercise": ("state", "started_at"),
}
"""The columns that the store keeps in order for each kind."""


def running(record: Record) -> tuple[int, int, str, int]:
    """Give (due, soon, name, paused) of the clock that runs out first; zeros when none runs."""
    held: dict[str, Deadline] = getattr(record, "deadlines", {})
    open_ones = [(d.due, d.soon, name, d.paused) for name, d in held.items() if not d.stopped]
    return min(open_ones, default=(0, 0, "", 0))


def kept(record: Record, clock: str) -> str:
    """Tell whether a clock that has ended was kept: met or missed; "" while it runs, or none."""
    held: dict[str, Deadline] = getattr(record, "deadlines", {})
    found = held.get(clock)
    if found is None or not found.stopped:
        return ""
    return "met" if (found.paused or found.stopped) <= found.due else "missed"


def took(record: Record, clock: str = "handle") -> int:
    """Give how long a clock ran until it ended, in ms of all time; 0 while it runs, or none."""
    held: dict[str, Deadline] = getattr(record, "deadlines", {})
    found = held.get(clock)
    return max(1, found.stopped - found.started) if found and found.stopped else 0


def split(scope: str) -> tuple[str, str]:
    """Give district and street of a scope; both empty for the city's own and shared records."""
    district, _, street = scope.partition(".")
    return ("", "") if scope == SHARED else (district, street)


def joined(names: tuple[str, ...] | list[str]) -> str:
    """Give names as one searchable text: " a b "."""
    return f" {' '.join(names)} " if names else ""


def row_of(record: Record) -> Row:
    """Give a record's row, without the last three columns (the store knows those)."""
    return _ROWS[record.kind](record)


def _incident(r: Incident) -> Row:
    return (
        r.id, r.version, r.no, r.title, r.scene, r.type, r.level, r.urgency, r.source, r.state,
        *split(r.scope), r.address, r.lead, joined(r.assists), r.handler, joined(r.watchers),
        r.reported_at, *running(r), r.urged, r.supervised, r.parent, joined(tuple(r.asked)),
        r.lon, r.lat, kept(r, "handle"), took(r), r.advised, r.units_advised,
        r.exercise or NO_EXERCISE, r.updated_at,
    )  # fmt: skip


def _report(r: Report) -> Row:
    return (
        r.id, r.version, r.incident, r.source, r.number, r.type, r.state, *split(r.scope), r.at,
        r.contacted, r.solved, r.satisfied, r.exercise or NO_EXERCISE, r.updated_at,
    )  # fmt: skip


def _task(r: Task) -> Row:
    return (
        r.id, r.version, r.incident, r.dept, r.unit, r.part, r.state, *split(r.scope),
        r.issued_at, *running(r), r.urged, kept(r, "sign"), kept(r, "handle"), took(r),
        r.plan, r.step, r.exercise or NO_EXERCISE, r.updated_at,
    )  # fmt: skip


def _plan(r: StartedPlan) -> Row:
    return (
        r.id, r.version, r.incident, r.plan, r.scene, r.level, r.rule, r.started_by, r.state,
        *split(r.scope), r.started_at, r.exercise or NO_EXERCISE, r.updated_at,
    )  # fmt: skip


def _scene(r: SceneOrder) -> Row:
    return (
        r.id, r.version, r.order, r.ordered_by, r.state, *split(r.scope), r.ordered_at,
        r.updated_at,
    )  # fmt: skip


def _unit(r: Unit) -> Row:
    return (
        r.id, r.version, r.call_sign, r.name, r.dept, r.type, r.state, *split(r.scope), r.people,
        r.lon, r.lat, r.updated_at,
    )  # fmt: skip


def _camera(r: Camera) -> Row:
    return (
        r.id, r.version, r.code, r.name, r.type, r.owner, r.state, *split(r.scope), r.lon, r.lat,
        r.height, r.bearing, r.fov, int(r.ptz), r.main, r.sub, r.updated_at,
    )  # fmt: skip


def _duty(r: Duty) -> Row:
    return (
        r.id, r.version, r.shift, r.post, r.person, r.seat, r.state, *split(r.scope), r.starts_at,
        r.ends_at, r.updated_at,
    )  # fmt: skip


def _seat(r: Seat) -> Row:
    return (
        r.id, r.version, r.name, r.place, r.person, r.state, *split(r.scope), r.since,
        r.updated_at,
    )  # fmt: skip


def _term(r: Any) -> Row:
    return (r.id, r.version, r.of, r.code, r.name, r.name_en, r.under, r.state, r.updated_at)


def _instruction(r: Instruction) -> Row:
    return (
        r.id, r.version, r.no, r.words, r.about, r.leader, r.dept, r.incident, r.task, r.state,
        *split(r.scope), r.issued_at, *running(r), r.urged, r.escalated_at, kept(r, "sign"),
        kept(r, "feedback"), r.exercise or NO_EXERCISE, r.updated_at,
    )  # fmt: skip


def _shelf(r: Shelf) -> Row:
    return (
        r.id, r.version, r.indicator, r.source, r.until, r.reason, r.by, r.state, *split(r.scope),
        r.updated_at,
    )  # fmt: skip


def _warning(r: Forewarning) -> Row:
    return (
        r.id, r.version, r.event, r.level, r.standing, r.state, r.headline, r.area, r.sender,
        r.sender_name, r.source, r.sent_at, r.effective_at, r.onset_at, r.expires_at, r.updated_at,
    )  # fmt: skip


def _showing(r: Showing) -> Row:
    return (
        r.id, r.version, r.wall, r.camera, r.layout, r.incident, r.tile, r.by, r.state, r.asked_at,
        r.reason, r.updated_at,
    )  # fmt: skip


def _layout(r: SharedLayout) -> Row:
    return (r.id, r.version, r.number, r.name, r.by, r.state, r.content, r.updated_at)


def _exercise(r: Exercise) -> Row:
    return (
        r.id, r.version, r.name, r.by, r.state, *split(r.scope), r.started_at, r.ended_at,
        r.updated_at,
    )  # fmt: skip


def _correction(r: Correction) -> Row:
    return (
        r.id, r.version, r.said, r.name, r.place, r.lon, r.lat, r.offered, r.incident, r.by, r.at,
        r.state, *split(r.scope), r.updated_at,
    )  # fmt: skip


_ROWS: dict[str, Callable[[Any], Row]] = {
    "incident": _incident, "report": _report, "task": _task, "unit": _unit, "camera": _camera,
    "duty": _duty, "seat": _seat, "plan": _plan, "scene": _scene, "term": _term,
    "instruction": _instruction, "shelf": _shelf, "warning": _warning,
    "correction": _correction, "showing": _showing, "layout": _layout,
    "exercise": _exercise,
}  # fmt: skip
assert _ROWS.keys() == SHAPES.keys() == KINDS.keys()  # noqa: S101 - a new kind needs all three

"""What the console knows about: frozen records, one class a kind. The class is the schema.

Instants are milliseconds since 1970 UTC (0: not set). Coordinates are CGCS2000 degrees.
"""

from typing import Any, ClassVar

from msgspec import Struct

from console.domain.deadline import Deadline
from console.domain.exercise import Exercise
from console.domain.root import Asked, Note, Record
from console.domain.showing import SharedLayout, Showing

SHARED = "*"
"""The scope of records that everybody may see: terms, units' names, duty."""
HIDDEN = "-"
"""The scope of records that nobody is shown any more: every seat lets go of them."""


class Incident(Record, frozen=True, kw_only=True, omit_defaults=True):
    """事件: one thing to be dealt with and closed."""

    kind: ClassVar[str] = "incident"
    no: str = ""
    title: str = ""
    detail: str = ""
    scene: str = ""
    type: str = ""
    condition: str = ""
    catalog: str = ""
    matter: str = ""
    component: str = ""
    level: str = "routine"
    urgency: str = "normal"
    source: str = ""
    occurred_at: int = 0
    reported_at: int = 0
    address: str = ""
    address_raw: str = ""
    lon: float = 0.0
    lat: float = 0.0
    crs: str = "CGCS2000"
    accuracy_m: float = 0.0
    community: str = ""
    grid: str = ""
    lead: str = ""
    assists: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    handler: str = ""
    watchers: tuple[str, ...] = ()
    parent: str = ""
    deadlines: dict[str, Deadline] = {}
    asked: dict[str, Asked] = {}
    urged: int = 0
    urged_at: int = 0
    supervised: int = 0
    supervised_by: str = ""
    extended: int = 0
    escalated: int = 0
    returned: int = 0
    reworked: int = 0
    suspended_until: int = 0
    resume_when: str = ""
    transferred_to: str = ""
    result: str = ""
    satisfied: str = ""
    reported_to: str = ""
    casualties: str = ""
    loss_wan: float = 0.0
    sensitive: bool = False
    confidential: bool = False
    exercise: str = ""
    extra: dict[str, str] = {}
    advised: str = ""
    units_advised: str = ""
    notes: tuple[Note, ...] = ()


class Report(Record, frozen=True, kw_only=True, omit_defaults=True):
    """诉求/来电/报警: one person's words; many belong to one incident."""

    kind: ClassVar[str] = "report"
    incident: str = ""
    source: str = ""
    number: str = ""
    purpose: str = ""
    caller: str = ""
    phone: str = ""
    words: str = ""
    address: str = ""
    type: str = ""
    lon: float = 0.0
    lat: float = 0.0
    crs: str = "CGCS2000"
    at: int = 0
    revealed: int = 0
    contacted: str = ""
    solved: str = ""
    satisfied: str = ""
    called_back_at: int = 0
    exercise: str = ""
    notes: tuple[Note, ...] = ()


class Task(Record, frozen=True, kw_only=True, omit_defaults=True):
    """派单: one department's or unit's share of an incident, or its step of a plan."""

    kind: ClassVar[str] = "task"
    incident: str = ""
    dept: str = ""
    unit: str = ""
    part: str = "lead"
    order: str = ""
    plan: str = ""
    step: int = 0
    deadlines: dict[str, Deadline] = {}
    asked: dict[str, Asked] = {}
    issued_at: int = 0
    signed_at: int = 0
    arrived_at: int = 0
    urged: int = 0
    urged_at: int = 0
    chased: int = 0
    extended: int = 0
    returned: int = 0
    basis: str = ""
    result: str = ""
    exercise: str = ""
    notes: tuple[Note, ...] = ()


class StartedPlan(Record, frozen=True, kw_only=True, omit_defaults=True):
    """预案: a plan at work on an incident; its steps are the tasks that name it.

    ``plan``: its id in the scene's file; a task's ``step``: the place there, from 1. ``rule``: the
    linkage that started it. ``radius_m``, ``most``: cameras around ``lon``, ``lat`` for the wall.
    """

    kind: ClassVar[str] = "plan"
    incident: str = ""
    plan: str = ""
    scene: str = ""
    level: str = ""
    depts: tuple[str, ...] = ()
    rule: str = ""
    started_by: str = ""
    started_at: int = 0
    lon: float = 0.0
    lat: float = 0.0
    radius_m: int = 0
    most: int = 0
    result: str = ""
    exercise: str = ""
    notes: tuple[Note, ...] = ()


class Unit(Record, frozen=True, kw_only=True, omit_defaults=True):
    """力量: a team, vehicle or person that can be sent. Busy is worked out from its tasks."""

    kind: ClassVar[str] = "unit"
    call_sign: str = ""
    name: str = ""
    dept: str = ""
    type: str = ""
    phone: str = ""
    people: int = 0
    lon: float = 0.0
    lat: float = 0.0
    crs: str = "CGCS2000"
    reason: str = ""


class Camera(Record, frozen=True, kw_only=True, omit_defaults=True):
    """摄像机: one eye of the city. ``main`` and ``sub`` are addresses without user and password.

    ``code``: GB/T 28181, 20 digits. ``bearing``: degrees from north; ``fov``: how wide it sees, in
    degrees, 0 where that and the bearing are not known. ``height``: metres above the ground.
    ``type``: fixed, dome, high (a wide view from a height), gate or indoor.
    """

    kind: ClassVar[str] = "camera"
    code: str = ""
    name: str = ""
    type: str = ""
    owner: str = ""
    lon: float = 0.0
    lat: float = 0.0
    crs: str = "CGCS2000"
    height: float = 0.0
    bearing: float = 0.0
    fov: float = 0.0
    ptz: bool = False
    main: str = ""
    sub: str = ""
    reason: str = ""


class Duty(Record, frozen=True, kw_only=True, omit_defaults=True):
    """班次: one person's turn at a post."""

    kind: ClassVar[str] = "duty"
    shift: str = ""
    post: str = ""
    person: str = ""
    seat: str = ""
    starts_at: int = 0
    ends_at: int = 0
    handed_to: str = ""
    handover: str = ""
    notes: tuple[Note, ...] = ()


class Seat(Record, frozen=True, kw_only=True, omit_defaults=True):
    """席位: one work place in a control room."""

    kind: ClassVar[str] = "seat"
    name: str = ""
    place: str = ""
    person: str = ""
    since: int = 0


class SceneOrder(Record, frozen=True, kw_only=True, omit_defaults=True):
    """平急转换: whether a scene that is sealed by its file has been opened, by whose order.

    Its id is the scene's. ``purged_at``: personal data of the scene is gone as of then.
    """

    kind: ClassVar[str] = "scene"
    order: str = ""
    reason: str = ""
    ordered_by: str = ""
    ordered_at: int = 0
    purged_at: int = 0
    notes: tuple[Note, ...] = ()


class Term(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a code stands for, where the city's files do not say it: it came with its data."""

    kind: ClassVar[str] = "term"
    of: str = ""
    code: str = ""
    name: str = ""
    name_en: str = ""
    under: str = ""


class Instruction(Record, frozen=True, kw_only=True, omit_defaults=True):
    """批示: what a leader has asked of a department; ``entered_by`` is whose hand wrote it down.

    ``about``: a number, district or topic; ``incident`` and ``task``: the work that answers it.
    """

    kind: ClassVar[str] = "instruction"
    no: str = ""
    words: str = ""
    leader: str = ""
    entered_by: str = ""
    about: str = ""
    dept: str = ""
    incident: str = ""
    task: str = ""
    deadlines: dict[str, Deadline] = {}
    issued_at: int = 0
    signed_at: int = 0
    urged: int = 0
    urged_at: int = 0
    escalated_at: int = 0
    feedback: str = ""
    verdict: str = ""
    exercise: str = ""
    notes: tuple[Note, ...] = ()


class Shelf(Record, frozen=True, kw_only=True, omit_defaults=True):
    """搁置: an alarm that a person has put aside until an instant, with the reason."""

    kind: ClassVar[str] = "shelf"
    indicator: str = ""
    source: str = ""
    until: int = 0
    reason: str = ""
    by: str = ""
    notes: tuple[Note, ...] = ()


class Forewarning(Record, frozen=True, kw_only=True, omit_defaults=True):
    """预警: that a hazard may come, as its last message says; see console.domain.warning."""

    kind: ClassVar[str] = "warning"
    identifier: str = ""
    sender: str = ""
    sender_name: str = ""
    source: str = ""
    standing: str = "actual"
    sent_at: int = 0
    references: tuple[str, ...] = ()
    event: str = ""
    event_code: str = ""
    category: str = ""
    level: str = ""
    urgency: str = ""
    certainty: str = ""
    effective_at: int = 0
    onset_at: int = 0
    expires_at: int = 0
    headline: str = ""
    words: str = ""
    instruction: str = ""
    language: str = ""
    area: str = ""
    polygons: tuple[tuple[tuple[float, float], ...], ...] = ()
    circles: tuple[tuple[float, float, float], ...] = ()
    geocodes: tuple[str, ...] = ()
    crs: str = "CGCS2000"
    notes: tuple[Note, ...] = ()


class Correction(Record, frozen=True, kw_only=True, omit_defaults=True):
    """更正: a place that a person chose for words; ``offered``: what had been offered first.

    ``place``: the code of what was chosen; ``decided_by``: of its data owners, who took it or not.
    """

    kind: ClassVar[str] = "correction"
    incident: str = ""
    said: str = ""
    name: str = ""
    place: str = ""
    lon: float = 0.0
    lat: float = 0.0
    offered: str = ""
    reason: str = ""
    by: str = ""
    at: int = 0
    decided_by: str = ""
    decided_at: int = 0
    notes: tuple[Note, ...] = ()


KINDS: dict[str, type[Record]] = {
    c.kind: c
    for c in (
        Incident, Report, Task, StartedPlan, Unit, Camera, Duty, Seat, SceneOrder, Term,
        Instruction, Shelf, Forewarning, Correction, Showing, SharedLayout, Exercise,
    )
}  # fmt: skip
"""Every kind of record, by its name."""


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One verb on one record, as it travels. ``base``: the version its author saw."""

    kind: str
    record: str
    verb: str
    args: dict[str, Any] = {}
    base: int = 0


class Act(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Steps of one person that belong together: judged together, all or none.

    ``id`` (UUIDv7, made at the seat) is the idempotency key end to end; ``at`` is the centre's
    time as the seat estimated it, within ``unsure_ms``; ``device_at`` the seat's own wall clock.
    ``was`` is what the seat was told before, when it sends an act again to another incarnation.
    """

    id: str
    steps: tuple[Step, ...]
    by: str
    seat: str = ""
    line: str = ""
    at: int = 0
    device_at: int = 0
    unsure_ms: int = 0
    boot: str = ""
    clock_trouble: str = ""
    was: str = ""

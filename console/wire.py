"""What travels between a console and a centre: both ends use these, and nothing else.

Protocol CDS/1. JSON in UTF-8; instants in ms UTC; cursors are opaque to consoles. Bodies of
records travel as raw JSON and are passed on unchanged, unknown fields included. ``epoch`` names
one incarnation of a centre's log; ``holder`` and the fence (high bits of ``version``) are there
for relays in the districts.
"""

from typing import Any
from zlib import crc32

import msgspec
from msgspec import Raw, Struct

from console.domain.access import Access
from console.domain.reading import Reading, Unread
from console.domain.record import KINDS, Act, Record

PROTOCOL = "1.0"
SCHEMA = 1
PAGE = 1000
"""The most steps in one page of the feed."""
LIVE = 25
"""The most steps in a page of the stream, few enough that a seat's own step need not wait long:
a page is absorbed in one transaction."""
BATCH = 100
"""The most acts in one request."""
BODY_BYTES = 256 * 1024
"""The largest request body that a centre reads."""
FENCE_BITS = 40
"""A version is ``fence << FENCE_BITS | n``."""
HEAD_TIME, HEAD_EPOCH, HEAD_DURABLE = "X-Server-Time", "X-Epoch", "X-Durable"
APPLIED, REFUSED, CONFLICT, HELD = "applied", "refused", "conflict", "held"


class SignIn(Struct, kw_only=True):
    """POST /auth/v1/sign-in."""

    user: str
    password: str
    seat: str = ""
    device: str = ""


class Renew(Struct, kw_only=True):
    """POST /auth/v1/renew: a refresh token is good once."""

    refresh: str
    device: str = ""


class Session(Struct, kw_only=True):
    """What sign-in answers. ``expires_at`` of the access token; ``refresh_until`` of the other."""

    access_token: str
    refresh_token: str
    expires_at: int
    refresh_until: int
    person: Access
    time: int


class Hello(Struct, kw_only=True, omit_defaults=True):
    """GET /sync/v1/hello."""

    node: str
    epoch: str
    head: int
    time: int
    protocol: str = PROTOCOL
    schema: int = SCHEMA
    city: str = ""
    city_name: str = ""
    holder: str = ""
    demo: bool = False
    upstream: str = ""


class Put(Struct, kw_only=True):
    """A record as the centre has it. ``body`` is the record's JSON, unchanged."""

    kind: str
    id: str
    version: int
    body: Raw


class Leave(Struct, kw_only=True):
    """A record that this seat may no longer see: it is erased from the cache."""

    kind: str
    id: str


class Entry(Struct, kw_only=True, omit_defaults=True):
    """One step as it took effect: a line of a record's timeline.

    ``n`` numbers the entries of a record without holes; ``incident`` ties tasks and reports to
    their incident's timeline. ``at`` is when it took effect, ``device_at`` the seat's own clock,
    ``trouble`` what was wrong with that clock.
    """

    kind: str
    id: str
    n: int
    verb: str
    by: str
    seat: str = ""
    at: int
    device_at: int = 0
    act: str = ""
    incident: str = ""
    args: dict[str, Any] = {}
    state: str = ""
    trouble: str = ""


class Page(Struct, kw_only=True, omit_defaults=True):
    """GET /sync/v1/changes and the events of /sync/v1/stream.

    ``next`` is the cursor after this page; ``acts`` are the ids of the acts settled in it.
    A page is absorbed whole, with its cursor, in one transaction. ``pos`` is where it ends in the
    log: so a seat can tell which state a digest speaks of. ``readings``, if it is not 0:
    where the readings end, for whoever wants to fetch them.
    """

    next: str
    head: int
    more: bool = False
    puts: list[Put] = []
    leaves: list[Leave] = []
    entries: list[Entry] = []
    acts: list[str] = []
    time: int = 0
    pos: int = 0
    readings: int = 0


class Snapshot(Struct, kw_only=True):
    """The first line of /sync/v1/snapshot (application/x-ndjson); then Put lines; then the end."""

    epoch: str
    next: str
    rows: int
    time: int
    pos: int = 0


class SnapshotEnd(Struct, kw_only=True):
    """The last line of a snapshot: a stream without it is not whole."""

    end: int


class Acts(Struct, kw_only=True):
    """POST /sync/v1/acts: judged in order, each by itself, each all or none."""

    acts: list[Act]


class Verdict(Struct, kw_only=True, omit_defaults=True):
    """What became of one act. ``puts`` are the records as they are after it (or now)."""

    id: str
    verdict: str
    pos: int = 0
    key: str = ""
    args: dict[str, Any] = {}
    puts: list[Put] = []


class Verdicts(Struct, kw_only=True):
    """The answer to Acts, in the same order."""

    verdicts: list[Verdict]
    head: int
    time: int


class History(Struct, kw_only=True):
    """GET /sync/v1/history?kind=&id=: every entry of a record (an incident: with its tasks')."""

    entries: list[Entry]


class Digest(Struct, kw_only=True):
    """GET /sync/v1/digest: per kind, how many records and the sum of their fingerprints."""

    counts: dict[str, int]
    sums: dict[str, int]
    head: int


class ModelFile(Struct, kw_only=True, omit_defaults=True):
    """GET /sync/v1/model: the model of advice that the centre has put in service, part by part.

    ``sha256`` of all its bytes, ``size`` of them; "": the one that ships is in service. ``data``:
    those from ``start`` on, as many as are given at once; none where the seat has it already.
    """

    sha256: str = ""
    size: int = 0
    start: int = 0
    data: bytes = b""


class Problem(Struct, kw_only=True, omit_defaults=True):
    """The body of every answer that is not a success."""

    error: str
    key: str = ""
    args: dict[str, Any] = {}
    retry_ms: int = 0


class PostedReport(Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """POST /intake/v1/reports: one of a department's reports, known by its own ``number``.

    ``incident`` asks for an incident to be opened for it (the usual case); ``district`` and
    ``street`` are codes of the centre's city. ``at`` is an ISO 8601 instant with a zone.
    ``fields``: the facts that its type has beyond those of every incident, by their names.
    """

    source: str
    number: str
    words: str
    at: str
    title: str = ""
    purpose: str = ""
    caller: str = ""
    phone: str = ""
    address: str = ""
    district: str = ""
    street: str = ""
    community: str = ""
    type: str = ""
    scene: str = ""
    level: str = "routine"
    urgency: str = "normal"
    lon: float = 0.0
    lat: float = 0.0
    crs: str = "CGCS2000"
    incident: bool = True
    fields: dict[str, str | int | float | bool] = {}


class Remark(Struct, kw_only=True, omit_defaults=True):
    """Something about a message that is not as its rules ask, though it was taken in."""

    rule: str
    field: str = ""
    line: int = 0
    why: str = ""


class Posted(Struct, kw_only=True, omit_defaults=True):
    """What became of one message: ``new``, ``known`` (same number before), ``wrong`` or ``passed``.

    ``passed``: nothing is to be made of it (a test, a draft). ``report``, ``incident``,
    ``warning``: ids of the records it went into; ``readings``: how many were taken. A wrong one
    is set aside; ``rule`` names what does not hold, ``field`` and ``line`` where.
    """

    number: str
    status: str
    report: str = ""
    incident: str = ""
    warning: str = ""
    readings: int = 0
    rule: str = ""
    field: str = ""
    line: int = 0
    why: str = ""
    remarks: list[Remark] = []


class SetAside(Struct, kw_only=True, omit_defaults=True):
    """GET /intake/v1/aside: a message that could not be taken in, and how its incident stands.

    ``times``: how often the same bytes came; ``size``: of all of them, though only the beginning
    may be kept. ``state`` and ``by``: of the incident that tells of it, and who took it up.
    """

    id: str
    at: int
    door: str
    source: str
    number: str = ""
    field: str = ""
    line: int = 0
    rule: str = ""
    why: str = ""
    times: int = 1
    size: int = 0
    incident: str = ""
    state: str = ""
    by: str = ""


class WrongReading(Struct, kw_only=True, omit_defaults=True):
    """A reading that was not taken: the how-manieth it was, from 0, and why."""

    n: int
    of: str = ""
    source: str = ""
    key: str = ""
    why: str = ""


class Taken(Struct, kw_only=True, omit_defaults=True):
    """What became of readings: so many taken, so many no newer than what is known, the wrong ones.

    Of the wrong ones the first hundred are named; ``refused`` counts them all.
    """

    taken: int = 0
    known: int = 0
    refused: int = 0
    wrong: list[WrongReading] = []


class Readings(Struct, kw_only=True, omit_defaults=True):
    """GET /sync/v1/readings?since=&basis=: last values that changed, each as it is now.

    Each of ``readings`` is a `Sensed` (console.domain.sensed). ``next`` is the ``since`` of the
    next page. ``basis`` names this log and this person's sight: where it is another than the one
    asked with, the page begins anew, and what was held before is to be forgotten.
    """

    next: int
    basis: str
    head: int = 0
    more: bool = False
    readings: list[Raw] = []
    time: int = 0


class Points(Struct, kw_only=True):
    """GET /sync/v1/series?of=&source=&since=: what was measured, (ms UTC, value), oldest first."""

    points: list[tuple[int, float]]


_ENCODE = msgspec.json.Encoder()
_READINGS = msgspec.json.Decoder(list[Reading])
_READING = msgspec.json.Decoder(Reading)
_RAWS = msgspec.json.Decoder(list[Raw])
_DECODE = {kind: msgspec.json.Decoder(record) for kind, record in KINDS.items()}


def pack(thing: Any) -> bytes:
    """Give the JSON of any message or record."""
    return _ENCODE.encode(thing)


def fingerprint(id: str, version: int) -> int:
    """Give the number that a record of this version adds to the sum of a digest."""
    return crc32(f"{id} {version}".encode())


def put_of(record: Record) -> Put:
    """Give a record as it travels."""
    return Put(kind=record.kind, id=record.id, version=record.version, body=Raw(pack(record)))


def record_of(kind: str, body: bytes | Raw) -> Record:
    """Read a record's body; msgspec.ValidationError when it is not one."""
    return _DECODE[kind].decode(body)


def readings_of(body: bytes) -> list[Reading | Unread]:
    """Read posted readings, one or a list; of one that is none, why.

    DecodeError: it is no JSON at all.
    """
    whole = _listed(body)
    try:
        return _READINGS.decode(whole)  # pyright: ignore[reportReturnType] - a list of the one sort
    except msgspec.ValidationError:
        return [_reading_of(raw) for raw in _RAWS.decode(whole)]


def _listed(body: bytes) -> bytes:
    return body if body.lstrip()[:1] == b"[" else b"[" + body + b"]"


def _reading_of(raw: Raw) -> Reading | Unread:
    try:
        return _READING.decode(raw)
    except msgspec.ValidationError as error:
        return Unread(why=str(error))

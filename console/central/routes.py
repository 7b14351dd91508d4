"""What the centre answers to over HTTP: one table of doors, and what is behind each."""

import re
import zlib
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, closing, contextmanager
from itertools import islice

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from console.central import body, seats, stream
from console.central.calls import Call, Route, answer, packed
from console.central.delivering import in_service
from console.central.doors import open311, outward, plain, sensorthings, steer
from console.central.faults import Fault
from console.central.intake.aside import Wrong
from console.central.intake.taking import ROLE, WRONG
from console.central.sensing.keeper import PAGE as READINGS
from console.central.sensing.trails import PAGE as FIXES
from console.central.sight import Sight
from console.central.stream import Patient
from console.domain.reading import Reading
from console.domain.track import Fixes
from console.wire import (
    BATCH,
    BODY_BYTES,
    PAGE,
    Acts,
    Digest,
    Hello,
    History,
    ModelFile,
    Page,
    Points,
    Posted,
    Put,
    Readings,
    Renew,
    Session,
    SignIn,
    Snapshot,
    SnapshotEnd,
    Taken,
    Verdicts,
    WrongReading,
    pack,
    readings_of,
)

READING_BYTES = 8 * BODY_BYTES
MOST_READINGS = 10_000
"""The most readings in one request."""
LONGEST_WAIT_S = 30.0
SNAPSHOTS = 2
"""How many snapshots are read side by side."""
AT_ONCE = 4
"""How many requests with acts one device may have under way."""
_ROWS = 500
_DIGITS = 9
_GZIP = 31
"""What zlib calls its largest window with the head and tail of gzip."""
_PREFER = re.compile(r"\bwait=(\d+(?:\.\d+)?)")
_LINES = msgspec.json.Encoder()


class Done(Struct):
    """Nothing more to say."""


async def sign_in(call: Call) -> Response:
    """Sign in with name and password; tokens are bound to the device."""
    asked: SignIn = await call.read(SignIn)
    device = asked.device or call.device
    begin = call.parts.tokens.begin
    session = await run_in_threadpool(begin, asked.user, asked.password, device)
    await run_in_threadpool(seats.enrol, call.parts.centre, asked.seat)
    return answer(session)


async def renew(call: Call) -> Response:
    """Give a refresh token, which is good once, for new tokens."""
    asked: Renew = await call.read(Renew)
    device = asked.device or call.device
    return answer(await run_in_threadpool(call.parts.tokens.renew, asked.refresh, device))


async def sign_out(call: Call) -> Response:
    """End the session of this token."""
    await run_in_threadpool(call.parts.tokens.end, call.token)
    return answer(Done())


async def hello(call: Call) -> Response:
    """Say who this centre is, and where its log ends."""
    return answer(call.parts.centre.hello())


async def snapshot(call: Call) -> Response:
    """Give every record that this person may see, of one moment, a line each."""
    if len(call.parts.snapshots) >= SNAPSHOTS:
        raise Fault(503, "busy", retry_ms=2_000)
    lines = _lines(call)
    if "gzip" not in call.request.headers.get("accept-encoding", ""):
        return Patient(lines, media_type="application/x-ndjson")
    heads = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Patient(_zipped(lines), media_type="application/x-ndjson", headers=heads)


async def changes(call: Call) -> Response:
    """Give what came after a cursor; wait for it if asked to (wait, or Prefer: wait)."""
    since, sight = await run_in_threadpool(call.place)
    preferred = _PREFER.search(call.request.headers.get("prefer", ""))
    seconds = call.number("wait", float(preferred[1]) if preferred else 0.0)
    limit = int(call.number("limit", PAGE))
    wait = min(seconds, LONGEST_WAIT_S)
    return packed(await stream.poll(call.parts.news, since, sight, limit, wait))


async def follow(call: Call) -> Response:
    """Give what comes after a cursor, as it comes: events page, bookmark and bye."""
    since, sight = await run_in_threadpool(call.place)

    def still() -> Sight:
        return Sight.of(call.parts.tokens.still(call.token))

    events = stream.follow(call.parts.news, since, sight, still)
    return Patient(events, media_type="text/event-stream")


async def history(call: Call) -> Response:
    """Give the whole timeline of a record."""
    kind, id = call.asked("kind"), call.asked("id")  # noqa: A001
    return answer(await run_in_threadpool(call.parts.centre.history, kind, id, call.access))


async def digest(call: Call) -> Response:
    """Give counts and sums, by which a seat checks its cache."""
    return answer(await run_in_threadpool(call.parts.centre.digest, call.access))


async def model(call: Call) -> Response:
    """Give the model of advice in service here, by parts, unless the seat has it (have: sha256).

    start, of: how many bytes the seat has of the model under that sha256.
    """
    said = call.request.query_params
    start = said.get("start", "")
    found = await run_in_threadpool(
        in_service, call.parts.centre.models, said.get("have", ""),
        int(start) if start.isdecimal() and len(start) <= _DIGITS else 0, said.get("of", ""),
    )  # fmt: skip
    return answer(found)


async def acts(call: Call) -> Response:
    """Judge acts of the person signed in, each all or none; sending one again changes nothing."""
    with _turn(call.parts.posting, call.device):
        asked: Acts = await call.read(Acts)
        if len(asked.acts) > BATCH:
            raise Fault(413, "large")
        return answer(await call.parts.group.judge(asked.acts, call.access))


async def take_readings(call: Call) -> Response:
    """Take in what devices measured (or a person gave by hand), one reading or many.

    Each stands for itself: an older one never stands over a newer, and a wrong one is told.
    """
    data = await body.read(call.request, READING_BYTES, call.parts.body_s)
    return answer(await run_in_threadpool(_taken, call, data))


async def readings(call: Call) -> Response:
    """Give the last values that changed after a place; from the beginning on another basis."""
    since, limit = int(call.number("since", 0)), int(call.number("limit", READINGS))
    basis = call.request.query_params.get("basis", "")
    page = call.parts.centre.readings.page
    return answer(await run_in_threadpool(page, since, basis, call.access, limit))


async def series(call: Call) -> Response:
    """Give what one source measured since an instant (ms UTC): the newest points, in order."""
    of, source = call.asked("of"), call.request.query_params.get("source", "")
    history = call.parts.centre.readings.history
    since = int(call.number("since", 0))
    return answer(await run_in_threadpool(history, of, source, since, call.access))


async def tracks(call: Call) -> Response:
    """Give where units were between two instants (ms UTC), a page at most, the oldest first."""
    since, until = int(call.number("since", 0)), int(call.number("until", 0))
    after, limit = int(call.number("after", -1)), int(call.number("limit", FIXES))
    given = call.parts.centre.readings.tracks
    return answer(await run_in_threadpool(given, since, until, after, call.access, limit))


async def healthz(call: Call) -> Response:
    """Say that the centre is at work."""
    return answer(call.parts.centre.hello())


ROUTES: tuple[Route, ...] = (
    Route("POST", "/auth/v1/sign-in", sign_in, (Session,), SignIn, signed=False),
    Route("POST", "/auth/v1/renew", renew, (Session,), Renew, signed=False),
    Route("POST", "/auth/v1/sign-out", sign_out, (Done,), reads=False),
    Route("GET", "/sync/v1/hello", hello, (Hello,), signed=False),
    Route("GET", "/sync/v1/snapshot", snapshot, (Snapshot, Put, SnapshotEnd),
          media="application/x-ndjson"),
    Route("GET", "/sync/v1/changes", changes, (Page,),
          query=("c", "limit:integer?", "wait:number?")),
    Route("GET", "/sync/v1/stream", follow, (Page,), query=("c",), media="text/event-stream"),
    Route("GET", "/sync/v1/history", history, (History,), query=("kind", "id")),
    Route("GET", "/sync/v1/digest", digest, (Digest,)),
    Route("GET", "/sync/v1/model", model, (ModelFile,), query=("have?", "start?", "of?")),
    Route("POST", "/sync/v1/acts", acts, (Verdicts,), Acts, epoch=True),
    Route("POST", "/intake/v1/readings", take_readings, (Taken,), Reading | list[Reading],
          reads=False),
    Route("GET", "/sync/v1/readings", readings, (Readings,),
          query=("since:integer?", "basis?", "limit:integer?")),
    Route("GET", "/sync/v1/series", series, (Points,), query=("of", "source?", "since:integer?")),
    Route("GET", "/sync/v1/tracks", tracks, (Fixes,),
          query=("since:integer", "until:integer", "after:integer?", "limit:integer?")),
    Route("GET", "/healthz", healthz, (Hello,), signed=False),
    *plain.DOORS,
    *outward.DOORS,
    *sensorthings.DOORS,
    *open311.DOORS,
    *steer.DOORS,
)  # fmt: skip
"""Every door. ``signed``: by whoever is signed in; ``reads``: not by a department's account."""


def _taken(call: Call, data: bytes) -> Taken:
    try:
        found = readings_of(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _set_aside(call, data, WrongReading(n=0, key="intake.json", why=str(error)[:200]))
        raise
    if len(found) > MOST_READINGS:
        raise Fault(413, "large")
    told = call.parts.centre.take_readings(found, call.access)
    if told.wrong:
        _set_aside(call, data, told.wrong[0])
    return told


def _set_aside(call: Call, data: bytes, wrong: WrongReading) -> None:
    """Keep what a department sent and nobody could take; people are told at once, by the answer."""
    if ROLE in call.access.roles:
        told = Posted(
            number="", status=WRONG, rule=wrong.key, field=f"[{wrong.n}] {wrong.of}".strip(),
            why=wrong.why,
        )  # fmt: skip
        call.parts.intake.aside.put("readings", call.access.user, [Wrong(data, told)])


async def _lines(call: Call) -> AsyncGenerator[bytes]:
    """Give a snapshot as lines; whatever happens to the reader, its transaction ends."""
    taken = call.parts.snapshots
    taken.append(1)
    try:
        head, puts = await run_in_threadpool(call.parts.centre.snapshot, call.access)
        with closing(puts):
            yield pack(head) + b"\n"
            count = 0
            while some := await run_in_threadpool(lambda: list(islice(puts, _ROWS))):
                count += len(some)
                yield _LINES.encode_lines(some)
            yield pack(SnapshotEnd(end=count)) + b"\n"
    finally:
        taken.pop()


async def _zipped(lines: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """Pack lines as lightly as can be: a line to the centre is slower than that."""
    packer = zlib.compressobj(1, wbits=_GZIP)
    async with aclosing(lines):
        async for some in lines:
            if packed := await run_in_threadpool(packer.compress, some):
                yield packed
    yield packer.flush()


@contextmanager
def _turn(posting: Counter[str], device: str) -> Generator[None]:
    if posting[device] >= AT_ONCE:
        raise Fault(429, "busy", retry_ms=1_000)
    posting[device] += 1
    try:
        yield
    finally:
        posting[device] -= 1
        if not posting[device]:
            del posting[device]

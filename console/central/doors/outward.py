"""What goes out in the field's standards: warnings and incidents as CAP, incidents as EIDO."""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from console.central import feed
from console.central.calls import Call, Route
from console.central.centre import NODE
from console.central.faults import Fault
from console.central.intake import cap_out, eido
from console.central.sight import Sight
from console.domain.access import depts_of, sees
from console.domain.record import Forewarning, Incident, Record
from console.wire import record_of

ROOT = "/intake/v1"
CAP = "application/cap+xml"
ATOM = "application/atom+xml"
EIDO = "application/emergency.eido+json"
MOST = 200


async def cap_feed(call: Call) -> Response:
    """List the warnings that are in force, with the address of each as CAP 1.2."""
    warnings = await run_in_threadpool(_in_force, call)
    root = str(call.request.base_url).rstrip("/") + f"{ROOT}/cap"
    words = cap_out.feed(warnings, root, call.parts.centre.clock.now())
    return Response(words.encode(), media_type=ATOM)


async def cap_warning(call: Call) -> Response:
    """Give a warning as CAP 1.2."""
    held = await run_in_threadpool(_seen, call, Forewarning.kind)
    assert isinstance(held, Forewarning)  # noqa: S101 - by its kind
    return Response(cap_out.of_warning(held).encode(), media_type=CAP)


async def cap_incident(call: Call) -> Response:
    """Give an incident as CAP 1.2, restricted to other centres."""
    held = await run_in_threadpool(_seen, call, Incident.kind)
    assert isinstance(held, Incident)  # noqa: S101 - by its kind
    words = cap_out.of_incident(held, call.parts.centre.place)
    return Response(words.encode(), media_type=CAP)


async def eido_incident(call: Call) -> Response:
    """Give an incident as EIDO 1.0."""
    held = await run_in_threadpool(_seen, call, Incident.kind)
    assert isinstance(held, Incident)  # noqa: S101 - by its kind
    told = eido.written(held, call.parts.centre.place, NODE)
    return Response(msgspec.json.encode(told), media_type=EIDO)


def _seen(call: Call, kind: str) -> Record:
    name = call.request.path_params["id"]
    held = call.parts.centre.get(kind, name)
    if held is None or not sees(call.access, held.scope, depts_of(held)):
        raise Fault(404, "unknown", "refused.unknown", kind=kind, id=name[:64])
    return held


def _in_force(call: Call) -> list[Forewarning]:
    opened = call.parts.centre.judge.machines[Forewarning.kind].opened
    with call.parts.centre.ledger.reading() as line:
        puts = feed.puts_of(line, Sight.of(call.access), Forewarning.kind)
        held = [record_of(put.kind, put.body) for put in puts]
    found = [r for r in held if isinstance(r, Forewarning) and r.state in opened]
    return sorted(found, key=lambda w: -w.updated_at)[:MOST]


DOORS: tuple[Route, ...] = (
    Route("GET", f"{ROOT}/cap/feed", cap_feed, (), media=ATOM, reads=False),
    Route("GET", f"{ROOT}/cap/warning/{{id}}", cap_warning, (), media=CAP, reads=False),
    Route("GET", f"{ROOT}/cap/incident/{{id}}", cap_incident, (), media=CAP),
    Route("GET", f"{ROOT}/eido/{{id}}", eido_incident, (), media=EIDO),
)

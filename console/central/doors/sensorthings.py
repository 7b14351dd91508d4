"""OGC SensorThings 1.1 over HTTP: create entities and observations, read the entities back."""

import re
from typing import Any

import msgspec
from msgspec import Struct
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from console.base.text import TEXTS, text
from console.central import body
from console.central.calls import Call, Route, answer
from console.central.faults import Fault
from console.central.intake.entities import PAGE
from console.central.intake.frame import Unreadable
from console.central.intake.sensorthings import ARRAYS, path_of, told_of
from console.central.intake.taking import ROLE
from console.central.intake.things import Json, shapes
from console.wire import Problem

ROOT = "/sta/v1.1"
MOST_BYTES = 1 << 20
_PATH = re.compile(r"([A-Z][A-Za-z]+)(?:\((\d{1,15})\))?")


class Failure(Struct):
    """What the service says of what it cannot do."""

    code: int
    message: str
    type: str = "error"
    rule: str = ""
    where: str = ""


async def create(call: Call) -> Response:
    """Create an entity with all that is embedded in it, an observation, or data arrays."""
    _source(call)
    data = await body.read(call.request, MOST_BYTES, call.parts.body_s)
    address = call.request.path_params["address"]
    made = await run_in_threadpool(_create, call, address, data)
    paths = [one if one == "error" else f"{_root(call)}/{one}" for one in made]
    if address == ARRAYS:
        return Response(msgspec.json.encode(paths), 201, media_type="application/json")
    said = await run_in_threadpool(_entity, call, made[0]) or {"@iot.selfLink": paths[0]}
    heads = {"Location": paths[0]}
    return Response(msgspec.json.encode(said), 201, heads, "application/json")


async def service(call: Call) -> Response:
    """List the sets of the service."""
    _source(call)
    sets = [{"name": name, "url": f"{_root(call)}/{name}"} for name in shapes().sets]
    return answer({"value": sets})


async def entities(call: Call) -> Response:
    """Give one entity, or a page of a set ($top, $skip); observations are read as series."""
    _source(call)
    address = call.request.path_params["address"]
    found = _PATH.fullmatch(address)
    if found is None or found[1] not in shapes().sets:
        raise Fault(404, "unknown", "sta.address")
    if found[1] == "Observations":
        raise Fault(501, "unknown", "sta.series")
    if found[2]:
        one = await run_in_threadpool(_entity, call, address)
        if one is None:
            raise Fault(404, "unknown", "sta.nowhere", value=found[2])
        return answer(one)
    skip, top = int(call.number("$skip", 0)), int(call.number("$top", PAGE))
    if skip < 0 or top < 0:
        raise Fault(400, "parameter", name="$skip")
    page = call.parts.things.entities.page
    held, count = await run_in_threadpool(page, found[1], call.access.user, skip, top)
    told: Json = {"@iot.count": count, "value": [told_of(each, _root(call)) for each in held]}
    if skip + len(held) < count:
        told["@iot.nextLink"] = f"{_root(call)}/{found[1]}?$skip={skip + len(held)}&$top={top}"
    return answer(told)


async def change(call: Call) -> Response:
    """Say that entities are not changed or deleted: a changed one is sent anew."""
    _source(call)
    raise Fault(501, "unknown", "sta.fixed")


def tells(_request: Request, status: int, problem: Problem) -> Response:
    """Say what went wrong as services of this standard do."""
    args = {k: str(v) for k, v in problem.args.items()}
    why = text(problem.key, **args) if TEXTS.has(problem.key) else problem.error
    said = Failure(status, args.get("why") or why, rule=problem.key, where=args.get("field", ""))
    heads = {"Retry-After": str(-(-problem.retry_ms // 1000))} if problem.retry_ms else None
    return Response(msgspec.json.encode(said), status, heads, "application/json")


def _source(call: Call) -> None:
    if ROLE not in call.access.roles:
        raise Fault(403, "role", "refused.role", kind="report", verb="receive")


def _create(call: Call, address: str, data: bytes) -> list[str]:
    try:
        return call.parts.things.create(address, data, call.access)
    except Unreadable as error:
        found = error.found
        status = 404 if found.rule == "sta.address" else 400
        raise Fault(status, "malformed", found.rule, field=found.where, why=found.why) from None


def _entity(call: Call, path: str) -> Json | None:
    found = _PATH.fullmatch(path)
    if found is None or not found[2]:
        return None
    held = call.parts.things.entities.get(found[1], int(found[2]), call.access.user)
    return told_of(held, _root(call)) if held and path_of(held) == path else None


def _root(call: Call) -> str:
    return str(call.request.base_url).rstrip("/") + ROOT


DOORS: tuple[Route, ...] = (
    Route("GET", ROOT, service, (dict[str, Any],), reads=False, tells=tells),
    Route("GET", f"{ROOT}/{{address:path}}", entities, (dict[str, Any],),
          query=("$top:integer?", "$skip:integer?"), reads=False, tells=tells),
    Route("POST", f"{ROOT}/{{address:path}}", create, (dict[str, Any] | list[str],),
          dict[str, Any] | list[Any], reads=False, made=True, tells=tells),
    *(
        Route(method, f"{ROOT}/{{address:path}}", change, (Failure,), reads=False, tells=tells)
        for method in ("PATCH", "PUT", "DELETE")
    ),
)  # fmt: skip

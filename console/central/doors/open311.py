"""Open311 GeoReport v2 over HTTP, in XML and JSON, with the standard's own errors."""

import io
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

import msgspec
import python_multipart
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from console.base.text import TEXTS, text
from console.central import body
from console.central.calls import Call, Route
from console.central.faults import Fault
from console.central.intake.frame import Unreadable, stamp
from console.central.intake.requests311 import Row, catalogue, report_id
from console.central.intake.taking import ROLE
from console.central.keys import MARK
from console.domain.access import Access
from console.wire import Problem

ROOT = "/open311/v2"
MOST_BYTES = 10 << 20
MOST_FIELDS = 200
UPLOADS, AT_ONCE = "open311", 8
"""Whose turns are counted, and how many forms are read side by side: their key comes last."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NOT_FOUND = frozenset(("open311.service", "open311.jurisdiction", "open311.request"))
ONE = {"services": "service", "service_requests": "request", "errors": "error",
       "attributes": "attribute", "values": "value", "endpoints": "endpoint",
       "formats": "format"}  # fmt: skip
_XML, _JSON = "text/xml; charset=utf-8", "application/json; charset=utf-8"


async def discovery(call: Call) -> Response:
    """Say where the service lies and which forms it speaks."""
    url = str(call.request.base_url).rstrip("/") + ROOT
    formats = ["text/xml", "application/json"]
    spec = "http://wiki.open311.org/GeoReport_v2"
    told = {
        "changeset": stamp(call.parts.centre.clock.now()),
        "endpoints": [{"specification": spec, "url": url, "type": "production",
                       "formats": formats}],
    }  # fmt: skip
    return _rendered(call.request, "discovery", told)


async def services(call: Call) -> Response:
    """List what citizens may ask for."""
    _jurisdiction(call.request.query_params)
    return _rendered(call.request, "services", call.parts.requests.services())


async def definition(call: Call) -> Response:
    """Say what is asked beside for a service."""
    _jurisdiction(call.request.query_params)
    found = call.parts.requests.definition(call.request.path_params["code"])
    if found is None:
        raise Fault(404, "unknown", "open311.service", value=call.request.path_params["code"])
    return _rendered(call.request, "service_definition", found)


async def create(call: Call) -> Response:
    """Take in a request, with a photo (`media`) if there is one."""
    turns = call.parts.posting
    if turns[UPLOADS] >= AT_ONCE:
        raise Fault(503, "busy", retry_ms=1_000)
    turns[UPLOADS] += 1
    try:
        data = await body.read(call.request, MOST_BYTES, call.parts.body_s)
        return await run_in_threadpool(_create, call, data)
    finally:
        turns[UPLOADS] -= 1


async def requests(call: Call) -> Response:
    """Give the requests that this account has sent, and how they stand."""
    return await run_in_threadpool(_requests, call, dict(call.request.query_params))


async def request(call: Call) -> Response:
    """Give one request of this account."""
    asked = {"service_request_id": call.request.path_params["id"]}
    return await run_in_threadpool(_requests, call, asked)


async def token(call: Call) -> Response:
    """Give the id of the request that came with a token: the sender's Idempotency-Key."""
    said, source = call.request.path_params["token"], _source(call.access)
    found = await run_in_threadpool(
        call.parts.requests.all, {"service_request_id": report_id(source, said)}, source
    )
    if not found:
        raise Fault(404, "unknown", "open311.request", value=said[:60])
    told = [{"service_request_id": found[0]["service_request_id"], "token": said}]
    return _rendered(call.request, "service_requests", told)


async def photo(call: Call) -> Response:
    """Give a photo, to whoever sent it and to people who may see its report."""
    name = call.request.path_params["name"]
    found = await run_in_threadpool(call.parts.requests.photo, name, call.access)
    if found is None:
        raise Fault(404, "unknown", "open311.request", value=name[:60])
    return Response(found, media_type="image/jpeg")


def tells(request: Request, status: int, problem: Problem) -> Response:
    """Say what went wrong as the standard does: a list of errors with code and description."""
    args = {k: str(v) for k, v in problem.args.items()}
    why = text(problem.key, **args) if TEXTS.has(problem.key) else problem.error
    field = f"{args['field']}: " if args.get("field") else ""
    code = 403 if status == 401 else status
    told = [{"code": code, "description": f"{field}{args.get('why') or why}"}]
    answer = _rendered(request, "errors", told, code)
    if problem.retry_ms:
        answer.headers["Retry-After"] = str(-(-problem.retry_ms // 1000))
    return answer


# ---- inside


def _create(call: Call, data: bytes) -> Response:
    form, media = _form(call.request.headers.get("content-type", ""), data)
    _jurisdiction(form)
    source = _who(call, form)
    if wait := call.parts.pace.wait_ms(source.user):
        raise Fault(429, "busy", retry_ms=wait)
    key = call.request.headers.get("idempotency-key", "")[:128]
    try:
        made = call.parts.requests.create(form, media, key, source)
    except Unreadable as error:
        raise _fault(error) from None
    return _rendered(call.request, "service_requests", [made], 201)


def _requests(call: Call, asked: Mapping[str, str]) -> Response:
    _jurisdiction(asked)
    source = _source(call.access)
    try:
        found = call.parts.requests.all(asked, source)
    except Unreadable as error:
        raise _fault(error) from None
    wanted = asked.get("service_request_id", "")
    if wanted and not found:
        raise Fault(404, "unknown", "open311.request", value=wanted[:60])
    root = str(call.request.base_url).rstrip("/")
    for row in found:
        row["media_url"] = f"{root}{row['media_url']}" if row["media_url"] else ""
    return _rendered(call.request, "service_requests", found)


def _fault(error: Unreadable) -> Fault:
    found = error.found
    status = 404 if found.rule in NOT_FOUND else 400
    why = found.args.get("why") or found.why
    return Fault(status, "malformed", found.rule, field=found.where, why=why)


def _who(call: Call, form: Mapping[str, str]) -> Access:
    """Find out whose key a form or the header holds; 403 when it is nobody's."""
    scheme, _, said = call.request.headers.get("authorization", "").partition(" ")
    given = form.get("api_key", "") or (said if scheme.lower() == "bearer" else "")
    try:
        if given.startswith(MARK):
            return _source(call.parts.keys.access(given))
        return _source(call.parts.tokens.access(given, call.device))
    except Fault:
        raise Fault(403, "token", "open311.key") from None


def _source(access: Access) -> Access:
    if ROLE not in access.roles:
        raise Fault(403, "role", "open311.key")
    return access


def _jurisdiction(asked: Mapping[str, str]) -> None:
    said = asked.get("jurisdiction_id", "")
    if said and said != catalogue().jurisdiction:
        raise Fault(404, "unknown", "open311.jurisdiction", value=said[:60])


def _form(kind: str, data: bytes) -> tuple[dict[str, str], bytes]:
    """Read a form; give its fields and the bytes of its photo."""
    plain, parted = FORMS
    said = kind.partition(";")[0].strip().lower()
    try:
        if said == plain:
            pairs = parse_qsl(data.decode("utf-8"), errors="strict", max_num_fields=MOST_FIELDS)
            return dict(reversed(pairs)), b""
        if said == parted and _whole(kind, data):
            return _parted(kind, data)
    except (FormParserError, UnicodeDecodeError, ValueError) as error:
        raise Fault(400, "malformed", "open311.form", why=str(error)[:200]) from None
    raise Fault(400, "malformed", "open311.form")


def _whole(kind: str, data: bytes) -> bool:
    """Tell whether a form in parts has its last boundary: half a body is no request."""
    boundary = parse_options_header(kind)[1].get(b"boundary", b"")
    return bool(boundary) and data.rstrip().endswith(b"--" + boundary + b"--")


def _parted(kind: str, data: bytes) -> tuple[dict[str, str], bytes]:
    fields: dict[str, str] = {}
    media: list[bytes] = []

    def field(found: Any) -> None:
        name, value = bytes(found.field_name or b""), bytes(found.value or b"")
        if len(fields) >= MOST_FIELDS:
            raise Fault(400, "malformed", "open311.form")
        fields.setdefault(name.decode("utf-8"), value.decode("utf-8"))

    def file(found: Any) -> None:
        found.file_object.seek(0)
        if found.field_name == b"media":
            media.append(found.file_object.read())
        found.close()

    heads: Any = {"Content-Type": kind.encode(), "Content-Length": str(len(data)).encode()}
    python_multipart.parse_form(heads, io.BytesIO(data), field, file)
    return fields, media[0] if media else b""


def _rendered(request: Request, name: str, told: Any, status: int = 200) -> Response:
    if request.path_params.get("form", "json") == "xml":
        words = f'<?xml version="1.0" encoding="utf-8"?>\n{"".join(_xml(name, told))}'
        return Response(words.encode(), status, None, _XML)
    return Response(msgspec.json.encode(told), status, None, _JSON)


def _xml(name: str, told: Any) -> Iterable[str]:
    yield f"<{name}>"
    rows: Iterable[tuple[str, Any]]
    if isinstance(told, dict):
        row: Row = told  # pyright: ignore[reportUnknownVariableType] - made above
        rows = row.items()
    elif isinstance(told, list):
        each: list[Any] = told  # pyright: ignore[reportUnknownVariableType] - made above
        rows = ((ONE[name], one) for one in each)
    else:
        said = str(told).lower() if isinstance(told, bool) else str(told)
        yield escape("".join(c for c in said if c.isprintable() or c in "\n\t"))
        rows = ()
    for below, value in rows:
        yield from _xml(below, value)
    yield f"</{name}>"


DOORS: tuple[Route, ...] = (
    Route("GET", "/open311/discovery.{form}", discovery, (dict[str, Any],), signed=False,
          tells=tells),
    Route("GET", f"{ROOT}/services.{{form}}", services, (list[dict[str, Any]],),
          query=("jurisdiction_id?",), signed=False, tells=tells),
    Route("GET", f"{ROOT}/services/{{code}}.{{form}}", definition, (dict[str, Any],),
          query=("jurisdiction_id?",), signed=False, tells=tells),
    Route("POST", f"{ROOT}/requests.{{form}}", create, (list[dict[str, Any]],), sends=FORMS,
          signed=False, made=True, tells=tells),
    Route("GET", f"{ROOT}/requests.{{form}}", requests, (list[dict[str, Any]],),
          query=("jurisdiction_id?", "service_request_id?", "service_code?", "start_date?",
                 "end_date?", "status?"), reads=False, tells=tells),
    Route("GET", f"{ROOT}/requests/{{id}}.{{form}}", request, (list[dict[str, Any]],),
          reads=False, tells=tells),
    Route("GET", f"{ROOT}/tokens/{{token}}.{{form}}", token, (list[dict[str, Any]],),
          reads=False, tells=tells),
    Route("GET", f"{ROOT}/media/{{name}}.jpg", photo, (), media="image/jpeg", reads=False,
          tells=tells),
)  # fmt: skip

"""Doors that take a body of one standard and answer what became of each message in it."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from console.base.errors import BadData
from console.central import body
from console.central.calls import Call, Route, answer
from console.central.faults import Fault
from console.central.intake.cap import read_cap
from console.central.intake.cot import read_cot
from console.central.intake.eido import read_eido
from console.central.intake.frame import Reader, Unreadable
from console.central.intake.national import read_national
from console.central.intake.reports import read_reports
from console.central.intake.tabular import reader_of
from console.central.intake.taking import ROLE
from console.central.profile import read_profile
from console.wire import Posted, PostedReport, SetAside

MOST_BYTES = 1 << 20
TABLE_BYTES = 10 << 20
XML = ("application/xml", "text/xml", "application/cap+xml")
LOOKERS = ("duty_lead", "intake", "dispatch", "analysis", "admin")


async def taken(call: Call, door: str, reader: Reader, most: int = MOST_BYTES) -> Response:
    """Read the body by a standard, take in what is right; only a source's account may."""
    if ROLE not in call.access.roles:
        raise Fault(403, "role", "refused.role", kind="report", verb="receive")
    data = await body.read(call.request, most, call.parts.body_s)
    return answer(await run_in_threadpool(_taken, call, door, reader, data))


def _taken(call: Call, door: str, reader: Reader, data: bytes) -> list[Posted]:
    try:
        return call.parts.intake.take(door, reader, data, call.access)
    except Unreadable as error:
        found = error.found
        raise Fault(
            400, "malformed", found.rule, field=found.where, line=found.line, why=found.why
        ) from None


async def reports(call: Call) -> Response:
    """Take in a department's reports, one or many; each number of a source is taken in once."""
    return await taken(call, "reports", read_reports)


async def cap(call: Call) -> Response:
    """Take in warnings in CAP 1.2: an alert, an EDXL-DE that wraps some, a feed that holds some."""
    return await taken(call, "cap", read_cap)


async def national(call: Call) -> Response:
    """Take in warnings of the national system (12379): its XML dialect, or its texts in JSON."""
    return await taken(call, "12379", read_national)


async def eido(call: Call) -> Response:
    """Take in an incident of another centre as EIDO 1.0; newer ones are further reports of it."""
    return await taken(call, "eido", read_eido)


async def cot(call: Call) -> Response:
    """Take in Cursor on Target: positions of units, and their alerts."""
    return await taken(call, "cot", read_cot)


async def table(call: Call) -> Response:
    """Take in a table (CSV, XLSX) of reports, read by a profile."""
    try:
        profile = read_profile(call.asked("profile"))
    except (BadData, OSError):
        name = call.asked("profile")
        raise Fault(404, "unknown", "table.profile", name=name[:60]) from None
    return await taken(call, "table", reader_of(profile), TABLE_BYTES)


async def aside(call: Call) -> Response:
    """Give what could not be taken in, the newest first, and who has taken it up."""
    _looker(call)
    return answer(await run_in_threadpool(call.parts.intake.aside.all))


async def aside_body(call: Call) -> Response:
    """Give one message that could not be taken in, as it came."""
    _looker(call)
    found = await run_in_threadpool(call.parts.intake.aside.body, call.asked("id"))
    if found is None:
        raise Fault(404, "unknown", "refused.unknown", kind="aside", id=call.asked("id")[:64])
    heads = {"Content-Disposition": "attachment"}
    return Response(found, 200, heads, "application/octet-stream")


def _looker(call: Call) -> None:
    if "" not in call.access.scopes or set(LOOKERS).isdisjoint(call.access.roles):
        raise Fault(403, "role", "refused.role", kind="aside", verb="show")


DOORS: tuple[Route, ...] = (
    Route("POST", "/intake/v1/reports", reports, (list[Posted],),
          PostedReport | list[PostedReport], reads=False),
    Route("POST", "/intake/v1/cap", cap, (list[Posted],), sends=XML, reads=False),
    Route("POST", "/intake/v1/12379", national, (list[Posted],),
          sends=(*XML, "application/json"), reads=False),
    Route("POST", "/intake/v1/eido", eido, (list[Posted],),
          sends=("application/json", "application/emergency.eido+json"), reads=False),
    Route("POST", "/intake/v1/cot", cot, (list[Posted],), sends=XML, reads=False),
    Route("POST", "/intake/v1/table", table, (list[Posted],), query=("profile",),
          sends=("text/csv", "application/octet-stream"), reads=False),
    Route("GET", "/intake/v1/aside", aside, (list[SetAside],)),
    Route("GET", "/intake/v1/aside/body", aside_body, (), query=("id",),
          media="application/octet-stream"),
)  # fmt: skip

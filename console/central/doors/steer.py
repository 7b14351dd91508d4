"""Doors by which seats steer cameras, see who does, read the log, and say what they see."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from console.central.calls import Call, Route, answer
from console.domain.health import Seen
from console.domain.steering import Claim, Hold, Steer, Steered
from console.domain.watching import Pass
from console.wire import Taken

SMALL, SEEN = 4_096, 65_536


async def steer(call: Call) -> Response:
    """Steer a camera: a motion goes on for some seconds, so it is said again while it lasts."""
    asked: Steer = await call.read(Steer, SMALL)
    return answer(await run_in_threadpool(call.parts.steering.steer, asked, call.access))


async def claim(call: Call) -> Response:
    """Ask for a camera that another steers, keep it, or give it back."""
    asked: Claim = await call.read(Claim, SMALL)
    return answer(await run_in_threadpool(call.parts.steering.claim, asked, call.access))


async def holds(call: Call) -> Response:
    """Give who steers which camera now."""
    return answer(await run_in_threadpool(call.parts.steering.holds, call.access))


async def health(call: Call) -> Response:
    """Take how this seat sees cameras stand."""
    seen: list[Seen] = await call.read(list[Seen], SEEN)
    source = call.request.query_params.get("seat", "") or call.access.user
    saw = call.parts.health.saw
    return answer(await run_in_threadpool(saw, seen, call.access, source))


async def steered(call: Call) -> Response:
    """Give what was done with cameras, by whom, the newest first; of one camera, one incident."""
    asked, log = call.request.query_params, call.parts.steering.log
    which = asked.get("camera", ""), asked.get("incident", "")
    return answer(await run_in_threadpool(log, call.access, *which))


async def watch(call: Call) -> Response:
    """Give this account its pass to the centre's pictures."""
    return answer(call.parts.gate.give(call.access))


DOORS: tuple[Route, ...] = (
    Route("POST", "/video/v1/steer", steer, (Hold,), Steer),
    Route("POST", "/video/v1/claim", claim, (Hold,), Claim),
    Route("GET", "/video/v1/holds", holds, (list[Hold],)),
    Route("POST", "/video/v1/health", health, (Taken,), list[Seen], query=("seat?",)),
    Route("GET", "/video/v1/pass", watch, (Pass,)),
    Route("GET", "/video/v1/steered", steered, (list[Steered],), query=("camera?", "incident?")),
)

"""The centre over HTTP: opens the doors of the table, and says on every answer what it must say."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.base.errors import Gone, Refused
from console.base.work import Tasks
from console.central import body
from console.central.calls import Call, Parts, Route, packed
from console.central.centre import Centre
from console.central.faults import Fault
from console.central.gate import Gate
from console.central.group import Group
from console.central.health import CameraHealth
from console.central.intake.bounds import bounds
from console.central.intake.pace import Pace
from console.central.intake.requests311 import Requests
from console.central.intake.sensorthings import SensorThings
from console.central.intake.taking import ROLE, Intake, Limits
from console.central.keys import MARK, Keys
from console.central.openapi import described
from console.central.routes import ROUTES
from console.central.steering import Steering
from console.central.stream import News
from console.central.tokens import Tokens
from console.domain.access import Access
from console.wire import HEAD_DURABLE, HEAD_EPOCH, HEAD_TIME, PROTOCOL, Problem, pack

_log = logging.getLogger(__name__)
_NOBODY = Access(user="")


def build_app(
    centre: Centre, tokens: Tokens, limits: Limits, steering: Steering | None = None,
    health: CameraHealth | None = None, gate: Gate | None = None, *, body_s: float = body.WITHIN_S,
) -> Starlette:  # fmt: skip
    """Give the centre as an ASGI application; `app.state.news.stop()` ends its streams."""
    tasks = Tasks(failed=_failed)
    news = News(centre, tasks)
    intake = Intake(centre, limits)
    parts = Parts(
        centre, tokens, intake, SensorThings(centre, intake),
        Requests(centre, intake), Group(centre, tasks), news,
        Pace(centre.clock, bounds().pace), Keys(centre.ledger, tokens.people, centre.clock),
        steering or Steering(centre), health or CameraHealth(centre),
        gate or Gate(centre, tokens.people), body_s,
    )  # fmt: skip
    description = msgspec.json.encode(described(ROUTES))

    async def openapi(_request: Request) -> Response:
        return packed(description)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        news.start()
        yield
        news.stop()
        await tasks.close()

    doors = [StarletteRoute(r.path, _endpoint(r, parts), methods=[r.method]) for r in ROUTES]
    app = Starlette(
        routes=[*doors, StarletteRoute("/openapi.json", openapi)],
        middleware=[Middleware(Heads, centre=centre)],
        exception_handlers={HTTPException: _unknown},
        lifespan=lifespan,
    )
    app.state.news = news
    return app


class Heads:
    """Says on every answer what time it is, which log this is, and that nobody may keep it."""

    def __init__(self, app: ASGIApp, centre: Centre) -> None:
        self._app = app
        self._centre = centre

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                heads = MutableHeaders(scope=message)
                heads[HEAD_TIME] = str(self._centre.clock.now())
                heads[HEAD_EPOCH] = self._centre.epoch
                heads[HEAD_DURABLE] = str(self._centre.head)
                heads["Cache-Control"] = "no-store"
                heads["X-Accel-Buffering"] = "no"
                heads["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, said if scope["type"] == "http" else send)


def _endpoint(route: Route, parts: Parts) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            call = await run_in_threadpool(_call, route, parts, request)
            return await route.handle(call)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001 - every failure has an answer
            status, problem = _said(error, f"{route.method} {route.path}")
            tells = route.tells
            return tells(request, status, problem) if tells else _problem(status, problem)

    return endpoint


def _call(route: Route, parts: Parts, request: Request) -> Call:
    """Find out who calls, and whether this door is theirs."""
    heads = request.headers
    if heads.get("x-cds", PROTOCOL).partition(".")[0] != PROTOCOL.partition(".")[0]:
        raise Fault(426, "upgrade")
    device = heads.get("x-device", "")
    if not route.signed:
        return Call(parts, request, _NOBODY, "", device)
    scheme, _, token = heads.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Fault(401, "token", "signin.token")
    keyed = token.startswith(MARK)
    access = parts.keys.access(token) if keyed else parts.tokens.access(token, device)
    if set(access.roles) <= {ROLE}:
        if route.reads:
            raise Fault(403, "role", "signin.source")
        if wait := parts.pace.wait_ms(access.user):
            raise Fault(429, "busy", retry_ms=wait)
    if route.epoch and heads.get(HEAD_EPOCH, "") != parts.centre.epoch:
        raise Fault(409, "epoch")
    return Call(parts, request, access, token, device)


def _said(error: Exception, where: str) -> tuple[int, Problem]:
    match error:
        case Fault():
            return error.status, error.problem
        case Gone():
            return 410, Problem(error=error.why)
        case Refused():
            args = {k: str(v) for k, v in error.args_by_name.items()}
            return 422, Problem(error="refused", key=error.key, args=args)
        case msgspec.DecodeError() | UnicodeDecodeError() | RecursionError():
            return 400, Problem(error="malformed", args={"why": str(error)[:300]})
        case SQLAlchemyError():
            _log.error("the ledger failed at %s: %s", where, error)
            return 503, Problem(error="ledger", retry_ms=2_000)
        case _:
            _log.error("a fault at %s", where, exc_info=error)
            return 500, Problem(error="fault")


def _problem(status: int, problem: Problem) -> Response:
    retry = {"Retry-After": str(-(-problem.retry_ms // 1000))} if problem.retry_ms else None
    return Response(pack(problem), status, retry, "application/json")


async def _unknown(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _problem(status, Problem(error="door"))


def _failed(error: BaseException) -> None:
    if isinstance(error, SQLAlchemyError):  # whoever asked tells of it
        return
    _log.error("a task of the centre failed", exc_info=error)

"""One request to the centre: who makes it, what it asks, what it works with; and its door."""

import math
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from console.central import body
from console.central.centre import Centre
from console.central.faults import Fault
from console.central.gate import Gate
from console.central.group import Group
from console.central.health import CameraHealth
from console.central.intake.pace import Pace
from console.central.intake.requests311 import Requests
from console.central.intake.sensorthings import SensorThings
from console.central.intake.taking import Intake
from console.central.keys import Keys
from console.central.sight import Sight
from console.central.steering import Steering
from console.central.stream import News
from console.central.tokens import Tokens
from console.domain.access import Access
from console.wire import BODY_BYTES, Problem, pack


@dataclass(frozen=True, slots=True)
class Parts:
    """What the handlers work with."""

    centre: Centre
    tokens: Tokens
    intake: Intake
    things: SensorThings
    requests: Requests
    group: Group
    news: News
    pace: Pace
    keys: Keys
    steering: Steering
    health: CameraHealth
    gate: Gate
    body_s: float = body.WITHIN_S
    snapshots: list[int] = field(default_factory=list[int])
    posting: Counter[str] = field(default_factory=Counter[str])


@dataclass(frozen=True, slots=True)
class Call:
    """One request, and who makes it."""

    parts: Parts
    request: Request
    access: Access
    token: str
    device: str

    async def read(self, shape: type[Any], most: int = BODY_BYTES) -> Any:
        """Read the body as a message."""
        data = await body.read(self.request, most, self.parts.body_s)
        return msgspec.json.decode(data, type=shape)

    def asked(self, name: str) -> str:
        """Give a parameter that must be there."""
        found = self.request.query_params.get(name)
        if found is None:
            raise Fault(400, "parameter", name=name)
        return found

    def number(self, name: str, usual: float) -> float:
        """Give a parameter that is a number."""
        try:
            found = float(self.request.query_params.get(name, usual))
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            raise Fault(400, "parameter", name=name)
        return found

    def place(self) -> tuple[int, Sight]:
        """Give where in the feed this reader stands, and what they see."""
        sight = Sight.of(self.access)
        return self.parts.centre.position(self.asked("c"), sight), sight


@dataclass(frozen=True, slots=True)
class Route:
    """A door.

    ``query``: "name", "name?" or "name:integer?"; ``epoch``: the header is asked for; ``signed``:
    by whoever is signed in; ``reads``: not by a department's account. ``takes`` a message, or
    bodies of the types in ``sends``; ``gives`` messages, as ``media``, ``made``: by 201. ``tells``
    writes a problem as the door's own standard has it.
    """

    method: str
    path: str
    handle: Callable[[Call], Awaitable[Response]]
    gives: tuple[Any, ...]
    takes: Any = None
    query: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    media: str = "application/json"
    tells: Callable[[Request, int, Problem], Response] | None = None
    made: bool = False
    signed: bool = True
    epoch: bool = False
    reads: bool = True


def answer(message: Any) -> Response:
    """Give a message as JSON."""
    return packed(pack(message))


def packed(data: bytes) -> Response:
    return Response(data, media_type="application/json")

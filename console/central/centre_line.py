"""A line to a centre over HTTP for replays: sign in, make names known, post reports."""

from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from console.base.errors import Refused, Unreachable
from console.base.ids import new_id
from console.domain.reading import Reading
from console.domain.record import Act, Step
from console.wire import (
    BATCH,
    HEAD_EPOCH,
    PROTOCOL,
    Acts,
    Hello,
    Posted,
    PostedReport,
    Problem,
    Session,
    SignIn,
    Taken,
    Verdict,
    Verdicts,
    pack,
)

T = TypeVar("T")
TIMEOUT_S = 30.0
STEPS = 50


class CentreLine:
    """Signs in again by itself when its token has run out."""

    def __init__(self, url: str, user: str, password: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Unreachable(url)
        self._secure = parts.scheme == "https"
        self._place = (parts.hostname, parts.port)
        self._user = user
        self._password = password
        self._device = new_id()
        self._token = ""
        self._epoch = ""

    def sign_in(self) -> None:
        said = SignIn(user=self._user, password=self._password, device=self._device)
        self._token = self._ask("POST", "/auth/v1/sign-in", said, Session).access_token
        self._epoch = self._ask("GET", "/sync/v1/hello", None, Hello).epoch

    def define(self, steps: Sequence[Step], at: int) -> list[Verdict]:
        """Make names known; what is known already is refused, and that is no harm."""
        acts = [
            Act(id=new_id(), steps=(step,), by=self._user, at=at, device_at=at) for step in steps
        ]
        found: list[Verdict] = []
        for n in range(0, len(acts), BATCH):
            asked = Acts(acts=acts[n : n + BATCH])
            found += self._ask("POST", "/sync/v1/acts", asked, Verdicts).verdicts
        return found

    def post(self, reports: Sequence[PostedReport]) -> list[Posted]:
        return self._ask("POST", "/intake/v1/reports", list(reports), list[Posted])

    def readings(self, readings: Sequence[Reading]) -> Taken:
        return self._ask("POST", "/intake/v1/readings", list(readings), Taken)

    def send(self, path: str, body: Any, media: str, shape: type[T]) -> T:
        """Hand in a body by another door, in the form and the media type that it asks for."""
        return self._ask("POST", path, body, shape, media)

    def read(self, path: str, shape: type[T]) -> T:
        """Read what this account has at a door."""
        return self._ask("GET", path, None, shape)

    def _ask(
        self, method: str, path: str, body: Any, shape: type[T], media: str = "application/json"
    ) -> T:
        status, data = self._call(method, path, body, media)
        if status == 401 and self._token:
            self._token = ""
            self.sign_in()
            status, data = self._call(method, path, body, media)
        try:
            if status in (200, 201):
                return msgspec.json.decode(data, type=shape)
            problem = msgspec.json.decode(data, type=Problem)
        except msgspec.DecodeError:
            raise Unreachable(f"HTTP {status}") from None
        raise Refused(problem.key or f"HTTP {status} {problem.error}", **problem.args)

    def _call(self, method: str, path: str, body: Any, media: str) -> tuple[int, bytes]:
        heads = {"X-CDS": PROTOCOL, "X-Device": self._device, "Content-Type": media}
        sent = body if body is None or isinstance(body, bytes) else pack(body)
        if self._token:
            heads |= {"Authorization": f"Bearer {self._token}", HEAD_EPOCH: self._epoch}
        kind = HTTPSConnection if self._secure else HTTPConnection
        line = kind(*self._place, timeout=TIMEOUT_S)
        try:
            line.request(method, path, sent, heads)
            answer = line.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException) as error:
            raise Unreachable(str(error)) from error
        finally:
            line.close()

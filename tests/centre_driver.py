"""A real centre on a free port, in a thread of this process, with people who may sign in."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import requests
from argon2 import PasswordHasher

from console.base.clock import Clock, SystemClock
from console.base.ids import new_id
from console.central import tables
from console.central.build import CITY, Built, build
from console.central.self_test import free_port
from console.central.serve import serve
from console.central.sitting import upsert
from console.domain.access import Access
from console.domain.record import Act, Step
from console.wire import Acts, Session, SignIn, Verdicts, pack

PASSWORD = "correct-horse"
XUANWU, QINHUAI = "320102", "320104"
STREET = "320102.320102002"
PEOPLE = {
    p.user: p
    for p in (
        Access(user="lead", roles=("duty_lead",), scopes=("",)),
        Access(user="intake", roles=("intake",), scopes=("",)),
        Access(user="dispatcher", roles=("dispatch", "intake"), scopes=("",)),
        Access(user="xuanwu", roles=("district",), scopes=(XUANWU,)),
        Access(user="qinhuai", roles=("district",), scopes=(QINHUAI,)),
        Access(user="street", roles=("district",), scopes=(STREET,)),
        Access(user="cgj", roles=("unit",), depts=("cgj",)),
        Access(user="water", roles=("source",), scopes=("",)),
    )
}


@cache
def _hashed() -> str:
    """Hash the one password of all once: it is slow on purpose."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(PASSWORD)


def act(user: str, *steps: Step, at: int = 0, **rest: Any) -> Act:
    """Give an act of somebody with a new id."""
    return Act(id=rest.pop("id", None) or new_id(), steps=steps, by=user, at=at, **rest)


def birth(scope: str = XUANWU, id: str = "", **args: Any) -> Step:
    """Give the step that makes an incident."""
    facts = {"title": "井盖破损", "scope": scope, "limit": "30m", **args}
    return Step(kind="incident", record=id or new_id(), verb="create", args=facts)


def step(kind: str, id: str, verb: str, base: int = 0, **args: Any) -> Step:
    return Step(kind=kind, record=id, verb=verb, base=base, args=args)


class Running:
    """A centre that serves; `url` is where. Stop it, and start it again on the same data."""

    def __init__(self, place: Path | str, clock: Clock | None = None, city: str = CITY) -> None:
        self.place = place
        self.city = city
        self.clock = clock or SystemClock()
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.built: Built = build(place, self.clock, city=city)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    def welcome(self, *people: Access) -> "Running":
        """Give these people (or all of PEOPLE) an account."""
        rows = [
            {"user": p.user, "access": pack(p), "password": _hashed(), "barred": False}
            for p in people or PEOPLE.values()
        ]
        with self.built.centre.ledger.writing() as line:
            upsert(line, tables.person, rows, ("user",))
        return self

    def start(self) -> "Running":
        up = threading.Event()

        async def run() -> None:
            self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
            await serve(self.built, "127.0.0.1", self.port, self._stopping, up.set)

        self._thread = threading.Thread(target=asyncio.run, args=(run(),), name="centre")
        self._thread.start()
        assert up.wait(20), "the centre did not come up"
        return self

    def stop(self) -> None:
        """Stop serving; the ledger stays open until `close`."""
        if self._thread is not None:
            assert self._loop is not None
            assert self._stopping is not None
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(20)
            assert not self._thread.is_alive()
            self._thread = None

    def restart(self) -> "Running":
        """Stop, open the ledger anew, and serve on the same port."""
        self.stop()
        self.built.close()
        self.built = build(self.place, self.clock, city=self.city)
        return self.start()

    def close(self) -> None:
        self.stop()
        self.built.close()

    def caller(self, user: str, device: str = "d1") -> "Caller":
        return Caller(self, user, device)


class Caller:
    """Somebody signed in, over plain HTTP."""

    def __init__(self, running: Running, user: str, device: str) -> None:
        self.running = running
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers["X-Device"] = device
        asked = SignIn(user=user, password=PASSWORD, device=device)
        self.session: Session = self.tell("/auth/v1/sign-in", asked, Session)
        self.http.headers["Authorization"] = f"Bearer {self.session.access_token}"
        self.http.headers["X-Epoch"] = running.built.centre.epoch

    def get(self, path: str, **params: Any) -> requests.Response:
        return self.http.get(self.running.url + path, params=params, timeout=20)

    def post(self, path: str, data: Any, **heads: str) -> requests.Response:
        body = data if isinstance(data, bytes) else pack(data)
        return self.http.post(self.running.url + path, data=body, headers=heads, timeout=20)

    def ask(self, path: str, shape: Any, **params: Any) -> Any:
        answer = self.get(path, **params)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=shape)

    def tell(self, path: str, data: Any, shape: Any) -> Any:
        answer = self.post(path, data)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=shape)

    def do(self, *acts: Act) -> Verdicts:
        return self.tell("/sync/v1/acts", Acts(acts=list(acts)), Verdicts)

    def close(self) -> None:
        self.http.close()


@contextmanager
def running_centre(place: Path | str, clock: Clock | None = None) -> Generator[Running]:
    """Give a centre that serves, with all of PEOPLE."""
    running = Running(place, clock).welcome()
    try:
        yield running.start()
    finally:
        running.close()

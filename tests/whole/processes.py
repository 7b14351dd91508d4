"""A real centre in a process of its own, and desks with real files, threads and sockets."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from console.base.clock import CentreClock, Clock, SystemClock
from console.base.ids import new_id
from console.base.notice import Notice
from console.base.work import Threads
from console.central.build import build
from console.domain.access import Access, system
from console.domain.changes import Changes
from console.domain.record import Act, Step
from console.gateways.central import CentralApi
from console.store.store import Store
from console.sync.engine import Engine
from console.sync.pump import Pump
from console.sync.sessions import Sessions
from tests.drivers import ROOT
from tests.whole.simulation import EAST, KEY, ROLES, WEST, first_acts, judge

PASSWORD = "correct horse 1"
SCOPES = {"all": ("",), "both": (EAST, WEST), "east": (EAST,)}
WAIT = threading.Event()
"""Never set: waiting on it lets time pass."""


def until(true: Callable[[], bool], seconds: float = 20.0, what: str = "") -> None:
    """Wait until something holds."""
    clock = SystemClock()
    end = clock.monotonic() + seconds
    while not true():
        assert clock.monotonic() < end, f"did not come about: {what}"
        WAIT.wait(0.01)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class CentreProcess:
    """`python -m console.central serve` on a folder, at one port, however often it is killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        built = build(folder, SystemClock())
        for user, scopes in SCOPES.items():
            access = Access(user=user, name=user, roles=ROLES, scopes=scopes)
            built.people.put(access, PASSWORD)
        told = built.centre.load(first_acts(), system())
        assert [v.verdict for v in told] == ["applied", "applied"], told
        built.close()

    def start(self) -> None:
        line = [sys.executable, "-m", "console.central", "serve", "--data", str(self.folder)]
        line += ["--port", str(self.port)]
        surroundings = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
        with (self.folder / "said.txt").open("ab") as said:
            self._process = subprocess.Popen(
                line, cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        until(self.answers, 40, "a centre that answers")

    def answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.folder / "said.txt").read_text("utf-8")
        return self.is_there()

    def is_there(self) -> bool:
        """Tell whether a centre answers at the port, whoever started it."""
        try:
            return requests.get(f"{self.url}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    def kill(self) -> None:
        """Kill it as a power cut does; nothing is said or flushed."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@contextmanager
def centre_process(folder: Path) -> Iterator[CentreProcess]:
    centre = CentreProcess(folder)
    centre.start()
    try:
        yield centre
    finally:
        centre.kill()


class RealDesk:
    """One seat as the program joins it: store, gateway, engine, pump, threads."""

    def __init__(
        self, folder: Path, url: str, user: str, *, system_clock: Clock | None = None,
        pumping: bool = True,
    ) -> None:  # fmt: skip
        self.user = user
        self.person = Access(user=user, roles=ROLES, scopes=SCOPES[user])
        self.clock = CentreClock(system_clock or SystemClock())
        self.work = Threads()
        self.changes: list[Changes] = []
        self.notices: list[Notice] = []
        self.store = Store.open(folder, key=KEY, judge=judge(), clock=self.clock)
        self.sessions = Sessions(self.store, self.clock, self.work)
        self.api = CentralApi(
            url, self.sessions, self.clock, device=str(folder), heard=self.clock.heard
        )
        self.engine = Engine(self.store, self.api, self.clock, self.work)
        self.pump = Pump(
            self.engine, self.work, self.clock, self.changes.append, tell=self.notices.append
        )
        if pumping:
            self.pump.start()

    def sign_in(self) -> None:
        self.sessions.sits(self.user)
        self.api.sign_in(self.user, PASSWORD)
        self.pump.nudge()

    def take(self, record: str, verb: str, kind: str = "incident", **args: object) -> str:
        step = Step(kind=kind, record=record, verb=verb, args=args)
        now = self.clock.now()
        act = Act(id=new_id(), steps=(step,), by=self.user, at=now, device_at=self.clock.wall())
        self.work.write(lambda: self.store.enqueue(act, self.person)).result(10)
        self.pump.wake()
        return act.id

    def is_up(self) -> bool:
        return self.pump.link().state == "up"

    def is_filled(self) -> bool:
        return self.store.get("incident", "I1") is not None

    def notes(self, record: str = "I1") -> list[str]:
        found = self.store.get("incident", record)
        return [n.text for n in getattr(found, "notes", ())]

    def close(self) -> None:
        self.work.close()
        self.api.close()
        self.store.close()


@contextmanager
def real_desk(
    folder: Path, url: str, user: str = "all", *, filled: bool = True, clock: Clock | None = None
) -> Iterator[RealDesk]:
    """Give a desk that has signed in and, mostly, is filled."""
    desk = RealDesk(folder, url, user, system_clock=clock)
    try:
        desk.sign_in()
        if filled:
            until(desk.is_filled, what="a filled desk")
        yield desk
    finally:
        desk.close()

"""A lower platform on real sockets, for the tests of whoever it registers with; it can go wrong."""

import asyncio
import threading
import time
from contextlib import contextmanager

from console.base.clock import SystemClock
from console.base.work import Tasks
from console.central.cameras.town import Cameras
from console.central.cameras.views import View
from console.central.gb28181.lower import Lower
from console.central.gb28181.serving import Serving
from console.central.gb28181.setup import Passwords, Setup, Upper
from console.video.entry import Entry

CITY, LOWER = "32010000002000000001", "32010200002000000001"
DOMAIN, PASSWORD = "3201000000", "s3cret"


def code(n):
    return f"3201020000132{n:07d}"


class Stock:
    """Cameras of a demo town under codes of GB/T 28181; keeps what it was told to do."""

    def __init__(self, count=6, **more):
        self.held = [
            Entry(code=code(n), name=f"{n}号球机", place="320102", lon=118.79, lat=32.05,
                  ptz=n % 2 == 0)
            for n in range(count)
        ]  # fmt: skip
        self.steered = []
        self.cameras = None
        self.more = more

    def entries(self):
        return self.held

    def source(self, code):
        return self.cameras.feed(int(code[-7:]), "sub") if self.more.get("sends", True) else None

    def steer(self, code, wish):
        self.steered.append((code, wish))
        return self.more.get("steers", True)


class Town:
    """A lower platform that lives in a thread of its own."""

    def __init__(self, sip_port, stock, *, way="udp", password=PASSWORD, views=None, **more):
        self.stock = stock
        self._views = views or {n: View(f"{n}号球机", n) for n in range(len(stock.held))}
        self._upper = Upper(id=CITY, domain=DOMAIN, host="127.0.0.1", port=sip_port, way=way)
        self._password = password
        self._more = {"keepalive_s": 0.5, **more}
        self._up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)
        self._thread.start()
        assert self._up.wait(20)

    async def _run(self):
        self.loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        tasks = Tasks(lambda _error: None)
        self.stock.cameras = Cameras(self._views, tasks, time.time)
        self.lower = Lower(LOWER, self._upper, lambda: self._password, self.stock, tasks,
                           **self._more)  # fmt: skip
        running = tasks.spawn(self.lower.run("127.0.0.1"))
        self._up.set()
        await self._stop.wait()
        running.cancel()
        await tasks.close()

    def ask(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(20)

    def close(self):
        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(20)


class Upside(Serving):
    """This city's end in a thread, with what it was told."""

    def __init__(self, *, passwords=None, tells=False, door=None, **facts):
        self.news = []
        facts = {"id": CITY, "domain": DOMAIN, "port": 0, "keepalive_s": 0.5, **facts}
        held = Passwords({LOWER: PASSWORD, **(passwords or {})})
        own = (lambda: Stock().held) if tells else tuple
        super().__init__(
            Setup(**facts), held, SystemClock(), self.news.append, "Asia/Shanghai", own, door
        )
        self.stopping = threading.Event()
        up = threading.Event()
        self._thread = threading.Thread(target=self.run, args=(self.stopping, up.set), daemon=True)
        self._thread.start()
        assert up.wait(20)

    def heard(self, what):
        return [each for each in self.news if each.what == what]

    def close(self):
        self.stopping.set()
        self._thread.join(20)
        assert not self._thread.is_alive()


@contextmanager
def registered(stock=None, *, town=None, **facts):
    """Give this city's end and a lower platform that has registered and told its catalogue."""
    upside = Upside(**facts)
    held = stock or Stock()
    lower = Town(upside.ports.sip, held, **(town or {}))
    try:
        until(lambda: upside.heard("catalogue"))
        yield upside, lower
    finally:
        lower.close()
        upside.close()


def until(met, seconds=30.0):
    ends = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < ends, "it did not come to pass"
        time.sleep(0.02)

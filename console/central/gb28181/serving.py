"""Runs this city's end of GB/T 28181 until told to stop: who registers, their pictures, upward."""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from console.base.clock import Clock
from console.base.errors import Refused
from console.base.work import Tasks
from console.central.cameras.guard import Door
from console.central.gb28181.live import Live
from console.central.gb28181.lower import Lower
from console.central.gb28181.platform import News, Platform
from console.central.gb28181.setup import Passwords, Setup
from console.central.gb28181.upward import Own
from console.domain.steering import Motion, Place
from console.video.entry import Entry

ROUND_S = 0.25
CHECK_S = 1.0
STEER_S = 10.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ports:
    """Where it can be reached, once it is up."""

    sip: int = 0
    rtsp: int = 0


class Serving:
    """This city's end. Made in any thread, run in one of its own; asked from any.

    ``told`` hears the news on a thread that may wait; ``own`` gives the cameras of this city, for
    platforms above it; ``door`` says who may watch here, None: anybody.
    """

    def __init__(
        self, setup: Setup, passwords: Passwords, clock: Clock, told: Callable[[News], None],
        zone: str = "UTC", own: Callable[[], Sequence[Entry]] = tuple, door: Door | None = None,
    ) -> None:  # fmt: skip
        self.setup = setup
        self.ports = Ports()
        self._passwords = passwords
        self._clock = clock
        self._told = told
        self._zone = zone
        self._own = own
        self._door = door
        self._loop: asyncio.AbstractEventLoop | None = None
        self._platform: Platform | None = None

    def address(self, camera: str) -> str:
        """Give where seats watch a camera."""
        return f"rtsp://{self.host}/gb/{camera}"

    @property
    def host(self) -> str:
        """Give host and port where seats watch."""
        return f"{self.setup.address}:{self.ports.rtsp}"

    def knows(self, camera: str) -> bool:
        """Tell whether a camera (20 digits) is behind a device that has registered here."""
        platform = self._platform
        return platform is not None and any(camera in d.entries for d in platform.devices.values())

    def steer(self, camera: str, wish: Motion | Place) -> None:
        """Steer a camera; Refused when it does not answer or does not take it."""
        loop, platform = self._loop, self._platform
        if loop is None or platform is None:
            raise Refused("refused.camera_unknown", code=camera)
        done: Future[None] = asyncio.run_coroutine_threadsafe(platform.steer(camera, wish), loop)
        try:
            done.result(STEER_S)
        except TimeoutError:
            done.cancel()
            raise Refused("refused.camera_silent", device=camera) from None

    def run(self, stopping: threading.Event, ready: Callable[[], None]) -> None:
        """Serve until told to stop; ``ready`` is called once its ports are known."""
        asyncio.run(self._run(stopping, ready))

    async def _run(self, stopping: threading.Event, ready: Callable[[], None]) -> None:
        tasks = Tasks(failed=lambda error: _log.error("GB/T 28181 failed", exc_info=error))
        news: asyncio.Queue[News] = asyncio.Queue()
        platform = Platform(
            self.setup, self._passwords, self._clock, tasks, news.put_nowait, self._zone
        )
        live = Live(platform, tasks, self._door)
        stopped, watched = asyncio.Event(), asyncio.Event()
        try:
            await self._open(platform)
            rtsp = tasks.spawn(self._serve_rtsp(live, stopped, watched))
            await watched.wait()
            self._loop, self._platform = asyncio.get_running_loop(), platform
            ready()
            tasks.spawn(self._tell(news))
            self._register_upward(live, tasks)
            await self._until(stopping, platform)
            self._loop = None
            await live.close()
            stopped.set()
            await rtsp
        finally:
            await platform.agent.close()
            await tasks.close()

    async def _open(self, platform: Platform) -> None:
        """Listen on the port that is set; on another where that is taken."""
        try:
            await platform.agent.open(self.setup.host, self.setup.port, self.setup.said)
        except OSError:
            await platform.agent.open(self.setup.host, 0, self.setup.said)
        self.ports.sip = platform.agent.port

    def _register_upward(self, live: Live, tasks: Tasks) -> None:
        setup, stock = self.setup, Own(self._own, live)
        for upper in setup.upper:
            lower = Lower(
                setup.id, upper, partial(self._passwords.own, upper.id), stock, tasks,
                keepalive_s=setup.keepalive_s,
            )  # fmt: skip
            tasks.spawn(lower.run(setup.host, 0, setup.said))

    async def _serve_rtsp(self, live: Live, stopped: asyncio.Event, watched: asyncio.Event) -> None:
        def ready(port: int) -> None:
            self.ports.rtsp = port
            watched.set()

        try:
            await live.serve(self.setup.host, self.setup.rtsp_port, stopped, ready)
        except OSError:
            await live.serve(self.setup.host, 0, stopped, ready)

    async def _tell(self, news: "asyncio.Queue[News]") -> None:
        while True:
            each = await news.get()
            await asyncio.to_thread(self._told, each)

    async def _until(self, stopping: threading.Event, platform: Platform) -> None:
        checked = 0.0
        while not stopping.is_set():
            await asyncio.sleep(ROUND_S)
            if self._clock.monotonic() - checked >= CHECK_S:
                checked = self._clock.monotonic()
                platform.check()

"""A town of real cameras on a real port, for the tests of whatever decodes them."""

import asyncio
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from console.base.work import Tasks
from console.central.cameras.town import Cameras
from console.central.cameras.views import Quality, Trouble, View


class OneDoor:
    """Lets one user in, to every camera but those kept from all."""

    def __init__(self, user: str, password: str, *kept: str) -> None:
        self._user, self._password, self._kept = user, password, kept

    def password(self, user: str) -> str | None:
        return self._password if user == self._user else None

    def may(self, _user: str, camera: str) -> bool:
        return camera not in self._kept


class CameraTown:
    """Serves views in a thread of its own; each can be brought into trouble and out of it."""

    def __init__(self, views: Mapping[int, View], door: OneDoor | None = None) -> None:
        self._views = views
        self._door = door
        self._up = threading.Event()
        self.port = 0
        self.failed: list[BaseException] = []
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._up.wait(20)

    def url(self, number: int, quality: Quality = "sub") -> str:
        return f"rtsp://127.0.0.1:{self.port}/cam/{number}/{quality}"

    def trouble(self, number: int, trouble: Trouble) -> None:
        self.cameras.trouble(number, trouble)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self.failed

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        # One worker, there from the start: tests look for threads that come while they run.
        beside = ThreadPoolExecutor(1)
        beside.submit(int).result()
        self._loop.set_default_executor(beside)
        tasks = Tasks(self.failed.append)
        self.cameras = Cameras(self._views, tasks, time.time, door=self._door)
        await self.cameras.serve("127.0.0.1", 0, self._stop, self._ready)
        await tasks.close()

    def _ready(self, port: int) -> None:
        self.port = port
        self._up.set()

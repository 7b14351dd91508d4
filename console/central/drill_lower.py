"""The demo's lower platform: registers by GB/T 28181 over real sockets, and sends real pictures."""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence

from console.base.work import Tasks
from console.central.cameras.feed import Source
from console.central.cameras.town import Cameras
from console.central.cameras.views import View
from console.central.gb28181.lower import Lower
from console.central.gb28181.setup import Upper
from console.domain.steering import Motion, Place
from console.video.entry import Entry

ROUND_S = 0.25
_log = logging.getLogger(__name__)


class DemoStock:
    """Cameras of the demo under their codes."""

    def __init__(self, entries: Sequence[Entry], cameras: Cameras) -> None:
        self._entries = tuple(entries)
        self._numbers = {entry.code: n for n, entry in enumerate(self._entries)}
        self._cameras = cameras

    def entries(self) -> Sequence[Entry]:
        return self._entries

    def source(self, code: str) -> Source | None:
        number = self._numbers.get(code)
        return None if number is None else self._cameras.feed(number, "sub")

    def steer(self, code: str, wish: Motion | Place) -> bool:
        number = self._numbers.get(code)
        return number is not None and self._cameras.steer(number, wish)


def run_lower(
    me: str, entries: Sequence[Entry], upper: Upper, password: str, stopping: threading.Event, *,
    wall: Callable[[], float], zone: str,
) -> None:  # fmt: skip
    """Stay registered until told to stop."""
    asyncio.run(_run(me, entries, upper, password, stopping, wall, zone))


async def _run(
    me: str, entries: Sequence[Entry], upper: Upper, password: str, stopping: threading.Event,
    wall: Callable[[], float], zone: str,
) -> None:  # fmt: skip
    tasks = Tasks(failed=lambda error: _log.error("a lower platform failed", exc_info=error))
    views = {n: View(entry.name, n) for n, entry in enumerate(entries)}
    stock = DemoStock(entries, Cameras(views, tasks, wall, zone=zone))
    lower = Lower(me, upper, lambda: password, stock, tasks)
    tasks.spawn(lower.run(upper.host))
    try:
        while not stopping.is_set():  # noqa: ASYNC110 - the event is of another thread
            await asyncio.sleep(ROUND_S)
        await lower.register(0)
    finally:
        await tasks.close()

"""Runs the demo's cameras on a port until told to stop."""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping

from console.base.work import Tasks
from console.central.cameras.guard import Door
from console.central.cameras.town import Cameras
from console.central.cameras.views import View

_log = logging.getLogger(__name__)


def serve_cameras(
    views: Mapping[int, View], where: tuple[str, int], stopping: threading.Event,
    ready: Callable[[int, Cameras], None], *, wall: Callable[[], float], zone: str,
    door: Door | None = None,
) -> None:  # fmt: skip
    """Serve until told to stop, on another port where this one is taken.

    ``ready`` is given the port, and the cameras to steer.
    """
    asyncio.run(_serve(views, where, stopping, ready, wall, zone, door))


async def _serve(
    views: Mapping[int, View], where: tuple[str, int],
    stopping: threading.Event, ready: Callable[[int, Cameras], None],
    wall: Callable[[], float], zone: str, door: Door | None,
) -> None:  # fmt: skip
    tasks = Tasks(failed=lambda error: _log.error("a camera failed", exc_info=error))
    cameras = Cameras(views, tasks, wall, zone=zone, door=door)
    told = asyncio.Event()
    waits = tasks.spawn(_told(stopping, told))
    host, port = where
    try:
        try:
            await cameras.serve(host, port, told, lambda taken: ready(taken, cameras))
        except OSError:
            await cameras.serve(host, 0, told, lambda taken: ready(taken, cameras))
    finally:
        waits.cancel()
        await tasks.close()


async def _told(stopping: threading.Event, told: asyncio.Event) -> None:
    """Pass on what another thread says, within a moment; a thread of ours would outlive us."""
    while not stopping.is_set():  # noqa: ASYNC110 - the event is of another thread
        await asyncio.sleep(0.25)
    told.set()

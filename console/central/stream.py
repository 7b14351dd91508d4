"""The feed to many at once: woken by every commit, packed once for all who see the same."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from typing import Any, NamedTuple

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Message, Send

from console.base.work import Tasks
from console.central.centre import Centre
from console.central.faults import Fault
from console.central.sight import Sight
from console.wire import LIVE, PAGE, Page, pack

TICK_S = 0.02
"""After the first news, this long is waited for more."""
BEAT_S = 10.0
SLOW_S = 30.0
"""A reader that takes nothing for so long is let go; it goes on from its cursor."""
_KEPT = 128
_log = logging.getLogger(__name__)


class Packed(NamedTuple):
    """A page as it goes over the line."""

    data: bytes
    upto: int
    empty: bool
    more: bool


class News:
    """Wakes everybody on this event loop who waits for the log to go on."""

    def __init__(self, centre: Centre, tasks: Tasks) -> None:
        self._centre = centre
        self._tasks = tasks
        self._woken = asyncio.Event()
        self._pages: OrderedDict[tuple[int, int, bytes, int], asyncio.Task[Packed]] = OrderedDict()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.stopped = False

    def start(self) -> None:
        """Belong to the running loop."""
        self._loop = asyncio.get_running_loop()
        self._centre.subscribe(self._heard)

    def stop(self) -> None:
        """Send everybody home."""
        self.stopped = True
        self._wake()
        self._loop = None

    async def wait(self, since: int, seconds: float, readings: int = -1) -> bool:
        """Wait until the log goes beyond a position, or so long; tell which it was.

        ``readings``: where they ended; to wait for others of them too.
        """

        def nothing() -> bool:
            same = readings in (-1, self.readings)
            return self._centre.head <= since and same and not self.stopped

        try:
            async with asyncio.timeout(seconds):
                while nothing():
                    await self._woken.wait()
        except TimeoutError:
            return False
        return True

    async def page(self, since: int, sight: Sight, limit: int = PAGE) -> Packed:
        """Give the page after a position; those who ask for the same share it."""
        key = (since, self._centre.head, sight.mark, limit)
        task = self._pages.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._pages[key] = self._tasks.spawn(self._read(since, sight, limit))
            while len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        return await asyncio.shield(task)

    @property
    def readings(self) -> int:
        """Give where the readings end."""
        return self._centre.readings.head

    def bookmark(self, since: int, sight: Sight) -> bytes:
        """Give an empty page: a sign of life, and where the reader stands."""
        return pack(self._centre.bookmark(since, sight))

    async def _read(self, since: int, sight: Sight, limit: int) -> Packed:
        page, upto = await run_in_threadpool(self._centre.page_at, since, sight, limit)
        return Packed(pack(page), upto, _empty(page), page.more)

    def _heard(self, _head: int) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._woken.set()
        self._woken = asyncio.Event()


async def poll(news: News, since: int, sight: Sight, limit: int, seconds: float) -> bytes:
    """Give the next page that is not empty; after so long, an empty one with its cursor."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while True:
        packed = await news.page(since, sight, limit)
        left = until - loop.time()
        if not packed.empty:
            return packed.data
        since = packed.upto
        if left <= 0 or news.stopped:
            return news.bookmark(since, sight)
        await news.wait(since, left)


async def follow(
    news: News, since: int, sight: Sight, still: Callable[[], Sight], beat_s: float = BEAT_S
) -> AsyncGenerator[bytes]:
    """Give the events of a stream: pages, a bookmark with every beat, and a bye."""
    loop = asyncio.get_running_loop()
    beat, readings = 0.0, 0
    while not news.stopped:
        packed = await news.page(since, sight, LIVE)
        since = packed.upto
        if not packed.empty:
            yield event("page", packed.data)
        if readings != news.readings:
            readings = news.readings
            yield event("readings", news.bookmark(since, sight))
        if loop.time() >= beat:
            try:
                if await run_in_threadpool(still) != sight:
                    yield event("bye", b'{"error":"scope_changed"}')
                    return
            except Fault as fault:
                yield event("bye", pack(fault.problem))
                return
            yield event("bookmark", news.bookmark(since, sight))
            beat = loop.time() + beat_s
        if not packed.more and await news.wait(since, beat - loop.time(), readings):
            await asyncio.sleep(TICK_S)
    yield event("bye", b'{"error":"stopping"}')


def event(name: str, data: bytes) -> bytes:
    """Give one server-sent event; JSON has no line breaks of its own."""
    return b"event: " + name.encode() + b"\ndata: " + data + b"\n\n"


class Patient(StreamingResponse):
    """A stream that does not wait for ever for a reader who takes nothing."""

    async def stream_response(self, send: Send) -> None:
        async def within(message: Message) -> None:
            async with asyncio.timeout(SLOW_S):
                await send(message)

        try:
            await super().stream_response(within)
        except TimeoutError:
            return
        except SQLAlchemyError as error:
            # The line ends without its last word: the reader knows, and comes again.
            _log.error("the ledger failed under a stream: %s", error)
        finally:
            events: Any = self.body_iterator
            await events.aclose()


def _empty(page: Page) -> bool:
    return not (page.puts or page.leaves or page.entries or page.acts)

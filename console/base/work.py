"""The one place that starts threads: the writer, the callers, and long-lived followers."""

import asyncio
import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
_Job = tuple[Future[T], Callable[[], T]]
_log = logging.getLogger(__name__)
SWITCH_S = 0.0005
"""How long one thread may hold Python while another waits for it (Python's own: 5 ms).

A frame gives Python up and takes it again several times, at every such call of Qt: with 5 ms each
a worker that only counts would cost the screen more than the 16 ms that a frame has.
"""


class Work(Protocol):
    """Where things run: writes one after the other, calls side by side."""

    def write(self, job: Callable[[], T]) -> "Future[T]": ...
    def step(self, job: Callable[[], T]) -> "Future[T]": ...
    def call(self, job: Callable[[], T]) -> "Future[T]": ...
    def follow(self, name: str, job: Callable[[threading.Event], None]) -> None: ...
    def close(self) -> None: ...


class Threads:
    """Real threads: one writer, a few callers, and one thread for each follower."""

    def __init__(self, callers: int = 6) -> None:
        sys.setswitchinterval(SWITCH_S)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._steps: deque[_Job[Any]] = deque()
        self._writes: deque[_Job[Any]] = deque()
        self._callers = ThreadPoolExecutor(callers, "caller")
        self._followers: list[threading.Thread] = []  # noqa: TID251
        self._stopping = threading.Event()

    def write(self, job: Callable[[], T]) -> "Future[T]":
        """Run a job on the one writer thread, in the order given."""
        return self._queued(self._writes, job)

    def step(self, job: Callable[[], T]) -> "Future[T]":
        """Run a person's step on the writer thread, before all writes that still wait there."""
        return self._queued(self._steps, job)

    def call(self, job: Callable[[], T]) -> "Future[T]":
        """Run a job that may wait (network, large reads) on a caller thread.

        What is asked for once all is closing is cancelled, as what still waits then is.
        """
        try:
            return self._callers.submit(job)
        except RuntimeError:
            if not self._stopping.is_set():
                raise
            never: Future[T] = Future()
            never.cancel()
            return never

    def follow(self, name: str, job: Callable[[threading.Event], None]) -> None:
        """Run a job until it returns; it is given the event that asks it to stop."""
        thread = threading.Thread(  # noqa: TID251 - the one home of threads
            target=_kept, args=(job, self._stopping), name=name, daemon=True
        )
        self._followers = [each for each in self._followers if each.is_alive()]
        self._followers.append(thread)
        thread.start()

    def close(self) -> None:
        """Ask followers to stop, let the writer finish what it has, and end."""
        self._stopping.set()
        for thread in self._followers:
            thread.join(timeout=5)
        self._callers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _queued(self, lane: "deque[_Job[Any]]", job: Callable[[], T]) -> "Future[T]":
        future: Future[T] = Future()
        lane.append((future, job))
        self._writer.submit(self._next)
        return future

    def _next(self) -> None:
        future, job = (self._steps or self._writes).popleft()
        if future.set_running_or_notify_cancel():
            _run(future, job)


class Inline:
    """Runs everything at once in the caller's thread: for tests and one-line use."""

    def write(self, job: Callable[[], T]) -> "Future[T]":
        return _done(job)

    def step(self, job: Callable[[], T]) -> "Future[T]":
        return _done(job)

    def call(self, job: Callable[[], T]) -> "Future[T]":
        return _done(job)

    def follow(self, name: str, job: Callable[[threading.Event], None]) -> None:
        del job
        raise AssertionError(f"no follower ({name}) without threads")

    def close(self) -> None:
        return None


class Tasks:
    """Keeps asyncio tasks alive and reports their failure."""

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._kept: set[asyncio.Task[Any]] = set()

    def spawn(self, job: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Start a coroutine on the running loop; its failure reaches ``failed``."""
        task = asyncio.get_event_loop().create_task(job)
        self._kept.add(task)
        task.add_done_callback(self._ended)
        return task

    async def close(self) -> None:
        """Cancel what still runs and wait for it to end."""
        kept = list(self._kept)
        for task in kept:
            task.cancel()
        await asyncio.gather(*kept, return_exceptions=True)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._kept.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failed(error)


def _kept(job: Callable[[threading.Event], None], stopping: threading.Event) -> None:
    try:
        job(stopping)
    except Exception:  # a follower that dies must be seen
        _log.exception("a follower thread ended by an error")
        raise


def _done(job: Callable[[], T]) -> "Future[T]":
    future: Future[T] = Future()
    _run(future, job)
    return future


def _run(future: "Future[T]", job: Callable[[], T]) -> None:
    try:
        future.set_result(job())
    except Exception as error:  # noqa: BLE001 - handed on to whoever asks for the result
        future.set_exception(error)

"""Changes from the core, gathered for one beat and told on the screen's thread."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from console.domain.changes import Changes

BEAT_MS = 100
T = TypeVar("T")


class News(QObject):
    """Takes Changes from any thread; tells what has gathered, at most once a beat."""

    told = Signal(object)
    _came = Signal()

    def __init__(self, parent: QObject | None = None, beat_ms: int = BEAT_MS) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._gathered = Changes()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(beat_ms)
        self._timer.timeout.connect(self._tell)
        # Queued: the timer belongs to the screen's thread, the news come from others.
        self._came.connect(self._start, Qt.ConnectionType.QueuedConnection)

    def take(self, changes: Changes) -> None:
        """Take news from any thread."""
        with self._lock:
            fresh = not self._gathered
            self._gathered |= changes
        if fresh and changes:
            self._came.emit()

    def _start(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self) -> None:
        with self._lock:
            gathered, self._gathered = self._gathered, Changes()
        if gathered:
            self.told.emit(gathered)


class Answers(QObject):
    """Brings results of other threads back to the screen's thread.

    Of several asked for under one name only the latest is delivered: an older answer that comes
    late never overwrites a newer one.
    """

    _came = Signal(str, int, object)

    def __init__(
        self, failed: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._failed = failed
        self._latest: dict[str, int] = {}
        self._waiting: dict[int, Callable[[Any], None]] = {}
        self._count = 0
        self._came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(self, name: str, future: "Future[T]", then: Callable[[T], None]) -> None:
        """Call ``then`` with the result, on the screen's thread; failures go to ``failed``."""
        self._count += 1
        number = self._latest[name] = self._count
        self._waiting[number] = then
        future.add_done_callback(lambda done: self._came.emit(name, number, done))

    def _deliver(self, name: str, number: int, done: "Future[Any]") -> None:
        then = self._waiting.pop(number)
        if self._latest.get(name) != number or done.cancelled():
            return
        error = done.exception()
        if error is not None:
            self._failed(error)
        else:
            then(done.result())


def settled(asked: "Future[T]") -> "Future[T | BaseException]":
    """Give a future that does not fail: what was raised is its result."""
    told: Future[T | BaseException] = Future()

    def done(future: "Future[T]") -> None:
        if future.cancelled():
            return
        error = future.exception()
        told.set_result(future.result() if error is None else error)

    asked.add_done_callback(done)
    return told

"""One thread that reads many streams: each is woken when something has come for it.

A thread for each stream costs a wall a fifth of its work, for they wait for each other all the
time. What cannot be read in this way (files, UDP, whatever only libav knows) has its own thread.
"""

import selectors
import socket
import threading
from collections import deque
from contextlib import suppress
from typing import Protocol

from console.base.clock import Clock

BEAT_S = 0.25
GATHER_S = 0.02
"""What comes within so long is taken in one go: one picture after the other finds the processor's
cache full of what the last one needed, which saves a tenth of the work; alone, each comes to it
cold. It makes pictures later by half of that."""


class Rider(Protocol):
    """A stream that a lane carries. What it raises ends it; ``left`` is told that, and by what."""

    @property
    def weight(self) -> int:
        """How much work it is, in small streams."""
        ...

    def fileno(self) -> int: ...
    def come(self) -> None:
        """Take what has come; never wait."""
        ...

    def tend(self, now: float) -> None:
        """See to it that all is well: called a few times a second (``now``: monotonic)."""
        ...

    def left(self, error: Exception) -> None: ...


class Lane:
    """Carries streams until it is closed.

    ``since``: since when it is with one of them, 0: not. ``load``: how much work they are.
    """

    def __init__(self, clock: Clock) -> None:
        self.since = 0.0
        self.load = 0
        self._clock = clock
        self._selector = selectors.DefaultSelector()
        self._arrived: deque[Rider] = deque()
        self._riding: list[Rider] = []
        self._ended = threading.Event()
        self._wake, self._woken = socket.socketpair()
        self._woken.setblocking(False)
        self._selector.register(self._woken, selectors.EVENT_READ)

    def carry(self, rider: Rider) -> None:
        """Take a stream on; from any thread."""
        self.load += rider.weight
        self._arrived.append(rider)
        self._knock()
        if self._ended.is_set() and rider in self._arrived:  # nobody lets it in any more
            rider.left(ConnectionAbortedError("closed"))

    def close(self) -> None:
        """Let every stream go, and end."""
        self._ended.set()
        self._knock()

    def run(self, _stopping: threading.Event) -> None:
        """Carry until closed."""
        beat = 0.0
        try:
            while not self._ended.wait(GATHER_S):
                for key, _ in self._selector.select(BEAT_S):
                    if key.data is None:
                        self._let_in()
                    else:
                        self._step(key.data)
                now = self._clock.monotonic()
                if now - beat >= BEAT_S:
                    beat = now
                    self._tend(now)
        finally:
            self._ended.set()
            self._let_in()
            for rider in list(self._riding):
                self._let_go(rider, ConnectionAbortedError("closed"))
            self._selector.close()
            self._wake.close()
            self._woken.close()

    def _knock(self) -> None:
        with suppress(OSError):  # it is closed, or has been knocked at often enough
            self._wake.send(b"\0")

    def _let_in(self) -> None:
        with suppress(BlockingIOError):
            self._woken.recv(4_096)
        while self._arrived:
            rider = self._arrived.popleft()
            self._riding.append(rider)
            try:
                self._selector.register(rider.fileno(), selectors.EVENT_READ, rider)
            except (OSError, ValueError) as error:
                self._let_go(rider, error)

    def _step(self, rider: Rider) -> None:
        self.since = self._clock.monotonic()
        try:
            rider.come()
        except Exception as error:  # noqa: BLE001 - told to whoever waits for this stream
            self._let_go(rider, error)
        finally:
            self.since = 0.0

    def _tend(self, now: float) -> None:
        for rider in list(self._riding):
            try:
                rider.tend(now)
            except Exception as error:  # noqa: BLE001 - told to whoever waits for this stream
                self._let_go(rider, error)

    def _let_go(self, rider: Rider, error: Exception) -> None:
        self.load -= rider.weight
        self._riding.remove(rider)
        with suppress(KeyError, ValueError, OSError):
            self._selector.unregister(rider.fileno())
        rider.left(error)

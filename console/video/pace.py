"""Holds pictures back to the pace of their own times: those of a file, and those seen again."""

import threading

from console.base.clock import Clock


class Pace:
    """Waits until it is a picture's turn, counted from the first one."""

    def __init__(self, clock: Clock, stop: threading.Event) -> None:
        self._clock = clock
        self._stop = stop
        self._began: float | None = None

    def wait(self, at: float) -> None:
        """Wait for the turn of a picture of this instant (seconds)."""
        now = self._clock.monotonic()
        if self._began is None:
            self._began = now - at
        self._stop.wait(max(0.0, self._began + at - now))

"""Whose turn it is: a worker that draws a map stands back while the screen's thread has a frame.

Python and the machine's cores are shared: without this a frame waits for the worker at each of
its calls of Qt, and the longer, the busier the machine is.
"""

import threading
import time

LONGEST_S = 0.05
"""A frame that was announced and does not come is waited for so long at most."""
PATIENCE_S = 0.5
"""For one picture a worker stands back so long in all: a hand that never rests gets one too."""


class Turn:
    """The screen takes its turn before a frame and gives it back after; a worker ``rests``."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        self._patience = PATIENCE_S

    def take(self) -> None:
        """Begin a frame. Never waits."""
        self._free.clear()

    def give(self) -> None:
        """End a frame."""
        self._free.set()

    def begin(self) -> None:
        """Begin a picture, on a worker."""
        self._patience = PATIENCE_S

    def rest(self) -> None:
        """Stand back while the screen has its turn: called between any two short calls of Qt."""
        if self._free.is_set() or self._patience <= 0:
            return
        began = time.perf_counter()
        if not self._free.wait(LONGEST_S):
            self._free.set()
        self._patience -= time.perf_counter() - began

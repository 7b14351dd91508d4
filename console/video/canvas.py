"""Puts decoded frames into a slot: made small, dated, and looked at now and then."""

from typing import Any

import numpy as np
from av.video.reformatter import VideoReformatter

from console.base.clock import Clock
from console.video import board
from console.video.board import MICRO, Slot
from console.video.look import Sameness, luma_of, seen
from console.video.stream import Look, Trouble

LOOK_S = 1.0
NEARLY = 0.015


class Canvas:
    """One stream's pictures on their way to the screen."""

    def __init__(self, slot: Slot, clock: Clock) -> None:
        self._slot = slot
        self._clock = clock
        self._make = VideoReformatter()
        self._same = Sameness()
        self._looked = 0.0

    def show(self, frame: Any, room: tuple[int, int], taken_ms: int) -> None:
        """Show a frame of libav in a room of pixels; ``taken_ms``: when it came, since 1970."""
        width, height = fitted((frame.width, frame.height), room)
        # One thread: a picture is small, and to wake another costs more than to make it.
        made = self._make.reformat(
            frame, width, height, "bgra", interpolation="FAST_BILINEAR", threads=1
        )
        plane = made.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        slot = self._slot
        if not slot.fits(width, height):
            return
        now = self._clock.monotonic()
        slot.note(board.NATIVE_WIDTH, frame.width)
        slot.note(board.NATIVE_HEIGHT, frame.height)
        slot.note(board.FRAME, micro(now))
        slot.note(board.TAKEN, taken_ms)
        slot.note(board.TROUBLE, int(Trouble.NONE))
        slot.write(rows, width, height)
        if now - self._looked >= LOOK_S:
            self._looked = now
            self._note_look(rows, width, height, now)

    def _note_look(self, rows: Any, width: int, height: int, now: float) -> None:
        luma = luma_of(rows, width, height)
        look = seen(luma)
        if self._same.constant(luma, now) and look is Look.PLAIN:
            look = Look.CONSTANT
        self._slot.note(board.LOOK, int(look))


def fitted(native: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Give the size of a picture in a room: in its own proportions, never larger than it is.

    What lacks next to nothing of the room fills it, but for sides that are odd: to make those is
    three times the work.
    """
    scale = min(1.0, room[0] / native[0], room[1] / native[1])
    sides = [max(2, int(side * scale) & ~1) for side in native]
    if scale < 1.0:
        both = zip(sides, room, strict=True)
        sides = [max(s, r & ~1) if r - s <= r * NEARLY else s for s, r in both]
    return sides[0], sides[1]


def micro(seconds: float) -> int:
    """Give whole microseconds, as the board keeps them."""
    return int(seconds * MICRO)

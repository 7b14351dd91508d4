"""Puts decoded frames into a slot: made small, dated, and looked at now and then."""

from typing import Any

import numpy as np
from av.video.format import VideoFormat
from av.video.reformatter import Interpolation, VideoReformatter

from console.base.clock import Clock
from console.video import board
from console.video.board import MICRO, Slot
from console.video.look import Luma, Sameness, luma_of, seen
from console.video.stream import Look, Trouble

SMALL, SHOWN = VideoFormat("yuv420p"), VideoFormat("bgra")
FAST, NONE = int(Interpolation.FAST_BILINEAR), int(Trouble.NONE)
LOOK_S = 1.0
NEARLY = 0.015
ACROSS, DOWN = 8, 2
"""Sides are whole numbers of these: in rows of other lengths libav leaves the last pixels as their
memory was, and shows that; odd heights are three times the work."""


class Canvas:
    """One stream's pictures on their way to the screen."""

    def __init__(self, slot: Slot, clock: Clock) -> None:
        self._slot = slot
        self._clock = clock
        self._make: Any = VideoReformatter()
        self._colour: Any = VideoReformatter()
        self._same = Sameness()
        self._looked = 0.0

    def show(self, frame: Any, room: tuple[int, int], taken_ms: int) -> None:
        """Show a frame of libav in a room of pixels; ``taken_ms``: when it came, since 1970."""
        slot, native = self._slot, (frame.width, frame.height)
        width, height = fitted(native, room)
        if not slot.fits(width, height):
            return
        # In two steps: in one, libav writes past the processor's cache, which costs a quarter more.
        small = self._small(frame, width, height) if (width, height) != native else frame
        made = self._colour.reformat(small, None, None, SHOWN, interpolation=FAST, threads=1)
        plane = made.planes[0]
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        now = self._clock.monotonic()
        slot.note(board.NATIVE_WIDTH, native[0])
        slot.note(board.NATIVE_HEIGHT, native[1])
        slot.note(board.FRAME, micro(now))
        slot.note(board.TAKEN, taken_ms)
        slot.note(board.TROUBLE, NONE)
        slot.write(rows, width, height)
        if now - self._looked >= LOOK_S:
            self._looked = now
            self._note_look(luma_of(self._small(small, width, height)), now)

    def _small(self, frame: Any, width: int, height: int) -> Any:
        # One thread: a picture is small, and to wake another costs more than to make it.
        return self._make.reformat(frame, width, height, SMALL, interpolation=FAST, threads=1)

    def _note_look(self, luma: Luma, now: float) -> None:
        look, change = seen(luma), self._same.judged(luma, now)
        self._slot.note(board.LOOK, int(change if look is Look.PLAIN else look))


def fitted(native: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    """Give the size of a picture in a room: in its own proportions, never larger than it is.

    What lacks next to nothing of the room fills it.
    """
    scale = min(1.0, room[0] / native[0], room[1] / native[1])
    sides: list[int] = []
    for side, most, step in zip(native, room, (ACROSS, DOWN), strict=True):
        made = max(step, int(side * scale) // step * step)
        nearly = scale < 1.0 and most - made <= most * NEARLY
        sides.append(max(made, most // step * step) if nearly else made)
    return sides[0], sides[1]


def micro(seconds: float) -> int:
    """Give whole microseconds, as the board keeps them."""
    return int(seconds * MICRO)

"""Puts decoded frames into a slot: made small, dated, and looked at now and then."""

from collections.abc import Callable
from typing import Any

from console.base.clock import Clock
from console.video import board
from console.video.board import MICRO, Slot
from console.video.libyuv import Library, libyuv
from console.video.look import Luma, Sameness, luma_of, seen
from console.video.scaler import NEARLY, Scaler, scaler_for
from console.video.stream import Look, Trouble
from console.video.swscale import ACROSS, Swscale

NONE = int(Trouble.NONE)
LOOK_S = 1.0
EVEN = 2
"""Sides are whole numbers of these: of odd ones the colours would reach beyond the brightness."""


class Canvas:
    """One stream's pictures on their way to the screen, made small by libyuv if that is found."""

    def __init__(
        self, slot: Slot, clock: Clock, find: Callable[[], Library | None] = libyuv
    ) -> None:
        self._slot = slot
        self._clock = clock
        self._find = find
        self._same = Sameness()
        self._looked = 0.0
        self._native = self._room = (0, 0)
        self._any = Swscale(self._room)
        self._scaler: Scaler | Swscale = self._any

    def show(self, frame: Any, room: tuple[int, int], taken_ms: int) -> None:
        """Show a frame of libav in a room of pixels; ``taken_ms``: when it came, since 1970."""
        slot, native = self._slot, (frame.width, frame.height)
        if native != self._native or room != self._room:
            self._fit(native, room)
        by, goal = self._scaler, slot.goal()
        if not by.draw(frame, goal):
            by = self._any
            if not by.draw(frame, goal):
                return
        now = self._clock.monotonic()
        slot.note(board.FRAME, micro(now))
        slot.note(board.TAKEN, taken_ms)
        slot.note(board.TROUBLE, NONE)
        slot.publish(goal, *by.size)
        if now - self._looked >= LOOK_S:
            self._looked = now
            self._note_look(luma_of(frame, by.brightness(frame)), now)

    def _fit(self, native: tuple[int, int], room: tuple[int, int]) -> None:
        self._native, self._room = native, room
        self._any = Swscale(fitted(native, room, ACROSS))
        library = self._find()  # with the first picture: to look through a disk takes its time
        best = library and scaler_for(library, native, fitted(native, room))
        self._scaler = best or self._any
        self._slot.note(board.NATIVE_WIDTH, native[0])
        self._slot.note(board.NATIVE_HEIGHT, native[1])

    def _note_look(self, luma: Luma, now: float) -> None:
        look, change = seen(luma), self._same.judged(luma, now)
        self._slot.note(board.LOOK, int(change if look is Look.PLAIN else look))


def fitted(native: tuple[int, int], room: tuple[int, int], across: int = EVEN) -> tuple[int, int]:
    """Give the size of a picture in a room: in its own proportions, never larger than it is.

    What lacks next to nothing of the room fills it. ``across``: of so many pixels widths are made.
    """
    scale = min(1.0, room[0] / native[0], room[1] / native[1])
    sides: list[int] = []
    for side, most, step in zip(native, room, (across, EVEN), strict=True):
        made = max(step, int(side * scale) // step * step)
        nearly = scale < 1.0 and most - made <= most * NEARLY
        sides.append(max(made, most // step * step) if nearly else made)
    return sides[0], sides[1]


def micro(seconds: float) -> int:
    """Give whole microseconds, as the board keeps them."""
    return int(seconds * MICRO)

"""Makes pictures small and coloured by libav's swscale: of every form, on every machine."""

from typing import Any

import numpy as np
from av.video.format import VideoFormat
from av.video.reformatter import Interpolation, VideoReformatter

from console.video.board import BYTES, Goal, Pixels

SMALL, SHOWN = VideoFormat("yuv420p"), VideoFormat("bgra")
FAST = int(Interpolation.FAST_BILINEAR)
ACROSS = 8
"""Widths are whole numbers of these: in rows of other lengths libav leaves the last pixels as their
memory was, and odd heights are three times the work."""


class Swscale:
    """Makes one stream's pictures, of whatever size, into pictures of one: see `ACROSS`."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._make: Any = VideoReformatter()
        self._colour: Any = VideoReformatter()

    def draw(self, frame: Any, goal: Goal) -> bool:
        """Draw a frame of libav; False if it has no room there."""
        width, height = self.size
        if goal.pixels.size < width * height * BYTES:
            return False
        # In two steps: in one, libav writes past the processor's cache, which costs a quarter more.
        small = frame if (frame.width, frame.height) == self.size else self._small(frame)
        made = self._colour.reformat(small, None, None, SHOWN, interpolation=FAST, threads=1)
        goal.put(_rows(made), width, height)
        return True

    def brightness(self, frame: Any) -> Pixels:
        """Give the brightness of a frame, made as small."""
        width, height = self.size
        return _rows(self._small(frame))[:height, :width]

    def _small(self, frame: Any) -> Any:
        # One thread: a picture is small, and to wake another costs more than to make it.
        width, height = self.size
        return self._make.reformat(frame, width, height, SMALL, interpolation=FAST, threads=1)


def _rows(frame: Any) -> Pixels:
    plane = frame.planes[0]
    return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)

"""Tells black, covered and unchanging pictures apart from those that show something."""

from typing import Any

import numpy as np
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

from console.video.board import Pixels
from console.video.stream import Look

STEP = 4
"""Every so many-th pixel is looked at, across and down."""
EDGE = 0.16
"""The upper and lower part of a picture, where cameras write their name and the time."""
DARK, FLAT = 32, 5.0
BRIGHT = 0.02
"""In a black picture no more than this part of the pixels is brighter than dark."""
SAME_MEAN, SAME_MOST = 1.0, 8
"""Key frames come out a little different each time, whatever the camera sees."""
CONSTANT_S = 12.0
BLACK_AT, WHITE_AT = 16, 235
"""Brightness of black and white where a camera does not use all that a byte can say: as most."""
Luma = NDArray[np.int32]


def luma_of(frame: Any, rows: Pixels | None = None) -> Luma:
    """Give the brightness (0 to 255) of some pixels of a frame of libav in planes.

    ``rows``: its brightness, where it was made smaller already.
    """
    if rows is None:
        plane = frame.planes[0]
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        rows = rows[: frame.height, : frame.width]
    some = rows[::STEP, ::STEP].astype(np.int32)
    if frame.color_range == ColorRange.JPEG:
        return some
    return ((some - BLACK_AT) * 255 // (WHITE_AT - BLACK_AT)).clip(0, 255)


def seen(luma: Luma) -> Look:
    """Say what one picture looks like: black, covered, or plain."""
    edge = int(len(luma) * EDGE)
    middle = luma[edge : len(luma) - edge] if edge else luma
    if np.count_nonzero(middle >= DARK) <= middle.size * BRIGHT:
        return Look.BLACK
    return Look.COVERED if float(middle.std()) < FLAT else Look.PLAIN


class Sameness:
    """Notices a picture that does not change at all, caption and grain included."""

    def __init__(self) -> None:
        self._held: Luma | None = None
        self._since = 0.0
        self._moved = False

    def judged(self, luma: Luma, now: float) -> Look:
        """Say whether the picture has been the same for long; ``now`` in monotonic seconds.

        One of another size is taken for the same until the next look: a tile that is made larger
        wakes no camera. Until anything has changed, it is not known whether it ever will.
        """
        held = self._held
        changed = held is None or (held.shape == luma.shape and _differs(held, luma))
        if changed:
            self._since = now
        if held is None or changed or held.shape != luma.shape:
            self._held = luma
        self._moved = self._moved or (changed and held is not None)
        if now - self._since >= CONSTANT_S:
            return Look.CONSTANT
        return Look.PLAIN if self._moved else Look.UNJUDGED


def _differs(before: Luma, now: Luma) -> bool:
    change = np.abs(now - before)
    return bool(change.mean() > SAME_MEAN or int(change.max()) > SAME_MOST)

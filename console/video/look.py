"""Tells black, covered and unchanging pictures apart from those that show something."""

import numpy as np
from numpy.typing import NDArray

from console.video.stream import Look

STEP = 4
"""Every so many-th pixel is looked at, across and down."""
EDGE = 0.16
"""The upper and lower part of a picture, where cameras write their name and the time."""
DARK, FLAT = 32, 5.0
SAME_MEAN, SAME_MOST = 1.0, 8
"""Key frames come out a little different each time, whatever the camera sees."""
CONSTANT_S = 12.0
Luma = NDArray[np.int32]


def luma_of(rows: NDArray[np.uint8], width: int, height: int) -> Luma:
    """Give the brightness of some pixels of a picture (rows of blue, green, red, nothing)."""
    pixels = rows[:height:STEP, : width * 4].reshape(-1, width, 4)[:, ::STEP].astype(np.int32)
    return (pixels[..., 2] * 77 + pixels[..., 1] * 151 + pixels[..., 0] * 28) >> 8


def seen(luma: Luma) -> Look:
    """Say what one picture looks like: black, covered, or plain."""
    edge = int(len(luma) * EDGE)
    middle = luma[edge : len(luma) - edge] if edge else luma
    if float(np.percentile(middle, 98)) < DARK:
        return Look.BLACK
    return Look.COVERED if float(middle.std()) < FLAT else Look.PLAIN


class Sameness:
    """Notices a picture that does not change at all, caption and grain included."""

    def __init__(self) -> None:
        self._held: Luma | None = None
        self._since = 0.0

    def constant(self, luma: Luma, now: float) -> bool:
        """Tell whether the picture has been the same for long; ``now`` in monotonic seconds."""
        held = self._held
        if held is None or held.shape != luma.shape or _differs(held, luma):
            self._held, self._since = luma, now
            return False
        return now - self._since >= CONSTANT_S


def _differs(before: Luma, now: Luma) -> bool:
    change = np.abs(now - before)
    return bool(change.mean() > SAME_MEAN or int(change.max()) > SAME_MOST)

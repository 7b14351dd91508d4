"""A demo camera that can be steered: where it looks after what hands wished, and what it sees."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from console.central.cameras.scenery import Picture
from console.domain.steering import FASTEST, Motion, Place

PAN, TILT, ZOOM, LENS = 0.12, 0.25, 0.6, 0.4
"""What the fastest does in a second: of a whole round, of the height, of the zoom, of the lens."""
TILT_MOST, ZOOM_MOST = 0.3, 8.0
HOME = 1
"""The place a camera comes with."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a camera looks. ``pan``: parts of a round; ``tilt``: parts of the height, up.

    ``focus``, ``iris``: -1 to 1, 0 is sharp, and neither dark nor bright.
    """

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 1.0
    focus: float = 0.0
    iris: float = 0.0

    @property
    def home(self) -> bool:
        return self == _HOME


_HOME = Aim()


@dataclass(slots=True)
class Turning:
    """Moves an aim as time goes on. Times are seconds of any one clock."""

    _aim: Aim = _HOME
    _motion: Motion = field(default_factory=Motion)
    _since: float = 0.0
    _places: dict[int, Aim] = field(default_factory=lambda: {HOME: _HOME})

    def steer(self, wish: Motion | Place, now: float) -> None:
        aim = self.aim(now)
        if isinstance(wish, Motion):
            self._motion = wish
        elif wish.do == "save":
            self._places[wish.number] = aim
        elif wish.do == "drop":
            self._places.pop(wish.number, None)
        else:
            self._motion, self._aim = Motion(), self._places.get(wish.number, aim)

    def aim(self, now: float) -> Aim:
        """Give where it looks now."""
        passed, self._since = max(0.0, now - self._since), now
        motion, aim = self._motion, self._aim
        if not motion.still:
            far = passed * motion.speed / FASTEST
            self._aim = Aim(
                pan=(aim.pan + motion.pan * PAN * far / aim.zoom) % 1.0,
                tilt=_within(aim.tilt + motion.tilt * TILT * far / aim.zoom, TILT_MOST),
                zoom=min(ZOOM_MOST, max(1.0, aim.zoom * (1 + ZOOM) ** (motion.zoom * far))),
                focus=_within(aim.focus + motion.focus * LENS * far, 1.0),
                iris=_within(aim.iris + motion.iris * LENS * far, 1.0),
            )  # fmt: skip
        return self._aim


def looked(picture: Picture, aim: Aim) -> Picture:
    """Give what of a whole round a camera sees that looks there."""
    height, width = picture.shape[:2]
    turned = np.roll(picture, -round(aim.pan * width), axis=1)
    high, wide = height / aim.zoom, width / aim.zoom
    room = height / 2 - high / 2
    shift = aim.tilt * height
    # Beyond the edge of what was painted there is only more sky, or more ground.
    beyond = max(0.0, abs(shift) - room)
    turned = _shifted(turned, round(beyond if shift > 0 else -beyond))
    top = min(max(0.0, room - shift), height - high)
    made: Any = Image.fromarray(turned)
    left = (width - wide) / 2
    made = made.resize((width, height), Image.Resampling.BILINEAR,
                       (left, top, left + wide, top + high))  # fmt: skip
    if abs(aim.focus) > 0.05:
        made = made.filter(ImageFilter.GaussianBlur(abs(aim.focus) * 6))
    seen: Picture = np.asarray(made)
    if abs(aim.iris) > 0.05:
        seen = np.minimum(seen * (1 + aim.iris * 0.9), 255).astype(np.uint8)
    return seen


def _shifted(picture: Picture, down: int) -> Picture:
    if not down:
        return picture
    turned = np.roll(picture, down, axis=0)
    if down > 0:
        turned[:down] = picture[0]
    else:
        turned[down:] = picture[-1]
    return turned


def _within(value: float, most: float) -> float:
    return max(-most, min(most, value))

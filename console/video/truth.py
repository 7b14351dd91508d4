"""Whether a picture may be believed: judged by when frames came, not by being drawn."""

from dataclasses import dataclass
from enum import StrEnum

from console.video.stream import Look, Trouble, Vitals

LATE_S = 0.4
"""A frame older than this is judged late: with the tenth of a second until a tile is judged again,
none older than half a second is shown as live."""
FROZEN_S = 4.0
LOST_S = 10.0
SPARE = 1.6
"""With key frames alone, a frame is late after so many times their usual distance."""
KEY_S = 2.0
STEADY_S = 10.0
"""How long a camera must be lost, or live again, before it is news."""


class Standing(StrEnum):
    """How it stands with a picture, the best first."""

    LIVE = "live"
    LATE = "late"
    WAITING = "waiting"
    """Asked for, and nothing has come yet."""
    CONSTANT = "constant"
    COVERED = "covered"
    BLACK = "black"
    FROZEN = "frozen"
    LOST = "lost"


GOOD = frozenset((Standing.LIVE, Standing.LATE))
_LOOKS = {
    Look.BLACK: Standing.BLACK,
    Look.COVERED: Standing.COVERED,
    Look.CONSTANT: Standing.CONSTANT,
}


def standing(vitals: Vitals, now: float) -> Standing:
    """Judge a stream at a moment of the monotonic clock."""
    if not vitals.frame:
        long = vitals.asked > 0 and now - vitals.asked > LOST_S
        return Standing.LOST if long or vitals.trouble in _FINAL else Standing.WAITING
    age = now - vitals.frame
    if age > LOST_S:
        return Standing.LOST
    late = max(LATE_S, KEY_S * SPARE if vitals.keys_only else 0.0)
    if age > max(FROZEN_S, late):
        return Standing.FROZEN
    if vitals.look in _LOOKS:
        return _LOOKS[vitals.look]
    return Standing.LATE if age > late else Standing.LIVE


_FINAL = frozenset((Trouble.DENIED, Trouble.UNKNOWN))


@dataclass(slots=True)
class Health:
    """A camera's health with the short blips left out: they are not news."""

    good: bool | None = None
    _other: float = 0.0

    def heard(self, standing: Standing, now: float) -> bool:
        """Take how it stands; tell whether that changed the camera's health."""
        if standing is Standing.WAITING:
            return False
        good = standing in GOOD
        if good == self.good:
            self._other = 0.0
            return False
        if self.good is None and good:
            self.good = True
            return True
        self._other = self._other or now
        if now - self._other < STEADY_S:
            return False
        self.good, self._other = good, 0.0
        return True

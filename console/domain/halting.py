"""Stops that a camera has not confirmed: they are tried again until one comes through. Pure.

A camera whose stop got lost may still turn. After some failures people are told so; it is tried
even then, as often as the last wait says: one that comes back later is stopped, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from console.base.errors import BadData
from console.domain.holding import Hand
from console.domain.steering import Stop

LEASE_S = 15.0
"""Whoever tries a stop tells in this time how it went; else it is tried again."""


@dataclass(slots=True, eq=False)
class Halt:
    """A camera that may still move.

    ``hand``: who moved it last; ``due``: when it is stopped again (monotonic s); ``failed``: how
    often that failed.
    """

    camera: str
    hand: Hand
    due: float
    failed: int = 1


@dataclass(slots=True)
class Halts:
    """Every stop that is not confirmed. Times are monotonic s.

    ``waits``: from one try to the next; ``unsure``: after so many failures people are told.
    """

    waits: Sequence[float]
    unsure: int
    _halts: dict[str, Halt] = field(default_factory=dict[str, Halt])

    def begin(self, camera: str, hand: Hand, now: float, after: Halt | None = None) -> bool:
        """Take note that a stop failed; tell whether that makes it unconfirmed.

        ``after``: what was known before of the same motion.
        """
        failed = after.failed + 1 if after is not None else 1
        self._halts[camera] = Halt(camera, hand, now + self._wait(failed), failed)
        return failed == self.unsure

    def due(self, now: float) -> list[Halt]:
        """Give those to try now."""
        found = [halt for halt in self._halts.values() if halt.due <= now]
        for halt in found:
            halt.due = now + LEASE_S
        return found

    def failed(self, halt: Halt, now: float) -> bool:
        """Take note that it failed again; tell whether that makes it unconfirmed."""
        if self._halts.get(halt.camera) is not halt:
            return False  # somebody has steered it meanwhile
        halt.failed += 1
        halt.due = now + self._wait(halt.failed)
        return halt.failed == self.unsure

    def came(self, halt: Halt) -> None:
        """Take note that it stands still."""
        if self._halts.get(halt.camera) is halt:
            del self._halts[halt.camera]

    def end(self, camera: str) -> Halt | None:
        """Forget a camera: another wish follows, or it is gone; give what was known."""
        return self._halts.pop(camera, None)

    def standing(self) -> list[Halt]:
        return list(self._halts.values())

    def mark(self, camera: str) -> Stop:
        """Give what is to be said of a camera's stop."""
        halt = self._halts.get(camera)
        if halt is None:
            return ""
        return "unsure" if halt.failed >= self.unsure else "again"

    def _wait(self, failed: int) -> float:
        return self.waits[min(failed, len(self.waits)) - 1]


def checked(waits: Sequence[float], unsure: int, file: str) -> Halts:
    """Make the stops of a file's rules; BadData names the key that is wrong."""
    if not waits or waits[0] <= 0 or any(late < soon for soon, late in pairwise(waits)):
        raise BadData(file, "stop_again_s", "waits are above 0, and none is shorter than the last")
    if unsure < 1:
        raise BadData(file, "stop_unsure", "is at least 1")
    return Halts(waits, unsure)

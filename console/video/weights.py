"""What streams really weigh on their line, as far as they have been played here."""

from collections.abc import Callable

from console.video.choose import Quality
from console.video.stream import Vitals

LOOK_S = 5.0
"""So often what is measured is looked at."""
STEADY = 0.2
"""A weight that has moved by less than this share is left as it is: no tile flaps at an edge."""
RISES, FALLS = 0.7, 0.15


class Weights:
    """Measured kbit a second by camera and stream. It rises soon and falls slowly."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._held: dict[tuple[str, Quality], float] = {}
        self._looked = monotonic()

    @property
    def due(self) -> bool:
        """Tell whether it is time to look; then it is not for a while."""
        now = self._monotonic()
        due = now - self._looked >= LOOK_S
        self._looked = now if due else self._looked
        return due

    def hear(self, camera: str, quality: Quality, vitals: Vitals) -> bool:
        """Take what a stream has now; tell whether it weighs otherwise than was known."""
        said = float(vitals.kbits)
        key: tuple[str, Quality] = (camera, quality)
        if not said:
            return False
        held = self._held.get(key)
        if held is None:
            self._held[key] = said
            return True
        if abs(said - held) <= STEADY * held:
            return False
        self._held[key] = held + (said - held) * (RISES if said > held else FALLS)
        return True

    def of(self, camera: str) -> dict[Quality, float]:
        """Give what a camera's streams weigh, Mbit a second; only those that were measured."""
        kinds: tuple[Quality, ...] = ("main", "sub")
        return {kind: self._held[camera, kind] / 1_000 for kind in kinds
                if (camera, kind) in self._held}  # fmt: skip

"""How fast an account may send: a bucket for each, which fills again as time passes."""

import threading
from dataclasses import dataclass

from console.base.clock import Clock
from console.central.intake.bounds import Pace as Allowed


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Pace:
    """Counts requests by account; any thread may ask."""

    def __init__(self, clock: Clock, allowed: Allowed) -> None:
        self._clock = clock
        self._allowed = allowed
        self._lock = threading.Lock()
        self._buckets: dict[str, _Bucket] = {}

    def wait_ms(self, user: str) -> int:
        """Take one turn for an account; give 0, or how long it has to wait when it has none."""
        now = self._clock.monotonic()
        with self._lock:
            held = self._buckets.get(user) or _Bucket(float(self._allowed.burst), now)
            left = held.left + (now - held.at) * self._allowed.per_second
            held = _Bucket(min(left, float(self._allowed.burst)), now)
            if enough := held.left >= 1:
                held.left -= 1
            self._buckets[user] = held
        return 0 if enough else max(1, round((1 - held.left) / self._allowed.per_second * 1000))

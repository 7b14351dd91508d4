"""A tile service through a cache: what is on disk is shown at once, what is missing comes later.

A service that fails three times in a row is left alone for a minute; stale tiles serve meanwhile,
and ``standing`` says so. Nobody ever waits for the network here: a missing tile is fetched on a
caller, and ``came`` is called when it is there.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from console.base.errors import Unreachable
from console.maps.cache import TileCache
from console.maps.package import About, Matrix, TileId

FAILURES, REST_MS = 3, 60_000
FRESH_MS = 7 * 86_400_000
AT_ONCE = 3
CHINA = (73.0, 3.0, 136.0, 54.0)
Fetch = Callable[[TileId], bytes]
Call = Callable[[Callable[[], None]], "Future[Any]"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands: left alone until an instant (0: it is asked); when the oldest tile came."""

    rests_until: int = 0
    oldest: int = 0


class Service:
    """Tiles of a service, by their numbers in its matrix; any thread may ask."""

    late = True

    def __init__(
        self, name: str, fetch: Fetch, cache: TileCache, call: Call, now: Callable[[], int],
        matrix: Matrix = "w",
    ) -> None:  # fmt: skip
        self.about = About(name, name, "", "png", 3, 18, CHINA, matrix=matrix)
        self.came: Callable[[], None] = lambda: None
        self._fetch = fetch
        self._cache = cache
        self._call = call
        self._now = now
        self._lock = threading.Lock()
        self._asked: dict[TileId, None] = {}
        self._running = 0
        self._failed = 0
        self._rests_until = 0
        self._oldest = 0

    def tile(self, id: TileId) -> bytes | None:
        """Give what is on disk, fresh or stale; what is missing or old is asked for."""
        now = self._now()
        held = self._cache.get(id, now)
        if held is None or now - held[1] > FRESH_MS:
            self._ask(id, now)
        if held is None:
            return None
        with self._lock:
            self._oldest = min(self._oldest or held[1], held[1])
        return held[0] or None

    def standing(self) -> Standing:
        """Say whether the service is left alone, and how old what is shown may be."""
        with self._lock:
            rests = self._rests_until if self._rests_until > self._now() else 0
            return Standing(rests, self._oldest)

    def close(self) -> None:
        with self._lock:
            self._asked.clear()
        self._cache.close()

    def _ask(self, id: TileId, now: int) -> None:
        with self._lock:
            if now < self._rests_until or id in self._asked:
                return
            self._asked[id] = None
            if self._running >= AT_ONCE:
                return
            self._running += 1
        self._call(self._work)

    def _work(self) -> None:
        """Fetch what is asked for, one after the other, until nothing is or the service fails."""
        while (wanted := self._next()) is not None:
            try:
                body = self._fetch(wanted)
            except Unreachable:
                self._fail()
                continue
            with self._lock:
                self._failed = 0
            self._cache.put(wanted, body, self._now())
            self.came()

    def _next(self) -> TileId | None:
        with self._lock:
            if not self._asked or self._now() < self._rests_until:
                self._asked.clear()
                self._running -= 1
                return None
            # The last asked for is what somebody looks at now.
            return self._asked.popitem()[0]

    def _fail(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= FAILURES:
                self._failed = 0
                self._rests_until = self._now() + REST_MS
        self.came()

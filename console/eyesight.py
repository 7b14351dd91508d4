"""Says to the centre how cameras stand as this seat sees them; what was not said is soon old."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

from console.base.errors import Refused, SignedOut, Unreachable
from console.base.work import Work
from console.domain.health import Seen
from console.gateways.central import CentralApi
from console.wire import Taken

DOOR = "/video/v1/health"
AT_ONCE = 400


class Eyesight:
    """One seat's eyes. ``up`` tells whether the line to the centre is there."""

    def __init__(self, api: CentralApi, work: Work, seat: str, up: Callable[[], bool]) -> None:
        self._api = api
        self._work = work
        self._seat = seat
        self._up = up
        self._busy = threading.Lock()

    def tell(self, standings: Mapping[str, str]) -> None:
        """Tell how cameras (ids) stand now; nothing waits where the line is cut or busy."""
        if not standings or not self._up():
            return
        seen = [Seen(camera=camera, standing=said) for camera, said in standings.items()]
        if self._busy.acquire(blocking=False):
            self._work.call(lambda: self._send(seen))

    def say(self, standings: Mapping[str, str]) -> None:
        """Tell it in this thread, as a program of one line does; Unreachable without a line."""
        seen = [Seen(camera=camera, standing=said) for camera, said in standings.items()]
        for begin in range(0, len(seen), AT_ONCE):
            some = seen[begin : begin + AT_ONCE]
            self._api.tell(DOOR, some, Taken, {"seat": self._seat})

    def _send(self, seen: list[Seen]) -> None:
        try:
            with suppress(Unreachable, SignedOut, Refused):
                self._api.tell(DOOR, seen, Taken, {"seat": self._seat})
        finally:
            self._busy.release()

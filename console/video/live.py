"""One camera's live video over RTSP, as a lane brings it: from its socket to its pictures."""

import threading
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av

from console.base.clock import Clock
from console.video.pictures import Turn
from console.video.rtsp.session import Session
from console.video.rtsp.units import Unit

READ, AT_ONCE = 1 << 17, 64
BEHIND = 15
"""So many pictures behind, what comes before the newest key frame is not decoded any more."""
SILENT_S = 2.0
REPORT_EVERY_S = 2.0
TURNS_S = 1
"""Where pictures come out of their turn, a container is told they are decoded so much earlier."""


class Live:
    """Carries one session; ``take`` is given each picture as a packet of libav.

    With it, when it came (monotonic seconds), and what is to become of it. ``late`` is told now
    and then by how much (ms) pictures come late, by the camera's own clock. ``tend`` calls
    ``check``: what that raises ends the stream.
    """

    def __init__(
        self, session: Session, clock: Clock, take: Callable[[Any, float, Turn], None],
        late: Callable[[int], None], check: Callable[[], None], weight: int = 1,
    ) -> None:  # fmt: skip
        self.weight = weight
        self._session = session
        self._clock = clock
        self._take = take
        self._late = late
        self._check = check
        self._tick = Fraction(1, session.track.clock)
        self._over = threading.Event()
        self._error: Exception | None = None
        self._heard = self._kept = clock.monotonic()
        self._reported = 0.0
        self._last, self._behind = -(1 << 62), 0

    def fileno(self) -> int:
        return self._session.socket.fileno()

    def come(self) -> None:
        units = self._units()
        last = len(units) - 1
        begin = _newest_key(units) if last >= BEHIND else 0
        for n, unit in enumerate(units):
            self._heard = self._clock.monotonic()
            if self._heard - self._reported >= REPORT_EVERY_S:
                self._report(unit)
            turn = Turn.SHOWN if n == last else Turn.DECODED if n >= begin else Turn.PASSED
            self._take(self._packet(unit), self._heard, turn)
        if self._session.line.answers:
            self._session.hear()

    def _units(self) -> list[Unit]:
        """Read all that is there: who only reads some shows what is older than the newest."""
        units: list[Unit] = []
        for _ in range(AT_ONCE):
            try:
                data = self._session.socket.recv(READ)
            except BlockingIOError:
                break
            if not data:
                raise ConnectionResetError("hung up")
            units += self._session.line.read(data)
            if len(data) < READ:
                break
        return units

    def tend(self, now: float) -> None:
        self._check()
        if now - self._heard > SILENT_S:
            raise TimeoutError("nothing comes")
        if now - self._kept >= self._session.alive_s:
            self._kept = now
            self._session.keep()

    def left(self, error: Exception) -> None:
        # Without where it came from: that would hold on to all that was at work there.
        self._error = error.with_traceback(None)
        self._session.close()
        self._over.set()

    def wait(self) -> None:
        """Wait until it has ended, and raise what ended it."""
        self._over.wait()
        error, self._error = self._error, None
        try:
            if error is not None:
                raise error
        finally:
            del error

    def _packet(self, unit: Unit) -> Any:
        packet: Any = av.Packet(unit.data)
        stamp = unit.stamp
        if stamp <= self._last and not self._behind:
            self._behind = self._session.track.clock * TURNS_S
            self._last = stamp - self._behind
        self._last = max(stamp - self._behind, self._last + 1)
        packet.pts, packet.dts = stamp, self._last
        packet.time_base = self._tick
        packet.is_keyframe = unit.key
        return packet

    def _report(self, unit: Unit) -> None:
        late = self._session.line.late_ms(unit, self._clock.now())
        if late is not None:
            self._reported = self._heard
            self._late(late)


def _newest_key(units: list[Unit]) -> int:
    """Give where the newest key frame stands; 0 where there is none."""
    return next((n for n in range(len(units) - 1, -1, -1) if units[n].key), 0)

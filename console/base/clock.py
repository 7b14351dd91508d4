"""What time it is: this machine's clocks, the centre's time as far as it is known, a test's own.

Order never depends on a clock. Instants are ms UTC; `monotonic` is in seconds.
"""

import time
from collections import deque
from pathlib import Path
from typing import Final, NamedTuple, Protocol
from uuid import uuid4

JUMP_MS: Final = 2_000
FAR_MS: Final = 5 * 60_000
ANSWERS: Final = 16

# Linux stops its monotonic clock while the machine sleeps; this one goes on.
_RUNNING: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", None)
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    def now(self) -> int:
        """Give the centre's time as well as it is known, in ms UTC."""
        ...

    def monotonic(self) -> float:
        """Give seconds that nobody can set, and that go on while the machine sleeps."""
        ...


class SystemClock:
    """This machine's own clocks; the only user of `time`."""

    def __init__(self, running: int | None = _RUNNING, boot_id: Path = _BOOT_ID) -> None:
        self._running = running
        try:
            self.boot_id = boot_id.read_text("ascii").strip()
        except OSError:
            # Not Linux: monotonic times of two runs are then never compared.
            self.boot_id = str(uuid4())

    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic() if self._running is None else time.clock_gettime(self._running)


class ManualClock:
    """A clock that a test turns; the wall and the monotonic one may part."""

    boot_id = "manual"

    def __init__(self, now: int = 1_767_225_600_000, monotonic: float = 1_000.0) -> None:
        self._now = now
        self._monotonic = monotonic

    def now(self) -> int:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def turn(self, ms: int) -> None:
        """Let time pass."""
        self._now += ms
        self._monotonic += ms / 1000

    def set_wall(self, now: int) -> None:
        """Set the wall clock, as a person or a time server does."""
        self._now = now


class _Answer(NamedTuple):
    offset: float  # the centre's time less the monotonic time, in ms
    within: float  # the offset is right to so many ms: half the way there and back


class CentreClock:
    """The centre's time: monotonic time and an offset learned from the centre's answers.

    Until the centre has been heard, the wall clock of the start stands in. Setting the wall clock
    changes nothing here; it is noticed by `trouble`.
    """

    def __init__(self, system: Clock) -> None:
        self._system = system
        self._offset = self._apart = self._wall_offset()
        self._answers: deque[_Answer] = deque(maxlen=ANSWERS)
        self._jumped = False

    def now(self) -> int:
        return round(self.monotonic() * 1000 + self._offset)

    def monotonic(self) -> float:
        return self._system.monotonic()

    def wall(self) -> int:
        """Give what this machine's wall clock says, right or wrong."""
        return self._system.now()

    @property
    def uncertainty_ms(self) -> int:
        """Give how far `now` may be from the centre's time; 0 if the centre was never heard."""
        return round(self._best().within) if self._answers else 0

    def heard(self, sent_monotonic: float, received_monotonic: float, server_ms: int) -> None:
        """Learn from an answer that the centre gave at once (not from one that it held back)."""
        middle = (sent_monotonic + received_monotonic) * 500
        # One more, because the centre's time comes in whole milliseconds.
        within = (received_monotonic - sent_monotonic) * 500 + 1
        new = _Answer(server_ms - middle, within)
        # Answers that cannot all be right: a clock was set, slept or drifted; the newest stands.
        agreeing = [a for a in self._answers if abs(a.offset - new.offset) <= a.within + within]
        self._answers = deque([*agreeing, new], maxlen=ANSWERS)
        self._offset = self._best().offset

    def trouble(self) -> str:
        """Give the key of what is wrong with this machine's clock, "" when nothing is."""
        apart = self._wall_offset()
        if abs(apart - self._apart) > JUMP_MS:
            self._jumped = True
        self._apart = apart
        astray = abs(apart - self._offset)
        if self._jumped and astray <= JUMP_MS:
            self._jumped = False
        if self._jumped:
            return "clock.jumped"
        return "clock.far" if astray > FAR_MS else ""

    def _best(self) -> _Answer:
        return min(self._answers, key=lambda answer: answer.within)

    def _wall_offset(self) -> float:
        return self._system.now() - self._system.monotonic() * 1000

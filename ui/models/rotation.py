"""Which page of a display stands now: each in its turn, the one of an alarm before all others.

An alarm counts by its severity and its freshness: it loses half of its weight every ten minutes.
It takes the display over once, for a while, and says why; then the turn goes on where it stood.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

SECOND, MINUTE = 1_000, 60_000
HALF_LIFE = 10 * MINUTE
TAKES = 0.35
"""From this weight on an alarm takes the display over."""
HOLD = 60 * SECOND
"""So long it holds it: whoever stands before it has read the page by then."""
LEAST = 5 * SECOND
"""No page stands shorter, whatever comes: nothing flickers."""
WEIGHTS: Mapping[str, float] = {"I": 1.0, "II": 0.8, "III": 0.5, "alarm": 0.6}


class Alarm(NamedTuple):
    """Something that asks to be seen: on which page, how severe, since when (ms), and why."""

    key: str
    page: str
    severity: str
    at: int
    why: str

    def weight(self, now: int) -> float:
        """Give how much it counts: severity × freshness."""
        age = max(0, now - self.at)
        return WEIGHTS.get(self.severity, 0.0) * 0.5 ** (age / HALF_LIFE)


class Turn(NamedTuple):
    """What stands: the page, and in which way it came there: turn, alarm, pinned or chosen."""

    page: str
    mode: str
    alarm: Alarm | None = None


class Rotation:
    """Takes turns. Time is passed in; what it remembers is bounded by the alarms there are."""

    def __init__(self, pages: Sequence[tuple[str, int]], now: int) -> None:
        self._pages = list(pages)
        self._place = 0
        self._since = now
        self._mode = "turn"
        self._alarm: Alarm | None = None
        self._shown = self._pages[0][0]
        self._seen: set[str] = set()
        self._pinned = False

    @property
    def turn(self) -> Turn:
        return Turn(self._shown, self._mode, self._alarm)

    @property
    def pinned(self) -> bool:
        return self._pinned

    def step(self, now: int, alarms: Iterable[Alarm]) -> Turn:
        """Give what stands now."""
        if now < self._since:
            # The clock was set back: what stands has stood since now, not until then.
            self._since = now
        held = sorted(alarms, key=lambda a: (-a.weight(now), a.key))
        self._seen &= {a.key for a in held}
        if self._pinned or now - self._since < LEAST:
            return self.turn
        fresh = next((a for a in held if a.weight(now) >= TAKES and a.key not in self._seen), None)
        if fresh is not None and not self._holds(now, fresh):
            self._take(fresh, now)
        elif self._over(now):
            self._go_on(now)
        return self.turn

    def pin(self, *, on: bool, now: int) -> None:
        """Keep the page that stands, or let the turn go on."""
        self._pinned = on
        self._mode, self._alarm = ("pinned" if on else "turn"), None
        self._since = now

    def open(self, page: str, now: int) -> None:
        """Show the page that a hand has chosen; it stands its time, then the turn goes on there."""
        self._place = next(n for n, (key, _) in enumerate(self._pages) if key == page)
        self._shown, self._since, self._alarm = page, now, None
        self._mode = "pinned" if self._pinned else "chosen"

    def next(self, by: int, now: int) -> None:
        """Show the page after or before the one that stands."""
        keys = [key for key, _ in self._pages]
        self.open(keys[(keys.index(self._shown) + by) % len(keys)], now)

    def _holds(self, now: int, fresh: Alarm) -> bool:
        """Tell whether a graver alarm holds the display yet."""
        held = self._alarm
        return (
            held is not None and now - self._since < HOLD and held.weight(now) >= fresh.weight(now)
        )

    def _take(self, alarm: Alarm, now: int) -> None:
        self._seen.add(alarm.key)
        self._shown, self._mode, self._alarm, self._since = alarm.page, "alarm", alarm, now

    def _over(self, now: int) -> bool:
        dwell = HOLD if self._mode == "alarm" else self._pages[self._place][1] * SECOND
        return now - self._since >= dwell

    def _go_on(self, now: int) -> None:
        """Take the next turn; after an alarm the page that it interrupted stands again."""
        if self._mode != "alarm":
            self._place = (self._place + 1) % len(self._pages)
        self._shown, self._mode, self._alarm = self._pages[self._place][0], "turn", None
        self._since = now

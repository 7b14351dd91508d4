"""Which alarm has which tiles: by level, in the order they came, and back again by itself.

A tile that is pinned or held by an operator is never taken. What was there before an alarm comes
back when the alarm is over, or has had its time. Every change is written down with the reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

DWELL_S = 20.0
"""So long a picture stays at the least, unless a higher level wants its tile."""
HOLD_S = 300.0
"""So long an alarm that nobody touches holds its tiles."""
CAP = 6
LOG_MOST = 2_000
RANKS = {"I": 0, "II": 1, "III": 2, "IV": 3, "routine": 4}


@dataclass(frozen=True, slots=True)
class Alarm:
    """An incident that wants pictures: its level, its cameras (the best first), when it came."""

    id: str
    level: str
    cameras: tuple[str, ...]
    since: float

    @property
    def order(self) -> tuple[int, float, str]:
        return RANKS.get(self.level, len(RANKS)), self.since, self.id


@dataclass(frozen=True, slots=True)
class Placed:
    """What an alarm shows in a tile, since when."""

    tile: int
    camera: str
    alarm: str
    level: str
    since: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log. ``why``: raised, preempted, expired, over or pinned."""

    at: float
    tile: int
    camera: str
    alarm: str
    why: str


class EventWall:
    """Places alarms on the tiles that are for them."""

    def __init__(self, tiles: Sequence[int], cap: int = CAP) -> None:
        self._tiles = tuple(tiles)
        self._cap = cap
        self._alarms: dict[str, Alarm] = {}
        self._placed: dict[int, Placed] = {}
        self._kept_off: set[int] = set()
        self._spent: set[str] = set()
        self.log: list[Line] = []

    @property
    def placed(self) -> dict[int, Placed]:
        """Give what stands in which tile."""
        return dict(self._placed)

    @property
    def waiting(self) -> list[Alarm]:
        """Give the alarms of which nothing is to be seen, the most pressing first.

        What another alarm shows of the same cameras is seen.
        """
        shown = {placed.camera for placed in self._placed.values()}
        waits = [
            a for a in self._alarms.values()
            if shown.isdisjoint(a.cameras) and a.id not in self._spent
        ]  # fmt: skip
        return sorted(waits, key=lambda a: a.order)

    def resize(self, tiles: Sequence[int], now: float) -> None:
        """Go on with other tiles: the layout has changed."""
        self._tiles = tuple(tiles)
        for tile in [t for t in self._placed if t not in tiles]:
            self._take_off(tile, "over", now)
        self._fill(now)

    def raised(self, alarms: Iterable[Alarm], now: float) -> None:
        """Take alarms that came together, or what has changed of them; their order stays."""
        for alarm in alarms:
            before = self._alarms.get(alarm.id)
            since = before.since if before else alarm.since
            cameras = alarm.cameras[: self._cap]
            self._alarms[alarm.id] = replace(alarm, since=since, cameras=cameras)
        self._fill(now)

    def over(self, alarm: str, now: float) -> None:
        """Give an alarm's tiles back: it is over."""
        self._alarms.pop(alarm, None)
        self._spent.discard(alarm)
        for tile in [t for t, p in self._placed.items() if p.alarm == alarm]:
            self._take_off(tile, "over", now)
        self._fill(now)

    def keep_off(self, tiles: Iterable[int], now: float) -> None:
        """Leave these tiles to the operator, who has pinned them."""
        self._kept_off = set(tiles)
        for tile in self._kept_off & self._placed.keys():
            self._take_off(tile, "pinned", now)
        self._fill(now)

    def tick(self, now: float) -> None:
        """Let time pass: what has had its time gives its tiles back."""
        for tile, placed in list(self._placed.items()):
            if now - placed.since >= HOLD_S:
                self._spent.add(placed.alarm)
                self._take_off(tile, "expired", now)
        self._fill(now)

    # ---- inside

    def _fill(self, now: float) -> None:
        """Give each alarm its first camera, then each its second, the most pressing first.

        A camera that sees several alarms has one tile, in the name of the most pressing.
        """
        wanting = sorted(
            (a for a in self._alarms.values() if a.id not in self._spent), key=lambda a: a.order
        )
        for depth in range(self._cap):
            for alarm in wanting:
                if depth < len(alarm.cameras):
                    self._give(alarm, alarm.cameras[depth], now)

    def _give(self, alarm: Alarm, camera: str, now: float) -> None:
        held = next((p for p in self._placed.values() if p.camera == camera), None)
        if held is None:
            self._place(alarm, camera, now)
        elif alarm.order[0] < RANKS.get(held.level, len(RANKS)):
            self._take_off(held.tile, "preempted", now)
            self._put(held.tile, alarm, camera, now)

    def _place(self, alarm: Alarm, camera: str, now: float) -> None:
        tile = self._free()
        if tile is None:
            tile = self._lesser(alarm, now)
            if tile is None:
                return
            self._take_off(tile, "preempted", now)
        self._put(tile, alarm, camera, now)

    def _put(self, tile: int, alarm: Alarm, camera: str, now: float) -> None:
        self._placed[tile] = Placed(tile, camera, alarm.id, alarm.level, now)
        self._write(Line(now, tile, camera, alarm.id, "raised"))

    def _free(self) -> int | None:
        usable = (t for t in self._tiles if t not in self._placed and t not in self._kept_off)
        return next(usable, None)

    def _lesser(self, alarm: Alarm, now: float) -> int | None:
        """Give the tile of a lesser alarm; an alarm's only tile goes last, to a higher level alone.

        Among equals: the second picture of one makes room for the first of another, after its time.
        """
        shows = [p.alarm for p in self._placed.values()]
        mine, rank = shows.count(alarm.id), alarm.order[0]
        found: list[tuple[int, int, float, int]] = []
        for tile, placed in self._placed.items():
            theirs, other = RANKS.get(placed.level, len(RANKS)), shows.count(placed.alarm)
            higher = rank < theirs
            fairer = rank == theirs and other > mine + 1 and now - placed.since >= DWELL_S
            if higher or fairer:
                found.append((-theirs, -other, -self._alarms[placed.alarm].since, tile))
        return min(found)[3] if found else None

    def _take_off(self, tile: int, why: str, now: float) -> None:
        placed = self._placed.pop(tile)
        self._write(Line(now, tile, placed.camera, placed.alarm, why))

    def _write(self, line: Line) -> None:
        self.log.append(line)
        del self.log[:-LOG_MOST]

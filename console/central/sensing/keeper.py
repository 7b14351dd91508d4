"""The one intake for readings: last values in memory, judged as they come, written with each beat.

Nobody waits for the disk here. A reading that was taken is written within a beat (a second); what
a crash takes with it is that second, and its sources speak again.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from console.base.clock import Clock
from console.base.text import text
from console.central.ledger import Ledger
from console.central.sensing.keeping import Keeping, Kept
from console.central.sensing.known import Known
from console.central.sensing.series import Series
from console.central.sight import Sight
from console.central.tables import ID, NUL
from console.domain.access import SYSTEM, Access, covers
from console.domain.indicator import Indicator
from console.domain.opening import MANUAL
from console.domain.reading import Reading
from console.domain.record import SHARED
from console.wire import Points, Readings, Taken, WrongReading

AHEAD_MS = 5 * 60_000
"""A reading that says it is from later than this is set aside."""
NAMED = 100
"""How many wrong readings of one request are named."""
MOST = 200_000
"""The most sources that are kept."""
PAGE = 2_000
"""The most last values in one page."""
DEVICES = frozenset(("source", SYSTEM))
"""The roles of accounts that give what devices measured; people give values in their own name."""
Key = tuple[str, str, str]


@dataclass(slots=True)
class _Request:
    """One request: who makes it, which scopes they may speak for, and what became of it."""

    actor: Access
    latest: int
    told: Taken = field(default_factory=Taken)
    allowed: set[str] = field(default_factory=set[str])

    @property
    def by_hand(self) -> bool:
        return DEVICES.isdisjoint(self.actor.roles)

    def may(self, scope: str) -> bool:
        """Tell whether the account may speak for a scope; for all of the city if it covers it."""
        if scope in self.allowed:
            return True
        mine = "" in self.actor.scopes if scope == SHARED else covers(self.actor.scopes, scope)
        if mine:
            self.allowed.add(scope)
        return mine

    def refuse(self, n: int, reading: Reading | None, key: str, **args: object) -> None:
        self.told.refused += 1
        if len(self.told.wrong) < NAMED:
            of, source = (reading.of[:128], reading.source[:128]) if reading else ("", "")
            why = text(key, **args)
            self.told.wrong.append(WrongReading(n=n, of=of, source=source, key=key, why=why))


class Keeper:
    """Holds every source of a centre. Every method may be called from any thread."""

    def __init__(
        self, ledger: Ledger, indicators: Mapping[str, Indicator], clock: Clock, days: int
    ) -> None:
        self._clock = clock
        self._indicators = indicators
        self._keeping = Keeping(ledger, clock, days)
        self._known = Known(ledger)
        self._epoch = ledger.epoch
        self._lock = threading.Lock()
        self._held: dict[Key, Series] = {}
        self._dirty: list[Series] = []
        self._points: list[tuple[Series, int, float]] = []
        self.raised: dict[Key, Series] = {}
        for kept in self._keeping.all():
            self._restore(kept)

    # ---- taking

    def take(self, readings: Sequence[Reading | str], actor: Access) -> Taken:
        """Take readings of one account; an older one never stands over a newer.

        What could not be read stands among them as the reason why.
        """
        request = _Request(actor, self._clock.now() + AHEAD_MS)
        get, latest, allowed = self._held.get, request.latest, request.allowed
        devices, calm = not request.by_hand, 0
        with self._lock:
            dirty, points = self._dirty, self._points
            for n, each in enumerate(readings):
                if isinstance(each, str):
                    request.refuse(n, None, "reading.shape", why=each)
                    continue
                series = get((each.topic, each.of, each.source))
                if (
                    devices and series is not None and series.at < each.at <= latest
                    and series.low < each.value < series.high and each.quality == "good"
                    and each.scope in allowed
                ):  # fmt: skip
                    series.reading = series.good = each
                    series.at, series.scope = each.at, each.scope
                    if each.at >= series.due:
                        series.due = each.at + series.gap_ms
                        points.append((series, each.at, each.value))
                    if not series.dirty:
                        series.dirty = True
                        dirty.append(series)
                    calm += 1
                else:
                    self._look(n, each, series, request)
        request.told.taken += calm
        return request.told

    def _look(self, n: int, reading: Reading, series: Series | None, request: _Request) -> None:
        """Take one reading with all care: it is of a new source, out of its range, or wrong."""
        if series is None:
            owner = self._known.owner(reading.topic, reading.of, self._indicators)
            if owner is None:
                return request.refuse(n, reading, "reading.unknown", of=reading.of[:60])
            series = Series(reading.topic, self._indicators.get(reading.of), owner)
        scope = reading.scope or series.own_scope
        if why := self._wrong(reading, scope, request):
            return request.refuse(n, reading, why)
        if reading.at <= series.at:
            request.told.known += 1
            return None
        key = (reading.topic, reading.of, reading.source)
        self._held.setdefault(key, series)
        if series.judge(reading):
            self._moved(key, series)
        series.reading, series.at, series.scope = reading, reading.at, scope
        if reading.at >= series.due and reading.quality != "bad":
            series.due = reading.at + series.gap_ms
            self._points.append((series, reading.at, reading.value))
        self._soil(series)
        request.told.taken += 1
        return None

    def _wrong(self, reading: Reading, scope: str, request: _Request) -> str:
        """Give the text key of what is wrong with a reading; "" when nothing is."""
        names = (reading.of, reading.source, scope)
        hand = request.by_hand and (reading.topic, reading.source) != (
            "indicator", f"{MANUAL}{request.actor.user}",
        )  # fmt: skip
        placed = -180 <= reading.lon <= 180 and -90 <= reading.lat <= 90
        here = bool(reading.lon and reading.lat) or reading.topic != "position"
        full = len(self._held) >= MOST and (reading.topic, *names[:2]) not in self._held
        rules = (
            (any(len(name) > ID or NUL in name for name in names), "reading.name"),
            (reading.at <= 0, "reading.instant"),
            (reading.at > request.latest, "reading.future"),
            (not (placed and here), "reading.place"),
            (not hand and not request.may(scope), "reading.scope"),
            (hand or not request.may(scope), "reading.by"),
            (full, "reading.full"),
        )
        return next((key for wrong, key in rules if wrong), "")

    def _moved(self, key: Key, series: Series) -> None:
        """Note that a source's alarm was raised or cleared."""
        if series.raised:
            self.raised[key] = series
        else:
            self.raised.pop(key, None)
            series.opened = False

    def _soil(self, series: Series) -> None:
        if not series.dirty:
            series.dirty = True
            self._dirty.append(series)

    # ---- writing

    def beat(self) -> bool:
        """Write what has come since the last beat; tell whether there was any."""
        with self._lock:
            dirty, points = self._dirty, self._points
            self._dirty, self._points = [], []
            rows = [(series, series.body()) for series in dirty]
            for series in dirty:
                series.dirty = False
        self._known.forget()
        try:
            others = self._keeping.write(rows, points)
        except BaseException:
            with self._lock:
                self._points = points + self._points
                for series in dirty:
                    self._soil(series)
            raise
        with self._lock:
            for kept in others:
                self._restore(kept)
        return bool(rows or others)

    def mark(self, key: Key, turn: int) -> None:
        """Note that the incident of a source's alarm is open, and which turn it is."""
        with self._lock:
            series = self._held[key]
            series.turn, series.opened = turn, True
            self._soil(series)

    def _restore(self, kept: Kept) -> None:
        reading = kept.sensed.reading
        key = (reading.topic, reading.of, reading.source)
        series = self._held.get(key)
        if series is None:
            indicator = self._indicators.get(reading.of)
            if reading.topic == "indicator" and indicator is None:
                return  # its scene's file no longer has it
            owner = ("", "") if indicator else kept.owner
            series = self._held[key] = Series(reading.topic, indicator, owner)
            series.id = kept.series
        if reading.at > series.at:
            series.restore(kept.sensed)
            series.turn, series.opened = kept.turn, kept.opened
            if series.raised:
                self.raised[key] = series

    # ---- reading

    @property
    def head(self) -> int:
        """Give where the readings end."""
        return self._keeping.head

    def page(self, since: int, basis: str, access: Access, limit: int = PAGE) -> Readings:
        """Give the last values that changed after a place, as far as this person may see them."""
        sight = Sight.of(access)
        mine = f"{self._epoch}.{sight.mark.hex()}"
        since = since if basis == mine and 0 <= since <= self.head else 0
        found, upto, more = self._keeping.page(since, sight, min(max(limit, 1), PAGE))
        return Readings(
            next=upto, basis=mine, head=self.head, more=more, readings=found,
            time=self._clock.now(),
        )  # fmt: skip

    def history(self, of: str, source: str, since: int, access: Access) -> Points:
        """Give what was measured since an instant; nothing for what this person may not see."""
        return Points(points=self._keeping.points(of, source, since, Sight.of(access)))

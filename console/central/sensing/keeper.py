"""The one intake for readings: last values in memory, judged as they come, written with each beat.

Nobody waits for the disk here. A reading that was taken is written within a beat (a second); what
a crash takes with it is that second, and its sources speak again. Who follows the readings has
them from memory.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import itemgetter

from msgspec import Raw

from console.base.clock import Clock
from console.central.ledger import Ledger
from console.central.sensing import trails
from console.central.sensing.keeping import POINTS, Keeping, Kept, Noted, Point, Sample
from console.central.sensing.known import Known
from console.central.sensing.order import Order
from console.central.sensing.request import Request
from console.central.sensing.series import ASLEEP, Series
from console.central.sensing.trails import Fix, Trails
from console.central.sensing.turns import News, Turns, kept_of
from console.central.sight import Sight
from console.domain.access import Access
from console.domain.indicator import Indicator
from console.domain.opening import MANUAL
from console.domain.reading import Reading, Unread
from console.domain.sensed import Sensed
from console.domain.track import Fixes
from console.wire import Points, Readings, Taken

AHEAD_MS = 5 * 60_000
"""A reading that says it is from later than this is set aside."""
MOST = 200_000
"""The most sources that are kept."""
PAGE = 2_000
"""The most last values in one page."""
Key = tuple[str, str, str]


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
        self._beating = threading.Lock()
        self._held: dict[str, dict[str, dict[str, Series]]] = {
            "indicator": {}, "position": {}, "camera": {}
        }  # fmt: skip
        self._numbered: dict[int, Series] = {}
        self._count = 0
        self._order = Order()
        self._dirty: list[Series] = []
        self._moved: list[Series] = []
        self._points: list[Point] = []
        self._late = Turns()
        self._trails = Trails()
        self._ledger = ledger
        self.head = self._keeping.head
        """Where the readings end."""
        self.raised: dict[Key, Series] = {}
        self._begin()

    # ---- taking

    def take(self, readings: Sequence[Reading | Unread], actor: Access) -> Taken:
        """Take readings of one account; an older one never stands over a newer.

        What could not be read stands among them, with the reason why.
        """
        request = Request(actor, self._clock.now() + AHEAD_MS)
        with self._lock:
            calm = self._take(readings, request)
        request.told.taken += calm
        return request.told

    def _take(self, readings: Sequence[Reading | Unread], request: Request) -> int:
        """Take readings; give how many needed no look: they go through ten thousand a second."""
        held, look, dirty, points = self._held, self._look, self._dirty, self._points
        quick, allowed = request.quick, request.allowed
        topic, of, sources, looked = "", "", dict[str, Series](), 0
        for n, each in enumerate(readings):
            try:
                if each.of != of or each.topic != topic:  # those of one thing often come together
                    topic, of = each.topic, each.of
                    sources = held[topic][of]
                series = sources[each.source]
            except KeyError:
                look(n, each, None, request)
                looked, topic = looked + 1, ""  # there may be such sources now
                continue
            # `a < b and b <= c`: the interpreter is quicker at it than at `a < b <= c`.
            at, value = each.at, each.value
            if (
                at > series.at and at <= quick and series.low < value and value < series.high
                and each.quality == "good" and each.scope == (scope := series.scope)
                and each.lon == series.lon and each.lat == series.lat and scope in allowed
            ):  # fmt: skip
                series.at, series.value = at, value  # as Series.calm
                if at >= series.wake:
                    if series.wake == ASLEEP:
                        dirty.append(series)
                    if at >= series.due:
                        series.due = at + series.gap_ms
                        points.append((series, at, value))
                    series.wake = series.due
            else:
                look(n, each, series, request)
                looked += 1
        return len(readings) - looked

    def _look(
        self, n: int, reading: Reading | Unread, series: Series | None, request: Request
    ) -> None:  # fmt: skip
        """Take one reading with all care: it is of a new source, out of its range, or wrong."""
        if isinstance(reading, Unread):
            return request.refuse(n, reading, "reading.shape", why=reading.why)
        new = series is None
        series = series or self._unheard(reading)
        if series is None:
            return request.refuse(n, reading, "reading.unknown", of=reading.of[:60])
        scope = reading.scope or series.own_scope
        if why := request.wrong(reading, scope, new=new) or self._no_room(new=new):
            return request.refuse(n, reading, why)
        if reading.at <= series.at:
            request.told.known += 1
            return None
        if new:
            self._hold(reading, series)
        if series.look(reading, scope):
            self._turned(reading.key, series)
        if reading.at >= series.due and reading.quality != "bad":
            series.due = reading.at + series.gap_ms
            self._points.append((series, reading.at, reading.value))
        self._trails.note(series, reading)
        self._soil(series)
        request.told.taken += 1
        return None

    def _unheard(self, reading: Reading) -> Series | None:
        """Give a source that was never heard of; None if what it is of is not known either."""
        owner = self._known.owner(reading.topic, reading.of, self._indicators)
        if owner is None:
            return None
        return Series(reading.topic, self._indicators.get(reading.of), owner)

    def _no_room(self, *, new: bool) -> str:
        return "reading.full" if new and self._count >= MOST else ""

    def _turned(self, key: Key, series: Series) -> None:
        """Note that a source's alarm was raised or cleared."""
        if series.raised:
            self.raised[key] = series
        else:
            self.raised.pop(key, None)
            series.opened = False

    def _hold(self, reading: Reading, series: Series) -> None:
        self._held[reading.topic].setdefault(reading.of, {})[reading.source] = series
        self._count += 1

    def _soil(self, series: Series) -> None:
        series.wake = series.due
        if not series.moved:
            series.moved = True
            self._moved.append(series)

    # ---- writing

    def beat(self) -> bool:
        """Write what has come since the last beat; tell whether there was any.

        When this returns, whatever was taken before it was called is down on disk.
        """
        with self._beating:
            return self._beat()

    def _beat(self) -> bool:
        with self._lock:
            news = News(self._dirty, self._moved, self._points)
            self._dirty, self._moved, self._points = [], [], []
            rows, points = self._late.due() if news.changed else ([], [])
            fixes = self._trails.due()
        self._known.forget()
        try:
            others = self._keeping.write(news.changed, news.beat, rows, points, fixes)
        except BaseException:
            self._put_back(news, fixes)
            raise
        with self._lock:
            if news.changed:
                self._late.written()
                self._late.wait(news)
                self._numbered.update((series.id, series) for series in news.new)
            self._follow(found := self._restore((), others))
            self.head = self._keeping.head
            self._order.add(range(self.head + 1 - len(news.changed), self.head + 1), news.changed)
        return bool(news.changed or found)

    def _put_back(self, news: News, fixes: list[Fix]) -> None:
        """Keep what the disk did not take for a later beat."""
        with self._lock:
            self._trails.put_back(fixes)
            self._points = news.points + self._points
            for series in news.new:
                series.id = 0
            for series in news.changed:
                self._soil(series)

    def mark(self, key: Key, turn: int) -> None:
        """Note that the incident of a source's alarm is open, and which turn it is."""
        topic, of, source = key
        with self._lock:
            series = self._held[topic][of][source]
            series.turn, series.opened = turn, True
            self._soil(series)

    # ---- what was written before, or by another process

    def _begin(self) -> None:
        """Take up what was written down; what stands in the journal alone gets its row."""
        rows, beats = self._keeping.all()
        held = self._restore(rows, ())
        late = self._restore((), beats)
        self._follow(sorted((*held, *late), key=itemgetter(0)))
        if beats:
            points = [point for noted in beats for point in noted.beat.points]
            self._keeping.settle([(n, kept_of(s)) for n, s in late if s.n == n], points)
            self._late = Turns()

    def _restore(
        self, rows: Iterable[tuple[int, Kept]], beats: Iterable[Noted]
    ) -> list[tuple[int, Series]]:
        """Take up rows, then beats; give the sources with their places, in order."""
        found: list[tuple[int, Series]] = []
        places = [place for noted in beats for place in noted.places()]
        for n, each in (*rows, *places):
            series = self._again(each) if isinstance(each, Kept) else self._sampled(each)
            if series is not None:
                found.append((n, series))
        self._late.add(point for noted in beats for point in noted.beat.points)
        return found

    def _follow(self, found: Sequence[tuple[int, Series]]) -> None:
        self._order.add([n for n, _ in found], [series for _, series in found])

    def _sampled(self, sample: Sample) -> Series | None:
        number, at, value = sample
        series = self._numbered.get(number)
        if series is not None and at > series.at:
            series.calm(at, value)
        return series

    def _again(self, kept: Kept) -> Series | None:
        """Take up a source; None if its scene's file no longer has it."""
        reading = kept.sensed.reading
        indicator = self._indicators.get(reading.of)
        if reading.topic == "indicator" and indicator is None:
            return None
        series = self._find(*reading.key)
        if series is None:
            series = Series(reading.topic, indicator, ("", "") if indicator else kept.owner)
            series.id = kept.series
            self._hold(reading, series)
        self._numbered[kept.series] = series
        self._take_up(series, kept.sensed, kept.turn, opened=kept.opened)
        return series

    def _take_up(self, series: Series, sensed: Sensed, turn: int, *, opened: bool) -> None:
        """Let a source stand as it was written down, unless it is known to be later here."""
        if sensed.reading.at < series.at:
            return
        series.restore(sensed)
        series.turn, series.opened = turn, opened
        self._turned(sensed.reading.key, series)

    def _find(self, topic: str, of: str, source: str) -> Series | None:
        return self._held[topic].get(of, {}).get(source)

    # ---- reading

    def sources(self) -> list[Series]:
        """Give the sources of indicators that devices measure; a person's values are none."""
        with self._lock:
            return [
                series
                for of in self._held["indicator"].values()
                for source, series in of.items()
                if not source.startswith(MANUAL)
            ]

    def page(self, since: int, basis: str, access: Access, limit: int = PAGE) -> Readings:
        """Give the last values that changed after a place, as far as this person may see them."""
        sight = Sight.of(access)
        mine = f"{self._epoch}.{sight.mark.hex()}"
        limit = min(max(limit, 1), PAGE)
        with self._lock:
            head = self.head
            since = since if basis == mine and 0 <= since <= head else 0
            found = list(islice(self._order.after(since, sight), limit + 1))
            upto, more = (found[limit - 1].n, True) if len(found) > limit else (head, False)
            bodies = [Raw(series.travelling()) for series in found[:limit]]
        return Readings(
            next=upto, basis=mine, head=head, more=more, readings=bodies, time=self._clock.now()
        )

    def history(self, of: str, source: str, since: int, access: Access) -> Points:
        """Give what was measured since an instant; nothing for what this person may not see."""
        series = self._find("indicator", of, source) or self._find("camera", of, source)
        if series is None or not Sight.of(access).sees(series.scope, series.depts):
            return Points(points=[])
        with self._lock:
            late = self._late.points_of(series.id)
        found = dict(self._keeping.points(series.id, since))
        found.update((at, value) for at, value in late if at >= since)
        return Points(points=sorted(found.items())[-POINTS:])

    def tracks(
        self, since: int, until: int, after: int, access: Access, limit: int = trails.PAGE
    ) -> Fixes:  # fmt: skip
        """Give where units were in a stretch, as far as this person may see; a page at most."""
        sight = Sight.of(access)
        with self._lock:
            units = {
                series.id: of
                for of, sources in self._held["position"].items()
                for series in sources.values()
                if series.id and sight.sees(series.scope, series.depts)
            }
        return trails.page(self._ledger, units, since, until, after, limit)

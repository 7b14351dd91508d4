"""What is measured, as this seat has it: last values, courses, alarms and the vital signs.

Reads are from memory, from any thread, and take a few milliseconds at most. All of it is as of
the seat's own time: what does not come any more turns stale and then is lost by itself.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass

from console.base.errors import Refused
from console.domain.access import covers
from console.domain.alarm import Standing, sampled
from console.domain.changes import Changes
from console.domain.indicator import Indicator
from console.domain.measured import Sensing
from console.domain.opening import MANUAL, incident_id
from console.domain.query import parse_query
from console.domain.reading import Reading
from console.domain.record import SHARED, Shelf
from console.domain.sensed import Judged, Sensed, judged
from console.domain.shelf import shelved
from console.domain.track import Tracks
from console.domain.vitals import Vitals, formula_of, vitals
from console.parts import Parts
from console.scenes.scene import indicators_of
from console.services import ruled
from console.services.around import Around
from console.sync.telemetry import Telemetry
from console.sync.trails import Trails

_SHELVES = parse_query("shelf", "state:shelved")


@dataclass(frozen=True, slots=True)
class Alarm:
    """One source that is out of band, was so before it fell silent, or is shelved.

    ``now`` is of this source alone; ``scope`` is where it stands; ``shelf`` the record, if any.
    """

    indicator: Indicator
    now: Judged
    scope: str
    shelf: Shelf | None = None


class Gauges:
    """One seat's instruments. ``tell`` hears what a value given here has changed."""

    def __init__(self, parts: Parts, tell: Callable[[Changes], None]) -> None:
        self._parts = parts
        self._values = parts.values
        self._clock = parts.clock
        self._tell = tell
        self._around: Around | None = None
        self._shelves: tuple[Shelf, ...] | None = None
        self._now: tuple[int, dict[str, Judged]] = (-1, {})
        self.known: Mapping[str, Indicator] = indicators_of(parts.scenes)
        self._formula = formula_of(parts.city, self.known)
        self._trails = Trails(parts.values, parts.api, parts.clock)
        self.telemetry = Telemetry(parts.values, parts.api, parts.clock, self._may_send)

    # ---- reading

    def last(self, topic: str, of: str | None = None) -> dict[tuple[str, str], Reading]:
        """Give the last readings of a topic, or of one thing of it, by (of, source).

        ``topic``: indicator, position or camera; ``of``: the indicator's, unit's or camera's id.
        """
        return {key: s.reading for key, s in self._values.last(topic, of).items()}

    def series(self, of: str, source: str = "", since: int = 0) -> list[tuple[int, float]]:
        """Give what is kept here of an indicator's course: (ms UTC, value), oldest first.

        At most the last 500 points of seven days; ``ask_series`` fetches what the centre has.
        Without a source, of the one that speaks for the indicator now.
        """
        source = source or self.indicators()[of].source if of in self.known else source
        return self._values.series(of, source, since)

    def tracks(self, since: int, of: str = "", until: int = 1 << 62) -> Tracks | None:
        """Give where units (or one) have been between two instants (ms UTC); ask it on a caller.

        Only as far as this seat holds it (``fetch_tracks``); None when it cannot be read.
        """
        return self._values.tracks(since, of, until)

    def fetch_tracks(self, since: int, until: int) -> bool:
        """Fetch what the centre has of a stretch and this seat has not; ask it on a caller.

        Tells whether anything was fetched. Unreachable when the line is away.
        """
        return self._trails.fetch(since, until)

    def indicators(self) -> Mapping[str, Judged]:
        """Give every indicator of the scenes as it is now, by its id; once a second anew."""
        now = self._clock.now()
        if self._now[0] != now // 1000:
            found = {of: self._judged(each, now) for of, each in self.known.items()}
            self._now = (now // 1000, found)
        return self._now[1]

    def vitals(self) -> Vitals:
        """Give the vital signs as they are now, each point lost with its reason."""
        return vitals(self._formula, self.known, self.indicators())

    def sensing(self) -> Sensing:
        """Give what figures of pages are worked out from."""
        return Sensing(
            self.known, self.indicators(), lambda of, since: self.series(of, since=since),
            self.vitals(),
        )  # fmt: skip

    def alarms(self) -> list[Alarm]:
        """Give the sources that want a person's eye: the worst first, then the longest."""
        now = self._clock.now()
        found = [
            alarm
            for indicator in self.known.values()
            for sensed in self._values.sources(indicator.id)
            if (alarm := self._alarm(indicator, sensed, now)) is not None
        ]  # fmt: skip
        return sorted(found, key=_order)

    def incident(self, of: str, source: str) -> str:
        """Give the last incident that a source's alarm has opened, as far as this seat sees."""
        found, turn = "", 1
        while self._parts.store.get("incident", id := incident_id(of, source, turn)):  # noqa: A001
            found, turn = id, turn + 1
        return found

    def shelves(self) -> tuple[Shelf, ...]:
        """Give the shelves that stand now."""
        if self._shelves is None:
            store, around = self._parts.store, self._around
            rows = store.find(_SHELVES, around.view()) if around else []
            found = (store.get(Shelf.kind, str(row[0])) for row in rows)
            self._shelves = tuple(s for s in found if isinstance(s, Shelf))
        return self._shelves

    # ---- doing

    def give(self, of: str, value: float) -> "Future[Changes]":
        """Give a value by hand, in the name of who sits here; it waits when the line is away.

        Refused when there is no such indicator, or nobody sits here.
        """
        return self._parts.work.write(lambda: self._given(of, value))

    def ask_series(self, of: str, source: str, since: int = 0) -> "Future[Changes]":
        """Fetch what the centre has kept of a source; Unreachable when the line is away."""

        def job() -> Changes:
            points = self._parts.api.points(of, source, since)
            changes = self._values.absorb_points(of, source, points)
            self._tell(changes)
            return changes

        return self._parts.work.call(job)

    # ---- what the core tells

    def sit(self, around: Around) -> None:
        """Take note of who sits here, and of the city as it is now."""
        self._around = around
        self.known = around.indicators
        self._shelves = None

    def heard(self, changes: Changes) -> None:
        """Take note of what has changed: it is worked out anew when it is next asked for."""
        if changes.readings or changes.everything:
            self._now = (-1, {})
        if changes.everything or changes.of(Shelf.kind):
            self._shelves = None
            self._now = (-1, {})

    # ---- inside

    def _judged(self, indicator: Indicator, now: int) -> Judged:
        sources = self._values.sources(indicator.id)
        until, reason = self._shelved(sources, now)
        return judged(indicator, sources, now, until, reason)

    def _shelved(self, sources: list[Sensed], now: int) -> tuple[int, str]:
        """Tell until when all that is out of band is shelved, and why."""
        shelves = self.shelves()
        if not shelves:
            return 0, ""
        out = [s for s in sources if s.standing.band != "normal"] or sources
        held = [shelved(shelves, s.reading, now) for s in out]
        kept = [h for h in held if h is not None]
        if not kept or len(kept) < len(held):
            return 0, ""
        first = min(kept, key=lambda s: s.until)
        return first.until, first.reason

    def _alarm(self, indicator: Indicator, sensed: Sensed, now: int) -> Alarm | None:
        shelf = shelved(self.shelves(), sensed.reading, now)
        found = judged(
            indicator, [sensed], now, shelf.until if shelf else 0, shelf.reason if shelf else ""
        )
        silent = found.freshness != "live"
        if found.state in ("warn", "alarm") or shelf is not None or silent:
            return Alarm(indicator, found, sensed.reading.scope, shelf)
        return None

    def _given(self, of: str, value: float) -> Changes:
        around, indicator = self._around, self.known.get(of)
        if indicator is None:
            raise Refused("reading.unknown", of=of)
        if around is None or not around.person.user or not around.person.scopes:
            raise Refused("refused.nobody")
        person, now = around.person, self._clock.now()
        scope = SHARED if covers(person.scopes, "") else person.scopes[0]
        source = f"{MANUAL}{person.user}"
        reading = Reading(
            topic="indicator", of=of, source=source, at=now, value=value, scope=scope
        )  # fmt: skip
        held = self._values.last("indicator", of).get((of, source))
        standing = sampled(indicator, held.standing if held else Standing(), reading)
        sensed = Sensed(reading=reading, standing=standing)
        changes = self._values.give(sensed)
        if not shelved(self.shelves(), reading, now):
            changes |= ruled.opened(around, indicator, sensed, now)
        self._tell(changes)
        return changes

    def _may_send(self) -> bool:
        """Tell whether values by hand may go: after the incidents that they have opened here."""
        waiting = (w for w in self._parts.store.outbox() if w.state in ("queued", "sent"))
        return not any(w.act.line == ruled.LINE for w in waiting)


def _order(alarm: Alarm) -> tuple[bool, bool, bool, int]:
    now = alarm.now
    return bool(now.shelved), now.state == "unknown", now.state != "alarm", now.since

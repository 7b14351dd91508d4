"""One source of one thing: its last value, how it stands, and what is to be written of it."""

from math import inf
from sys import intern

from msgspec.structs import replace

from console.domain.alarm import Standing, sampled
from console.domain.indicator import RANK, Band, Indicator, Range
from console.domain.reading import Reading, Topic
from console.domain.sensed import Sensed
from console.wire import pack

Owner = tuple[str, str]
"""The scope and the departments (" a b ") of the record that a reading is of; empty without one."""
Sample = tuple[int, float]
"""When (ms UTC) and what was measured."""
ASLEEP = -1
"""The ``wake`` of a source that did not change within this beat: any sample is later."""
GAPS: dict[Topic, int] = {"camera": 60_000, "position": 1 << 62, "indicator": 60_000}
"""The ms between two points of a history that no indicator sets; positions have none."""


class Series:
    """Mutable, and the keeper's own: it is touched ten thousand times a second.

    ``low`` and ``high``: a sound value between them, from the same place (``scope``, ``lon``,
    ``lat``), changes nothing but the last value (``at``, ``value``), and need not be looked at.
    ``gap_ms``: the shortest time between two points of its history; ``due``: when the next may
    come. ``n``: when it last changed, in the order of all. ``wake``: from what instant on a sample
    is more than a last value: ``due`` once it changed within this beat, before that ``ASLEEP``;
    ``moved``: more than its last value changed. ``waits``: its row waits for its turn.
    """

    __slots__ = (
        "_good", "_packed", "_packed_n", "_ranges", "_reading", "at", "depts", "due", "gap_ms",
        "high", "id", "indicator", "lat", "lon", "low", "moved", "n", "opened", "own_scope",
        "plain", "scope", "standing", "turn", "value", "waits", "wake",
    )  # fmt: skip

    def __init__(self, topic: Topic, indicator: Indicator | None, owner: Owner) -> None:
        scope, depts = owner
        self.id = self.n = self.due = 0
        self.at = self._packed_n = -1
        self.wake = ASLEEP
        self.value = self.lon = self.lat = 0.0
        self.indicator = indicator
        self.plain = topic != "position" and not scope
        self.own_scope = scope
        self.scope = scope
        self.depts = depts
        self.standing = Standing()
        self.turn = 1
        self.opened = self.moved = self.waits = False
        self.gap_ms = indicator.refresh_s * 500 if indicator else GAPS[topic]
        self._reading: Reading | None = None
        self._good: Sample = (0, 0.0)
        self._packed = b""
        self._ranges: dict[Band, Range] = {}
        self._calm()

    def calm(self, at: int, value: float) -> None:
        """Take up a sample that need not be looked at; ``Keeper.take`` does the same by itself."""
        self.at, self.value = at, value

    def look(self, reading: Reading, scope: str) -> bool:
        """Take up a reading and judge it; tell whether the band changed."""
        if reading.topic != "position" and (reading.heading or reading.speed):
            reading = replace(reading, heading=0.0, speed=0.0)
        good = self._last_good()
        before = self._stood(good)
        self._place(reading, scope)
        self._good = good if reading.quality == "bad" else (reading.at, reading.value)
        if self.indicator is None or reading.quality == "bad":
            return False
        self.standing = sampled(self.indicator, before, reading)
        self._calm()
        return self.standing.band != before.band

    @property
    def raised(self) -> bool:
        """Tell whether it is so far out that it opens an incident."""
        indicator = self.indicator
        if indicator is None or not indicator.opens:
            return False
        return RANK[self.standing.band] >= RANK[indicator.opens_at]

    @property
    def reading(self) -> Reading:
        """Give the last reading; LookupError before there was any."""
        reading = self._reading
        if reading is None:
            raise LookupError("no reading was taken yet")
        if reading.at != self.at or reading.scope != self.scope:
            quality = reading.quality if reading.at == self.at else "good"
            return replace(reading, at=self.at, value=self.value, quality=quality, scope=self.scope)
        return reading

    def restore(self, sensed: Sensed) -> None:
        """Take up what was written down before this process began."""
        reading = sensed.reading
        self.standing = sensed.standing
        self._place(reading, reading.scope or self.own_scope)
        if reading.quality != "bad":
            self._good = reading.at, reading.value
        self._calm()

    def sensed(self) -> Sensed:
        """Give its last value and how it stands."""
        if self.indicator is None:
            return Sensed(reading=self.reading)
        return Sensed(reading=self.reading, standing=self._stood(self._last_good()))

    def travelling(self) -> bytes:
        """Give it as it travels; it is packed once for each place (``n``) that it gets."""
        if self._packed_n != self.n:
            self._packed_n, self._packed = self.n, pack(self.sensed())
        return self._packed

    def _place(self, reading: Reading, scope: str) -> None:
        self._reading, self.scope = reading, intern(scope)
        self.at, self.value = reading.at, reading.value
        self.lon, self.lat = reading.lon, reading.lat

    def _last_good(self) -> Sample:
        """Give the last sound sample; those that were not looked at were all sound."""
        reading = self._reading
        return (self.at, self.value) if reading and reading.at != self.at else self._good

    def _stood(self, good: Sample) -> Standing:
        """Give how it stands, with the last sound sample: calm ones do not bring it up to date."""
        held, (at, value) = self.standing, good
        if at <= held.at:
            return held
        return Standing(
            band=held.band, since=held.since, asked=held.asked, run=held.run,
            run_since=held.run_since, at=at, value=value,
        )  # fmt: skip

    def _calm(self) -> None:
        if not self.plain or self.standing.run:
            self.low, self.high = inf, -inf
        elif self.indicator is None:
            self.low, self.high = -inf, inf
        else:
            band = self.standing.band
            if band not in self._ranges:
                self._ranges[band] = self.indicator.calm(band)
            self.low, self.high = self._ranges[band]

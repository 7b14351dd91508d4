"""One source of one thing: its last value, how it stands, and what is to be written of it."""

from math import inf

from console.domain.alarm import Standing, sampled
from console.domain.indicator import RANK, Indicator
from console.domain.reading import Reading, Topic
from console.domain.sensed import Sensed
from console.wire import pack

Owner = tuple[str, str]
"""The scope and the departments (" a b ") of the record that a reading is of; empty without one."""
GAPS: dict[Topic, int] = {"camera": 60_000, "position": 1 << 62, "indicator": 60_000}
"""The ms between two points of a history that no indicator sets; positions have none."""


class Series:
    """Mutable, and the keeper's own: it is touched ten thousand times a second.

    ``low`` and ``high``: a sound value between them changes nothing but the last value, and need
    not be judged. ``gap_ms``: the shortest time between two points of its history.
    """

    __slots__ = (
        "at", "depts", "dirty", "due", "gap_ms", "good", "high", "id", "indicator", "low",
        "opened", "own_scope", "plain", "reading", "scope", "standing", "turn",
    )  # fmt: skip

    def __init__(self, topic: Topic, indicator: Indicator | None, owner: Owner) -> None:
        scope, depts = owner
        self.id = 0
        self.at = -1
        self.due = 0
        self.indicator = indicator
        self.plain = topic != "position" and not scope
        self.own_scope = scope
        self.scope = scope
        self.depts = depts
        self.reading: Reading | None = None
        self.good: Reading | None = None
        self.standing = Standing()
        self.turn = 1
        self.opened = False
        self.dirty = False
        self.gap_ms = indicator.refresh_s * 500 if indicator else GAPS[topic]
        self._calm()

    def judge(self, reading: Reading) -> bool:
        """Judge a sample; tell whether the band changed."""
        if self.indicator is None or reading.quality == "bad":
            return False
        before = self._stood()
        self.standing = sampled(self.indicator, before, reading)
        self.good = reading
        self._calm()
        return self.standing.band != before.band

    @property
    def raised(self) -> bool:
        """Tell whether it is so far out that it opens an incident."""
        indicator = self.indicator
        if indicator is None or not indicator.opens:
            return False
        return RANK[self.standing.band] >= RANK[indicator.opens_at]

    def restore(self, sensed: Sensed) -> None:
        """Take up what was written down before this process began."""
        self.reading, self.standing = sensed.reading, sensed.standing
        self.good = sensed.reading if sensed.reading.quality != "bad" else None
        self.at = sensed.reading.at
        self.scope = sensed.reading.scope or self.own_scope
        self._calm()

    def body(self) -> bytes:
        """Give it as it travels."""
        reading = self.reading
        assert reading is not None  # noqa: S101 - it is written only after a reading
        if reading.scope != self.scope:
            reading = _placed(reading, self.scope)
        if self.indicator is None:
            return pack(Sensed(reading=reading))
        return pack(Sensed(reading=reading, standing=self._stood()))

    def _stood(self) -> Standing:
        """Give how it stands, with the last sound sample: calm ones do not bring it up to date."""
        held, good = self.standing, self.good
        if good is None or good.at <= held.at:
            return held
        return Standing(
            band=held.band, since=held.since, asked=held.asked, run=held.run,
            run_since=held.run_since, at=good.at, value=good.value,
        )  # fmt: skip

    def _calm(self) -> None:
        if not self.plain or self.standing.run:
            self.low, self.high = inf, -inf
        elif self.indicator is None:
            self.low, self.high = -inf, inf
        else:
            self.low, self.high = self.indicator.calm(self.standing.band)


def _placed(reading: Reading, scope: str) -> Reading:
    return Reading(
        topic=reading.topic, of=reading.of, at=reading.at, source=reading.source, scope=scope,
        value=reading.value, quality=reading.quality, lon=reading.lon, lat=reading.lat,
        heading=reading.heading, speed=reading.speed,
    )  # fmt: skip

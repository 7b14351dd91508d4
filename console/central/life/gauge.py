"""One gauge of the demo city: what it measures at any instant, and when it fails.

A gauge is a pure function of time: its base, what the city does to it, and a noise that wanders;
now and then, by its seed, it goes out of band, falls silent or tells nonsense.
"""

from math import inf
from random import Random

from console.central.life.script import Driver, Trouble
from console.central.life.sky import HOUR, MINUTE, Sky
from console.domain.indicator import Indicator
from console.domain.reading import Reading

WANDER = 9
"""A gauge's noise takes so many readings to wander."""
SWING, JITTER = 0.6, 0.15
"""Of the spread that its file gives: how far it wanders, how much single readings tremble."""
QUICK_S = 300
"""Only those that speak at least so often fail: one word amiss of the others stands for hours."""
BAD_VALUE = -999.0


class Gauge:
    """``place``: scope, lon and lat; ``staged``: (kind, from, until) of what is to be seen soon."""

    def __init__(
        self, indicator: Indicator, source: str, place: tuple[str, float, float],
        driver: Driver, seed: int,
    ) -> None:  # fmt: skip
        self.indicator = indicator
        self.source = source
        self.staged: tuple[str, int, int] | None = None
        self._scope, self._lon, self._lat = place
        self._driver = driver
        self._seed = seed

    def reading(self, sky: Sky, trouble: Trouble, model: int, at: int) -> Reading | None:
        """Give what it says of a model's instant, dated ``at``; None while it is silent."""
        kind, part = self._trouble(trouble, model)
        if kind == "silent":
            return None
        value = BAD_VALUE if kind == "bad" else self._value(sky, model)
        if kind == "out":
            value += (self._beyond() - value) * min(1.0, 4 * min(part, 1 - part))
        if kind != "bad":
            value = self._bounded(value)
        return Reading(
            topic="indicator", of=self.indicator.id, source=self.source, at=at, scope=self._scope,
            value=value, quality="bad" if kind == "bad" else "good", lon=self._lon, lat=self._lat,
        )  # fmt: skip

    def _value(self, sky: Sky, at: int) -> float:
        sim, driver = self.indicator.sim, self._driver
        base, spread = (sim.base, sim.sd) if sim else (self.indicator.normal[0], 0.0)
        step = self.indicator.refresh_s * 1000
        wander = self._wander(at / (step * WANDER))
        tremble = self._noise(at // step, 7)
        value = base + spread * (SWING * wander + JITTER * tremble)
        value += driver.busy * sky.busy(at) + driver.crowd * sky.crowd(at)
        value += driver.weekend * sky.day_off(at)
        if driver.rain:
            value += driver.rain * sky.rained(at // MINUTE * MINUTE, driver.lag_h)
        if driver.air:
            value += base * driver.air * (sky.air(at) - 1.0)
        return value

    def _bounded(self, value: float) -> float:
        low = 0.0 if min(self.indicator.normal) >= 0 else -inf
        share = self.indicator.unit == "%" and self.indicator.normal[1] <= 100
        high = 100.0 if share else inf
        if self.indicator.whole:
            return float(round(min(max(value, low), high)))
        return round(min(max(value, low), high), self.indicator.decimals + 1)

    def _beyond(self) -> float:
        """Give a value beyond the alarm limit."""
        warn, alarm = self.indicator.warn, self.indicator.alarm
        near = warn if isinstance(warn, float | int) else warn[1]
        far = alarm if isinstance(alarm, float | int) else alarm[1]
        return far + 0.15 * (far - near)

    def _trouble(self, trouble: Trouble, at: int) -> tuple[str, float]:
        """Tell what is wrong with it now, and how far that has gone (0 to 1)."""
        if self.staged and self.staged[1] <= at < self.staged[2]:
            kind, first, last = self.staged
            return kind, (at - first) / (last - first)
        if self.indicator.refresh_s > QUICK_S:
            return "", 0.0
        span = int(trouble.slot_h * HOUR)
        slot = at // span
        dice = Random(self._seed * 1_000_003 + slot)  # noqa: S311 - a drill keeps no secret
        roll, start = dice.random(), dice.random()
        chances = (
            ("silent", trouble.silent, trouble.silent_min), ("out", trouble.out, trouble.out_min),
            ("bad", trouble.bad, trouble.silent_min),
        )  # fmt: skip
        for kind, chance, (short, long) in chances:
            if roll < chance:
                length = max((short + (long - short) * dice.random()) * MINUTE, 1.0)
                part = (at - slot * span - start * (span - length)) / length
                return (kind, part) if 0 <= part < 1 else ("", 0.0)
            roll -= chance
        return "", 0.0

    def _wander(self, place: float) -> float:
        first = int(place // 1)
        part = place - first
        ease = part * part * (3 - 2 * part)
        return self._noise(first, 3) * (1 - ease) + self._noise(first + 1, 3) * ease

    def _noise(self, n: int, sort: int) -> float:
        """Give a number around 0, at most 2 away, always the same for the same n."""
        dice = Random((self._seed * 1_000_003 + n) * 11 + sort)  # noqa: S311 - no secret
        return max(-2.0, min(2.0, dice.gauss(0, 1)))

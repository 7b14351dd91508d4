"""The weather and the rhythm of the demo city: pure functions of the time and a seed.

Instants are ms UTC. Nothing is remembered: asked again for the same instant it says the same.
"""

import math
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from console.central.life.script import Rhythm, Staged

MINUTE, HOUR = 60_000, 3_600_000
STEPS = 12
"""Into so many parts a stretch of rain is cut when it is added up."""


class Sky:
    """Rain in mm/h, the crowd and the busy hours as 0 to 1, the air as a factor around 1."""

    def __init__(self, rhythm: Rhythm, staged: Staged, zone: str, seed: int, began: int) -> None:
        self._rhythm = rhythm
        self._staged = staged
        self._zone = ZoneInfo(zone)
        self._seed = seed
        self._began = began
        self._spells = lru_cache(maxsize=64)(self._spells_of)
        self.rained = lru_cache(maxsize=512)(self._rained)

    def rain(self, at: float) -> float:
        """Give how hard it rains."""
        staged = self._staged
        first = self._began + staged.rain_after_min * MINUTE
        found = _bell(at, first, staged.rain_for_min * MINUTE) * staged.rain_mm
        here = self._here(at)
        for day in (here.date() - timedelta(days=1), here.date()):
            for start, length, peak in self._spells(day.toordinal(), day.month):
                found += _bell(at, start, length) * peak
        return found

    def _rained(self, at: int, hours: float) -> float:
        """Give how hard it rained on the average of so many hours before."""
        span = hours * HOUR / STEPS
        return sum(self.rain(at - n * span) for n in range(STEPS)) / STEPS

    def crowd(self, at: int) -> float:
        """Give how full the places are where people go."""
        here = self._here(at)
        hours = self._rhythm.crowd_weekend if self.day_off(at) else self._rhythm.crowd
        wet = max(0.3, 1.0 - self.rain(at) / 30.0)
        return _between(hours, here) * wet

    def busy(self, at: int) -> float:
        """Give how busy the hour is for those who answer calls."""
        share = self._rhythm.weekend if self.day_off(at) else 1.0
        return _between(self._rhythm.calls, self._here(at)) / max(self._rhythm.calls) * share

    def air(self, at: int) -> float:
        return _between(self._rhythm.air, self._here(at))

    def day_off(self, at: float) -> bool:
        return self._here(at).weekday() > 4

    def calls(self, at: int) -> float:
        """Give how many times as many call as when nobody has a reason."""
        return self.busy(at) * (1.0 + self.rain(at) / self._rhythm.rain_doubles_mm)

    def _here(self, at: float) -> datetime:
        return datetime.fromtimestamp(at / 1000, self._zone)

    def _spells_of(self, day: int, month: int) -> list[tuple[float, float, float]]:
        """Give the rains that begin on a day: when, how long (ms), how hard (mm/h)."""
        dice = Random(self._seed * 100_003 + day)  # noqa: S311 - a drill keeps no secret
        midnight = datetime.combine(
            datetime.fromordinal(day), datetime.min.time(), self._zone
        ).timestamp() * 1000  # fmt: skip
        rhythm, found = self._rhythm, list[tuple[float, float, float]]()
        left = rhythm.wet[month - 1] * 24.0 / rhythm.spell_h
        while left > 0 and dice.random() < left:
            length = (0.3 + dice.expovariate(1 / rhythm.spell_h)) * HOUR
            peak = 0.5 + dice.expovariate(1 / rhythm.peak_mm)
            found.append((midnight + dice.random() * 24 * HOUR, length, peak))
            left -= 1.0
        return found


def _bell(at: float, start: float, length: float) -> float:
    """Give 0 to 1: up and down again within a length of time."""
    part = (at - start) / length if length else -1.0
    return math.sin(math.pi * part) ** 2 if 0 < part < 1 else 0.0


def _between(hours: tuple[float, ...], here: datetime) -> float:
    """Give the value between the middles of two hours."""
    place = here.hour + here.minute / 60 + here.second / 3600 - 0.5
    first, part = math.floor(place), place - math.floor(place)
    return hours[first % 24] * (1 - part) + hours[(first + 1) % 24] * part

"""The sky is the same for the same seed: rain that comes and goes, crowds, hours and weekends."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from console.central.life.script import read_script
from console.central.life.sky import HOUR, MINUTE, Sky

ZONE = "Asia/Shanghai"
SCRIPT = read_script()


def at(said: str) -> int:
    return int(datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


def sky(seed: int = 1, began: str = "2026-07-01T00:00") -> Sky:
    return Sky(SCRIPT.rhythm, SCRIPT.staged, ZONE, seed, at(began))


def test_the_same_seed_rains_at_the_same_time_and_another_does_not():
    first = at("2026-07-03T00:00")
    hours = [first + n * HOUR for n in range(24 * 28)]
    one = [sky(1).rain(h) for h in hours]
    assert one == [sky(1).rain(h) for h in hours]
    assert one != [sky(2).rain(h) for h in hours]
    assert 0.02 < sum(r > 0 for r in one) / len(one) < 0.35


def test_a_storm_comes_soon_after_the_start_and_goes():
    here = sky(began="2026-01-10T09:00")
    began = at("2026-01-10T09:00")
    middle = began + int((SCRIPT.staged.rain_after_min + SCRIPT.staged.rain_for_min / 2) * MINUTE)
    assert here.rain(began) < 1
    assert here.rain(middle) > SCRIPT.staged.rain_mm * 0.9
    assert here.rained(middle, 1.0) < here.rain(middle)
    assert here.calls(middle) > here.busy(middle)


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("2026-01-14T10:30", "2026-01-14T03:30"),
        ("2026-01-14T10:30", "2026-01-17T10:30"),
    ],
)
def test_more_people_call_by_day_than_by_night_and_on_working_days(more, less):
    here = sky(began="2026-01-01T00:00")
    assert here.busy(at(more)) > here.busy(at(less))


def test_a_weekend_s_afternoon_is_fuller_than_its_morning():
    here = sky(began="2026-01-01T00:00")
    assert here.crowd(at("2026-01-17T13:30")) > 5 * here.crowd(at("2026-01-17T06:30"))
    assert here.day_off(at("2026-01-17T06:30"))
    assert here.air(at("2026-01-14T01:30")) > here.air(at("2026-01-14T14:30"))

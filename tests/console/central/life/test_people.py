"""People call more when it rains, tell of the same again, and warnings rise but do not repeat."""

from collections import Counter

import pytest

from console.central.drill_city import Dice, Town, read_demo
from console.central.intake.cap import read_cap
from console.central.intake.frame import Ground
from console.central.life.people import People, Weatherman
from console.central.life.script import read_script
from console.central.life.sky import MINUTE, Sky

SCRIPT = read_script()
BEGAN = 1_767_578_400_000
RAINING = BEGAN + int((SCRIPT.staged.rain_after_min + SCRIPT.staged.rain_for_min / 2) * MINUTE)


@pytest.fixture
def sky():
    return Sky(SCRIPT.rhythm, SCRIPT.staged, "Asia/Shanghai", 1, BEGAN)


@pytest.fixture
def people(lite, sky):
    scenes = lite.centre.place.scenes
    town = Town(read_demo(), lite.centre.place)
    return People(town, SCRIPT, sky, Dice(1), "run", lambda s: scenes[s].lifecycle == "dormant")


def test_reports_of_every_scene_at_work_come_and_some_are_told_again(people, lite):
    said = [people.report(BEGAN, BEGAN) for _ in range(1500)]
    types = lite.centre.place.types
    scenes = {types[r.type].scene for r in said}
    known = lite.centre.place.scenes.values()
    assert scenes == {s.id for s in known if s.lifecycle == "active"}
    assert len({r.number for r in said}) == len(said)
    twice = sum(n - 1 for n in Counter((r.title, r.address) for r in said if r.address).values())
    assert 0.05 < twice / len(said) < 0.2


def test_more_call_while_it_rains(people):
    dry = sum(people.wait_s(BEGAN) for _ in range(300))
    assert sum(people.wait_s(RAINING) for _ in range(300)) < dry / 1.5


def test_a_warning_is_given_once_a_level_and_is_sound_cap(sky, lite):
    weather = Weatherman(SCRIPT, sky, "run", "320100")
    given = [
        cap for n in range(70) if (cap := weather.warning(BEGAN + n * MINUTE, BEGAN + n * MINUTE))
    ]
    assert [b"Moderate" in cap for cap in given] == [True, False]
    place = lite.centre.place
    for cap in given:
        (message,) = read_cap(cap, Ground(place=place, now=BEGAN))
        assert message.wrong == ()
        assert "暴雨" in message.bulletin.headline

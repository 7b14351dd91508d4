"""The demo city's script is whole, and speaks only of indicators that there are."""

import pytest

from console.advise.load import read_limits
from console.base import resources
from console.base.errors import BadData
from console.central.centre import Place
from console.central.drill_city import Dice, Town, read_demo
from console.central.life.script import read_script
from console.domain.city import read_city
from console.scenes.scene import indicators_of
from tests.desks import CITY, SCENES

FILE = f"cities/{CITY}.toml"
PLACE = Place.of(read_city(resources.table(FILE), FILE), SCENES, ())


def test_it_is_read_and_names_only_indicators_of_the_scenes():
    script = read_script()
    known = indicators_of(SCENES)
    named = {of for part in (*script.driver, *script.many, *script.place) for of in part.of}
    assert named - known.keys() == set()


def test_every_hour_and_month_has_its_rate():
    rhythm = read_script().rhythm
    for hours in (rhythm.calls, rhythm.crowd, rhythm.crowd_weekend, rhythm.air):
        assert len(hours) == 24
    assert len(rhythm.wet) == 12


def test_in_calm_a_seat_has_one_or_two_alarms_in_ten_minutes_and_no_flood_at_the_peak():
    demo, said = read_demo(), read_script().reports
    town, dice = Town(demo, PLACE), Dice(7)
    limits = read_limits()
    active = [s.id for s in SCENES.values() if s.lifecycle == "active"]

    def share(of):
        told = [of().incident for _ in range(1500)]
        return sum(t["urgency"] in limits.urgencies for t in told) / len(told)

    usual = share(lambda: town.told(dice))
    any_scene = share(lambda: town.told(dice, dice.pick(town.cases(dice.pick(active), ()))))
    by_door = said.wide * any_scene + (1 - said.wide) * usual

    def rate(drill_s, door_s):
        return limits.window_s * (usual / drill_s + by_door / door_s)

    assert limits.fine <= rate(demo.hours.live_calm_s, said.calm_s) <= limits.most
    assert rate(demo.hours.live_peak_s, said.peak_s) < limits.flood / 2


def test_a_script_that_is_none_is_named(tmp_path, monkeypatch):
    (tmp_path / "wrong.toml").write_text('city = "x"\n', "utf-8")
    monkeypatch.setattr(resources, "path", lambda name: tmp_path / "wrong.toml")
    with pytest.raises(BadData):
        read_script("wrong.toml")

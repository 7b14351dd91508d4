"""The stage of the demo city sends no unit twice, and lets time pass as the calendar says."""

import pytest

from console.central.drill import stage_of
from console.central.drill_city import Dice
from console.central.drill_stage import HOUR, NEVER, Yard

UNITS = [
    {"id": "a", "dept": "wat", "scope": "320102"},
    {"id": "b", "dept": "wat", "scope": "*"},
    {"id": "c", "dept": "cgj", "scope": "320102"},
]


def test_a_unit_is_sent_only_when_it_is_back():
    yard = Yard(UNITS, Dice(1))
    taken = {yard.take("wat", "320102", 10), yard.take("wat", "320102", 10)}
    assert taken == {"a", "b"}
    assert yard.take("wat", "320102", 10) == ""
    yard.give_back("a", 50)
    assert yard.take("wat", "320102", 50) == ""
    assert yard.take("wat", "320102", 51) == "a"
    assert yard.idle(NEVER) == ["c"]


@pytest.fixture
def stage(lite, clock):
    return stage_of(lite.centre, Dice(1), clock.now())


def test_natural_time_runs_at_night_and_working_time_does_not(stage):
    night = 1_767_225_600_000 - 6 * HOUR  # two o'clock
    assert stage.later("2h", night, 0.5) == night + HOUR
    assert stage.later("2wh", night, 0.5) > night + 6 * HOUR


def test_a_street_s_office_is_answered_for_by_its_district(stage):
    assert stage.cast.answering("st_320102002", "320102").user == "district_320102"
    assert stage.cast.answering("wat", "320102").depts == ("wat",)
    assert stage.cast.answering("ps_1", "440310").depts == ("ps_1",)


def test_most_stories_go_straight(stage):
    ways = [stage.detour() for _ in range(2000)]
    assert 0.55 < ways.count("") / len(ways) < 0.8


def test_a_steady_department_is_in_time(stage, clock):
    back, due, badly = stage.pace("4wh", clock.now(), steady=True)
    assert clock.now() < back < due < badly

"""What the demo city is made of fits the real city's districts, streets and types."""

import math

import pytest

from console.base.clock import ManualClock
from console.central.drill_city import Dice, people_of, read_demo, units_of
from console.central.drill_scale import town_of
from console.scenes.scene import leaves


@pytest.fixture(scope="module")
def town():
    return town_of()


def test_every_case_is_of_a_type_that_an_incident_may_have(town):
    known = {t.code for t in leaves(town.place.scenes.values())}
    assert {case.type for case in read_demo().case} <= known


def test_every_case_can_be_told_without_a_hole_left(town):
    dice = Dice(1)
    for case in town.demo.case:
        told = town.told(dice, case)
        for words in (*told.incident.values(), *told.report.values(), told.result):
            assert "{" not in str(words)
        assert told.incident["source"] in town.place.city.sources
        assert told.incident["urgency"] in town.place.city.urgencies
        assert town.place.city.streets[told.spot.street.code].district == told.spot.district.code


def test_a_door_lies_near_the_middle_of_its_street(town):
    dice = Dice(2)
    for _ in range(300):
        spot = town.spot(dice)
        lon, lat = spot.street.point
        assert math.hypot(spot.lon - lon, spot.lat - lat) < 0.05


def test_units_are_many_and_each_has_a_call_sign_of_its_own(town):
    units = units_of(town, Dice(1))
    assert 350 <= len(units) <= 500
    assert len({u["id"] for u in units}) == len(units)
    signs = {(u["call_sign"], u["dept"]) for u in units}
    assert len(signs) == len(units)
    street_offices = {d for d in town.place.city.departments if d.startswith("st_")}
    assert {u["dept"] for u in units} <= set(town.place.city.departments) | street_offices


def test_everybody_has_a_name_of_their_own(town):
    people = people_of(town.demo, town.place)
    assert len({p.user for p in people}) == len({p.name for p in people}) == len(people)


def test_ids_of_a_dice_are_in_the_order_of_time():
    dice, now = Dice(3), ManualClock().now()
    assert dice.id(now) < dice.id(now + 1)
    assert dice.id(now)[14] == "7"

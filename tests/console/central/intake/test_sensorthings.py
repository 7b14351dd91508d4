"""The service: what is created where, what is refused, and that nothing is lost without a word."""

import json

import pytest

from console.central.intake.frame import Unreadable
from console.central.intake.sensorthings import SensorThings, address_of, told_of
from console.central.intake.taking import Intake
from console.central.sensing.keeper import Keeper
from tests.centre_driver import PEOPLE
from tests.console.central.intake.test_things import STREAM, THING
from tests.gauges import INDICATORS, PONDING

WATER = PEOPLE["water"]


@pytest.fixture
def intake(lite, clock):
    lite.centre.readings = Keeper(lite.centre.ledger, INDICATORS, clock, 30)
    return Intake(lite.centre, {"urgent": "10m"})


@pytest.fixture
def service(lite, intake):
    return SensorThings(lite.centre, intake)


def thing(**stream):
    tied = {**STREAM, "properties": {"indicator": PONDING.id, "source": "s1"}, **stream}
    return json.dumps({**THING, "Datastreams": [tied]}).encode()


def last(lite):
    return [s.reading.value for s in lite.centre.readings.sources()]


def seen(value, at="2026-01-01T00:00:00Z", **more):
    return json.dumps({"result": value, "phenomenonTime": at, **more}).encode()


def test_what_is_observed_becomes_the_last_value(lite, service):
    path = service.create("Things", thing(), WATER)[0]
    stream = service.entities.page("Datastreams", "water", 0, 1)[0][0].id
    assert path.startswith("Things(")
    made = service.create(f"Datastreams({stream})/Observations", seen(3), WATER)
    assert made[0].startswith("Observations(")
    assert last(lite) == [3.0]
    again = service.create("Observations", seen(3, Datastream={"@iot.id": stream}), WATER)
    assert again == made


def test_observations_that_come_inside_are_taken(lite, service):
    inside = [{"phenomenonTime": "2026-01-01T00:00:00Z", "result": n} for n in (5,)]
    service.create("Things", thing(Observations=inside), WATER)
    assert last(lite) == [5.0]


def test_an_array_answers_row_by_row(lite, service, intake):
    service.create("Things", thing(), WATER)
    stream = service.entities.page("Datastreams", "water", 0, 1)[0][0].id
    rows = [["2026-01-01T00:00:00Z", 1], ["x", 2]]
    body = [{"Datastream": {"id": stream}, "components": ["phenomenonTime", "result"],
             "dataArray": rows}]  # fmt: skip
    made = service.create("CreateObservations", json.dumps(body).encode(), WATER)
    assert [one == "error" for one in made] == [False, True]
    assert [held.rule for held in intake.aside.all()] == ["sta.value"]


def test_what_is_tied_to_no_indicator_is_told_once(service, intake):
    service.create("Things", thing(properties={}), WATER)
    stream = service.entities.page("Datastreams", "water", 0, 1)[0][0].id
    for value in (1, 2):
        service.create(f"Datastreams({stream})/Observations", seen(value), WATER)
    assert [(h.rule, h.times) for h in intake.aside.all()] == [("sta.loose", 1)]


def test_what_nobody_knows_is_refused_and_set_aside(service, intake):
    service.create("Things", thing(properties={"indicator": "NO.such"}), WATER)
    stream = service.entities.page("Datastreams", "water", 0, 1)[0][0].id
    with pytest.raises(Unreadable):
        service.create(f"Datastreams({stream})/Observations", seen(1), WATER)
    assert {h.rule for h in intake.aside.all()} == {"reading.unknown"}


@pytest.mark.parametrize("address", ["", "Nothing", "Things(1)", "Things(1)/Sensors", "things",
                                     "Things(x)/Datastreams", "../Things"])  # fmt: skip
def test_where_nothing_lies_nothing_is_created(address):
    with pytest.raises(Unreadable):
        address_of(address)


def test_a_stream_and_a_location_are_made_for_a_thing(service):
    made = service.create("Things", b'{"description": "x"}', WATER)[0]
    service.create(f"{made}/Datastreams", json.dumps(STREAM).encode(), WATER)
    location = json.dumps(THING["Locations"][0]).encode()
    service.create(f"{made}/Locations", location, WATER)
    stream = service.entities.page("Datastreams", "water", 0, 1)[0][0]
    assert service.entities.stream(stream.id, "water").placed
    with pytest.raises(Unreadable):
        service.create("Things(999)/Locations", location, WATER)


def test_an_entity_is_told_with_its_links(service):
    service.create("Things", thing(), WATER)
    told = told_of(service.entities.page("Things", "water", 0, 1)[0][0], "http://x")
    assert told["@iot.selfLink"].startswith("http://x/Things(")
    assert "Datastreams@iot.navigationLink" in told

"""Entities are kept for the account that made them, once each, with their links."""

import pytest

from console.central.intake import entities as module
from console.central.intake.entities import Entities, point_of
from console.central.intake.frame import Unreadable
from console.central.intake.things import draft_of
from tests.console.central.intake.test_things import LOCATION, STREAM, THING


@pytest.fixture
def entities(centre):
    return Entities(centre.ledger)


def test_a_thing_is_made_with_all_that_is_in_it_and_once(entities):
    made = entities.make(draft_of("Things", THING), "water", {})
    stream = entities.get("Datastreams", made.links["Datastreams"][0], "water")
    assert stream.links["Thing"] == [made.id]
    assert entities.get("Sensors", stream.links["Sensor"][0], "water").facts["metadata"] == "x"
    assert entities.make(draft_of("Things", THING), "water", {}).id == made.id
    assert entities.page("Things", "water", 0, 10)[1] == 1


def test_nobody_links_to_or_sees_what_is_anothers(entities):
    made = entities.make(draft_of("Things", THING), "water", {})
    assert entities.get("Things", made.id, "fire") is None
    assert entities.page("Things", "fire", 0, 10) == ([], 0)
    with pytest.raises(Unreadable):
        entities.make(draft_of("Datastreams", {**STREAM, "Thing": {"id": made.id}}), "fire", {})
    assert entities.page("Sensors", "fire", 0, 10) == ([], 0)


def test_a_datastream_says_what_it_measures_and_where(entities):
    said = {"indicator": "X.y", "source": "桥下", "district": "320102"}
    thing = {**THING, "Datastreams": [{**STREAM, "properties": said}]}
    made = entities.make(draft_of("Things", thing), "water", {})
    stream = entities.stream(made.links["Datastreams"][0], "water")
    assert (stream.indicator, stream.source, stream.district) == ("X.y", "桥下", "320102")
    assert (stream.lon, stream.lat, stream.placed) == (118.79, 32.05, True)
    assert entities.stream(made.id, "water") is None


def test_a_thing_can_be_put_elsewhere(entities):
    thing = {"description": "车", "Datastreams": [STREAM]}
    made = entities.make(draft_of("Things", thing), "water", {})
    stream = made.links["Datastreams"][0]
    assert not entities.stream(stream, "water").placed
    location = entities.make(draft_of("Locations", LOCATION), "water", {})
    entities.locate(made.id, location.id, "water")
    assert entities.stream(stream, "water").placed
    with pytest.raises(Unreadable):
        entities.locate(made.id, location.id, "fire")


def test_an_account_has_room_for_so_many(entities, monkeypatch):
    monkeypatch.setattr(module, "MOST", 4)
    with pytest.raises(Unreadable):
        entities.make(draft_of("Things", THING), "water", {})
    assert entities.page("Things", "water", 0, 10)[1] == 0


def test_the_first_point_of_any_geometry():
    ring = {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6], [1, 2]]]}
    assert point_of({"type": "Feature", "geometry": ring}) == (1.0, 2.0)

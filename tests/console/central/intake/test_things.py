"""Entities of SensorThings: each rule of their shape is told with its place."""

import pytest

from console.central.intake import things
from console.central.intake.frame import Unreadable
from console.central.intake.things import Draft, draft_of, link_of, read_json, shapes, span

POINT = {"type": "Point", "coordinates": [118.79, 32.05]}
LOCATION = {"description": "门口", "encodingType": "application/geo+json", "location": POINT}
SENSOR = {"description": "水位计", "encodingType": "text/plain", "metadata": "x"}
PROPERTY = {"name": "水位", "definition": "urn:stage", "description": "水位"}
UNIT = {"name": "米", "symbol": "m", "definition": "urn:m"}
STREAM = {
    "description": "桥下", "observationType": "OM_Measurement", "unitOfMeasurement": UNIT,
    "Sensor": SENSOR, "ObservedProperty": PROPERTY,
}  # fmt: skip
THING = {"description": "泵站", "Locations": [LOCATION], "Datastreams": [STREAM]}


def broken(name, said, given=()):
    with pytest.raises(Unreadable) as told:
        draft_of(name, said, given)
    assert "⟦" not in told.value.found.why
    return told.value.found.rule, told.value.found.where


def test_a_thing_with_all_that_is_in_it_is_drafted():
    made = draft_of("Things", THING)
    assert [each.set for each in made.walk()] == [
        "Things", "Locations", "Datastreams", "Sensors", "ObservedProperties",
    ]  # fmt: skip
    linked = draft_of("Datastreams", {**STREAM, "Sensor": {"@iot.id": 7}}, ("Thing",))
    assert linked.ones["Sensor"] == 7
    assert isinstance(linked.ones["ObservedProperty"], Draft)


@pytest.mark.parametrize(
    ("name", "said", "rule", "where"),
    [
        ("Things", [], "sta.object", "Things"),
        ("Things", {}, "sta.missing", "Things/description"),
        ("Things", {"description": 7}, "sta.value", "Things/description"),
        ("Things", {**THING, "colour": 1}, "sta.extra", "Things/colour"),
        ("Things", {**THING, "properties": "x"}, "sta.value", "Things/properties"),
        ("Things", {**THING, "Locations": {}}, "sta.list", "Things/Locations"),
        ("Datastreams", STREAM, "sta.link", "Datastreams/Thing"),
        ("Datastreams", {**STREAM, "Thing": {"id": "x"}}, "sta.id", "Datastreams/Thing/id"),
        ("Datastreams", {**STREAM, "unitOfMeasurement": {"name": "m"}}, "sta.missing",
         "Datastreams/unitOfMeasurement/symbol"),
        ("Locations", {**LOCATION, "location": {"type": "Point", "coordinates": [1]}},
         "sta.geometry", "Locations/location"),
        ("Locations", {**LOCATION, "location": {"type": "Point", "coordinates": [200, 1]}},
         "sta.place", "Locations/location"),
        ("Locations", {**LOCATION, "location": {"type": "Polygon", "coordinates": [[0, 0]]}},
         "sta.geometry", "Locations/location"),
        ("Locations", {**LOCATION, "location": 5}, "sta.geometry", "Locations/location"),
        ("HistoricalLocations", {"time": "noon", "Thing": {"id": 1}}, "sta.value",
         "HistoricalLocations/time"),
        ("Observations", {"result": None, "Datastream": {"id": 1}}, "sta.value",
         "Observations/result"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(name, said, rule, where):
    assert broken(name, said) == (rule, where)


def test_nothing_lies_too_deep_or_is_too_much(monkeypatch):
    deep = {"description": "x"}
    for _ in range(4):
        deep = {"description": "x", "Locations": [{**LOCATION, "Things": [deep]}]}
    assert broken("Things", deep)[0] == "sta.deep"
    monkeypatch.setattr(things, "MOST", 2)
    assert broken("Things", THING)[0] == "sta.many"


@pytest.mark.parametrize("said", [b"", b"{", b"[" * 200_000, b"\xff", b'{"result":1e999}'])
def test_what_is_no_json_is_unreadable(said):
    with pytest.raises(Unreadable):
        read_json(said)


@pytest.mark.parametrize("said", [{"id": True}, {"id": -1}, {"id": 1.5}, {"@iot.id": 1 << 60}])
def test_an_id_is_a_whole_number_in_reach(said):
    with pytest.raises(Unreadable):
        link_of(said, "x")


def test_times_and_intervals():
    assert span("2026-01-01T00:00:00Z/2026-01-01T01:00:00Z")[1] == 1_767_229_200_000
    for wrong in (7, "x", "2026-01-01T01:00:00Z/2026-01-01T00:00:00Z", "2010-12-23T10:20:00-0700Z"):
        assert span(wrong) is None


def test_every_link_leads_to_a_set():
    held = shapes()
    for each in held.sets.values():
        for link in (*each.ones, *each.maybe):
            assert held.set_of(link) in held.sets
        assert set(each.manys) <= held.sets.keys()

"""Observations become readings; what is wrong in a row of an array stops no other row."""

import pytest

from console.central.intake.entities import Entities
from console.central.intake.frame import Ground, Unreadable
from console.central.intake.observing import Observing, observation_id
from console.central.intake.things import draft_of
from tests.console.central.intake.test_things import POINT, STREAM, THING


@pytest.fixture
def entities(lite):
    return Entities(lite.centre.ledger)


@pytest.fixture
def reader(lite, entities):
    ground = Ground(lite.centre.place, lite.centre.clock.now(), "water")
    return Observing(entities, ground, "water")


@pytest.fixture
def stream(entities):
    said = {"indicator": "A.b", "source": "s1", "district": "320102"}
    thing = {**THING, "Datastreams": [{**STREAM, "properties": said}]}
    return entities.make(draft_of("Things", thing), "water", {}).links["Datastreams"][0]


def one(reader, said, stream):
    return reader.one(draft_of("Observations", said, ("Datastream",)), stream, b"raw")


def test_an_observation_is_a_reading(reader, stream):
    said = {"phenomenonTime": "2026-01-01T00:00:00Z", "result": 1.5, "resultQuality": "High"}
    reading = one(reader, said, stream).readings[0]
    assert (reading.of, reading.source, reading.value, reading.quality) == (
        "A.b",
        "s1",
        1.5,
        "good",
    )
    assert (reading.at, reading.scope, reading.lon) == (1_767_225_600_000, "320102", 118.79)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({"resultTime": "2026-01-01T00:00:10Z"}, 1_767_225_610_000),
        ({"phenomenonTime": "2026-01-01T00:00:00Z/2026-01-01T00:01:00Z"}, 1_767_225_660_000),
        ({}, 1_767_225_600_000),
    ],
)  # fmt: skip
def test_the_time_is_when_it_was_seen_or_told_or_came(reader, stream, said, at):
    assert one(reader, {"result": 1, **said}, stream).readings[0].at == at


@pytest.mark.parametrize(
    ("said", "quality"),
    [("good", "good"), ("Medium", "doubtful"), ("invalid", "bad"), ({"x": 1}, "doubtful")],
)
def test_quality_words(reader, stream, said, quality):
    assert one(reader, {"result": 1, "resultQuality": said}, stream).readings[0].quality == quality


@pytest.mark.parametrize("result", ["high", {"a": 1}, 10**400])
def test_a_result_that_is_no_number_is_told(reader, stream, result):
    assert [f.rule for f in one(reader, {"result": result}, stream).wrong] == ["sta.result"]


def test_a_yes_or_no_is_one_or_nought(reader, stream):
    assert one(reader, {"result": True}, stream).readings[0].value == 1.0


def test_it_must_lie_somewhere(reader, entities):
    made = entities.make(
        draft_of("Things", {"description": "x", "Datastreams": [STREAM]}), "water", {}
    )
    stream = made.links["Datastreams"][0]
    with pytest.raises(Unreadable) as told:
        one(reader, {"result": 1}, stream)
    assert told.value.found.rule == "sta.no_feature"
    feature = {"description": "x", "encodingType": "x", "feature": POINT}
    assert one(reader, {"result": 1, "FeatureOfInterest": feature}, stream).remarks
    for wrong in ({"Datastream": {"id": 999}}, {"FeatureOfInterest": {"id": 999}}):
        with pytest.raises(Unreadable):
            one(reader, {"result": 1, **wrong}, stream)


def test_a_data_array_is_read_row_by_row(reader, stream):
    rows = [
        ["2026-01-01T00:00:00Z", 1],
        ["2010-12-23T10:20:00-0700Z", 2],
        [3],
        ["2026-01-01T00:00:02Z", "x"],
    ]
    said = [{"Datastream": {"@iot.id": stream}, "components": ["phenomenonTime", "result"],
             "dataArray": rows}]  # fmt: skip
    found = list(reader.arrays(said))
    assert [[f.rule for f in m.wrong] for m in found] == [
        [],
        ["sta.value"],
        ["sta.array"],
        ["sta.result"],
    ]
    assert "[0]/dataArray[1]" in found[1].wrong[0].where
    assert found[0].number == str(observation_id(stream, 1_767_225_600_000))


@pytest.mark.parametrize("said", [{}, [7], [{"Datastream": {"id": 1}}],
    [{"Datastream": {"id": 1}, "components": ["result", "colour"], "dataArray": []}]])  # fmt: skip
def test_an_array_without_its_head_is_unreadable(reader, said):
    with pytest.raises(Unreadable):
        list(reader.arrays(said))

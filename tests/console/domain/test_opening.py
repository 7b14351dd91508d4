"""Whoever works it out, an alarm's incident has one id; the turn goes on when one is over."""

import pytest
from msgspec.structs import replace

from console.domain.alarm import Standing
from console.domain.indicator import Grade
from console.domain.opening import act_id, due, facts, incident_id, turn_from
from tests.gauges import CONNECT, PONDING, STAGE, measured

ALARM = Standing(band="alarm", since=5, at=9, value=30)


@pytest.mark.parametrize(
    ("indicator", "band", "quality", "opens"),
    [
        (PONDING, "alarm", "good", True),
        (PONDING, "warn", "good", False),
        (STAGE, "warn", "good", True),
        (PONDING, "alarm", "doubtful", False),
        (PONDING, "alarm", "bad", False),
        (CONNECT, "alarm", "good", False),  # its file names no type
    ],
)
def test_it_is_due_from_the_band_of_its_file_on_a_sound_word(indicator, band, quality, opens):
    reading = measured(indicator, 9, 30, quality=quality)
    assert due(indicator, Standing(band=band), reading) is opens


def test_the_id_tells_indicator_source_and_turn_apart():
    ids = {incident_id(*each) for each in (("a", "b", 1), ("a", "b", 2), ("a", "c", 1))}
    assert len(ids) == 3
    assert incident_id("a", "b", 1) == incident_id("a", "b", 1)
    assert act_id(incident_id("a", "b", 1)) != incident_id("a", "b", 1)


def test_the_turn_is_the_first_whose_incident_is_not_over():
    states = {incident_id("a", "b", n): state for n, state in ((1, False), (2, False), (3, True))}
    assert turn_from("a", "b", 1, states.get) == (3, True)
    states[incident_id("a", "b", 3)] = False
    assert turn_from("a", "b", 2, states.get) == (4, False)


def test_the_incident_takes_its_place_its_level_and_when_it_began():
    graded = replace(PONDING, grades=(Grade(at=27, level="III"), Grade(at=40, level="II")))
    reading = measured(graded, 9, 45, lon=118.8, lat=32.0)
    said = facts(graded, reading, ALARM, level="IV", city="320100", title="t", detail="d")
    assert (said["level"], said["urgency"], said["occurred_at"]) == ("II", "urgent", 5)
    assert (said["scope"], said["lon"], said["type"]) == (reading.scope, 118.8, "DMSW-02")
    city = facts(
        PONDING, measured(PONDING, 9, 45, scope="*"), ALARM, level="IV", city="320100",
        title="t", detail="d",
    )  # fmt: skip
    assert (city["scope"], city["level"]) == ("320100", "IV")
    assert "lon" not in city

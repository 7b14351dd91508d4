"""A source is judged only when it may change, and is written down as it stands."""

import msgspec
import pytest

from console.central.sensing.series import Series
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from tests.gauges import PONDING, TUNNEL, measured

NOBODY = ("", "")


def fed(*values: float, quality: str = "good") -> Series:
    series = Series("indicator", PONDING, NOBODY)
    for n, value in enumerate(values, 1):
        series.look(measured(PONDING, n, value, quality=quality), TUNNEL)
    return series


def test_a_calm_source_has_a_range_in_which_nothing_is_to_be_judged():
    assert fed(3).low < 4 < fed(3).high
    waiting = fed(3, 20)  # one sample asks for more: the next must be looked at
    assert not waiting.low < 3 < waiting.high


def test_it_tells_when_the_band_changes_and_whether_that_opens_an_incident():
    series = fed(3, 20)
    assert series.look(measured(PONDING, 9, 20), TUNNEL)
    assert not series.raised  # this indicator opens one from its alarm on
    series.look(measured(PONDING, 10, 30), TUNNEL)
    assert series.look(measured(PONDING, 11, 30), TUNNEL)
    assert series.raised


def test_it_is_written_with_how_it_stands_and_its_last_sound_sample():
    series = fed(20, 20)
    series.look(measured(PONDING, 9, -999.0, quality="bad"), TUNNEL)
    sensed = msgspec.json.decode(series.travelling(), type=Sensed)
    assert (sensed.standing.band, sensed.standing.value, sensed.reading.quality) == (
        "warn", 20, "bad",
    )  # fmt: skip
    again = Series("indicator", PONDING, NOBODY)
    again.restore(sensed)
    assert (again.standing, again.at) == (sensed.standing, 9)


@pytest.mark.parametrize("topic", ["position", "camera"])
def test_what_belongs_to_a_record_takes_its_place_and_is_not_judged(topic):
    series = Series(topic, None, ("320102", " cgj "))
    assert not series.look(Reading(topic=topic, of="U1", at=1, lon=118.8, lat=32.0), "320102")
    assert not series.raised
    sensed = msgspec.json.decode(series.travelling(), type=Sensed)
    assert (sensed.reading.scope, sensed.reading.lon) == ("320102", 118.8)

"""A reading is known by what it is the last value of, and says how good it is."""

import msgspec
import pytest

from console.domain.reading import Reading


def test_a_reading_is_the_last_value_of_its_topic_thing_and_source():
    first = Reading(topic="indicator", of="DMSW-I01", source="station-7", at=1, value=8.7)
    later = Reading(topic="indicator", of="DMSW-I01", source="station-7", at=2, quality="bad")
    assert first.key == later.key == ("indicator", "DMSW-I01", "station-7")
    assert (first.quality, later.quality) == ("good", "bad")


def test_a_reading_of_an_unknown_quality_or_with_an_unknown_fact_is_no_reading():
    for body in (
        b'{"topic":"indicator","of":"a","at":1,"quality":"fine"}',
        b'{"topic":"indicator","of":"a","at":1,"units":"m"}',
    ):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(body, type=Reading)

"""Tracks: a fix is kept when a unit has moved; at an instant it is where it was last."""

import pytest

from console.domain.reading import Reading
from console.domain.sensed import Sensed
from console.store.lastvalues import LastValues
from console.store.tracks import GAP_MS, KEPT_MS

KEY = b"k" * 32
STEP = 0.001


def fix(n, of="U1", moved=True, **more):
    lon = 118.8 + (STEP * n if moved else 0)
    said = {"topic": "position", "of": of, "at": 1 + n * GAP_MS, "lon": lon, "lat": 32.0, **more}
    return Sensed(reading=Reading(**said))


@pytest.fixture
def values(tmp_path):
    made = LastValues(tmp_path, KEY)
    yield made
    made.close()


def feed(values, *fixes):
    for each in fixes:
        values.absorb([each], 1, "b")


def test_a_track_is_what_a_unit_has_moved(values):
    feed(values, *(fix(n, heading=90.0) for n in range(4)), fix(2, of="U0"))
    held = values.tracks(0)
    assert held.units == ("U0", "U1")
    mine = held.of("U1")
    assert held.points.lon[mine] == pytest.approx([118.8, 118.801, 118.802, 118.803])
    assert held.heading[mine].tolist() == [90.0] * 4
    assert values.tracks(0, "U0").units == ("U0",)
    assert held.of("nobody") == slice(0, 0)


def test_who_stands_or_comes_too_soon_or_is_in_doubt_adds_nothing(values):
    soon = Sensed(reading=Reading(topic="position", of="U1", at=GAP_MS // 2, lon=118.9, lat=32.0))
    feed(values, fix(0), soon, fix(1, moved=False), fix(2, quality="bad"), fix(3, lon=0.0))
    assert len(values.tracks(0).at) == 1


def test_at_an_instant_a_unit_is_where_it_was_last(values):
    feed(values, *(fix(n) for n in range(4)), fix(3, of="U2"))
    held = values.tracks(0)
    assert held.when(0).tolist() == [-1, -1]
    assert held.when(1 + GAP_MS).tolist() == [1, -1]
    assert held.when(1 + 9 * GAP_MS).tolist() == [3, 4]


def test_they_outlive_a_restart_and_end_after_a_day(values, tmp_path):
    feed(values, *(fix(n) for n in range(3)))
    values.close()
    again = LastValues(tmp_path, KEY)
    assert len(again.tracks(0).at) == 3
    again.absorb([fix(3, moved=False, lon=118.802)], 1, "b")
    assert len(again.tracks(0).at) == 3
    again.prune(1 + KEPT_MS + GAP_MS)
    assert len(again.tracks(0).at) == 2
    again.absorb([fix(9)], 1, "another")
    assert len(again.tracks(0).at) == 1
    again.close()


def test_no_track_at_all_is_no_fault(values):
    held = values.tracks(0)
    assert held.units == ()
    assert held.when(5).tolist() == []

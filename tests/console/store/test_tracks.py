"""Tracks at a seat: what it heard and what the centre gave stand together, each fix once."""

import pytest

from console.domain.reading import Reading
from console.domain.sensed import Sensed
from console.domain.track import ALIVE_MS
from console.store import tracks
from console.store.lastvalues import LastValues
from console.store.tracks import GAP_MS, KEPT_MS, MISSED_MS

KEY = b"k" * 32
STEP = 0.001


MINUTE = 60_000


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
    assert values.tracks(0).units == ("U0", "U1")
    held = values.tracks(0, "U1")
    mine = held.of("U1")
    assert held.points.lon[mine] == pytest.approx([118.8, 118.801, 118.802, 118.803])
    assert held.heading[mine].tolist() == [90.0] * 4
    assert values.tracks(0, "U0").units == ("U0",)
    assert held.of("nobody") == slice(0, 0)


def test_who_stands_or_comes_too_soon_or_is_in_doubt_adds_nothing(values):
    soon = Sensed(reading=Reading(topic="position", of="U1", at=GAP_MS // 2, lon=118.9, lat=32.0))
    feed(values, fix(0), soon, fix(1, moved=False), fix(2, quality="bad"), fix(3, lon=0.0))
    assert len(values.tracks(0).at) == 1


def test_of_a_unit_that_stands_a_sign_of_life_is_kept(values):
    every = GAP_MS // MINUTE or 1
    feed(values, *(fix(n * every, moved=False) for n in range(2 * ALIVE_MS // GAP_MS + 1)))
    assert len(values.tracks(0).at) == 3


def test_of_all_units_one_fix_a_minute_is_given_the_last_of_it(values):
    feed(values, *(fix(n) for n in range(6)))
    assert len(values.tracks(0, "U1").at) == 6
    assert values.tracks(0).at.tolist() == [1 + 2 * GAP_MS, 1 + 5 * GAP_MS]
    assert values.tracks(0, until=1 + 2 * GAP_MS).at.tolist() == [1 + 2 * GAP_MS]


def test_what_comes_by_both_ways_is_there_once(values):
    feed(values, fix(0), fix(3))
    given = [("U1", 1 + 3 * GAP_MS, 118.803, 32.0, 0.0), ("U1", 1 + 6 * GAP_MS, 118.9, 32.0, 0.0)]
    values.absorb_fixes(given, (0, 10 * MINUTE), 20 * MINUTE)
    assert len(values.tracks(0, "U1").at) == 3


def test_what_was_heard_without_a_pause_or_given_is_not_missing(values):
    assert values.missing(0, 100) == [(0, 100)]
    for now in range(MINUTE, 5 * MINUTE, MISSED_MS // 2):
        values.note_heard(now)
    values.note_heard(20 * MINUTE)
    values.note_heard(20 * MINUTE + MISSED_MS)
    assert values.missing(0, 21 * MINUTE) == [
        (0, MINUTE), (5 * MINUTE - MISSED_MS // 2, 20 * MINUTE)
    ]  # fmt: skip
    values.absorb_fixes([], (0, 19 * MINUTE), 30 * MINUTE)
    assert values.missing(0, 21 * MINUTE) == [(19 * MINUTE, 20 * MINUTE)]
    values.absorb([], 1, "another sight")
    assert values.missing(0, 21 * MINUTE) == [(0, 21 * MINUTE)]


def test_what_was_asked_for_stays_a_day_however_old_it_is(values):
    old = ("U1", MINUTE, 118.8, 32.0, 0.0)
    asked = 50 * KEPT_MS
    values.absorb_fixes([old], (0, 2 * MINUTE), asked)
    values.prune(asked + KEPT_MS - 1)
    assert len(values.tracks(0).at) == 1
    values.prune(asked + KEPT_MS)
    assert len(values.tracks(0).at) == 0
    assert values.missing(0, 2 * MINUTE) == [(0, 2 * MINUTE)]


def test_there_are_only_so_many_and_what_went_is_missing_again(values, monkeypatch):
    monkeypatch.setattr(tracks, "MOST", 3)
    given = [("U1", n * MINUTE, 118.8 + n * STEP, 32.0, 0.0) for n in range(1, 6)]
    values.absorb_fixes(given, (0, 5 * MINUTE), 5 * MINUTE)
    values.prune(6 * MINUTE)
    assert values.tracks(0).at.tolist() == [3 * MINUTE, 4 * MINUTE, 5 * MINUTE]
    assert values.missing(0, 5 * MINUTE) == [(0, 2 * MINUTE + 1)]


def test_what_is_heard_for_longer_than_it_is_kept_is_missing_at_its_beginning(values):
    for now in range(0, 2 * KEPT_MS, MISSED_MS):
        values.note_heard(1 + now)
    (gone,) = values.missing(0, KEPT_MS)
    assert gone[0] == 0
    assert gone[1] > KEPT_MS // 2


def test_they_outlive_a_restart_and_end_after_a_day(values, tmp_path):
    feed(values, *(fix(3 * n) for n in range(3)))
    values.close()
    again = LastValues(tmp_path, KEY)
    assert len(again.tracks(0).at) == 3
    again.absorb([fix(9, moved=False, lon=118.806)], 1, "b")
    assert len(again.tracks(0).at) == 3
    again.prune(1 + KEPT_MS + GAP_MS)
    assert len(again.tracks(0).at) == 2
    again.absorb([fix(30)], 1, "another")
    assert len(again.tracks(0).at) == 1
    again.close()


def test_no_track_at_all_is_no_fault(values):
    held = values.tracks(0)
    assert held.units == ()
    assert held.when(5).tolist() == []

"""Which fixes are worth keeping, where a unit was at an instant, and of what nothing is held."""

import numpy as np
import pytest

from console.domain.datum import Cgcs2000
from console.domain.reading import Reading
from console.domain.track import ALIVE_MS, SILENT_MS, Tracks, Trail

MINUTE = 60_000
GAP = MINUTE
HELD = Tracks(
    ("a", "b"), np.array([0, 3, 4]), np.array([10, 20, 30, 25]),
    Cgcs2000.of([1, 2, 3, 9], [0, 0, 0, 0]), np.zeros(4),
)  # fmt: skip
NONE = Tracks((), np.zeros(1, np.int64), np.zeros(0, np.int64), Cgcs2000.of([], []), np.zeros(0))


def position(at, lon=118.8, **more):
    return Reading(**{"topic": "position", "of": "U1", "at": at, "lon": lon, "lat": 32.0} | more)


def tracks(*at):
    held = np.array(at, np.int64)
    points = Cgcs2000.of(118.8 + np.arange(len(at)) * 0.001, np.full(len(at), 32.0))
    return Tracks(("U1",), np.array([0, len(at)]), held, points, np.zeros(len(at)))


def test_a_fix_is_worth_keeping_once_a_unit_has_moved_and_time_has_passed():
    trail = Trail(GAP)
    assert trail.worth("U1", position(0))
    assert not trail.worth("U1", position(GAP - 1, 118.9))
    assert not trail.worth("U1", position(GAP))
    assert trail.worth("U1", position(GAP, 118.801))
    assert trail.worth("U2", position(GAP))


def test_a_unit_that_stands_gives_a_sign_of_life():
    trail = Trail(GAP)
    kept = [n for n in range(31) if trail.worth("U1", position(n * MINUTE))]
    assert kept == [0, ALIVE_MS // MINUTE, 2 * ALIVE_MS // MINUTE, 3 * ALIVE_MS // MINUTE]


@pytest.mark.parametrize(
    "more", [{"quality": "bad"}, {"lon": 0.0}, {"topic": "camera"}], ids=lambda m: next(iter(m))
)
def test_what_is_no_sound_position_is_not_kept(more):
    assert not Trail(GAP).worth("U1", position(5, **more))


def test_what_was_kept_before_is_gone_on_from_until_it_is_forgotten():
    trail = Trail(GAP)
    trail.recall("U1", 0, 118.8, 32.0)
    assert not trail.worth("U1", position(GAP))
    trail.forget()
    assert trail.worth("U1", position(GAP))


def test_at_an_instant_each_is_where_it_was_last():
    assert [HELD.when(t).tolist() for t in (5, 10, 24, 25, 99)] == [
        [-1, -1], [0, -1], [1, -1], [1, 3], [2, 3],
    ]  # fmt: skip


def test_the_fixes_of_one_lie_together():
    assert HELD.at[HELD.of("b")].tolist() == [25]
    assert HELD.of("c") == slice(0, 0)


def test_nobody_is_nowhere():
    assert NONE.when(5).tolist() == []


def test_a_stretch_in_which_nobody_was_heard_of_is_one_of_which_nothing_is_held():
    first, last = 10 * MINUTE, 11 * MINUTE + SILENT_MS
    held = tracks(first, 11 * MINUTE - 1, last)
    until = last + 2 * SILENT_MS
    assert held.silent(0, until) == ((11 * MINUTE - 1, last), (last, until))
    assert held.silent(first, 11 * MINUTE) == ()
    assert tracks().silent(0, SILENT_MS + 1) == ((0, SILENT_MS + 1),)

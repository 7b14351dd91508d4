"""Tracks as arrays: at an instant a unit is where it was last, or it was not known yet."""

import numpy as np

from console.domain.datum import Cgcs2000
from console.domain.track import Tracks

HELD = Tracks(
    ("a", "b"), np.array([0, 3, 4]), np.array([10, 20, 30, 25]),
    Cgcs2000.of([1, 2, 3, 9], [0, 0, 0, 0]), np.zeros(4),
)  # fmt: skip
NONE = Tracks((), np.zeros(1, np.int64), np.zeros(0, np.int64), Cgcs2000.of([], []), np.zeros(0))


def test_at_an_instant_each_is_where_it_was_last():
    assert [HELD.when(t).tolist() for t in (5, 10, 24, 25, 99)] == [
        [-1, -1], [0, -1], [1, -1], [1, 3], [2, 3],
    ]  # fmt: skip


def test_the_fixes_of_one_lie_together():
    assert HELD.at[HELD.of("b")].tolist() == [25]
    assert HELD.of("c") == slice(0, 0)


def test_nobody_is_nowhere():
    assert NONE.when(5).tolist() == []

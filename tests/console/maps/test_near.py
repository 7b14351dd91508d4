"""The nearest are found as by looking at every one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.datum import Cgcs2000, metres
from console.maps.near import Near

SPOT = st.tuples(st.floats(118, 119.5), st.floats(31, 33))


@given(st.lists(SPOT, min_size=1, max_size=40), SPOT, st.integers(1, 50))
def test_the_nearest_are_those_of_a_plain_search(spots, here, most):
    lon, lat = zip(*spots, strict=True)
    points, at = Cgcs2000.of(lon, lat), Cgcs2000.of(*here)
    found = Near(points, range(len(spots))).nearest(at, most)
    plain = np.sort(metres(at, points))[:most]
    assert [d for d, _ in found] == pytest.approx(plain.tolist(), abs=0.5)


def test_none_is_farther_than_was_asked_for():
    near = Near(Cgcs2000.of([118.8, 118.9], [32.0, 32.0]), ["one", "two"])
    assert [name for _, name in near.nearest(Cgcs2000.of(118.8, 32.0), 5, 2_000)] == ["one"]


def test_of_nothing_nothing_is_near():
    assert Near(Cgcs2000.of([], []), []).nearest(Cgcs2000.of(118.8, 32.0), 5) == []

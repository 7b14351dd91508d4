"""Shares of the world: there and back, and how long a point of the screen is on the ground."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.datum import Cgcs2000
from console.maps.mercator import metres_per_point, place, world


@given(st.floats(-179, 179), st.floats(-80, 80))
def test_a_place_comes_back(lon, lat):
    back = place(*world(Cgcs2000.of(lon, lat)))
    assert back.one == pytest.approx((lon, lat), abs=1e-9)


def test_the_world_begins_in_the_north_west():
    assert world(Cgcs2000.of(-180.0, 85.0511))[0] == 0
    assert world(Cgcs2000.of(0.0, 0.0)) == pytest.approx((0.5, 0.5))
    assert float(world(Cgcs2000.of(0.0, 89.9))[1]) == pytest.approx(0, abs=1e-6)


def test_a_point_is_156_km_at_zoom_0_and_less_in_nanjing():
    assert metres_per_point(0, 0.5) == pytest.approx(156_368, rel=0.01)
    y = float(world(Cgcs2000.of(118.8, 32.04))[1])
    near = metres_per_point(16, y)
    assert near == pytest.approx(156_368 * np.cos(np.radians(32.04)) / 2**16, rel=0.01)

"""The camera keeps what is under the hand under it, and never leaves the world."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.datum import Cgcs2000
from console.maps.mercator import world
from ui.kit.mapcamera import LEAST, MOST, Camera, clipped, looking

SPOT = st.floats(0, 800)


@given(st.floats(8, 17), st.floats(-1, 1), SPOT, SPOT)
def test_what_is_under_the_pointer_stays_when_it_zooms(zoom, by, x, y):
    before = looking(118.8, 32.04, zoom)
    after = before.zoomed(by, x, y, 800, 600)
    one, two = before.share(x, y, 800, 600), after.share(x, y, 800, 600)
    assert one == pytest.approx(two, abs=1e-12)


def test_moving_right_looks_east():
    here = looking(118.8, 32.04, 12)
    assert here.moved(100, 0).middle.one[0] > 118.8
    assert here.moved(0, 100).middle.one[1] < 32.04
    assert Camera(0.99999, 0.5, 8).moved(10**9, 0).x == 1.0


def test_zoom_has_an_end_both_ways():
    assert (clipped(-3), clipped(99)) == (LEAST, MOST)


def test_all_points_are_seen_when_it_is_fitted_to_them():
    points = Cgcs2000.of([118.6, 119.0], [31.9, 32.2])
    view = looking(0, 0, 7).fitted(points, 800, 600)
    x, y = view.shown(*world(points), 800, 600)
    assert np.all((x > 0) & (x < 800) & (y > 0) & (y < 600))
    assert view.fitted(Cgcs2000.of([], []), 800, 600) == view


def test_a_point_of_the_screen_is_shorter_on_the_ground_when_near():
    assert looking(118.8, 32.04, 16).metres == pytest.approx(2.02, abs=0.05)

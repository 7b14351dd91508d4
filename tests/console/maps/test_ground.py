"""The invented land follows from its seed, and what has a common border keeps it."""

import numpy as np
import pytest
import shapely

from console.maps.ground import Noise, Plane, blob, cells, line, moved, smooth


def dice(seed=1):
    return np.random.default_rng(seed)


def test_degrees_come_back_from_metres():
    plane = Plane([118.8, 32.04])
    xy = plane.points([[118.81, 32.05]])
    assert np.hypot(*xy[0]) == pytest.approx(1_456, rel=0.01)
    back = plane.degrees(shapely.Point(xy[0]))
    assert (back.x, back.y) == pytest.approx((118.81, 32.05), abs=1e-6)


def test_the_same_seed_gives_the_same_land():
    one, two = (blob(dice(), np.zeros(2), (2, 1), 30) for _ in range(2))
    assert one.equals(two)
    assert not one.equals(blob(dice(2), np.zeros(2), (2, 1), 30))
    assert one.is_valid
    assert one.area == pytest.approx(np.pi * 1_000 * 500, rel=0.4)


def test_a_common_border_stays_common_when_it_wanders():
    shift = Noise(dice(), [(900, 80)]).calm(500, 0.3)
    left, right = shapely.box(0, 0, 1_000, 1_000), shapely.box(1_000, 0, 2_000, 1_000)
    one, two = moved(left, shift, 50), moved(right, shift, 50)
    assert one.intersection(two).area < 1
    assert one.touches(two) or one.intersection(two).length > 900
    assert not one.equals(left)


def test_corners_are_cut_and_ends_stay():
    bent = smooth(np.array([[0, 0], [100, 0], [100, 100]], float))
    assert bent[0].tolist() == [0, 0]
    assert bent[-1].tolist() == [100, 100]
    assert np.hypot(*(bent - [100, 0]).T).min() > 10
    assert line(np.array([[0, 0], [9, 0]], float)).length == pytest.approx(9)


def test_cells_share_out_the_whole_land_in_the_order_of_their_seeds():
    seeds = dice().uniform(0, 100, (12, 2))
    shares = cells(seeds, shapely.box(0, 0, 100, 100))
    assert sum(s.area for s in shares) == pytest.approx(10_000)
    assert all(s.covers(shapely.Point(p)) for s, p in zip(shares, seeds, strict=True))
    whole = shapely.box(0, 0, 1, 1)
    assert cells(seeds[:1], whole) == [whole]

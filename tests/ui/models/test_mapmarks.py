"""Points as arrays: who is near, what is in a box, what stands for several."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ui.models.mapmarks import Marks, Patch, Symbol, clusters, places_of, rings_of, warmth

SYMBOLS = (Symbol("diamond", "severity.I"), Symbol("ring", "severity.routine"))


def marks(points, look=None):
    x, y = (np.array(v, float) for v in zip(*points, strict=True))
    looks = np.array(look if look is not None else [1] * len(points), np.int16)
    return Marks(
        "incidents", "incident", [f"I{n}" for n in range(len(points))], x, y, looks, SYMBOLS
    )


def test_the_nearest_within_reach_is_found():
    some = marks([(0.1, 0.1), (0.2, 0.2)])
    assert some.nearest(0.11, 0.1, 0.05) == 0
    assert some.nearest(0.5, 0.5, 0.05) == -1
    assert some.key(1) == ("incident", "I1")
    assert some.inside((0.15, 0.15, 0.3, 0.3)).tolist() == [1]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=60))
def test_clusters_hold_every_point_once(points):
    some = marks(points)
    groups = clusters(some, np.arange(len(some)), 0.1)
    assert sum(g.count for g in groups) == len(points)
    for group in groups:
        left, top, right, foot = group.box
        assert left - 1e-9 <= group.x <= right + 1e-9
        assert top - 1e-9 <= group.y <= foot + 1e-9


def test_a_cluster_wears_the_gravest_that_is_in_it():
    some = marks([(0.11, 0.11), (0.12, 0.12), (0.9, 0.9)], [1, 0, 1])
    groups = sorted(clusters(some, np.arange(3), 0.1), key=lambda g: g.count)
    assert [g.symbol.role for g in groups] == ["severity.routine", "severity.I"]
    assert clusters(some, np.zeros(0, np.intp), 0.1) == []


def test_it_is_warmest_where_most_points_are():
    x = np.concatenate([np.full(90, 20.0), np.full(10, 60.0)])
    heat = warmth(x, np.full(100, 20.0), 80, 40)
    assert heat.shape == (40, 80)
    assert heat[20, 20] > heat[20, 60] > heat[35, 40]
    assert heat.max() <= 1
    assert warmth(np.zeros(0), np.zeros(0), 8, 8).max() == 0


def test_shapes_become_rings_and_places_come_back():
    rings = rings_of(shapely.box(118, 32, 119, 33))
    back = places_of(map(tuple, rings[0].tolist()))
    assert (back.lon.min(), back.lat.max()) == pytest.approx((118, 33))
    line = rings_of(shapely.LineString([(118, 32), (119, 33)]))
    assert line[0].shape == (2, 2)


def test_clusters_that_would_lie_over_each_other_are_one():
    some = marks([(0.099, 0.05), (0.098, 0.05), (0.101, 0.05), (0.55, 0.05)], [1, 1, 0, 1])
    groups = sorted(clusters(some, np.arange(4), 0.1), key=lambda g: -g.count)
    assert [g.count for g in groups] == [3, 1]
    assert sorted(groups[0].held.tolist()) == [0, 1, 2]
    assert groups[0].symbol == SYMBOLS[0]
    assert groups[0].box[:3:2] == (0.098, 0.101)


def test_a_patch_knows_its_extent():
    ring = np.array([[0.1, 0.2], [0.3, 0.2], [0.3, 0.5], [0.1, 0.2]])
    patch = Patch("shape", "a/0", "", (ring,), "good")
    assert patch.box == (0.1, 0.2, 0.3, 0.5)
    assert patch.meets((0.2, 0.4, 0.9, 0.9))
    assert not patch.meets((0.4, 0.4, 0.9, 0.9))
    assert not Patch("shape", "a/1", "", (), "good").meets((0, 0, 1, 1))

"""What is under a hand: a unit before a point, nothing far away, clusters by their middle."""

import numpy as np
import pytest

from tests.ui.kit.mapseat import one, unit
from ui.kit.mapoverlay import Live
from ui.kit.mappick import NOTHING, cluster_at, under
from ui.models.mapmarks import Cluster, Symbol

SCALE = 256 * 2.0**14


@pytest.fixture
def marks():
    return one()


def at(marks, right=0.0):
    return float(marks.x[0]) + right / SCALE, float(marks.y[0])


def test_a_point_is_meant_from_near_by_and_named(marks):
    assert under(at(marks, 8), SCALE, 14, Live(), [marks]) == ("incident", "I1", "路灯不亮")
    assert under(at(marks, 30), SCALE, 14, Live(), [marks]) == NOTHING


def test_a_unit_lies_over_a_point(marks):
    live = Live()
    live.move([unit()])
    assert under(at(marks), SCALE, 14, live, [marks]) == ("unit", "u1", "水务1")


def test_what_is_not_shown_at_a_zoom_is_not_under_the_hand(marks):
    far = one(least=15.0)
    assert under(at(far), SCALE, 14, Live(), [far]) == NOTHING


def test_a_cluster_is_meant_near_its_middle(marks):
    x, y = at(marks)
    group = Cluster(x, y, 3, Symbol("disc", "text"), "incidents", (x, y, x, y))
    assert cluster_at(at(marks, 10), SCALE, [group]) == group
    assert cluster_at(at(marks, 40), SCALE, [group]) is None
    assert cluster_at(at(marks), SCALE, []) is None
    assert np.isfinite(group.x)

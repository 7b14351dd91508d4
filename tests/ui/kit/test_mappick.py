"""What is under a hand: a unit before a point, nothing far away, clusters by their middle."""

import numpy as np
import pytest

from tests.ui.kit.mapseat import one, unit
from ui.kit.mapoverlay import Live
from ui.kit.mappick import NOTHING, cluster_at, under
from ui.models.mapmarks import Cluster, Patch, Shown, Symbol

SCALE = 256 * 2.0**14


@pytest.fixture
def marks():
    return one()


def at(marks, right=0.0):
    return float(marks.x[0]) + right / SCALE, float(marks.y[0])


def test_a_point_is_meant_from_near_by_and_named(marks):
    assert under(at(marks, 8), SCALE, 14, Live(), Shown((marks,))) == ("incident", "I1", "路灯不亮")
    assert under(at(marks, 30), SCALE, 14, Live(), Shown((marks,))) == NOTHING


def test_a_unit_lies_over_a_point(marks):
    live = Live()
    live.move([unit()])
    assert under(at(marks), SCALE, 14, live, Shown((marks,))) == ("unit", "u1", "水务1")


def test_what_is_not_shown_at_a_zoom_is_not_under_the_hand(marks):
    far = one(least=15.0)
    assert under(at(far), SCALE, 14, Live(), Shown((far,))) == NOTHING


def test_a_cluster_is_meant_near_its_middle(marks):
    x, y = at(marks)
    group = Cluster(x, y, 3, Symbol("disc", "text"), "incidents", (x, y, x, y))
    assert cluster_at(at(marks, 10), SCALE, [group]) == group
    assert cluster_at(at(marks, 40), SCALE, [group]) is None
    assert cluster_at(at(marks), SCALE, []) is None
    assert np.isfinite(group.x)


def test_a_line_is_meant_from_near_by_and_an_area_from_within_under_what_stands_on_them(marks):
    x, y = at(marks)
    step = 40 / SCALE
    line = Patch(
        "shape", "d/1", "秦淮河1段", (np.array([[x - step, y], [x + step, y]]),), "good", 0.0
    )
    ring = np.array([[x - step, y - step], [x + step, y - step], [x + step, y + step],
                     [x - step, y + step], [x - step, y - step]])  # fmt: skip
    area = Patch("shape", "f/1", "低洼区", (ring,), "lost", 0.2, least=12.0)

    def said(dx, dy, *patches, zoom=14, **more):
        shown = Shown(patches=patches, **more)
        return under((x + dx / SCALE, y + dy / SCALE), SCALE, zoom, Live(), shown)

    assert said(20, 4, line) == ("shape", "d/1", "秦淮河1段")
    assert said(20, 9, line) == said(50, 0, line) == NOTHING
    assert said(20, 30, area) == ("shape", "f/1", "低洼区")
    assert said(20, 45, area) == said(20, 30, area, zoom=11) == NOTHING
    assert said(20, 4, area, line)[1] == "d/1"
    assert said(0, 0, line, marks=(marks,))[0] == "incident"

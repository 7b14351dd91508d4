"""Tools gather places by mouse or keyboard, and measure what they drew."""

import numpy as np
import pytest

from console.domain.datum import Cgcs2000
from console.maps.mercator import world
from ui.kit.maptools import Drawn, Tool, length
from ui.models.mapmarks import inside


def share(lon, lat):
    x, y = world(Cgcs2000.of(lon, lat))
    return float(x), float(y)


A, B, C = share(118.7, 32.0), share(118.8, 32.0), share(118.8, 32.1)


def test_a_box_needs_two_corners_and_holds_what_is_between():
    tool = Tool()
    tool.take("box")
    assert tool.put(A) is None
    drawn = tool.put(C)
    assert drawn is not None
    x, y = world(Cgcs2000.of([118.75, 118.9], [32.05, 32.05]))
    assert inside(drawn.ring, x, y).tolist() == [True, False]


def test_a_circle_holds_what_is_within_its_reach():
    drawn = Drawn("circle", (B, A))
    x, y = world(Cgcs2000.of([118.85, 118.95], [32.0, 32.0]))
    assert inside(drawn.ring, x, y).tolist() == [True, False]
    assert drawn.metres() == pytest.approx(9_430, rel=0.01)
    assert drawn.square_metres() == pytest.approx(np.pi * 9_430**2, rel=0.02)


def test_an_area_is_put_point_by_point_and_ended():
    tool = Tool()
    tool.take("area")
    for place in (A, B, C):
        assert tool.put(place) is None
    drawn = tool.finish()
    assert drawn is not None
    assert drawn.ring[0] == drawn.ring[-1]
    assert drawn.square_metres() == pytest.approx(9_430 * 11_119 / 2, rel=0.01)
    assert tool.drawn.places == ()


def test_the_last_place_goes_and_too_few_are_nothing():
    tool = Tool()
    tool.take("measure")
    tool.put(A)
    tool.put(B)
    tool.back()
    assert tool.finish() is None


def test_a_line_is_as_long_as_its_parts():
    assert Drawn("measure", (A, B, C)).metres() == pytest.approx(9_430 + 11_119, rel=0.01)
    assert Drawn("measure", (A, B)).square_metres() == 0
    assert length(Cgcs2000.of([118.0], [32.0])) == 0


def test_a_lasso_follows_the_hand():
    tool = Tool()
    tool.take("lasso")
    tool.press(A)
    for place in (B, C):
        tool.drag(place)
    drawn = tool.finish()
    assert drawn is not None
    assert drawn.encloses
    assert drawn.ring == (A, B, C, A)


def test_the_open_end_is_under_the_pointer():
    tool = Tool()
    tool.take("measure")
    tool.put(A)
    tool.hover = B
    assert tool.drawn.places == (A, B)


def test_the_point_tool_gives_its_place_at_once():
    tool = Tool()
    tool.take("point")
    drawn = tool.put(A)
    assert drawn is not None
    assert drawn.places == (A,)
    assert not drawn.encloses

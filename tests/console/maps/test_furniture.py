"""Invented components stand beside the roads of the map, with codes of their district."""

import pytest
from shapely.geometry import box

from console.domain.place import Area, Boundaries
from console.maps import graph
from console.maps.furniture import furnish
from tests.console.maps.towns import town

DISTRICT = Boundaries([Area("district", "320102", "小区", box(118.6, 31.9, 118.9, 32.2))])


@pytest.fixture(scope="module")
def found():
    return furnish(graph.build(town()), DISTRICT, 3_000)


def test_about_as_many_as_asked_for(found):
    some, source = found
    assert 2_800 < len(some) < 3_100
    assert "生成" in source


def test_each_has_a_code_of_its_own_with_district_and_class(found):
    some, _ = found
    assert len({c.code for c in some}) == len(some)
    assert all(c.code.startswith(f"320102{c.sort}") and len(c.code) == 17 for c in some)
    assert any(c.state != "完好" for c in some)
    assert any(c.name == "3街路灯" for c in some)


def test_they_stand_at_the_side_of_a_road(found):
    some, _ = found
    for each in some[::50]:
        column, row = (each.lon - 118.70) / 0.005, (each.lat - 32.00) / 0.005
        off = min(abs(column - round(column)) * 472, abs(row - round(row)) * 556)
        assert off < 12


def test_what_is_in_no_district_is_left_out():
    assert furnish(graph.build(town()), Boundaries(()), 100)[0] == []

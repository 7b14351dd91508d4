"""The style of the ground names only roles there are, and grows with the zoom."""

import pytest

from ui.kit import mapstyle, theme

THEMES = [theme.read(name) for name in theme.names()]


@pytest.mark.parametrize("worn", THEMES, ids=lambda worn: worn.name)
def test_the_style_names_only_roles_there_are(worn):
    held = mapstyle.sheet()
    roles = {a.role for a in held.area} | {a.edge for a in held.area if a.edge}
    roles |= {x.role for x in held.line} | {x.casing for x in held.line if x.casing}
    roles |= {w.role for w in held.word}
    assert roles <= set(worn.hexes)


def test_the_rule_of_the_sort_is_before_that_of_the_kind():
    park, hill = mapstyle.areas("green", "park"), mapstyle.areas("green", "hill")
    assert park is not None
    assert hill is not None
    assert (park.role, hill.role) == ("map.park", "map.green")
    assert mapstyle.lines("road", "unknown") is None
    assert mapstyle.word("nothing") is None


def test_a_road_grows_with_the_zoom_and_gets_its_casing_when_it_is_wide():
    road = mapstyle.lines("road", "primary")
    assert road is not None
    widths = [mapstyle.pen(THEMES[0], road, z, 2.0).widthF() for z in (10, 13, 16)]
    assert widths == sorted(widths)
    assert mapstyle.casing(THEMES[0], road, 10, 1.0) is None
    under = mapstyle.casing(THEMES[0], road, 15, 1.0)
    assert under is not None
    assert under.widthF() > mapstyle.pen(THEMES[0], road, 15, 1.0).widthF()


def test_an_area_has_the_colour_of_its_role():
    water = mapstyle.areas("water", "")
    assert water is not None
    assert mapstyle.brush(THEMES[0], water).color() == THEMES[0].colour("map.water")

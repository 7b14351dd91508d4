"""A package is built whole: tiles by zoom, names, boundaries, roads, places."""

import pytest

from console.maps.build import build, tiles_of
from console.maps.package import Package
from console.maps.vector import decode
from tests.console.maps.towns import at, town


@pytest.fixture
def held(package):
    found = Package(package)
    yield found
    found.close()


def tiles(held, zoom):
    found = [held.tile(t) for t in tiles_of(held.about.bounds, zoom)]
    return [decode(body) for body in found if body]


def test_a_package_says_where_it_is_from(held):
    about = held.about
    assert (about.name, about.source, about.date) == ("小城", "试验", "2026-11-03")
    assert (about.low, about.high, about.form) == (7, 13, "pbf")
    west, south, *_ = about.bounds
    assert (west, south) == pytest.approx(at(-1, -1), abs=1e-5)


def test_every_zoom_has_what_its_rules_say(held):
    def kinds(zoom):
        return {(s.kind, s.sort) for tile in tiles(held, zoom) for s in tile.shapes}

    assert ("road", "motorway") in kinds(7)
    assert ("road", "local") not in kinds(11)
    assert {("road", "local"), ("building", ""), ("grid", "")} <= kinds(13)


def test_names_stand_on_one_tile_each(held):
    names = [n.text for tile in tiles(held, 13) for n in tile.labels]
    assert names.count("圆湖") == 1
    assert names.count("西区") == 1
    assert {"环城公路", "A路", "1号线", "小公园"} <= set(names)


def test_names_along_a_road_are_turned_with_it(held):
    turns = {n.text: n.turn for tile in tiles(held, 13) for n in tile.labels if n.kind == "road"}
    assert abs(turns["0街"]) < 2
    assert abs(abs(turns["A路"]) - 90) < 2


def test_progress_is_told(tmp_path):
    told = []
    build(town(), tmp_path / "x.mbtiles", lambda done, whole: told.append((done, whole)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] - 1

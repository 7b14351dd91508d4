"""OSM extracts and GeoJSON become features; what is broken is named, what is odd is counted."""

import json

import pytest
import shapely

from console.base.errors import BadData
from console.maps import graph
from console.maps.extract import features_of, gather
from console.maps.features import Harvest

OSM = """<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6">
  <node id="1" version="1" lat="32.00" lon="118.70"/>
  <node id="2" version="1" lat="32.00" lon="118.71"/>
  <node id="3" version="1" lat="32.01" lon="118.71"/>
  <node id="4" version="1" lat="32.01" lon="118.70"/>
  <node id="5" version="1" lat="32.02" lon="118.71">
    <tag k="amenity" v="hospital"/><tag k="name" v="医院"/>
  </node>
  <way id="10" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
    <tag k="highway" v="primary"/><tag k="name" v="中山路"/></way>
  <way id="11" version="1"><nd ref="5"/><nd ref="3"/>
    <tag k="highway" v="residential"/><tag k="oneway" v="-1"/></way>
  <way id="12" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/>
    <tag k="natural" v="water"/><tag k="name" v="湖"/></way>
  <way id="13" version="1"><nd ref="1"/><nd ref="99"/><tag k="highway" v="primary"/></way>
  <way id="14" version="1"><nd ref="1"/><nd ref="3"/><tag k="highway" v="footway"/></way>
</osm>
"""


@pytest.fixture
def extract(tmp_path):
    file = tmp_path / "town.osm"
    file.write_text(OSM, "utf-8")
    return file


def test_an_extract_gives_roads_water_and_places(extract):
    found = gather([extract])
    told = {(f.kind, f.sort, f.name) for f in found.features}
    assert told == {
        ("road", "primary", "中山路"), ("road", "local", ""), ("water", "", "湖"),
        ("place", "hospital", "医院"),
    }  # fmt: skip
    assert found.left_out == 1


def test_roads_meet_at_their_common_node_and_go_the_right_way(extract):
    made = graph.build(Harvest(gather([extract]).features, "", ""))
    assert made.nodes == 3
    one = made.oneway.nonzero()[0][0]
    assert made.bend_lat[made.bend[one]] == pytest.approx(32.01)


def geojson(tmp_path, *features):
    file = tmp_path / "areas.geojson"
    held = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": held}), "utf-8")
    return file


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[118.7, 32.0], [118.8, 32.0], [118.8, 32.1], [118.7, 32.1], [118.7, 32.0]]],
}
POINT = {"type": "Point", "coordinates": [118.736849, 32.035032]}


def test_official_boundaries_come_in_by_their_code(tmp_path):
    file = geojson(tmp_path, ({"level": "district", "adcode": 320102, "name": "玄武区"}, SQUARE))
    (found,) = gather([file]).features
    assert (found.kind, found.code, found.name) == ("district", "320102", "玄武区")


def test_another_datum_is_put_right_at_the_door(tmp_path):
    file = geojson(tmp_path, ({"amenity": "hospital", "name": "医院"}, POINT))
    (found,) = gather([file], "gcj02").features
    assert (found.shape.x, found.shape.y) == pytest.approx((118.731634, 32.037071), abs=1e-5)


def test_our_own_kinds_are_taken_as_they_are(tmp_path):
    file = geojson(tmp_path, ({"kind": "green", "sort": "park", "name": "园"}, SQUARE))
    (found,) = gather([file]).features
    assert (found.kind, found.sort) == ("green", "park")


def test_what_makes_no_sense_is_counted(tmp_path):
    file = geojson(tmp_path, ({}, None), ({"leisure": "park"}, SQUARE), ({"x": 1}, SQUARE))
    found = gather([file])
    assert (len(found.features), found.left_out) == (1, 1)


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.geojson", "no"), ("b.osm", "<osm"), ("c.shp", ""), ("d.json", '{"type": 1}')],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, body):
    (tmp_path / name).write_text(body)
    with pytest.raises(BadData, match=name):
        gather([tmp_path / name])
    with pytest.raises(BadData, match="gone"):
        gather([tmp_path / "gone.osm"])


def test_a_house_number_is_a_place_of_its_own():
    tags = {"building": "yes", "addr:street": "汉府街", "addr:housenumber": "12"}
    found = list(features_of(tags, shapely.box(118.79, 32.04, 118.791, 32.041)))
    assert [(f.kind, f.sort, f.name) for f in found] == [
        ("building", "", ""), ("place", "door", "汉府街12号"),
    ]  # fmt: skip
    point = shapely.Point(118.79, 32.04)
    (door,) = features_of({**tags, "addr:housenumber": "12-1号", "building": ""}, point)
    assert door.name == "汉府街12-1号"

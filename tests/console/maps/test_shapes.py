"""Lines and areas come from GeoJSON; what is wrong is named by file and feature."""

import json

import numpy as np
import pytest

from console.base.errors import BadData
from console.domain import datum
from console.domain.datum import Cgcs2000
from console.maps.shapes import LARGEST, read_shapes

LINE = {"type": "LineString", "coordinates": [[118.7, 32.0, 5.0], [118.8, 32.1, 6.0]]}
AREA = {
    "type": "Polygon",
    "coordinates": [[[118.7, 32.0], [118.8, 32.0], [118.8, 32.1], [118.7, 32.0]]],
}


def feature(geometry, **properties):
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def written(tmp_path, *features):
    file = tmp_path / "dikes.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), "utf-8")
    return file


def test_lines_and_areas_are_read_with_their_names(tmp_path):
    file = written(tmp_path, feature(LINE, 段名="左岸1段"), feature(AREA))
    line, area = read_shapes(file, "段名")
    assert (line.id, line.name, line.geometry.geom_type) == ("dikes/0", "左岸1段", "LineString")
    assert (area.name, area.geometry.geom_type) == ("", "Polygon")
    assert not line.geometry.has_z


def test_another_datum_is_brought_inside(tmp_path):
    (line,) = read_shapes(written(tmp_path, feature(LINE)), crs=datum.GCJ02)
    lon, lat = line.geometry.coords[0]
    away = datum.metres(Cgcs2000.of(lon, lat), Cgcs2000.of(118.7, 32.0))
    assert 300 < float(away) < 700
    there = datum.enter(np.array(118.7), np.array(32.0), datum.GCJ02)
    assert (lon, lat) == pytest.approx(there.one)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [118.7, 32.0]},
        {"type": "LineString", "coordinates": [[118.7]]},
        {"type": "LineString", "coordinates": []},
        {"type": "LineString", "coordinates": [[13_210_000.0, 3_770_000.0], [0.0, 0.0]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
        {"type": "Circle"},
        None,
    ],
    ids=["a point", "a number alone", "empty", "metres", "crosses itself", "unknown", "none"],
)
def test_a_bad_feature_is_named(tmp_path, geometry):
    with pytest.raises(BadData) as bad:
        read_shapes(written(tmp_path, feature(LINE), feature(geometry)))
    assert bad.value.where == "features[1].geometry"
    assert bad.value.file.endswith("dikes.geojson")
    assert bad.value.why


@pytest.mark.parametrize("words", ["", "{", "[]", '{"features": 5}', '{"features": [5]}'])
def test_what_is_no_collection_is_named(tmp_path, words):
    file = tmp_path / "dikes.geojson"
    file.write_text(words)
    with pytest.raises(BadData, match=r"dikes\.geojson"):
        read_shapes(file)


def test_a_file_that_is_missing_or_much_too_large_is_not_read(tmp_path):
    with pytest.raises(BadData):
        read_shapes(tmp_path / "none.geojson")
    large = tmp_path / "large.geojson"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(BadData, match="larger"):
        read_shapes(large)

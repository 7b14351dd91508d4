"""A point is found in its district, street and grid; real points in their real district."""

import csv
import gzip
import json

import numpy as np
import pytest
import shapely
from shapely.geometry import box, shape

from console.domain.datum import Cgcs2000, Gcj02, from_gcj02
from console.domain.place import Area, Boundaries, Found
from tests.drivers import ROOT

REAL = "shared/data/nanjing_geo"
RIGHT = 0.996

TOWN = Boundaries(
    [
        Area("district", "1", "西", box(0, 0, 1, 1)),
        Area("district", "2", "东", box(1, 0, 2, 1)),
        Area("street", "11", "一", box(0, 0, 1, 0.5)),
        Area("grid", "11001", "格", box(0, 0, 0.5, 0.5)),
    ]
)


def test_every_level_is_found_by_its_polygon():
    assert TOWN.locate(Cgcs2000.of([0.2, 0.2, 1.5, 5], [0.2, 0.9, 0.2, 5])) == [
        Found("1", "11", "11001"), Found("1"), Found("2"), Found(),
    ]  # fmt: skip


def test_a_point_on_a_border_belongs_to_the_lesser_code():
    assert TOWN.locate(Cgcs2000.of(1.0, 0.7)) == [Found("1")]


def test_both_halves_of_a_polygon_that_crosses_itself_count():
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    town = Boundaries([Area("district", "9", "结", bow)])
    found = town.locate(Cgcs2000.of([0.2, 1.8, 1.0], [1.0, 1.0, 1.9]))
    assert [f.district for f in found] == ["9", "9", ""]


def test_an_area_is_found_by_its_code():
    area = TOWN.area("street", "11")
    assert area is not None
    assert area.name == "一"
    assert TOWN.area("street", "12") is None
    assert [a.code for a in TOWN.of("district")] == ["1", "2"]


@pytest.fixture(scope="module")
def real():
    folder = next((up / REAL for up in ROOT.parents if (up / REAL).is_dir()), None)
    if folder is None:
        pytest.skip("the shared data of Nanjing is not here")
    districts = json.loads((folder / "nanjing_districts_wgs84.geojson").read_text("utf-8"))
    areas = [
        Area("district", f["properties"]["name"], f["properties"]["name"], shape(f["geometry"]))
        for f in districts["features"]
    ]
    with gzip.open(folder / "nanjing_poi_sample_30000.csv.gz", "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Boundaries(areas), rows


def _right(town, points, rows):
    return np.mean([f.district == r["district"] for f, r in zip(points, rows, strict=True)])


def test_real_points_of_both_datums_are_in_the_right_district(real):
    town, rows = real
    wgs = Cgcs2000.of([float(r["lng_wgs84"]) for r in rows], [float(r["lat_wgs84"]) for r in rows])
    gcj = Gcj02.of([float(r["lng_gcj02"]) for r in rows], [float(r["lat_gcj02"]) for r in rows])
    assert _right(town, town.locate(wgs), rows) >= RIGHT
    assert _right(town, town.locate(from_gcj02(gcj)), rows) >= RIGHT
    mixed = Cgcs2000(gcj.lon, gcj.lat)
    assert _right(town, town.locate(mixed), rows) < RIGHT

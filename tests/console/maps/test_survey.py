"""The survey of the demo city: every street has its ground, and borders leave no gap."""

import numpy as np
import pytest
import shapely

from console.base import resources
from console.base.errors import BadData
from console.domain.datum import Cgcs2000
from console.domain.place import Area, Boundaries
from console.maps.survey import read, survey


@pytest.fixture(scope="module")
def land():
    return survey(read("nanjing"))


def test_every_street_and_district_of_the_city_is_there(land):
    streets = {f.code for f in land.features if f.kind == "street"}
    assert streets == set(land.city.streets)
    districts = {f.code for f in land.features if f.kind == "district"}
    assert districts == set(land.city.districts)


def test_a_street_holds_its_own_point(land):
    town = Boundaries(
        Area("street", f.code, f.name, f.shape) for f in land.features if f.kind == "street"
    )
    streets = list(land.city.streets.values())
    points = Cgcs2000.of([s.point[0] for s in streets], [s.point[1] for s in streets])
    found = town.locate(points)
    right = [f.street == s.code for f, s in zip(found, streets, strict=True)]
    assert np.mean(right) > 0.97


def test_streets_share_the_dry_land_out_without_gap_or_overlap(land):
    shapes = list(land.streets.values())
    whole = shapely.union_all(shapes)
    assert sum(s.area for s in shapes) == pytest.approx(whole.area, rel=0.01)
    assert whole.area == pytest.approx(land.outline.area, rel=0.04)


def test_grids_are_numbered_after_their_street(land):
    grids = [f for f in land.features if f.kind == "grid"]
    assert all(len(g.code) == 15 for g in grids)
    assert {g.code[:9] for g in grids} == set(land.city.streets)


def test_the_same_sketch_gives_the_same_land(land):
    again = survey(read("nanjing"))
    assert [f.shape.wkb for f in again.features] == [f.shape.wkb for f in land.features]


def test_a_sketch_that_is_wrong_names_its_key(monkeypatch, tmp_path):
    (tmp_path / "resources/map").mkdir(parents=True)
    (tmp_path / "resources/map/odd_schematic.toml").write_text("city = 'x'\n")
    monkeypatch.setattr(resources, "ROOT", tmp_path)
    with pytest.raises(BadData, match="odd_schematic"):
        read("odd")

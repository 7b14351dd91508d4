"""A seat's maps: those in its folder before the shipped one, and what is broken is named."""

import shutil

import pytest

from console.base import resources
from console.domain.datum import Cgcs2000
from console.maps.library import Library, locate
from console.maps.package import About, write
from tests.console.maps.towns import at


@pytest.fixture
def library(package, tmp_path):
    folder = tmp_path / "maps"
    folder.mkdir()
    shutil.copy(package, folder / "town.mbtiles")
    held = Library(folder, "nanjing")
    yield held
    held.close()


def test_a_package_in_the_folder_is_before_the_shipped_one(library):
    assert [about.name for _, about in library.about()] == ["小城", "南京市（示意）"]
    assert library.ground is not None
    assert library.ground.about.name == "小城"


def test_a_point_is_located_with_names(library):
    town = library.boundaries()
    found = town.locate(Cgcs2000.of(*at(1, 1)))[0]
    assert locate(found, town) == {
        "district": "1", "district_name": "西区", "street": "11", "street_name": "西街道",
        "grid": "11001001", "grid_name": "11001001",
    }  # fmt: skip
    assert town.date == "2026-11-03"


def test_roads_and_places_come_from_the_package(library):
    roads = library.roads()
    assert roads is not None
    assert roads.date == "2026-11-03"
    assert roads is library.roads()
    near = library.near("hospital").nearest(Cgcs2000.of(*at(0, 0)), 1)
    assert near[0][1].name == "城西医院"
    assert library.near("hospital") is library.near("hospital")


def test_a_name_is_found_the_whole_word_first(library):
    assert library.find("A路")[0].sort == "road"
    assert [p.name for p in library.find("城西")] == ["城西医院"]
    assert library.find("") == []


def test_what_cannot_be_read_is_named_and_passed_over(tmp_path):
    (tmp_path / "a.mbtiles").write_bytes(b"no")
    (tmp_path / "b.pmtiles").write_bytes(b"no")
    bad = About("坏", "", "", "pbf", 7, 7, (0, 0, 1, 1))
    write(tmp_path / "c.mbtiles", bad, [], {"roads": b"x", "places": b"x", "boundaries": b"x"})
    held = Library(tmp_path, "nowhere")
    assert {e.file.rsplit(".", 1)[1] for e in held.troubles} == {"mbtiles", "pmtiles"}
    assert held.roads() is None
    assert list(held.places()) == []
    assert len(held.boundaries().areas) == 0
    assert len(held.troubles) == 5
    held.close()


def test_without_any_map_there_is_no_ground(tmp_path):
    assert Library(tmp_path, "nowhere").ground is None


def test_the_shipped_map_holds_the_whole_city():
    held = Library(resources.path("none"), "nanjing")
    assert held.ground is not None
    assert held.ground.about.schematic
    assert len(held.boundaries().of("district")) == 12
    found = held.boundaries().locate(Cgcs2000.of(118.789, 32.047))[0]
    assert (found.district, found.street) == ("320102", "320102003")
    held.close()


def test_a_layers_shapes_are_the_seats_own_before_the_citys(library, tmp_path):
    shipped = library.shapes("key_areas.geojson", "name", "CGCS2000")
    assert len(shipped) == 5
    (tmp_path / "maps" / "key_areas.geojson").write_text('{"features": []}')
    assert library.shapes("key_areas.geojson", "name", "CGCS2000") == ()
    assert library.shapes("nothing.geojson", "name", "CGCS2000") == ()

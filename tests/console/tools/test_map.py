"""python -m console map: its answers and its exit status."""

import json

import pytest

from console.base.errors import BadData
from console.base.settings import Settings
from console.maps.package import Package
from console.tools.map import BAD_LINE, DONE, NO_WAY, WRONG, main


@pytest.fixture
def run(tmp_path, capsys):
    settings = Settings(maps=str(tmp_path / "maps"))

    def ask(*words):
        status = main(words, settings)
        return status, capsys.readouterr()

    return ask


def test_a_point_is_located_in_any_datum(run):
    status, said = run("locate", "118.79424", "32.04494", "--crs", "gcj02")
    found = json.loads(said.out)
    assert status == DONE
    assert found["district_name"] == "玄武区"
    assert found["street_name"] == "新街口街道"
    assert len(found["grid"]) == 15
    assert found["schematic"]
    assert found["lon"] == pytest.approx(118.789, abs=1e-3)


def test_a_point_outside_the_city_is_nowhere(run):
    status, said = run("locate", "116.4", "39.9")
    assert status == NO_WAY
    assert json.loads(said.out)["district"] == ""


def test_an_unknown_datum_is_a_bad_line(run):
    assert run("locate", "118.8", "32.0", "--crs", "xian80")[0] == BAD_LINE
    assert run("locate", "east", "32.0")[0] == BAD_LINE
    assert run()[0] == BAD_LINE


def test_a_way_is_given_with_the_date_of_its_roads(run):
    status, said = run("route", "118.74,32.05", "118.86,32.04", "--json")
    way = json.loads(said.out)
    assert status == DONE
    assert 8_000 < way["metres"] < 25_000
    assert way["roads"] == "2026-11-03"
    assert len(way["line"]) > 10
    status, said = run("route", "新街口街道医院", "118.86,32.04")
    assert status == DONE
    assert "2026-11-03" in said.out


def test_where_no_way_leads_it_says_so(run):
    assert run("route", "117.0,31.0", "118.86,32.04")[0] == NO_WAY
    status, said = run("route", "没有这个地方", "118.86,32.04")
    assert status == NO_WAY
    assert "没有这个地方" in said.err


def test_the_maps_are_listed_with_source_and_date(run, tmp_path):
    status, said = run("info")
    assert status == DONE
    assert "2026-11-03" in said.out
    assert "示意" in said.out
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps/bad.mbtiles").write_bytes(b"x")
    status, said = run("info")
    assert status == WRONG
    assert "bad.mbtiles" in said.err


def test_a_package_is_built_from_files(run, tmp_path):
    road = {
        "type": "Feature", "properties": {"highway": "primary", "name": "中山路"},
        "geometry": {"type": "LineString", "coordinates": [[118.70, 32.0], [118.71, 32.01]]},
    }  # fmt: skip
    (tmp_path / "roads.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [road, {"type": "Feature"}]})
    )
    out = tmp_path / "maps" / "district.mbtiles"
    words = ("build", "--from", str(tmp_path / "roads.geojson"), "--out", str(out))
    status, said = run(*words, "--date", "2026-11-20", "--name", "某区")
    assert status == DONE
    assert "1" in said.err
    held = Package(out)
    assert (held.about.name, held.about.date) == ("某区", "2026-11-20")
    assert held.about.source == "roads.geojson"
    held.close()
    status, said = run("info", str(out))
    assert "某区" in said.out


def test_components_are_put_on_disk_and_told_of(run, tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("标识码,名称,经度,纬度\n1,路灯,118.79,32.04\n2,路灯,,\n", "utf-8")
    file = tmp_path / "maps" / "a.components"
    status, said = run(
        "components", "--from", str(table), "--out", str(file), "--date", "2026-11-03"
    )
    assert status == DONE
    assert "3" in said.err
    assert "lon" in said.err
    assert "1 个部件" in said.out
    assert "部件 1 个" in run("info")[1].out
    with pytest.raises(BadData):
        run("components", "--from", str(table), "--out", str(tmp_path / "a.db"))


def test_the_demo_city_has_components_along_its_roads(run, tmp_path):
    file = tmp_path / "maps" / "demo.components"
    status, _ = run("components", "--demo", "--count", "500", "--out", str(file))
    assert status == DONE
    assert "非普查成果" in run("info")[1].out


def test_the_demo_citys_lines_and_areas_are_written(run, tmp_path):
    out = tmp_path / "layers"
    status, said = run("layers", "--schematic", "nanjing", "--out", str(out))
    assert status == DONE
    assert (out / "dike_sections.geojson").is_file()
    assert "dike_sections.geojson" in said.out

"""Taking stock: tables as they come, what makes no sense left out by line, written whole."""

import json

import pytest

from console.base.errors import BadData
from console.domain.datum import Cgcs2000, to_gcj02
from console.maps.components import Components
from console.maps.stocktaking import sort_of, take_stock, write

HEAD = "管理部件标识码,管理部件名称,经度,纬度,权属单位名称,管理部件状态"
LAMP = "32010201037000001,路灯,118.79,32.04,城管局,完好"


def table(tmp_path, *lines, encoding="utf-8-sig", name="a.csv"):
    file = tmp_path / name
    file.write_bytes("\n".join((HEAD, *lines)).encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_is_read_in_either_encoding(tmp_path, encoding):
    stock = take_stock([table(tmp_path, LAMP, encoding=encoding)])
    (lamp,) = stock.components
    assert (lamp.name, lamp.sort, lamp.owner, lamp.state) == ("路灯", "01037", "城管局", "完好")
    assert (lamp.lon, lamp.lat) == (118.79, 32.04)
    assert not stock.left_out


def test_a_line_that_makes_no_sense_is_left_out_by_its_number(tmp_path):
    bad = ("32010201037000002,路灯,东经,32.04,,", ",路灯,118.8,32.0,,", "3,路灯,0,0,,",
           f"{'9' * 30},路灯,118.8,32.0,,")  # fmt: skip
    stock = take_stock([table(tmp_path, LAMP, *bad)])
    assert len(stock.components) == 1
    assert [(e.where, e.why.partition(":")[0]) for e in stock.left_out] == [
        ("3", "lon"), ("4", "code"), ("5", "lon"), ("6", "code"),
    ]  # fmt: skip


def test_of_two_with_one_code_the_last_counts(tmp_path):
    stock = take_stock([table(tmp_path, LAMP, LAMP.replace("完好", "破损"))])
    assert [c.state for c in stock.components] == ["破损"]


def test_places_enter_from_the_datum_that_they_are_labelled_with(tmp_path):
    there = to_gcj02(Cgcs2000.of(118.79, 32.04))
    line = f"32010201037000001,路灯,{float(there.lon):.8f},{float(there.lat):.8f},,"
    (lamp,) = take_stock([table(tmp_path, line)], "GCJ-02").components
    assert (lamp.lon, lamp.lat) == pytest.approx((118.79, 32.04), abs=1e-7)


def test_geojson_is_read_too(tmp_path):
    file = tmp_path / "a.geojson"
    good = {"geometry": {"type": "Point", "coordinates": [118.79, 32.04]},
            "properties": {"GLBJBSM": "3201020101300017", "GLBJMC": "消火栓"}}  # fmt: skip
    bad = {"geometry": None, "properties": {"GLBJBSM": "x"}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [good, bad]}), "utf-8")
    stock = take_stock([file])
    assert [(c.name, c.sort) for c in stock.components] == [("消火栓", "0101")]
    assert len(stock.left_out) == 1


@pytest.mark.parametrize("name", ["none.csv", "a.xls", "a.json", "torn.csv"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    (tmp_path / "a.xls").write_bytes(b"x")
    (tmp_path / "a.json").write_text("[]", "utf-8")
    (tmp_path / "torn.csv").write_bytes(b"a,b\n\xff\xff\x80,1\n")
    with pytest.raises(BadData) as told:
        take_stock([tmp_path / name])
    assert name in str(told.value)


def test_the_class_is_read_from_the_identifier():
    assert sort_of("32010201037000001") == "01037"
    assert sort_of("3201020137000001") == "0137"
    assert sort_of("lamp-7") == ""


def test_what_is_written_is_read_again_and_a_half_never_stands(tmp_path):
    stock = take_stock([table(tmp_path, LAMP, LAMP.replace("000001", "000002"))])
    file = tmp_path / "maps" / "a.components"
    write(file, stock.components, "普查", "2026-11-03")
    held = Components(file)
    assert held.head.source == "普查"
    assert {held.one(n) for n in range(2)} == set(stock.components)
    assert [f.name for f in file.parent.iterdir()] == ["a.components"]

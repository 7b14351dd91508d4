"""Cameras come from a table with Chinese or English heads; bad rows are set aside by line."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.video.camera_table import read_table

HEAD = "编码,名称,区划代码,经度,纬度,朝向,视场角,云台,类型,子码流\n"
ROW = "32010200041320000001,云芷路口,320102,118.8,32.06,-90,80,是,球机,rtsp://10.0.0.5/2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_becomes_a_camera(encoding):
    entry = read_table((HEAD + ROW).encode(encoding)).entries[0]
    assert (entry.code, entry.name, entry.place) == (
        "32010200041320000001", "云芷路口", "320102",
    )  # fmt: skip
    assert (entry.bearing, entry.fov, entry.ptz, entry.type) == (270.0, 80.0, True, "dome")
    assert entry.sub == "rtsp://10.0.0.5/2"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_table_of_the_guide_is_read_whole(language):
    guide = resources.path(f"docs/{language}/onvif.md").read_text("utf-8")
    table = guide.split("```csv\n")[1].split("```")[0]
    read = read_table(table.encode())
    entry = read.entries[0]
    assert (read.bad, entry.type, entry.place, entry.ptz) == ((), "dome", "320102", True)
    assert (entry.lon, entry.bearing, entry.fov) == (118.7969, 90.0, 60.0)
    assert entry.main != entry.sub


def test_heads_may_be_english_and_few():
    entry = read_table(b"code,name\n32010200041320000001,Gate\n").entries[0]
    assert (entry.name, entry.place, entry.ptz, entry.fov) == ("Gate", "320102", False, 0.0)


@pytest.mark.parametrize(("row", "why"), [
    ("123,x,,,,,,,,\n", "cameras.bad_code"),
    (ROW.replace("118.8", "east"), "cameras.bad_number"),
    (ROW.replace(",80,", ",800,"), "cameras.bad_number"),
])  # fmt: skip
def test_a_row_that_cannot_be_taken_is_set_aside_with_its_line(row, why):
    found = read_table((HEAD + row + "\n" + ROW).encode())
    assert [(b.where, b.why) for b in found.bad] == [("line 2", why)]
    assert len(found.entries) == 1


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n"])
def test_a_table_without_code_and_name_says_what_is_missing(data):
    with pytest.raises(BadData, match="code"):
        read_table(data, "cameras.csv")

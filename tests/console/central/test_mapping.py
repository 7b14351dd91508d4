"""A profile turns good rows into facts, and names the column and the reason of a bad one."""

import pytest

from console.base.clock import ManualClock
from console.central.drill_scale import town_of
from console.central.mapping import Mapper, Wrong
from console.central.profile import read_profile
from console.central.sheet import Row

NOW = ManualClock().now()
GOOD = {
    "编号": "R-1", "时间": "2025-12-30 08:15", "来电人": "甲先生", "电话": "10000000001",
    "地址": "云芷路8号", "内容": "路口积水。", "类型": "", "区": "玄武区", "街道": "锁金村街道",
    "目的": "投诉", "经度": "118.79", "纬度": "32.05",
}  # fmt: skip
CASE = {
    "REC_ID": "9", "CREATE_TIME": "2018-02-08 15:34:40", "DISTRICT_NAME": "坪山区",
    "DISTRICT_ID": "1", "STREET_NAME": "龙田街道", "STREET_ID": "101", "COMMUNITY_ID": "10014",
    "COMMUNITY_NAME": "老坑社区", "SUB_TYPE_ID": "662", "SUB_TYPE_NAME": "侵占绿地",
    "DISPOSE_UNIT_ID": "1805", "DISPOSE_UNIT_NAME": "老坑社区", "EVENT_SRC_NAME": "12345",
    "EVENT_PROPERTY_NAME": "投诉", "INTIME_ARCHIVE_NUM": "1", "OVERTIME_ARCHIVE_NUM": "0",
}  # fmt: skip


def mapper(profile, *rows):
    place = town_of().place
    return Mapper(read_profile(profile), place, [Row(2, r) for r in rows], NOW)


def read(**changes):
    row = GOOD | changes
    return mapper("generic_report", row).read(Row(2, row))


def test_a_plain_report_finds_its_district_street_and_type_by_name():
    found = read()
    assert found.codes == {"district": "320102", "street": "320102007", "type": "DMHL-02"}
    assert found.at == 1_767_053_700_000
    assert found.values["purpose"] == "complain"
    assert found.values["lon"] == 118.79
    assert found.texts["title"] == "路口积水。"
    assert not found.archived


@pytest.mark.parametrize(
    ("changes", "column", "key"),
    [
        ({"编号": ""}, "编号", "import.missing"),
        ({"编号": "a b"}, "编号", "import.number"),
        ({"时间": "昨天"}, "时间", "import.time"),
        ({"时间": "2036-01-01 00:00"}, "时间", "import.time_range"),
        ({"区": "幻想区"}, "区", "import.unknown"),
        ({"区": "-"}, "区", "import.missing"),
        ({"内容": ""}, "内容", "import.missing"),
        ({"经度": "东经"}, "经度", "import.range"),
        ({"纬度": "118.7"}, "纬度", "import.range"),
        ({"内容": "水" * 20_001}, "", "import.long"),
    ],
)
def test_a_bad_row_says_where_and_why(changes, column, key):
    with pytest.raises(Wrong) as wrong:
        read(**changes)
    assert (wrong.value.column, wrong.value.key) == (column, key)


def test_an_optional_code_that_nobody_knows_is_left_out():
    assert read(街道="无此街道").codes["street"] == ""


def test_codes_of_another_city_come_with_their_commonest_names():
    rows = [CASE, CASE, CASE | {"STREET_NAME": "别名街道"}]
    made = mapper("pingshan_12345", *rows)
    found = made.read(Row(2, CASE))
    assert found.codes["district"] == "440310"
    assert found.codes["street"] == "440310101"
    assert found.codes["type"] == "PS-662"
    assert (found.archived, found.late, found.community) == (True, False, "老坑社区")
    assert made.terms["term_street_440310101"].name == "龙田街道"
    assert made.terms["term_street_440310101"].under == "440310"
    assert made.terms["term_type_PS-662"].under == "DMHL-02-31"
    assert found.texts["title"] == "侵占绿地（老坑社区）"


def test_brackets_left_empty_go():
    row = CASE | {"COMMUNITY_NAME": "-", "COMMUNITY_ID": "-"}
    assert mapper("pingshan_12345", row).read(Row(2, row)).texts["title"] == "侵占绿地"


def test_too_many_cells_are_a_fault_of_the_row():
    with pytest.raises(Wrong):
        mapper("generic_report", GOOD).read(Row(2, GOOD, odd=True))

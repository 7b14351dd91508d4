"""The parts of an address are read out of words, written numbers as figures."""

import pytest

from console.advise.placewords import PlaceWords, read_place


def parts(said, *names):
    found = read_place(said)
    return tuple(getattr(found, name) for name in names)


def test_a_whole_address_is_read_part_by_part():
    said = "南京市玄武区玄武门街道中山路一百二十八号三栋二单元1203室"
    assert parts(said, "city", "district", "street", "road", "number") == (
        "南京市",
        "玄武区",
        "玄武门街道",
        "中山路",
        "128",
    )
    assert parts(said, "building", "unit", "room") == ("3", "2", "1203")


@pytest.mark.parametrize(
    ("written", "figures"),
    [("十号", "10"), ("二十三号", "23"), ("两百零五号", "205"), ("一〇八号", "108")],
)
def test_written_numbers_become_figures(written, figures):
    assert read_place(f"云芷路{written}").number == figures


def test_both_roads_of_a_crossing_are_read():
    assert parts("我在云芷路与澄霁街交叉口", "road", "cross") == ("云芷路", "澄霁街")
    assert read_place("云芷路口有积水").cross == ""


def test_where_it_lies_from_a_place_is_read():
    assert parts("云芷路12号对面", "number", "relation") == ("12", "对面")


def test_codes_of_components_and_grids_are_told_by_their_length():
    assert parts("部件32010200106010001坏了", "code", "code_kind") == (
        "32010200106010001",
        "component",
    )
    assert read_place("320102001001003").code_kind == "grid"
    assert read_place("电话13800000000").code == ""


def test_an_alley_and_an_estate_are_read():
    assert parts("桂影巷5弄3号", "road", "lane", "number") == ("桂影巷", "5", "3")
    assert read_place("江北新区泰山街道弘阳广场").estate == "弘阳广场"


def test_nothing_said_has_no_parts():
    assert read_place("  ") == PlaceWords()


def test_the_parts_are_written_in_the_order_of_a_standard_address():
    said = "玄武区 中山路 一百二十八号 三幢 二单元"
    assert read_place(said).standard == "玄武区中山路128号3号楼2单元"

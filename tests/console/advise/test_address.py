"""The parts of an address."""

import pytest

from console.advise.address import Address, parse


@pytest.mark.parametrize(
    ("said", "road", "number"),
    [
        ("南京市玄武区玄武门街道中山路128号", "中山路", "128"),
        ("云芷坊路路口西南角路面坑槽", "云芷坊路", ""),
        ("玄武区梅园新村街道棠梨南巷", "棠梨南巷", ""),
        ("枫澜大道 ３８ 号门前", "枫澜大道", "38"),
    ],
)
def test_the_road_and_its_number_are_read_after_the_divisions(said, road, number):
    assert (parse(said).road, parse(said).number) == (road, number)


def test_the_estate_is_read_where_there_is_no_road():
    assert parse("杭州市滨江区缤纷北苑47栋").estate == "缤纷北苑"


def test_two_ways_of_writing_one_address_have_one_key():
    assert parse("南京市玄武区中山路128号").key == parse("玄武区中山路１２８号").key


def test_nothing_said_has_no_parts():
    assert parse("") == Address()

"""Nanjing's file says who runs what, and a wrong file says where it is wrong."""

import tomllib

import pytest

from console.base import resources
from console.base.errors import BadData
from console.domain.city import City, extended, read_city
from console.domain.record import Term

FILE = "cities/nanjing.toml"


@pytest.fixture(scope="module")
def nanjing() -> City:
    return read_city(resources.table(FILE), FILE)


def test_nanjing_has_twelve_centres_and_each_street_once(nanjing: City):
    assert len(nanjing.districts) == 12
    assert len(nanjing.streets) == 101
    assert sum(d.tier == "city_dept" for d in nanjing.departments.values()) == 36
    assert sum(d.tier == "district_centre" for d in nanjing.departments.values()) == 12


def test_everything_with_a_name_has_an_english_one(nanjing: City):
    named = [
        *nanjing.districts.values(),
        *nanjing.streets.values(),
        *nanjing.departments.values(),
        *nanjing.shifts,
    ]
    assert [x.name for x in named if not x.name_en or not x.name_en.isascii()] == []


def test_a_street_of_the_new_area_belongs_to_it_and_keeps_its_statutory_district(nanjing: City):
    street = nanjing.streets["320111001"]
    assert (street.name, street.district, street.statutory) == ("泰山街道", "320171", "320111")
    assert nanjing.scope_of("320111", "320111001") == "320171.320111001"


def test_a_scope_is_a_district_or_a_street_of_it(nanjing: City):
    assert nanjing.scope_of("320102") == "320102"
    assert nanjing.scope_of("320102", "320102002") == "320102.320102002"
    assert nanjing.scope_of("") == ""


def test_a_stand_in_means_who_answers_for_the_place(nanjing: City):
    assert nanjing.resolve("district", "320104") == "dc_320104"
    assert nanjing.resolve("street", "320104", "320104002") == "st_320104002"
    assert nanjing.resolve("street", "320104") == "dc_320104"
    assert nanjing.resolve("unit", "320104") == ""
    assert nanjing.resolve("wat", "320104") == "wat"


def test_places_and_departments_are_found_by_name(nanjing: City):
    assert nanjing.district_named("玄武区") == nanjing.districts["320102"]
    street = nanjing.street_named("夫子庙街道", "320104")
    assert street is not None
    assert street.code == "320104002"
    assert nanjing.street_named("夫子庙街道", "320102") is None
    water = nanjing.department_named("市水务局")
    assert water is not None
    assert water.id == "wat"


def test_terms_that_came_with_data_make_the_city_larger(nanjing: City):
    city = extended(
        nanjing,
        [
            Term(id="1", of="street", code="440310104", name="坪山街道", under="440310"),
            Term(id="2", of="district", code="440310", name="坪山区"),
            Term(id="3", of="department", code="ps_1583", name="城市管理局"),
        ],
    )
    assert city.scope_of("", "440310104") == "440310.440310104"
    assert city.departments["ps_1583"].name == "城市管理局"
    assert "440310" not in nanjing.districts


@pytest.mark.parametrize(
    ("was", "now", "where"),
    [
        ('zone = "Asia/Shanghai"', 'zone = "Asia/Nanking"', "line 8: zone"),
        ('code = "320104001"', 'code = "320102002"', "district[1].streets[0].code"),
        ("point = [118.732, 32.003]", 'point = "here"', "district[2].point"),
        ('id = "zwb"', 'id = "data"', "department[2].id"),
        ('start = "17:30"', 'begin = "17:30"', "shift[1]"),
    ],
)
def test_a_wrong_file_names_the_line_and_the_key(was: str, now: str, where: str):
    words = resources.path(FILE).read_text("utf-8").replace(was, now, 1)
    with pytest.raises(BadData) as bad:
        read_city(tomllib.loads(words), FILE, words)
    assert bad.value.file == FILE
    assert where in bad.value.where
    line = int(bad.value.where.removeprefix("line ").partition(":")[0])
    near = "\n".join(words.splitlines()[max(0, line - 8) : line + 8])
    assert now in near

"""Places are found by their names as written, heard, seen or spelt, and said to be sure or not."""

import pytest

from console.advise.gazetteer import HAND, Entry, Gazetteer

ROADS = ("云芷路", "澄霁街", "枫澜大道", "枫澜东路", "枫澜西路", "听荷巷")


@pytest.fixture
def gazetteer():
    made = Gazetteer(
        Entry(f"r{n}", "road", name, 118.7 + n / 100, 32.0 + n / 100, "320102")
        for n, name in enumerate(ROADS)
    )
    for number in (2, 8, 120):
        made.put(Entry(f"d{number}", "door", f"云芷路{number}号", 118.7, 32.0 + number / 1e5))
    made.put(Entry("320102", "district", "玄武区", 118.8, 32.05, "320102"))
    made.put(Entry("s1", "landmark", "白露小学", 118.75, 32.03, "320102.320102002"))
    made.put(Entry("s2", "landmark", "白露小学", 118.95, 32.23, "320113.320113002"))
    made.put(Entry("32010200106010001", "component", "井盖", 118.76, 32.04))
    return made


def first(gazetteer, said, **where):
    found = gazetteer.find(said, **where)
    return found.hits[0].entry.name, [w.key for w in found.hits[0].reasons], found.sure


def test_a_name_is_found_as_it_is_written_within_other_words(gazetteer):
    assert first(gazetteer, "请派人到听荷巷门口看看") == ("听荷巷", ["written"], True)


@pytest.mark.parametrize(
    ("said", "meant", "why"),
    [
        ("听合巷", "听荷巷", "same_sound"),
        ("云子路", "云芷路", "near_sound"),
        ("昕荷巷", "听荷巷", "near_shape"),
        ("枫大道", "枫澜大道", "left_out"),
    ],
)
def test_a_name_misheard_mistyped_or_cut_short_is_found_with_the_reason(
    gazetteer, said, meant, why
):
    name, reasons, _ = first(gazetteer, said)
    assert (name, reasons) == (meant, [why])


@pytest.mark.parametrize("typed", ["yunzhilu", "yzl", "Yun Zhi Lu"])
def test_a_name_is_found_by_its_pinyin_and_by_its_initials(gazetteer, typed):
    assert first(gazetteer, typed)[0] == "云芷路"


def test_a_house_number_is_found_and_one_that_is_not_known_gives_the_next(gazetteer):
    assert first(gazetteer, "云芷路八号")[0] == "云芷路8号"
    found = gazetteer.find("云芷路11号").hits[0]
    assert (found.entry.name, found.spread_m) == ("云芷路8号", 24.0)
    assert ("next_number", 8) in [(w.key, w.value) for w in found.reasons]


def test_a_crossing_lies_between_its_roads(gazetteer):
    found = gazetteer.find("云芷路和澄霁街路口").hits[0]
    assert found.entry.kind == "crossing"
    assert found.lon == pytest.approx(118.705)


def test_one_name_in_two_districts_is_not_certain_until_the_district_is_said(gazetteer):
    assert first(gazetteer, "白露小学") == ("白露小学", ["written", "several"], False)
    found = gazetteer.find("白露小学", scope="320113")
    assert (found.hits[0].lon, found.sure) == (118.95, True)
    near = gazetteer.find("白露小学", near=(118.74, 32.02))
    assert (near.hits[0].lon, near.sure) == (118.75, True)


def test_what_may_be_two_roads_is_not_certain(gazetteer):
    found = gazetteer.find("枫澜路")
    assert {h.entry.name for h in found.hits} >= {"枫澜西路", "枫澜东路"}
    assert not found.sure


def test_a_district_alone_is_no_place_for_a_case(gazetteer):
    assert not gazetteer.find("玄武区有人反映噪音").sure


def test_the_code_of_a_component_is_its_place(gazetteer):
    found = gazetteer.find("编号32010200106010001的井盖")
    assert (found.hits[0].entry.kind, found.sure) == ("component", True)


def test_what_is_not_known_is_not_found(gazetteer):
    assert gazetteer.find("电梯故障无人处理").hits == ()
    assert gazetteer.find("").hits == ()


def test_a_place_that_a_person_chose_for_the_words_comes_first(gazetteer):
    gazetteer.put(Entry("c1", HAND, "大槐树底下", 118.9, 32.1))
    name, reasons, sure = first(gazetteer, "大槐树底下有积水")
    assert (name, reasons, sure) == ("大槐树底下", ["by_hand"], False)

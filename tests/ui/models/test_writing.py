"""Every figure is written with its unit, time, target and sample; what is not known is a dash."""

import pytest

from console.base import text
from console.domain.figure import Figure, Point
from console.domain.page import Source, Tile
from ui.models.writing import NOTHING, Writing, titled

NOON = 1_781_236_800_000


@pytest.fixture
def writing():
    yield Writing("Asia/Shanghai", lambda kind, code: f"{kind}:{code}", lambda: NOON)
    text.speak("zh_CN")


def tile(target=None, better="", unit="件", **of) -> Tile:
    return Tile(key="t", name="来电", name_en="Calls", draw="number", target=target, better=better,
                unit=unit, of=Source(**(of or {"kind": "report"})))  # fmt: skip


@pytest.mark.parametrize(
    ("value", "of", "said"),
    [(None, {}, NOTHING), (1234.0, {}, "1,234"), (0.0, {}, "0"), (94.25, {"met": "x"}, "94.2"),
     (-3.5, {"met": "x"}, "−3.5"), (7.43, {"measure": "took"}, "7.43"),
     (74.93, {"measure": "t"}, "74.9")],
)  # fmt: skip
def test_numbers_have_as_many_digits_as_they_mean(writing, value, of, said):
    assert writing.value(tile(**{"kind": "report", **of}), value) == said


def test_time_target_and_sample_stand_under_a_figure(writing):
    figure = Figure(at=NOON, value=90, n=1200, fresh="live")
    said = writing.notes(tile(95, "up", "%", kind="report", met="x"), figure)
    assert said == ["截至 12:00:00", "目标 ≥95%", "样本 1,200"]


def test_an_indicator_says_what_is_normal_and_how_many_sources(writing):
    figure = Figure(at=NOON, value=9, n=4, fresh="live", unit="m", target=8.5, better="down")
    said = writing.notes(tile(unit="", indicator="x"), figure)
    assert said[1:] == ["正常 ≤8.5 unit:x", "来源 4"]


def test_an_indicator_is_told_with_its_own_decimals_and_nought_is_nought(writing):
    assert writing.value(tile(indicator="x"), 5.0, 1) == "5.0"
    assert writing.value(tile(indicator="x"), 0.0, 2) == "0"
    assert writing.value(tile(indicator="x"), None, 2) == NOTHING


def test_what_has_no_sample_says_so(writing):
    assert writing.none(Figure(at=NOON, fresh="live")) == "此段时间没有样本"
    assert writing.none(Figure()) == writing.none(Figure(at=NOON, value=1.0)) == ""


def test_a_score_on_little_data_says_so_before_all_else(writing):
    of = tile(75, "up", vital="domains")
    few, most = (Figure(at=NOON, value=60, n=n, fresh="live") for n in (59, 95))
    assert (writing.standing(of, few).word, writing.standing(of, few).glyph) == (
        "数据不全", "triangle",
    )  # fmt: skip
    assert writing.standing(of, most).word == "未达标"


@pytest.mark.parametrize(
    ("fresh", "state", "said"),
    [("lost", "alarm", "12:00 起失联"), ("stale", "alarm", "截至 12:00 已过时"),
     ("unknown", "normal", "暂无读数"), ("live", "warn", "关注"), ("live", "normal", "")],
)  # fmt: skip
def test_one_of_several_says_for_itself_how_it_stands(writing, fresh, state, said):
    point = Point(key="a", value=1.0, fresh=fresh, state=state, at=NOON)
    assert writing.standing_of(point).word == said


def test_ranks_say_their_unit_and_a_heat_its_peak(writing):
    figure = Figure(at=NOON, value=90, n=3, high=12.0, fresh="live")
    made = Tile(key="t", name="", name_en="", draw="ranked", unit="件", of=Source(kind="report"))
    assert "单位 件" in writing.notes(made, figure)
    made = Tile(key="t", name="", name_en="", draw="heat", unit="件", of=Source(kind="report"))
    assert "最高 12 件" in writing.notes(made, figure)


@pytest.mark.parametrize(("fresh", "late"), [("stale", "已过时"), ("lost", "已失联")])
def test_what_is_late_says_so(writing, fresh, late):
    assert late in writing.as_of(Figure(at=NOON - 86_400_000, fresh=fresh))
    assert "06-11" in writing.as_of(Figure(at=NOON - 86_400_000, fresh=fresh))


def test_why_nothing_is_known_is_said(writing):
    assert writing.as_of(Figure(why="page.why.no_reading")) == "暂无读数"
    assert writing.as_of(Figure()) == "无数据"


@pytest.mark.parametrize(
    ("figure", "glyph"),
    [
        (Figure(value=1, fresh="live"), ""),
        (Figure(value=1, fresh="live", state="alarm"), "diamond"),
        (Figure(value=1, fresh="live", state="warn"), "triangle"),
        (Figure(value=9, fresh="live"), "chevron"),
        (Figure(value=9, fresh="lost", state="alarm"), "cross"),
        (Figure(value=9, fresh="stale", state="alarm"), ""),
    ],
)
def test_what_is_wrong_has_a_shape_and_a_word(writing, figure, glyph):
    standing = writing.standing(tile(5, "down"), figure)
    assert standing.glyph == glyph
    assert bool(standing.word) is bool(glyph)


def test_a_change_is_held_against_the_time_before(writing):
    assert writing.change(tile(), Figure(value=12, before=10)) == "较前期 +2"
    assert writing.change(tile(), Figure(value=8, before=10)) == "较前期 −2"
    assert writing.change(tile(), Figure(value=10, before=10)) == "较前期 0"
    assert writing.change(tile(), Figure(value=10)) == ""


def test_a_group_is_called_by_its_name(writing):
    assert (
        writing.point(tile(kind="report", by="district"), Point(key="320102", value=1))
        == "district:320102"
    )
    assert writing.point(tile(kind="incident", by="level"), Point(key="II", value=1)) == "重大"
    assert writing.point(tile(indicators=("a",)), Point(key="a", value=1)) == "indicator:a"


def test_since_when_it_is_out_of_band(writing):
    assert writing.since(Figure(since=NOON, state="alarm")) == "自 12:00"
    assert writing.since(Figure(since=NOON)) == ""


def test_titles_follow_the_language(writing):
    assert titled(tile()) == "来电"
    text.speak("en")
    assert titled(tile()) == "Calls"


def test_units_follow_the_language_and_none_is_none(writing):
    assert writing.unit(tile(), Figure(unit="x")) == "件"
    assert writing.unit(tile(unit="", indicator="a"), Figure(unit="m")) == "unit:a"
    text.speak("en")
    assert writing.unit(tile(), Figure(unit="x")) == "件"
    none = Tile(key="t", name="", name_en="", draw="number", unit="件", unit_en="",
                of=Source(kind="report"))  # fmt: skip
    assert writing.unit(none, Figure(unit="x")) == ""

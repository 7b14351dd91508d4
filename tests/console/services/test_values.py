"""Words stand for departments, places, limits and instants; what is not sure is said."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from console.base.errors import Refused
from console.commands import Argument, BadLine, Word
from console.services.values import Values, pick, read_instant
from tests.desks import MONDAY_TEN, Bench

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def values(tmp_path):
    bench = Bench(tmp_path)
    bench.unit("U1", "cgj", "城管01")
    bench.unit("U2", "cgj", "城管02")
    yield Values(bench.desk.around, {"satisfied": ("yes", "no")}, ("pending", "mine"))
    bench.store.close()


def read(values, kind, said, name="x"):
    return values.read(Argument(name, kind, required=True), Word(said, 3))


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        ("dept", "wat", "wat"), ("dept", "市水务局", "wat"), ("dept", "水务局", "wat"),
        ("dept", "gaj", "pol"), ("dept", "data", "data"), ("level", "重大", "II"),
        ("level", "特别", "I"), ("level", "III", "III"), ("urgency", "加急", "urgent"),
        ("type", "DMUM-01", "DMUM-01"), ("type", "垃圾满溢", "DMUM-01-01"),
        ("limit", "2工作时", "2wh"),
        ("scope", "玄武区", "320102"), ("scope", "梅园", "320102.320102002"),
        ("scope", "320102002", "320102.320102002"), ("unit", "城管02", "U2"), ("unit", "U1", "U1"),
        ("number", "118.8", 118.8), ("flag", "是", True), ("flag", "no", False),
        ("depts", "市水务局,城市管理局", ("wat", "cgj")), ("queue", "我的", "mine"),
        ("instant", "+2h", MONDAY_TEN + 7_200_000), ("text", "任何 话", "任何 话"),
    ],
)  # fmt: skip
def test_a_word_is_read_by_its_argument_s_type(values, kind, said, meant):
    assert read(values, kind, said) == meant


def test_a_choice_is_known_by_its_value_and_its_name(values):
    assert read(values, "choice", "满意", "satisfied") == "yes"
    assert read(values, "choice", "hotline", "source") == "hotline"
    assert read(values, "choice", "anything", "post") == "anything"


@pytest.mark.parametrize(
    ("kind", "said", "key"),
    [
        ("dept", "没有这个局", "line.value"), ("limit", "soon", "line.limit"),
        ("number", "x", "line.number"), ("flag", "x", "line.flag"),
        ("instant", "25:00", "line.instant"),
        ("instant", "+2wh", "line.instant"), ("instant", "soon", "line.instant"),
        ("scope", "火星", "line.value"), ("depts", "市水务局,火星", "line.value"),
    ],
)  # fmt: skip
def test_a_word_that_stands_for_nothing_is_a_bad_line(values, kind, said, key):
    with pytest.raises(BadLine) as raised:
        read(values, kind, said)
    assert (raised.value.key, raised.value.position) == (key, 3)


@pytest.mark.parametrize(("kind", "said"), [("dept", "水务"), ("unit", "城管"), ("scope", "玄武")])
def test_a_word_that_may_be_several_is_refused_with_all_of_them(values, kind, said):
    with pytest.raises(Refused) as raised:
        read(values, kind, said)
    assert raised.value.key == "refused.ambiguous"
    assert said in str(raised.value.args_by_name["found"])


def test_the_nearest_meaning_comes_first():
    options = [("a", ("水务局",)), ("b", ("市水务局",)), ("c", ("水务",))]
    assert pick("水务", options).ids == ("c", "a", "b")
    assert pick("水务", options).sure
    assert not pick("务", options).sure
    assert pick("", options).ids == ()


def at(*when):
    return round(datetime(*when, tzinfo=ZONE).timestamp() * 1000)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("18:30", at(2026, 1, 5, 18, 30)), ("09:00", at(2026, 1, 6, 9, 0)),
        ("+90m", MONDAY_TEN + 5_400_000), ("-1h", MONDAY_TEN - 3_600_000),
        ("2026-11-23T09:00", at(2026, 11, 23, 9, 0)), ("2026-11-23", at(2026, 11, 23)),
        ("11-23 09:00", at(2026, 11, 23, 9, 0)), ("1-2", at(2027, 1, 2)),
        ("2026-11-23T01:00:00+00:00", at(2026, 11, 23, 9, 0)),
    ],
)  # fmt: skip
def test_instants_are_read_in_the_city_s_zone(said, meant):
    assert read_instant(said, MONDAY_TEN, ZONE) == meant

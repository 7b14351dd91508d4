"""Values, records and refusals are said in words, and any value travels as one word of a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.work import Inline
from console.commands import split
from console.domain.words import UNKNOWN, Words, line_of, quoted, short
from tests.ui.desk import Desk, desk


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Desk]:
    made = desk(tmp_path, Inline())
    yield made
    made.close()


def test_codes_are_said_by_their_names(seat: Desk) -> None:
    words = Words(seat.core)
    assert words.value("lead", "wat") == "市水务局"
    assert words.value("assists", ("wat", "cgj")) == "市水务局，市城市管理局"
    assert words.value("scope", "320102.320102005") == "玄武区 玄武门街道"
    assert words.value("state", "handling", "task") == "处置中"
    assert words.value("handle", "4wh") == "4 工作时"
    assert words.value("satisfied", "very") == "非常满意"
    assert words.value("unit", "u1") == "水务抢险01"
    assert words.value("handler", "chen") == "陈立新"
    assert words.value("sensitive", True) == "是"
    assert words.value("extra", {"lift_id": "A-7", "x": ""}) == "电梯编号，x"


def test_nothing_is_a_dash_and_never_a_zero_time(seat: Desk) -> None:
    words = Words(seat.core)
    for name, value in (("lead", ""), ("assists", ()), ("reported_at", 0)):
        assert words.value(name, value) == UNKNOWN


def test_records_are_named_as_people_call_them(seat: Desk) -> None:
    words = Words(seat.core)
    assert words.record("incident", "i4").startswith("02-1122-001004 珠江路")
    assert words.record("task", "t1") == "市水务局 水务抢险01"
    assert words.record("incident", "gone") == "事件"


def test_a_refusal_names_what_it_means_by_names(seat: Desk) -> None:
    words = Words(seat.core)
    said = words.reason("refused.state", {"kind": "incident", "verb": "close", "state": "accepted"})
    assert "办结" in said
    assert "已受理" in said
    stale = words.reason("conflict.stale", {"by": "liu", "verb": "close"})
    assert "刘芳" in stale


def test_numbers_are_shortened_to_district_day_and_count() -> None:
    assert short("32010220261122001004") == "02-1122-001004"
    assert short("123456") == "123456"
    assert short("") == ""


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_value_is_one_word_of_a_line(value: str) -> None:
    line = line_of("incident.note", "i1", {"note": value})
    found = split(line)
    if all(sign in value for sign in "\"'「“"):
        return  # no quotes are left to put round it: one of its own is replaced
    assert [word.text for word in found][:3] == ["incident.note", "i1", "--note"]
    assert found[3].text == value or '"' in value
    assert len(found) == 4


def test_what_needs_no_quotes_gets_none() -> None:
    assert quoted("市水务局") == "市水务局"
    assert quoted("请 尽快") == '"请 尽快"'
    assert line_of("a.b", "", {"x": "", "y": "1"}) == "a.b --y 1"


def test_every_choice_has_its_word(seat: Desk) -> None:
    words = Words(seat.core)
    cases: dict[str, Any] = {"to": "110", "part": "lead", "purpose": "help", "source": "hotline"}
    for name, value in cases.items():
        assert words.value(name, value) != value

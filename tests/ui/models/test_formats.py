"""How cells are written: limits, marks, times, and what is not known."""

from typing import Any

import pytest

from console.domain.rows import SHAPES
from tests.ui.rows import MINUTE, NOON, row, sheet, told
from ui.models.columns import Cell
from ui.models.formats import FORMATS, TICKING, UNKNOWN, Words, span

HOUR, DAY = 60 * MINUTE, 1_440 * MINUTE
PLAIN: dict[str, Any] = {
    "pending": 0,
    "refused": 0,
    "conflict": 0,
    "paused": 0,
    "supervised": 0,
    "urged": 0,
}


def cell(key: str, **facts: Any) -> Cell:
    column = sheet().columns["incident"][key]
    write = FORMATS[column.format](column, SHAPES["incident"], told())
    return write(row(1, **(PLAIN | facts)), NOON)


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (0, "0分00秒"),
        (245_000, "4分05秒"),
        (35 * MINUTE, "35分"),
        (80 * MINUTE, "1时20分"),
        (27 * HOUR, "1天3时"),
    ],
)
def test_lengths_of_time_have_two_parts_at_most(ms: int, said: str) -> None:
    assert span(ms) == said


@pytest.mark.parametrize(
    ("due", "said", "role", "glyph"),
    [
        (80 * MINUTE, "剩 1时20分", "deadline.calm", ""),
        (20 * MINUTE, "剩 20分", "deadline.soon", "sand"),
        (-35 * MINUTE, "超 35分", "deadline.over", "alarm"),
    ],
)
def test_a_limit_has_words_and_a_colour_and_a_shape(
    due: int, said: str, role: str, glyph: str
) -> None:
    found = cell("clock", due=NOON + due, soon=NOON + due - 25 * MINUTE, clock="sign")
    assert found[:3] == (said, role, glyph)
    assert "签收时限" in found.full


def test_a_limit_that_stands_still_or_is_not_there() -> None:
    assert cell("clock", due=NOON - 1, paused=NOON)[:3] == ("停表", "deadline.paused", "bars")
    assert cell("clock", due=0).text == UNKNOWN


def test_the_worst_mark_is_shown() -> None:
    assert cell("mark") == Cell()
    assert cell("mark", pending=2)[:3] == ("待 2", "mark.waiting", "arrow")
    assert cell("mark", pending=2, refused=1)[:3] == ("拒 1", "mark.refused", "cross")
    assert "冲突" in cell("mark", conflict=1).full


def test_times_are_the_citys() -> None:
    assert cell("reported", reported_at=NOON).text == "12:00"
    assert cell("reported", reported_at=NOON - 3 * DAY).text == "06-09 12:00"
    assert cell("reported", reported_at=NOON - 400 * DAY).text == "2025-05-08"
    assert cell("reported", reported_at=0).text == UNKNOWN


@pytest.mark.parametrize(
    ("ms", "said"), [(5, "刚刚"), (3 * MINUTE, "3分"), (2 * HOUR, "2时"), (9 * DAY, "9天")]
)
def test_ages_have_one_part(ms: int, said: str) -> None:
    assert cell("age", reported_at=NOON - ms).text == said
    assert cell("age", reported_at=0).text == UNKNOWN


def test_levels_have_a_shape_and_a_word() -> None:
    assert cell("level", level="I") == Cell("I 级", "severity.I", "diamond", "特别重大")
    assert cell("level", level="routine")[1:3] == ("severity.routine", "ring")


def test_a_place_leaves_out_what_its_district_says() -> None:
    found = cell("place", district="320102", address="南京市玄武区中山东路1号")
    assert (found.text, found.full) == ("中山东路1号", "南京市玄武区中山东路1号")
    assert cell("place", district="320102", address="中山东路1号").text == "中山东路1号"
    assert cell("place", district="", address="").text == UNKNOWN


def test_names_numbers_words_and_pressure() -> None:
    assert cell("district", district="320106").text == "鼓楼区"
    assert cell("lead", lead="nobody").text == "nobody"
    assert cell("lead", lead="").text == UNKNOWN
    assert cell("no", no="32010620260612000123").text == "06-0612-000123"
    assert cell("no", no="A-7").text == "A-7"
    assert cell("source", source="hotline").text == "12345热线"
    assert cell("pressed", urged=2, supervised=1)[:2] == ("督 催2", "severity.II")
    assert cell("pressed") == Cell()
    assert cell("title", title="").text == UNKNOWN
    assert cell("state", state="handling").full


def test_words_are_kept_until_the_row_changes_but_time_goes_on() -> None:
    columns = sheet().columns_of()
    words = Words(columns, SHAPES["incident"], told())
    one, other = row(1), row(1, title="other")
    title = [column.key for column in columns].index("title")
    assert words.cell(0, one, title) is words.cell(0, one, title)
    assert words.cell(0, other, title).text == "other"
    for ticking in (n for n, column in enumerate(columns) if column.format in TICKING):
        assert words.cell(0, one, ticking) is not words.cell(0, one, ticking)


def test_a_choice_is_written_by_its_name_and_none_is_a_dash() -> None:
    column = sheet().columns["report"]["solved"]
    shape = SHAPES["report"]
    write = FORMATS["choice"](column, shape, told())
    report = dict.fromkeys(shape.names, "") | {"solved": "yes"}
    assert write(tuple(report.values()), NOON).text == "已解决"
    assert write(tuple((report | {"solved": ""}).values()), NOON).text == UNKNOWN


def told_of(key: str, **facts: Any) -> Cell:
    """Write a cell of an instruction."""
    shape, column = SHAPES["instruction"], sheet().columns["instruction"][key]
    numbers = {name: 0 if type_ != "TEXT" else "" for name, type_ in shape.types.items()}
    held = numbers | {"pending": 0, "refused": 0, "conflict": 0} | facts
    return FORMATS[column.format](column, shape, told())(
        tuple(held[name] for name in shape.names), NOON
    )


def test_what_is_late_says_since_when_and_only_then() -> None:
    assert told_of("late", due=NOON - 35 * MINUTE).text == "自 06-12 11:25"
    assert told_of("late", due=NOON + 1) == told_of("late", due=0) == Cell()
    assert told_of("late", due=NOON - 1, paused=NOON - 2) == Cell()


def test_an_instruction_says_that_it_was_taken_up() -> None:
    assert told_of("pressed", urged=2, escalated=NOON)[:2] == ("已升级 催2", "severity.II")
    assert told_of("pressed", urged=1).text == "催1"
    assert told_of("pressed") == Cell()

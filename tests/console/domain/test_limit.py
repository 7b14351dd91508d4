"""A limit is read as people write it, and anything else is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import Refused
from console.domain.limit import HOUR, NATURAL, Limit, parse_limit

DAY = 8 * HOUR


@pytest.mark.parametrize(
    ("text", "limit", "length"),
    [
        ("30s", Limit(30, "s"), 30_000),
        ("30m", Limit(30, "m"), 30 * 60_000),
        ("24h", Limit(24, "h"), 24 * HOUR),
        ("3d", Limit(3, "d"), 72 * HOUR),
        ("2uh", Limit(2, "uh"), 2 * HOUR),
        ("2wh", Limit(2, "wh"), 2 * HOUR),
        ("5wd", Limit(5, "wd"), 5 * DAY),
        ("1.5h", Limit(1.5, "h"), 90 * 60_000),
        ("0.25wd", Limit(0.25, "wd"), 2 * HOUR),
        (" 2 wh ", Limit(2, "wh"), 2 * HOUR),
    ],
)
def test_every_unit_has_its_own_length(text, limit, length):
    assert parse_limit(text) == limit
    assert parse_limit(text).length(DAY) == length


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("45秒", "45s"),
        ("5分钟", "5m"),
        ("4小时", "4h"),
        ("7天", "7d"),
        ("2自然日", "2d"),
        ("2紧急工作时", "2uh"),
        ("2紧急工作日", "2d"),
        ("4工作时", "4wh"),
        ("15工作日", "15wd"),
    ],
)
def test_chinese_units_are_read_and_written_short(text, short):
    assert str(parse_limit(text)) == short


@pytest.mark.parametrize(
    "text", ["", "2", "wh", "2x", "-2h", "0h", "0.00wd", "2 小 时", "1e3h", "99999h", "2wh3"]
)
def test_what_is_no_limit_is_refused_with_its_words(text):
    with pytest.raises(Refused) as refused:
        parse_limit(text)
    assert refused.value.key == "refused.limit"
    assert refused.value.args_by_name == {"text": text}


def test_only_working_hours_and_days_are_working_time():
    assert [u for u in ("s", "m", "h", "d", "uh", "wh", "wd") if Limit(1, u).working] == [
        "wh",
        "wd",
    ]


@given(st.integers(1, 999_999), st.sampled_from([*NATURAL, "wh", "wd"]))
def test_a_limit_written_short_is_read_as_the_same(hundredths, unit):
    limit = Limit(hundredths / 100, unit)
    assert parse_limit(str(limit)) == limit


@given(st.integers(1, 999_999), st.sampled_from([*NATURAL, "wh", "wd"]))
def test_a_fifth_of_every_limit_is_a_whole_number_of_milliseconds(hundredths, unit):
    assert Limit(hundredths / 100, unit).length(DAY) % 5 == 0

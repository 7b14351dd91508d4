"""Names and numbers are hidden wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.models import mask


def test_a_name_keeps_its_first_letter() -> None:
    assert mask.name("王建国") == "王**"
    assert mask.name("") == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13812341234", "138****1234"), ("02584567890", "025****7890"), ("110", "****10"), ("", "")],
)
def test_a_number_keeps_its_ends(number: str, shown: str) -> None:
    assert mask.phone(number) == shown


def test_numbers_within_words_are_hidden() -> None:
    said = mask.words("请回电13851234567或025-84567890，身份证320102199001011234，路牌1234号")
    assert said == "请回电138****4567或025-****7890，身份证3201****4，路牌1234号"


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text("电话是，。 ", max_size=8))
def test_no_mobile_number_survives(number: str, around: str) -> None:
    assert number not in mask.words(f"{around}{number}{around}")


def test_a_field_is_hidden_as_its_kind_asks() -> None:
    assert mask.hidden("caller", "李晓梅") == "李**"
    assert mask.hidden("phone", "18912345678") == "189****5678"
    assert mask.hidden("note", "无号码") == "无号码"

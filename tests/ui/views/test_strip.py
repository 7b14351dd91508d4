"""The strip says whose city and which page, why that one stands, how old it is, and the time."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from shiboken6 import delete

from tests.ui.kit.tiles import NOON
from ui.kit import fonts
from ui.kit.ink import Type
from ui.models.writing import Writing
from ui.views.strip import Strip


@pytest.fixture
def strip(outfit, seat, qapp):
    fonts.dress(qapp)
    writing = Writing("Asia/Shanghai", lambda _kind, code: code, lambda: NOON)
    made = Strip(outfit, writing, seat.core.city)
    made.fit(Type(20, 22, 26, 12, 8))
    made.resize(1800, made.height())
    yield made
    delete(made)


def said(strip) -> str:
    return " ".join(mark.words for mark in strip.ink.marks)


def test_page_place_line_and_time_are_said(strip):
    strip.say("城市体征", ("与中心同步", True), "turn", {"n": 2, "all": 9}, "")
    assert said(strip) == "南京市 城市体征 2026年06月12日 12:00 与中心同步 轮播 2/9"
    assert strip.ink.signs == []


def test_an_alarm_says_why_it_took_over(strip):
    strip.say("水务", ("与中心同步", True), "alarm", {"n": 5, "all": 9}, "较大 玄武区 积水")
    assert "告警接管：较大 玄武区 积水" in said(strip)
    assert [sign.name for sign in strip.ink.signs] == ["diamond"]


def test_a_line_that_is_down_has_a_shape_beside_its_colour(strip):
    strip.say("水务", ("离线，数据截至 11:20:00", False), "pinned", {"n": 5, "all": 9}, "")
    assert "离线，数据截至 11:20:00" in said(strip)
    assert [sign.name for sign in strip.ink.signs] == ["cross"]


def test_long_reasons_do_not_run_into_the_time(strip):
    strip.say("水务", ("与中心同步", True), "alarm", {"n": 5, "all": 9}, "很长" * 200)
    ends = sorted((mark.x, mark.x + mark.width) for mark in strip.ink.marks)
    assert all(right <= left + 1 for (_, right), (left, _) in pairwise(ends))


@pytest.mark.parametrize(
    ("x", "line"), [(10, "page.previous"), (600, "page.next"), (1700, "page.pin")]
)
def test_a_touch_turns_pages_and_pins_them(strip, qtbot, x, line):
    strip.show()
    with qtbot.waitSignal(strip.asked) as asked:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 8))
    assert asked.args == [line]

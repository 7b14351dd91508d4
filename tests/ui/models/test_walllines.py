"""What the log has of steering is said in words, and found by what one types."""

import pytest

from console.domain.steering import Steered
from ui.models.walllines import LogLine, done_words, who_words

DONE = ("stop", "take", "ask", "outrank", "give", "keep", "halt", "home", "handed", "over",
        "stopped", "unstopped")  # fmt: skip


def test_a_motion_says_which_way():
    assert done_words("move pan=-1 tilt=1 speed=6") == "转动 左 · 上"
    assert done_words("move zoom=1") == "转动 拉近"
    assert done_words("move iris=-1 focus=1") == "转动 光圈小 · 聚焦远"
    assert done_words("call 3") == "转到预置位 3"


@pytest.mark.parametrize("what", DONE)
def test_all_that_becomes_of_a_hold_has_words(what):
    assert not done_words(what).startswith("wall.")


def test_who_it_was_is_said_with_the_seat():
    assert who_words(Steered(at=1, camera="c", user="yu", name="余"), "二席") == "余（二席）"
    assert who_words(Steered(at=1, camera="c", user="system"), "") == "中心"


def test_a_line_is_found_by_all_words_typed():
    line = LogLine(1, "steered", "云芷路口 余", "yzlk 3201")
    assert line.holds("")
    assert line.holds("YZ 余")
    assert not line.holds("yz 别人")

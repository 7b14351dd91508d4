"""The wall's log is read back, the latest first, of one sort or found by words; none is said."""

import pytest

from ui.models.walllines import LogLine
from ui.views.wall_log import WallLog

SHOWN = [LogLine(1, "shown", "先 云芷路口"), LogLine(3, "shown", "后 东门")]
STEERED = [LogLine(2, "steered", "余 转动 云芷路口", "yzlk")]


@pytest.fixture
def log(outfit, qtbot):
    made = WallLog(outfit)
    qtbot.addWidget(made)
    return made


def said(log):
    return [log.lines.item(n).text() for n in range(log.lines.count())]


def test_lines_of_both_sorts_are_shown_the_latest_first(log):
    assert log.lines.isHidden()
    log.show_lines(SHOWN)
    log.show_lines(STEERED, "steered")
    assert said(log) == ["后 东门", "余 转动 云芷路口", "先 云芷路口"]
    assert log.isVisible()


def test_one_sort_is_chosen_and_words_are_found(log):
    log.show_lines(SHOWN)
    log.show_lines(STEERED, "steered")
    log._sorts.button(2).click()
    assert said(log) == ["余 转动 云芷路口"]
    log._sorts.button(0).click()
    log.search.setText("云芷")
    assert len(said(log)) == 2
    log.search.setText("yzlk 余")
    assert len(said(log)) == 1


def test_none_is_said_and_why_there_is_none_of_one_sort(log):
    log.show_lines([])
    log.show_lines([], "steered", "线路断开")
    assert log._empty.isVisible()
    assert log._note.text() == "线路断开"

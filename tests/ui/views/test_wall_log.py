"""The wall's log is read back, the latest first; an empty one says what would stand there."""

from ui.views.wall_log import WallLog


def test_lines_are_shown_the_latest_first_and_none_is_said(outfit, qtbot):
    log = WallLog(outfit)
    qtbot.addWidget(log)
    assert log.lines.isHidden()
    log.show_lines(["先", "后"])
    assert [log.lines.item(n).text() for n in range(2)] == ["后", "先"]
    assert log.isVisible()
    log.show_lines([])
    assert log._empty.isVisible()

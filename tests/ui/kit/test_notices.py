"""A refusal passes, a bug stays until put away and can be copied, an absent centre is no news."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.base.errors import BadData, Refused, SignedOut, Unreachable
from console.base.notice import Level
from ui.kit.notices import Layer, NoticeBar, Notices

NOW = 1_781_236_800_000


@pytest.fixture
def notices(qapp) -> Notices:
    return Notices(lambda: NOW)


@pytest.fixture
def bar(qtbot, outfit, notices) -> NoticeBar:
    made = NoticeBar(outfit.icons, shown_ms=30)
    qtbot.addWidget(made)
    notices.told.connect(made.show_told)
    return made


def fail(notices, qtbot, error) -> None:
    with qtbot.waitSignal(notices.told):
        notices.failed(error)


def test_a_refusal_is_shown_with_its_reason_and_passes(notices, bar, qtbot):
    fail(notices, qtbot, Refused("refused.nothing_to_undo"))
    assert bar.words
    assert not bar.stays
    qtbot.waitUntil(bar.isHidden)


def test_a_repeated_topic_replaces_the_earlier(notices, qtbot):
    for _ in range(3):
        fail(notices, qtbot, Refused("refused.nothing_to_undo"))
    assert len(notices.kept) == 1


@pytest.mark.logs_trouble
def test_a_bug_stays_and_can_be_copied_without_what_was_typed(notices, bar, qtbot):
    notices.ran("incident.note 张三家的电话")
    fail(notices, qtbot, ZeroDivisionError("division by zero"))
    qtbot.wait(60)
    assert not bar.isHidden()
    bar._copied()
    report = QGuiApplication.clipboard().text()
    assert "division by zero" in report
    assert "incident.note" in report
    assert "张三" not in report
    notices.say("layout.saved")
    assert bar.stays
    bar.put_away()
    assert bar.isHidden()


def test_an_absent_centre_is_no_notice(notices, qtbot):
    with qtbot.assertNotEmitted(notices.told):
        notices.failed(Unreachable("link.why.refused"))
        qtbot.wait(5)


def test_bad_data_and_a_lost_sign_in_are_told(notices, qtbot):
    fail(notices, qtbot, BadData("x.toml", "line 3", "no such state"))
    assert "x.toml" in notices.kept[-1].words
    assert notices.kept[-1].notice.level == Level.alarmed
    fail(notices, qtbot, SignedOut())
    assert "⟦" not in notices.kept[-1].words


def test_bars_stand_over_the_window_and_move_nothing(bar, notices, qtbot, qapp):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    layer = Layer(over, (bar,), top=48)
    bar.resized.connect(layer.place)
    over.show()
    notices.say("layout.saved")
    assert layer.isVisible()
    assert abs(layer.geometry().center().x() - 400) <= 1
    assert QGuiApplication.focusObject() is not bar
    bar.put_away()
    assert not layer.isVisible()


@pytest.mark.parametrize(("strip", "middle"), [((100, 500), 300), ((100, 200), 400)])
def test_bars_keep_to_the_free_strip_where_it_is_wide_enough(strip, middle, bar, notices, qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    layer = Layer(over, (bar,), top=48, free=lambda: strip)
    bar.resized.connect(layer.place)
    over.show()
    notices.say("layout.saved")
    assert abs(layer.geometry().center().x() - middle) <= 1

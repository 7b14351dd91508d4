"""The command line: ways on, previews, history, and the keyboard goes back where it came from."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.base.errors import Refused
from tests.ui.desk import Desk
from ui.kit.line import CommandLine
from ui.kit.outfit import Outfit

KEY = Qt.Key


class Stand:
    """A window with a form field and the line; the lines that were asked for."""

    def __init__(self, seat: Desk, outfit: Outfit) -> None:
        self.window = QWidget()
        self.window.resize(900, 500)
        self.field = QLineEdit()
        self.line = CommandLine(seat.core, outfit)
        home = QVBoxLayout(self.window)
        home.addWidget(self.line)
        home.addWidget(self.field)
        self.asked: list[str] = []
        self.line.asked.connect(self.asked.append)
        self.line.select(("incident", "i4"))


@pytest.fixture
def stand(qtbot: Any, seat: Desk, outfit: Outfit) -> Stand:
    made = Stand(seat, outfit)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    made.field.setFocus()
    return made


def typed(qtbot: Any, stand: Stand, words: str) -> None:
    stand.line.prefill(words)
    qtbot.waitUntil(lambda: stand.line.preview.line == words, timeout=3_000)


@pytest.mark.parametrize("words", ["pd", "派单", "dispatch", "incident.dis"])
def test_chinese_initials_and_english_all_lead_to_it(qtbot: Any, stand: Stand, words: str) -> None:
    typed(qtbot, stand, words)
    ways = stand.line.palette_.ways
    qtbot.waitUntil(lambda: bool(ways.all), timeout=3_000)
    assert any(way.command == "incident.dispatch" for way in ways.all)


def test_tab_completes_and_enter_runs(qtbot: Any, stand: Stand) -> None:
    typed(qtbot, stand, "派单 城市管理")
    qtbot.waitUntil(lambda: bool(stand.line.palette_.ways.all), timeout=3_000)
    qtbot.keyClick(stand.line.edit, KEY.Key_Tab)
    line = stand.line.edit.text()
    assert line.startswith("派单 市城市管理局")
    assert stand.line.edit.hasFocus()
    qtbot.waitUntil(lambda: stand.line.preview.line == line, timeout=3_000)
    qtbot.keyClick(stand.line.edit, KEY.Key_Return)
    assert stand.asked == [line.strip()]
    assert stand.field.hasFocus()


def test_a_line_known_to_be_refused_stays_with_what_is_wrong(qtbot: Any, stand: Stand) -> None:
    typed(qtbot, stand, "延期 2个月")
    qtbot.keyClick(stand.line.edit, KEY.Key_Return)
    assert stand.asked == []
    assert stand.line.edit.selectedText() == "2个月"
    assert stand.line.edit.property("wrong") is True


def test_escape_goes_one_step_out_at_a_time(qtbot: Any, stand: Stand) -> None:
    typed(qtbot, stand, "派单 城")
    qtbot.waitUntil(stand.line.palette_.isVisible, timeout=3_000)
    qtbot.keyClick(stand.line.edit, KEY.Key_Down)
    qtbot.keyClick(stand.line.edit, KEY.Key_Escape)
    assert stand.line.palette_.ways.taken is None
    qtbot.keyClick(stand.line.edit, KEY.Key_Escape)
    assert not stand.line.palette_.isVisible()
    assert stand.line.edit.text() == "派单 城"
    qtbot.keyClick(stand.line.edit, KEY.Key_Escape)
    assert stand.line.edit.text() == ""
    qtbot.keyClick(stand.line.edit, KEY.Key_Escape)
    assert stand.field.hasFocus()


def test_up_gives_the_lines_before_and_they_are_kept(
    qtbot: Any, stand: Stand, seat: Desk, outfit: Outfit
) -> None:
    for words in ("备注 一", "备注 二"):
        typed(qtbot, stand, words)
        qtbot.keyClick(stand.line.edit, KEY.Key_Return)
    again = CommandLine(seat.core, outfit)
    qtbot.addWidget(again)
    again.show()
    qtbot.keyClick(again.edit, KEY.Key_Up)
    qtbot.keyClick(again.edit, KEY.Key_Up)
    assert again.edit.text() == "备注 一"
    qtbot.keyClick(again.edit, KEY.Key_Down)
    assert again.edit.text() == "备注 二"


def test_a_line_refused_later_comes_back(stand: Stand) -> None:
    stand.line.refused("办结", Refused("refused.role", kind="incident", verb="close"))
    assert stand.line.edit.text() == "办结"
    assert not stand.line.preview.ready


def test_it_can_be_read_in_english(stand: Stand) -> None:
    from console.base import text  # noqa: PLC0415

    text.speak("en")
    stand.line.retranslate()
    assert stand.line.edit.placeholderText().startswith("Type a command")

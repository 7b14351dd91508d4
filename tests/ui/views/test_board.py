"""The board is narrowed to the chosen incident, says so, and sends a unit by keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from console.base import text
from console.domain.changes import Changes
from tests.ui.desk import Desk
from ui.kit.outfit import Outfit
from ui.views.board import BoardView


@pytest.fixture
def board(qtbot: Any, seat: Desk, outfit: Outfit) -> BoardView:
    made = BoardView(seat.core, outfit)
    qtbot.addWidget(made)
    made.resize(1_000, 260)
    made.show()
    made.lines = []
    made.asked.connect(made.lines.append)
    qtbot.waitUntil(lambda: made.model.rowCount() == 8)
    return made


def test_it_is_narrowed_and_says_so(qtbot: Any, board: BoardView) -> None:
    assert not board._clear.isVisible()
    board.show_record("incident", "i1")
    qtbot.waitUntil(lambda: board.model.rowCount() == 6)
    assert "已按事件 02-1122-001001" in board._filter.words
    assert "6/8" in board._filter.words
    board._clear.click()
    qtbot.waitUntil(lambda: board.model.rowCount() == 8)
    assert board._filter.words == "已显示全部力量"


def test_enter_begins_the_line_that_sends_a_unit(qtbot: Any, board: BoardView) -> None:
    board.show_record("incident", "i4")
    qtbot.waitUntil(lambda: "i4" in board._incident and board.model.rowCount() < 8)
    board.list.setCurrentIndex(board.model.index(0, 0))
    qtbot.keyClick(board.list, Qt.Key.Key_Return)
    assert board.lines[0].startswith("line.focus incident.send i4 ")


def test_enter_on_a_busy_unit_opens_its_incident(qtbot: Any, board: BoardView) -> None:
    at = next(n for n in range(8) if board.model.unit_at(n).stands == "busy")
    board.list.setCurrentIndex(board.model.index(at, 0))
    qtbot.keyClick(board.list, Qt.Key.Key_Return)
    assert board.lines == ["card.open i1"]


def test_a_unit_that_is_sent_shows_at_once(qtbot: Any, seat: Desk, board: BoardView) -> None:
    changes = seat.core.run("incident.send i4 城管机动03").result().changes
    board.refresh(changes)
    qtbot.waitUntil(lambda: board.model.counts()["busy"] == 3)
    assert "出动 3" in board._counts.text()
    text.speak("en")
    board.retranslate()
    qtbot.waitUntil(lambda: "Busy 3" in board._counts.text())
    board.refresh(Changes(everything=True))

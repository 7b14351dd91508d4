"""A plain list goes by rows: Enter opens the one that is chosen."""

from typing import Any

from PySide6.QtCore import Qt

from tests.ui.desk import Desk
from ui.kit.lists import ListView
from ui.kit.outfit import Outfit
from ui.models.board import BoardModel, read


def test_enter_opens_and_arrows_choose(qtbot: Any, seat: Desk, outfit: Outfit) -> None:
    model = BoardModel()
    shown = ListView(
        model, outfit, lambda _row, column: ("disc", "good") if column == 1 else ("", "text")
    )
    qtbot.addWidget(shown)
    model.show(read(seat.core), None)
    shown.set_widths({0: 120}, 5)
    shown.resize(900, 300)
    shown.show()
    chosen: list[int] = []
    opened: list[int] = []
    shown.chosen.connect(chosen.append)
    shown.opened.connect(opened.append)
    shown.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert chosen == [0, 1]
    assert opened == [1]
    assert not shown.grab().isNull()

"""A panel of one list says why there is nothing, and keeps to the row that was chosen."""

from typing import Any

import pytest

from tests.ui.desk import Desk
from ui.kit.listpanel import ListPanel
from ui.kit.outfit import Outfit
from ui.kit.parts import label
from ui.models.board import COLUMNS, BoardModel, read


class Panel(ListPanel):
    def __init__(self, outfit: Outfit) -> None:
        self.model = BoardModel()
        super().__init__(outfit, self.model, COLUMNS, {"stands": 90}, "task")
        self.head = label("second")
        self.lay_out((self.head,), self.head, beside=label("title"), foot=label("caption"))
        self.written = 0
        self.follow_look()

    def looks(self, row: int, column: int) -> tuple[str, str]:
        return ("disc", "good") if column == 1 else ("", "text")

    def retranslate(self) -> None:
        self.written += 1


@pytest.fixture
def panel(qtbot: Any, outfit: Outfit) -> Panel:
    made = Panel(outfit)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_why_there_is_nothing_then_lists(panel: Panel, seat: Desk) -> None:
    panel.show_hint("users", "无力量", "等值班表")
    assert (panel.listing, "无力量" in panel.hint.words) == (False, True)
    panel.model.show(read(seat.core), None)
    panel.show_list()
    assert (panel.listing, panel.list.current_row()) == (True, 0)


def test_the_chosen_row_is_kept_until_another_is_asked_for(panel: Panel, seat: Desk) -> None:
    panel.model.show(read(seat.core), None)
    panel.show_list(3)
    panel.show_list()
    assert panel.list.current_row() == 3
    panel.show_list(1)
    assert panel.list.current_row() == 1


def test_it_is_written_anew_with_the_look(panel: Panel, outfit: Outfit) -> None:
    written = panel.written
    outfit.look.changed.emit()
    assert panel.written == written + 1

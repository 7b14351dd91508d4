"""The types that a form offers: by advice, else by words; nothing moves under the hand."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.kit.suggested import Suggested


class Desk(QWidget):
    """A field to type in above the types, and one below."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.types, self.below = QLineEdit(), Suggested(), QLineEdit()
        whole = QVBoxLayout(self)
        for each in (self.words, self.types, self.below):
            whole.addWidget(each)

    def names(self) -> list[str]:
        return [b.text() for b in self.types._buttons.all if b.isVisible()]


@pytest.fixture
def desk(qtbot: Any) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.resize(900, 120)
    with qtbot.waitActive(made):
        made.show()
    made.words.setFocus()
    made.types.want(on=True)
    return made


def test_what_is_chosen_is_told_and_once_a_type_is_chosen_none_is_offered(desk: Desk) -> None:
    chosen: list[str] = []
    desk.types.chosen.connect(chosen.append)
    desk.types.word(["垃圾满溢", "道路不洁"])
    desk.types._buttons.all[1].click()
    assert chosen == ["道路不洁"]
    desk.types.want(on=False)
    assert desk.types.isHidden()


def test_the_advice_goes_before_the_words_and_they_serve_where_it_has_no_answer(desk: Desk) -> None:
    desk.types.word(["医疗服务"])
    assert desk.names() == ["医疗服务"]
    desk.types.advise(["井盖缺失", "路面破损"])
    assert desk.names() == ["井盖缺失", "路面破损"]
    desk.types.word(["医疗服务", "路面破损"])
    assert desk.names() == ["井盖缺失", "路面破损"]
    desk.types.advise([])
    assert desk.names() == ["医疗服务", "路面破损"]
    desk.types.advise(None)
    assert desk.names() == [], "what the advice is about to say is waited for"


def test_as_many_are_shown_as_there_is_room_for(desk: Desk) -> None:
    desk.types.advise(["电动自行车违规入楼充电"] * 4)
    one = desk.types._buttons.all[0].sizeHint().width()
    for room, shown in ((0.5, 1), (1.5, 1), (2.5, 2), (5.0, 4)):
        desk.types.resize(round(one * room), desk.types.height())
        assert len(desk.names()) == shown


def test_a_name_that_stays_keeps_its_place(desk: Desk) -> None:
    desk.types.advise(["甲", "乙", "丙"])
    desk.types.advise(["丙", "丁", "乙"])
    assert desk.names() == ["丁", "乙", "丙"]
    desk.types.advise(["丙"])
    assert desk.names() == ["丙"]


def test_while_a_button_has_the_keys_what_is_newly_said_waits(desk: Desk, qtbot: Any) -> None:
    desk.types.advise(["甲", "乙"])
    first = desk.types._buttons.all[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    desk.types.advise(["丙", "丁"])
    assert desk.names() == ["甲", "乙"]
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert desk.types._buttons.all[1].hasFocus()
    assert desk.names() == ["甲", "乙"]
    desk.words.setFocus()
    assert desk.names() == ["丙", "丁"]


def test_nothing_below_moves_when_they_come_and_go(desk: Desk, qtbot: Any) -> None:
    at = desk.below.y()
    desk.types.advise(["甲", "乙"])
    qtbot.wait(1)
    assert desk.below.y() == at
    desk.types.want(on=False)
    qtbot.wait(1)
    assert desk.below.y() == at

"""An instruction by hand: a department and words, each a touch; both are needed."""

import pytest
from PySide6.QtCore import Qt
from shiboken6 import delete

from ui.kit import fonts
from ui.kit.ink import Type
from ui.views.instruct import TOUCH, InstructView

TYPE = Type(30, 33, 39, 18, 12)


@pytest.fixture
def view(seat, outfit, qapp):
    fonts.dress(qapp)
    made = InstructView(seat.core)
    made.resize(1600, 900)
    made.open(TYPE)
    made.show()
    yield made
    delete(made)


def press(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def dept(view, code):
    return next(b for b in view.depts.buttons() if b.objectName() == code)


def test_two_touches_and_a_third_give_the_line(view, qtbot, seat):
    press(qtbot, dept(view, "wat"))
    press(qtbot, view.phrases.button(0))
    with qtbot.waitSignal(view.asked) as asked:
        press(qtbot, view.give)
    line = asked.args[0]
    assert line == 'instruction.give wat "立即核实，15分钟内报告情况"'
    assert view.isHidden()
    assert seat.core.commands.parse(line).command.name == "instruction.give"


def test_phrases_add_up_and_quotes_do_not_break_the_line(view, qtbot, seat):
    press(qtbot, view.phrases.button(0))
    press(qtbot, view.phrases.button(3))
    assert view.words.text() == "立即核实，15分钟内报告情况；做好群众解释和信息发布"
    view.words.setText('所谓"小事"')
    press(qtbot, dept(view, "cgj"))
    with qtbot.waitSignal(view.asked) as asked:
        press(qtbot, view.give)
    seat.core.commands.parse(asked.args[0]).bound()


def test_without_a_department_or_words_it_says_what_is_missing(view, qtbot):
    press(qtbot, view.give)
    assert view.said.text()
    assert view.isVisible()
    view.open(TYPE)
    assert not view.said.text()


def test_buttons_are_large_enough_for_a_hand_and_named(view):
    for button in (*view.depts.buttons(), *view.phrases.buttons(), view.give):
        assert button.height() >= round(TYPE.body * TOUCH)
        assert button.text()
        assert fonts.measure(button.font().pixelSize()).height() >= TYPE.body

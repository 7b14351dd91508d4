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
    with qtbot.waitSignals([view.asked, view.closed]), qtbot.waitSignal(view.asked) as asked:
        press(qtbot, view.give)
    line = asked.args[0]
    assert line == 'instruction.give wat "立即核实，15分钟内报告情况"'
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


def test_what_it_is_about_goes_along_with_one_district(view, qtbot, seat):
    view.open(TYPE, "按期处置率·7日 82.7 %（截至 08:00）", "320102")
    assert [b.objectName() for b in view.districts.buttons() if b.isChecked()] == ["320102"]
    other = next(b for b in view.districts.buttons() if b.objectName() == "320104")
    press(qtbot, other)
    assert [b.objectName() for b in view.districts.buttons() if b.isChecked()] == ["320104"]
    press(qtbot, dept(view, "cgj"))
    press(qtbot, view.phrases.button(0))
    with qtbot.waitSignal(view.asked) as asked:
        press(qtbot, view.give)
    line = asked.args[0]
    assert line.endswith('--about "按期处置率·7日 82.7 %（截至 08:00）" --scope 320104')
    plan = seat.core.plan(line)
    assert plan.changes[-1].after.about.startswith("按期处置率")


def test_a_second_touch_takes_a_district_back(view, qtbot):
    view.open(TYPE, "", "320102")
    press(qtbot, view.districts.checkedButton())
    assert view.districts.checkedButton() is None

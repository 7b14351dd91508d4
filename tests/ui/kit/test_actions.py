"""Keys run lines; menus name them with their keys, and grey what may not be done, saying why."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from ui.kit.actions import AFTER_TAB, OWN, Actions


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def actions(window, seat) -> Actions:
    core = seat.core
    return Actions(window, core.commands, core.keys, lambda: core.allowed("incident", "i2"))


def entries(menu: QMenu) -> dict[str, object]:
    menu.aboutToShow.emit()
    return {str(action.data()): action for action in menu.actions() if action.data()}


def test_a_key_asks_for_its_line(actions, window, qtbot):
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(actions.asked) as said:
        QTest.keyClick(window, Qt.Key.Key_F3)
    assert said.args == ["incident.accept"]


def test_a_letter_key_does_not_take_letters_from_a_line(actions, window, qtbot):
    edit = QLineEdit()
    QVBoxLayout(window).addWidget(edit)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    with qtbot.assertNotEmitted(actions.asked):
        QTest.keyClicks(edit, "jk/")
    assert edit.text() == "jk/"


def test_every_key_names_a_command_and_is_bound_once(seat, actions, window):
    bound = [action.shortcut().toString() for action in window.actions()]
    assert len(set(bound)) == len(bound) == len(seat.core.keys) - len(OWN)
    assert all("⟦" not in actions.title(line) for line in seat.core.keys.values())


def test_every_line_of_every_menu_has_a_name(seat, actions):
    for lines in seat.core.menus.values():
        for line in lines:
            assert line == "-" or "⟦" not in actions.title(line)


def test_a_menu_shows_the_key_and_says_why_a_line_is_grey(actions):
    menu = actions.menu(["incident.accept", "-", "incident.close", "theme.set day"])
    shown = entries(menu)
    assert shown["incident.accept"].text().endswith(f"{AFTER_TAB}F3")
    assert shown["incident.accept"].isEnabled()
    assert not shown["incident.close"].isEnabled()
    assert "⟦" not in shown["incident.close"].toolTip() != ""
    assert shown["theme.set day"].isEnabled()


def test_a_command_of_another_kind_says_what_to_select(actions):
    shown = entries(actions.menu(["task.sign"]))
    assert not shown["task.sign"].isEnabled()
    assert "⟦" not in shown["task.sign"].toolTip() != ""


def test_the_main_menu_leaves_out_the_menu_of_a_record(actions, seat):
    assert len(actions.whole(seat.core.menus).actions()) == len(seat.core.menus) - 1

"""Editors hold what a person writes; lists of names complete it without taking the keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.plan import Candidate
from ui.kit.editors import ButtonsEditor, Editor, PickEditor, editor_of
from ui.kit.outfit import Outfit
from ui.models.form import Field

NAMES = ("市水务局", "市城市管理局", "市公安局")
KEY = Qt.Key


def ask(_name: str, typed: str, then: Any) -> None:
    then([Candidate(name, name) for name in NAMES if typed in name])


def field(look: str, type: str = "text") -> Field:
    options = (("flash", "特急"), ("normal", "普通"))
    return Field("x", "标签", type, look, required=False, options=options)


@pytest.mark.parametrize(
    ("look", "value"),
    [
        ("line", "水"),
        ("area", "水\n火"),
        ("pick", "市水务局"),
        ("buttons", "flash"),
        ("flag", "yes"),
    ],
)
def test_each_holds_a_value_and_tells_of_it(
    qtbot: Any, outfit: Outfit, look: str, value: str
) -> None:
    editor = editor_of(field(look), outfit, ask)
    qtbot.addWidget(editor)
    told: list[int] = []
    edited: list[int] = []
    editor.changed.connect(lambda: told.append(1))
    editor.edited.connect(lambda: edited.append(1))
    editor.set_value(value)
    editor.set_value(value)
    assert (editor.value(), told, edited) == (value, [1], [])
    editor.mark(wrong=True)
    editor.set_value("")
    assert editor.value() == ""


def test_buttons_know_their_names_and_are_taken_back(qtbot: Any, outfit: Outfit) -> None:
    editor = editor_of(field("buttons"), outfit, ask)
    assert isinstance(editor, ButtonsEditor)
    qtbot.addWidget(editor)
    editor.set_value("特急")
    assert editor.value() == "flash"
    editor._buttons["normal"].click()
    assert editor.value() == "normal"
    editor._buttons["normal"].click()
    assert editor.value() == ""


def shown(qtbot: Any, outfit: Outfit, type: str) -> PickEditor:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    editor: Editor = editor_of(field("pick", type), outfit, ask)
    assert isinstance(editor, PickEditor)
    QVBoxLayout(window).addWidget(editor)
    window.show()
    qtbot.waitExposed(window)
    editor.window_ = window
    window.activateWindow()
    editor.edit.setFocus()
    qtbot.waitUntil(editor.edit.hasFocus)
    return editor


def test_a_name_is_completed_by_keys_alone(qtbot: Any, outfit: Outfit) -> None:
    editor = shown(qtbot, outfit, "dept")
    editor.edit.setText("市")
    qtbot.keyClick(editor.edit, KEY.Key_Down)
    assert editor.ways.isVisible()
    assert editor.edit.hasFocus()
    qtbot.keyClick(editor.edit, KEY.Key_Down)
    qtbot.keyClick(editor.edit, KEY.Key_Down)
    qtbot.keyClick(editor.edit, KEY.Key_Return)
    assert editor.value() == "市城市管理局"
    assert not editor.ways.isVisible()


def test_several_names_stand_with_commas_between(qtbot: Any, outfit: Outfit) -> None:
    editor = shown(qtbot, outfit, "depts")
    editor.edit.setText("市水务局、公安")
    qtbot.keyClick(editor.edit, KEY.Key_Down)
    qtbot.keyClick(editor.edit, KEY.Key_Return)
    assert editor.value() == "市水务局、市公安局"


def test_escape_closes_the_list_first(qtbot: Any, outfit: Outfit) -> None:
    editor = shown(qtbot, outfit, "dept")
    qtbot.keyClick(editor.edit, KEY.Key_Down)
    qtbot.keyClick(editor.edit, KEY.Key_Escape)
    assert not editor.ways.isVisible()

"""A slash opens the command line from an empty field too, and twice pressed is written there."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from tests.ui.desk import Desk
from ui.kit.line import CommandLine
from ui.kit.outfit import Outfit
from ui.kit.slash import Slash

SLASH = Qt.Key.Key_Slash


class Stand:
    """A window with fields and the line, and the key that leads to it."""

    def __init__(self, seat: Desk, outfit: Outfit) -> None:
        self.frame = QWidget()
        self.frame.resize(600, 400)
        self.window = QWidget(self.frame)  # as a station stands in the frame of its seat
        QVBoxLayout(self.frame).addWidget(self.window)
        self.fields = {"line": QLineEdit(), "text": QPlainTextEdit(), "secret": QLineEdit()}
        self.fields["secret"].setEchoMode(QLineEdit.EchoMode.Password)
        self.line = CommandLine(seat.core, outfit)
        home = QVBoxLayout(self.window)
        for each in (self.line, *self.fields.values()):
            home.addWidget(each)
        self.slash = Slash(self.window, self.line.edit)
        key = QAction(self.window)
        key.setShortcut("/")
        key.triggered.connect(self.line.focus)
        self.window.addAction(key)

    def words(self, name: str) -> str:
        field = self.fields[name]
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.fixture
def stand(qtbot: Any, seat: Desk, outfit: Outfit) -> Stand:
    made = Stand(seat, outfit)
    qtbot.addWidget(made.frame)
    made.frame.show()
    qtbot.waitExposed(made.frame)
    made.frame.activateWindow()
    return made


@pytest.mark.parametrize("name", ["line", "text"])
def test_in_an_empty_field_it_opens_the_line_and_twice_it_is_a_slash(
    qtbot: Any, stand: Stand, name: str
) -> None:
    field = stand.fields[name]
    field.setFocus()
    qtbot.keyClick(field, SLASH)
    assert stand.line.edit.hasFocus()
    assert stand.words(name) == ""
    qtbot.keyClick(stand.line.edit, SLASH)
    assert field.hasFocus()
    assert stand.words(name) == "/"
    qtbot.keyClicks(field, "a/b")
    assert stand.words(name) == "/a/b"


def test_among_words_and_in_a_password_it_is_what_it_is(qtbot: Any, stand: Stand) -> None:
    for name, before in (("line", "3"), ("secret", "")):
        field = stand.fields[name]
        field.setFocus()
        qtbot.keyClicks(field, f"{before}/4")
        assert stand.words(name) == f"{before}/4"


def test_in_the_line_itself_it_is_a_slash(qtbot: Any, stand: Stand) -> None:
    stand.line.focus()
    qtbot.keyClick(stand.line.edit, SLASH)
    assert stand.line.edit.text() == "/"

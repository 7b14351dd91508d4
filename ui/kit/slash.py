"""Lets "/" begin the command line from a text field that is empty; pressed twice, it is a slash."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

SLASH = "/"


def is_empty_field(widget: QObject | None) -> bool:
    """Tell whether a widget is a field for text, open to be read, in which nothing is written."""
    if isinstance(widget, QLineEdit):
        shown = widget.echoMode() == QLineEdit.EchoMode.Normal
        return shown and not widget.text() and not widget.isReadOnly()
    return isinstance(widget, QPlainTextEdit) and not widget.toPlainText()


def write(widget: QWidget | None) -> bool:
    """Write a slash into a field; tell whether it is one."""
    if not is_empty_field(widget):
        return False
    if isinstance(widget, QLineEdit):
        widget.insert(SLASH)
    elif isinstance(widget, QPlainTextEdit):
        widget.insertPlainText(SLASH)
    return True


class Slash(QObject):
    """Watches the field of a window that has the keyboard, and leaves "/" to the keys when empty.

    ``line`` is the command line's own field.
    """

    def __init__(self, window: QWidget, line: QLineEdit) -> None:
        super().__init__(window)
        self._window = window
        self._line = line
        QApplication.instance().focusChanged.connect(self._went)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue, reportUnknownMemberType]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text() == SLASH and plain and is_empty_field(watched):
            event.ignore()  # so that it is a key, and no text
            return True
        return False

    def _went(self, old: QObject | None, new: QObject | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if not isinstance(new, QLineEdit | QPlainTextEdit) or new is self._line:
            return
        if self._window.isAncestorOf(new):
            new.installEventFilter(self)

"""What is typed into: one widget for each way of asking, all with the same few words."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from console.domain.plan import Candidate
from ui.kit.outfit import Outfit
from ui.kit.palette import Palette
from ui.models.form import Field

LINES = 3
WAYS_MS = 40
SEPARATORS = "、，,"
ENTER = {int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)}
BY_KEY = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}

Ask = Callable[[str, str, Callable[[list[Candidate]], None]], None]
"""Asks for the ways on: the field, what is typed in it, and who is to be told."""


class Editor(QWidget):
    """Asks for one value, as a person writes it."""

    changed = Signal()
    edited = Signal()
    """A person wrote in it (``changed`` comes also when the program did)."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(4)

    def value(self) -> str:
        raise NotImplementedError

    def set_value(self, value: str) -> None:
        raise NotImplementedError

    def mark(self, *, wrong: bool) -> None:
        """Show that the value is wrong."""
        widget = self.focusProxy()
        if widget is not None and bool(widget.property("wrong")) is not wrong:
            widget.setProperty("wrong", wrong)
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _told(self) -> None:
        self.changed.emit()
        self.edited.emit()


class LineEditor(Editor):
    """One line."""

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(hint)
        self.edit.textEdited.connect(self._told)
        self.line.addWidget(self.edit)
        self.setFocusProxy(self.edit)

    def value(self) -> str:
        return self.edit.text().strip()

    def set_value(self, value: str) -> None:
        if value != self.edit.text():
            self.edit.setText(value)
            self.changed.emit()


class _Area(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class AreaEditor(Editor):
    """A few lines; Tab goes on to the next field."""

    def __init__(self, hint: str = "") -> None:
        super().__init__()
        self.edit = _Area()
        self.edit.setPlaceholderText(hint)
        self.edit.setTabChangesFocus(True)
        # Around it, for the style sheet has a least height of its own for what is typed into.
        self.setFixedHeight(LINES * self.edit.fontMetrics().lineSpacing() + 16)
        self.edit.textChanged.connect(self._told)
        self.line.addWidget(self.edit)
        self.setFocusProxy(self.edit)

    def value(self) -> str:
        return self.edit.toPlainText().strip()

    def set_value(self, value: str) -> None:
        if value != self.edit.toPlainText():
            self.edit.blockSignals(True)
            self.edit.setPlainText(value)
            self.edit.blockSignals(False)
            self.changed.emit()


class _Pick(QLineEdit):
    """A line that hands the keys of a list to its owner."""

    key = Signal(object)
    came = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            event.ignore()
            self.key.emit(event)
            if event.isAccepted():
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class PickEditor(Editor):
    """One line with the names that it may hold; several of them with commas between."""

    def __init__(self, field: Field, outfit: Outfit, ask: Ask) -> None:
        super().__init__()
        self._field = field
        self._ask = ask
        self._several = field.type == "depts"
        self.edit = _Pick()
        self.edit.setPlaceholderText(field.hint)
        self.line.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.ways = Palette(self.edit, outfit)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAYS_MS)
        self._soon.timeout.connect(self._look)
        self.edit.textEdited.connect(self._written)
        self.edit.key.connect(self._key)
        self.edit.left.connect(self._hide)
        self.ways.pressed.connect(self._pressed)

    def value(self) -> str:
        return self.edit.text().strip()

    def set_value(self, value: str) -> None:
        if value != self.edit.text():
            self.edit.setText(value)
            self.changed.emit()

    def _written(self) -> None:
        self._told()
        self._soon.start()

    def _part(self) -> tuple[str, str]:
        """Give what was chosen before, and the part that is being typed."""
        typed = self.edit.text()
        cut = max(typed.rfind(sign) for sign in SEPARATORS) + 1 if self._several else 0
        return typed[:cut], typed[cut:].strip()

    def _look(self) -> None:
        self._ask(self._field.name, self._part()[1], self._show)

    def _show(self, found: list[Candidate]) -> None:
        exact = len(found) == 1 and found[0].shown == self._part()[1]
        if not self.edit.hasFocus() or exact or not found:
            self._hide()
            return
        self.ways.show_ways([Candidate(way.shown, way.shown) for way in found])
        self.ways.open()

    def _key(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in BY_KEY and self.ways.isVisible():
            self.ways.move_by(BY_KEY[key])
        elif key == int(Qt.Key.Key_Down):
            self._look()
        elif key in ENTER and not event.modifiers() and self.ways.isVisible():
            self._take(self.ways.ways.first)
        elif key == int(Qt.Key.Key_Escape) and self.ways.isVisible():
            self._hide()
        elif key == int(Qt.Key.Key_Tab) and self.ways.isVisible() and self._part()[1]:
            self._take(self.ways.ways.first)
            return
        else:
            return
        event.accept()

    def _take(self, way: Candidate | None) -> None:
        if way is not None:
            self.edit.setText(self._part()[0] + way.shown)
            self._told()
        self._hide()

    def _pressed(self, place: int) -> None:
        self._take(self.ways.ways.all[place])

    def _hide(self) -> None:
        self._soon.stop()
        self.ways.hide()


class ButtonsEditor(Editor):
    """A few values side by side; pressing the one that is chosen takes it back."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._buttons: dict[str, QPushButton] = {}
        for value, name in options:
            button = QPushButton(name)
            button.setCheckable(True)
            button.setProperty("role", "choice")
            button.clicked.connect(partial(self._choose, value))
            self._group.addButton(button)
            self._buttons[value] = button
            self.line.addWidget(button)
        self.line.addStretch(1)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    def value(self) -> str:
        return next((value for value, b in self._buttons.items() if b.isChecked()), "")

    def set_value(self, value: str) -> None:
        wanted = value if value in self._buttons else self._named(value)
        if wanted != self.value():
            for each, button in self._buttons.items():
                button.setChecked(each == wanted)
            self.changed.emit()

    def _named(self, name: str) -> str:
        return next((v for v, b in self._buttons.items() if name and b.text() == name), "")

    def _choose(self, chosen: str, _on: bool = False) -> None:
        for value, button in self._buttons.items():
            if value != chosen:
                button.setChecked(False)
        self._told()


class FlagEditor(Editor):
    """Yes, or nothing."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.edit = QCheckBox(label)
        self.edit.clicked.connect(self._told)
        self.line.addWidget(self.edit)
        self.setFocusProxy(self.edit)

    def value(self) -> str:
        return "yes" if self.edit.isChecked() else ""

    def set_value(self, value: str) -> None:
        wanted = value.lower() in ("yes", "true", "1", "y")
        if wanted != self.edit.isChecked():
            self.edit.setChecked(wanted)
            self.changed.emit()


def editor_of(field: Field, outfit: Outfit, ask: Ask) -> Editor:
    """Make the editor of a field."""
    match field.look:
        case "area":
            return AreaEditor(field.hint)
        case "pick":
            return PickEditor(field, outfit, ask)
        case "buttons":
            return ButtonsEditor(field.options)
        case "flag":
            return FlagEditor(field.label)
        case _:
            return LineEditor(field.hint)

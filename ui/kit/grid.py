"""A queue on the screen: its rows, a strip that counts them, words for when there are none."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from console.base.text import text
from ui.kit.icons import LARGE, pixmap
from ui.kit.rows import RowsView
from ui.kit.theme import Look
from ui.models.table import RowTable

STRIP = 28

# The drawing that goes with each condition, and its role.
DRAWN = {
    "empty": ("check", "text.caption"),
    "loading": ("refresh", "text.caption"),
    "partial": ("info", "warning"),
    "stale": ("clock", "warning"),
    "failed": ("warning", "danger"),
    "forbidden": ("lock", "text.caption"),
    "too_many": ("list", "warning"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """How the rows stand: `ready`, or why there are none or not all, and what to do next."""

    kind: str = "ready"
    why: str = ""
    next: str = ""


READY, EMPTY = Condition(), Condition("empty")


class Grid(QWidget):
    """Shows a RowTable. `selected` and `activated` give the id of a row."""

    selected = Signal(str)
    activated = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, table: RowTable, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.view = RowsView(table, look, self)
        self._look = look
        self._condition = READY
        self._nothing = Nothing(look, self)
        self._stack = QStackedLayout()
        self._stack.setStackingMode(QStackedLayout.StackingMode.StackAll)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self._stack.setCurrentWidget(self._nothing)  # above the rows, and let through by the mouse
        self._count, self._sign, self._words = _label("caption"), QLabel(), _label("caption")
        self._held = QPushButton()
        self._lay_out()
        self.setFocusProxy(self.view)
        self._connect()
        self.say(READY)

    def say(self, condition: Condition) -> None:
        """Say how the rows stand: in their place when there are none, else in the strip."""
        self._condition = condition
        self._tell()

    def select(self, row_id: str) -> bool:
        """Make a row the current one; say whether it is shown here."""
        return self.view.choose(row_id)

    def selected_id(self) -> str:
        return self.view.current_id()

    def selected_ids(self) -> list[str]:
        return self.view.chosen_ids()

    def speak(self) -> None:
        """Take the words afresh: the language has changed."""
        self.table.forget_words()
        self._tell()

    def _lay_out(self) -> None:
        self._held.setProperty("role", "link")
        self._held.setToolTip(text("grid.held_tip"))
        self._held.hide()
        strip = QFrame()
        strip.setProperty("surface", "strip")
        strip.setFixedHeight(STRIP)
        row = QHBoxLayout(strip)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for widget in (self._count, self._sign):
            row.addWidget(widget)
        row.addWidget(self._words, 1)
        row.addWidget(self._held)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._stack, 1)
        column.addWidget(strip)

    def _connect(self) -> None:
        self.view.chosen.connect(self.selected)
        self.view.opened.connect(self.activated)
        self.view.menu_asked.connect(self.menu_asked)
        self.table.held_changes.connect(self._show_held)
        self.table.moved.connect(self._tell)
        self._held.clicked.connect(self.table.let_go)
        self._look.changed.connect(self._tell)

    def _show_held(self, count: int) -> None:
        self._held.setText(text("grid.held", n=count))
        self._held.setVisible(count > 0)

    def _tell(self) -> None:
        rows, total = self.table.rowCount(), self.table.total
        key = "grid.chosen" if self.table.filtered else "grid.count"
        self._count.setText(text(key, n=f"{rows:,}", all=f"{total:,}"))
        ready = self._condition.kind == READY.kind
        self._nothing.tell(EMPTY if ready else self._condition)
        self._nothing.setVisible(not rows)
        said = bool(rows) and not ready
        self._sign.setVisible(said)
        self._words.setText(_said(self._condition) if said else "")
        if said:
            self._sign.setPixmap(_drawing(self._look, self._condition.kind))


class Nothing(QWidget):
    """Says, where rows would be, why there are none and what to do next."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look = look
        self._sign = QLabel()
        self._title, self._why, self._next = _label("second"), _label("caption"), _label("caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._sign, self._title, self._why, self._next):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self._sign)
            column.addWidget(label)
        column.addStretch(3)

    def tell(self, condition: Condition) -> None:
        self._sign.setPixmap(_drawing(self._look, condition.kind, LARGE))
        self._title.setText(text(f"grid.{condition.kind}"))
        for label, words in ((self._why, condition.why), (self._next, condition.next)):
            label.setText(words)
            label.setVisible(bool(words))


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def _said(condition: Condition) -> str:
    parts = (text(f"grid.{condition.kind}"), condition.why, condition.next)
    return " · ".join(part for part in parts if part)


def _drawing(look: Look, kind: str, size: int = 16) -> QPixmap:
    name, role = DRAWN[kind]
    return pixmap(name, look.theme.css(role), size)

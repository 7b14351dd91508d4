"""Small parts that panels are made of: labels that show a change, glyphs, sections, pooled rows."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QElapsedTimer, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.kit.outfit import Outfit
from ui.kit.shapes import shape_pixmap
from ui.models.table import FADE_MS

PAD, GAP, TIGHT = 12, 8, 4
STEP_MS = 60
W = TypeVar("W", bound=QWidget)

# Roles of the theme that the style sheet has words in.
TONES = {
    "text": "", "text.second": "second", "text.caption": "caption", "warning": "warning",
    "danger": "danger", "good": "good", "lost": "lost", "accent": "accent",
    "deadline.calm": "second", "deadline.soon": "soon", "deadline.over": "danger",
    "deadline.paused": "caption", "mark.waiting": "waiting", "mark.refused": "danger",
    "mark.conflict": "warning", "severity.I": "severity.I", "severity.II": "severity.II",
    "severity.III": "severity.III", "severity.IV": "severity.IV",
    "severity.routine": "severity.routine",
}  # fmt: skip


def label(role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Make a label; what it shows is never read as markup."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def tone(widget: QWidget, role: str) -> None:
    """Give words the colour of a role of the theme; does nothing when they have it."""
    wanted = TONES.get(role, "")
    if widget.property("role") != wanted:
        widget.setProperty("role", wanted)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def link(role: str = "link") -> QPushButton:
    """Make a button that looks like words."""
    made = QPushButton()
    made.setProperty("role", role)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def rule() -> QFrame:
    """Make a hairline."""
    made = QFrame()
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


def column(parent: QWidget, *, pad: int = 0, gap: int = TIGHT) -> QVBoxLayout:
    made = QVBoxLayout(parent)
    made.setContentsMargins(pad, pad, pad, pad)
    made.setSpacing(gap)
    return made


def row(*widgets: QWidget, gap: int = GAP, stretch: int = -1) -> QHBoxLayout:
    """Put widgets side by side; the one at ``stretch`` takes the room that is left."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    for n, each in enumerate(widgets):
        made.addWidget(each, 1 if n == stretch else 0)
    if stretch < 0:
        made.addStretch(1)
    return made


class Glyph(QLabel):
    """A shape in a role's colour; follows the look."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._look = outfit.look
        self._shown = ("", "text")
        self.setFixedWidth(14)
        self._look.changed.connect(self._paint)

    def show_shape(self, name: str, role: str) -> None:
        if (name, role) != self._shown:
            self._shown = (name, role)
            self._paint()

    def _paint(self) -> None:
        self.setPixmap(shape_pixmap(self._look, *self._shown))


class Value(QLabel):
    """Words whose ground shows for a second that they have changed."""

    def __init__(self, outfit: Outfit, role: str = "", *, wrap: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        self._look = outfit.look
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)

    def show_words(self, words: str, *, told: bool = True) -> None:
        """Show words; ``told``: when they differ from those before, let it be seen."""
        if words == self.text():
            return
        had = bool(self.text())
        self.setText(words)
        if told and had:
            self._since.start()
            self._timer.start()

    @property
    def fading(self) -> bool:
        return self._timer.isActive()

    def _step(self) -> None:
        if self._since.hasExpired(FADE_MS):
            self._timer.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._timer.isActive():
            left = 1 - self._since.elapsed() / FADE_MS
            painter = QPainter(self)
            painter.fillRect(self.rect(), self._look.theme.faded("changed", left))
            painter.end()
        super().paintEvent(event)


class Elided(QLabel):
    """One line of words that is shortened at its end; all of it on hover."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_words(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._fit()

    @property
    def words(self) -> str:
        return self._words

    def free_strip(self) -> tuple[int, int]:
        """Give from where to where there are no words, in screen coordinates."""
        left = self.mapToGlobal(QPoint(0, 0)).x()
        return left + self.fontMetrics().horizontalAdvance(self.text()) + 16, left + self.width()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(24, self.width())
        fitted = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(fitted)
        self.setToolTip(self._words if fitted != self._words else "")


class Section(QWidget):
    """A heading with a count, and what stands under it; not there when there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = label("caption")
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(TIGHT)
        whole = column(self, gap=TIGHT)
        whole.addWidget(rule())
        whole.addSpacing(TIGHT)
        whole.addWidget(self.heading)
        whole.addLayout(self.body)

    def show_heading(self, words: str, n: int = 0) -> None:
        self.heading.setText(f"{words}  {n}" if n else words)


class Pool(Generic[W]):
    """Rows of a list that are made once and used again: nothing flickers, nothing is rebuilt."""

    def __init__(self, layout: QLayout, make: Callable[[], W]) -> None:
        self._layout = layout
        self._make = make
        self.all: list[W] = []

    def show(self, n: int) -> list[W]:
        """Have n rows on the screen; give them."""
        while len(self.all) < n:
            made = self._make()
            self.all.append(made)
            self._layout.addWidget(made)
        for place, each in enumerate(self.all):
            # One without a parent would come up as a window of its own.
            if each.isHidden() is (place < n) and each.parent() is not None:
                each.setVisible(place < n)
        return self.all[:n]


class Hint(QWidget):
    """What stands where there is nothing to show: a drawing, why, and what to do next."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._icons = outfit.icons
        self._icon = "info"
        self._drawing = QLabel()
        self._drawing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._why = label("second", wrap=True)
        self._next = label("caption", wrap=True)
        whole = column(self, pad=PAD, gap=GAP)
        whole.addStretch(1)
        for each in (self._drawing, self._why, self._next):
            whole.addWidget(each)
        for each in (self._why, self._next):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole.addStretch(2)
        outfit.look.changed.connect(self._paint)

    def say(self, icon: str, why: str, next_: str = "") -> None:
        self._icon = icon
        self._why.setText(why)
        self._next.setText(next_)
        self._next.setVisible(bool(next_))
        self._paint()

    @property
    def words(self) -> str:
        return self._why.text()

    def _paint(self) -> None:
        self._drawing.setPixmap(self._icons.pixmap(self._icon, "text.caption", 20))


def stand_over(widget: QWidget, window: QWidget, width: int, height: int) -> None:
    """Bring a widget up over a window, in its middle; what is below keeps still."""
    widget.setProperty("surface", "popup")
    widget.setParent(window)
    width, height = min(width, window.width() - 32), min(height, window.height() - 32)
    x, y = (window.width() - width) // 2, (window.height() - height) // 2
    widget.setGeometry(x, y, width, height)
    widget.show()
    widget.raise_()

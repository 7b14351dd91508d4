"""A tile for one indicator: its value and unit, how it stands, and how fresh that is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.kit.outfit import Outfit
from ui.kit.parts import TIGHT, Elided, Glyph, column, label, tone

WIDTH, HEIGHT, PAD = 162, 50, 8
DASH = (3, 3)


class GaugeTile(QFrame):
    """Live looks normal; stale is dimmed and says since when; lost is crossed out and dashed."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._look = outfit.look
        self._lost = False
        self.setProperty("surface", "raised")
        self.setFixedSize(WIDTH, HEIGHT)
        self._name = Elided("caption")
        self._value, self._unit = label("title"), label("caption")
        self._glyph, self._state = Glyph(outfit), Elided("caption")
        whole = column(self, pad=PAD, gap=2)
        whole.addWidget(self._name)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(TIGHT)
        line.addWidget(self._value)
        line.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._state, 1)
        line.addWidget(self._glyph)
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(line)

    def show_gauge(
        self, name: str, value: str, unit: str, stands: tuple[str, str, str], *,
        freshness: str, fresh: str, told: str,
    ) -> None:  # fmt: skip
        """Show it; ``stands``: shape, role and word."""
        glyph, role, state = stands
        live = freshness == "live"
        self._lost = freshness == "lost" and bool(fresh)
        self._name.show_words(name)
        self._value.setText(value)
        self._unit.setText(unit)
        self._state.show_words(fresh or state)
        self._glyph.setVisible(bool(glyph))
        self._glyph.show_shape(glyph, role if live else "text.caption")
        tone(self._state, role if live else "text.caption")
        tone(self._value, "text" if live else "lost" if self._lost else "text.caption")
        _strike(self._value, struck=self._lost)
        self.setToolTip(told)
        self.setAccessibleName(" ".join((name, value, unit, state, fresh)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._lost:
            painter = QPainter(self)
            pen = painter.pen()
            pen.setColor(self._look.theme.colour("lost"))
            pen.setDashPattern(DASH)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()


def _strike(words: QLabel, *, struck: bool) -> None:
    font = QFont(words.font())
    if font.strikeOut() is not struck:
        font.setStrikeOut(struck)
        words.setFont(font)


def strip(parent: QWidget) -> None:
    """Let a widget stand as a panel of its own ground."""
    parent.setProperty("surface", "panel")
    parent.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

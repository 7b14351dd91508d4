"""A tile for one indicator: its value and unit, how it stands, and how fresh that is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.kit.outfit import Outfit
from ui.kit.parts import TIGHT, Elided, Glyph, column, label, tone

WIDTH, HEIGHT, PAD = 172, 70, 8
LITTLE = (132, 52)
"""In little room: its width and height, without the line of limits and time."""
DASH = (3, 3)
BAR, MARK, TICK = 3, 3, 7
"""The scale at the foot: how thick it is, how wide the mark of the value, how high a limit's."""


class GaugeTile(QFrame):
    """Live looks normal; stale is dimmed and says since when; lost is crossed out and dashed.

    At its foot a scale with the limits and the value: how far it is from them is seen at a glance.
    """

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._look = outfit.look
        self._lost = False
        self._scale: tuple[float, ...] = ()
        self._role = "text"
        self._little = False
        self.setProperty("surface", "raised")
        self.setFixedSize(WIDTH, HEIGHT)
        self._name = Elided("caption")
        self._value, self._unit = label("title"), label("caption")
        self._glyph, self._state = Glyph(outfit), Elided("caption")
        self._limits, self._fresh = Elided("caption"), label("caption")
        whole = column(self, pad=PAD, gap=1)
        whole.setContentsMargins(PAD, 5, PAD, 9)
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
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(TIGHT)
        foot.addWidget(self._limits, 1)
        foot.addWidget(self._fresh)
        whole.addLayout(foot)

    def shrink(self, *, little: bool) -> None:
        """Take less room, and say less: what is left out stays on hover and in the scale."""
        self.setFixedSize(*(LITTLE if little else (WIDTH, HEIGHT)))
        self._little = little
        self._limits.setVisible(not little)
        self._fresh.setVisible(not little)

    def show_gauge(
        self, name: str, value: str, unit: str, stands: tuple[str, str, str], *,
        freshness: str, fresh: str, told: str, limits: str = "", scale: tuple[float, ...] = (),
    ) -> None:  # fmt: skip
        """Show it; ``stands``: shape, role, word; ``scale``: value and limits, from 0 to 1."""
        glyph, role, state = stands
        live = freshness == "live"
        self._lost = freshness == "lost" and bool(fresh)
        self._name.show_words(name)
        self._value.setText(value)
        self._unit.setText(unit)
        # In little room what is not live has the last word.
        self._state.show_words(fresh if self._little and fresh and not live else state)
        self._limits.show_words(limits)
        self._fresh.setText(fresh)
        tone(self._fresh, {"live": "text.caption", "lost": "lost"}.get(freshness, "warning"))
        self._scale, self._role = scale, role if live else "text.caption"
        self._glyph.setVisible(bool(glyph))
        self._glyph.show_shape(glyph, role if live else "text.caption")
        tone(self._state, role if live else "text.caption")
        tone(self._value, "text" if live else "lost" if self._lost else "text.caption")
        _strike(self._value, struck=self._lost)
        self.setToolTip(told)
        self.setAccessibleName(" ".join((name, value, unit, state, limits, fresh)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self._scale:
            self._paint_scale(painter)
        if self._lost:
            pen = painter.pen()
            pen.setColor(self._look.theme.colour("lost"))
            pen.setDashPattern(DASH)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_scale(self, painter: QPainter) -> None:
        """Draw the track, a tick for each limit, and the value as a mark."""
        theme = self._look.theme
        wide, top = self.width() - 2 * PAD, self.height() - 6
        painter.fillRect(PAD, top, wide, BAR, theme.colour("line"))
        value, *limits = self._scale
        for each in limits:
            tick = PAD + round(each * (wide - 1))
            painter.fillRect(tick, top - 2, 1, TICK, theme.colour("text.caption"))
        mark = PAD + round(value * (wide - MARK))
        painter.fillRect(mark, top - 2, MARK, TICK, theme.colour(self._role))


def _strike(words: QLabel, *, struck: bool) -> None:
    font = QFont(words.font())
    if font.strikeOut() is not struck:
        font.setStrikeOut(struck)
        words.setFont(font)


def strip(parent: QWidget) -> None:
    """Let a widget stand as a panel of its own ground."""
    parent.setProperty("surface", "panel")
    parent.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

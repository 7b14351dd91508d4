"""The lines that pictures come by: how much of each is used, and what is held back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.base.text import text
from ui.kit.flow import Flow
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, TIGHT, Elided, Hint, Pool, column, label, row, tone
from ui.models.trunklines import Line

WIDTH, HEIGHT, BAR = 252, 58, 4


class LineBar(QWidget):
    """One line: its name, a bar, use and limit, and what is held back because it is full."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._look = outfit.look
        self._share, self._role = 0.0, "accent"
        self.setFixedSize(WIDTH, HEIGHT)
        self._name, self._use = Elided(), label("second")
        self._streams, self._held = label("caption"), Elided("caption")
        whole = column(self, gap=TIGHT)
        whole.addLayout(row(self._name, self._use, stretch=0))
        whole.addSpacing(BAR + TIGHT)
        whole.addLayout(row(self._streams, self._held, stretch=1))
        self._held.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_line(self, line: Line) -> None:
        self._share, self._role = line.share, line.role
        self._name.show_words(line.name)
        self._use.setText(line.use)
        self._streams.setText(line.streams)
        self._held.show_words(line.held)
        tone(self._held, "warning")
        tone(self._use, "warning" if line.role == "warning" else "text.second")
        self.setToolTip(line.words)
        self.setAccessibleName(line.words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, theme = QPainter(self), self._look.theme
        top = (self.height() - BAR) // 2
        painter.fillRect(0, top, self.width(), BAR, theme.colour("line"))
        painter.fillRect(0, top, round(self.width() * self._share), BAR, theme.colour(self._role))
        painter.end()


class TrunksView(QWidget):
    """All lines under a heading; says so when nothing plays."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._heading = label("second")
        self._bars = QWidget()
        flow = Flow(self._bars, GAP * 2)
        self._pool = Pool(flow, lambda: LineBar(outfit))
        self._empty = Hint(outfit)
        whole = column(self, pad=8, gap=GAP)
        for each in (self._heading, self._bars, self._empty):
            whole.addWidget(each)
        self.retranslate()
        self.hide()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, the fullest first."""
        for bar, line in zip(self._pool.show(len(lines)), lines, strict=True):
            bar.show_line(line)
        self._bars.setVisible(bool(lines))
        self._empty.setVisible(not lines)

    def retranslate(self) -> None:
        self._heading.setText(text("wall.trunk.title"))
        self._empty.say("line-up", text("wall.trunk.none"), text("wall.trunk.none_next"))

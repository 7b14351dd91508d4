"""The wall's log, read back: what was shown in which tile, when and why; the latest first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget

from console.base.text import text
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, Hint, column, label


class WallLog(QWidget):
    """Lines of the log under a heading; says so when there are none."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._heading = label("second")
        self.lines = QListWidget()
        self.lines.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._empty = Hint(outfit)
        whole = column(self, pad=8, gap=GAP)
        for each in (self._heading, self.lines, self._empty):
            whole.addWidget(each)
        self.retranslate()
        self.show_lines([])
        self.hide()

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these lines, given oldest first, and come up."""
        self.lines.clear()
        self.lines.addItems(list(reversed(lines)))
        self.lines.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self.show()

    def retranslate(self) -> None:
        self._heading.setText(text("wall.log"))
        self._empty.say("history", text("wall.log_empty"), text("wall.log_empty_next"))

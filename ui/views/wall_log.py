"""The wall's log, read back: what was shown where and why, who steered what; the latest first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QListWidget, QPushButton, QWidget

from console.base.text import text
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, Hint, column, label, row
from ui.models.walllines import LogLine

SORTS = ("", "shown", "steered")
WIDE = 260


class WallLog(QWidget):
    """Lines under a heading, of both sorts or one, and what is typed is found; none is said."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lines: dict[str, list[LogLine]] = {}
        self._heading, self._note = label("second"), label("caption")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(WIDE)
        self._sorts = QButtonGroup(self)
        buttons = [QPushButton() for _ in SORTS]
        for n, button in enumerate(buttons):
            button.setCheckable(True)
            self._sorts.addButton(button, n)
        buttons[0].setChecked(True)
        self.lines = QListWidget()
        self.lines.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._empty = Hint(outfit)
        whole = column(self, pad=8, gap=GAP)
        whole.addLayout(row(self._heading, *buttons, self.search, self._note))
        for each in (self.lines, self._empty):
            whole.addWidget(each)
        self.search.textChanged.connect(self._fill)
        self._sorts.idToggled.connect(self._fill)
        self.retranslate()
        self._fill()
        self.hide()

    def show_lines(self, lines: Sequence[LogLine], sort: str = "shown", said: str = "") -> None:
        """Show these lines of a sort, and come up; ``said``: why there are none of it."""
        self._lines[sort] = list(lines)
        self._note.setText(said)
        self._fill()
        self.show()

    def retranslate(self) -> None:
        self._heading.setText(text("wall.log"))
        self.search.setPlaceholderText(text("wall.log_search"))
        for n, sort in enumerate(SORTS):
            self._sorts.button(n).setText(text(f"wall.log_{sort or 'all'}"))
        self._empty.say("history", text("wall.log_empty"), text("wall.log_empty_next"))

    def _fill(self) -> None:
        sort = SORTS[self._sorts.checkedId()]
        lines = [line for held in self._lines.values() for line in held if sort in ("", line.sort)]
        found = [line for line in lines if line.holds(self.search.text())]
        found.sort(key=lambda line: line.at, reverse=True)
        self.lines.clear()
        self.lines.addItems([line.words for line in found])
        self.lines.setVisible(bool(found))
        self._empty.setVisible(not found)

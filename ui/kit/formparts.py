"""What every form has: its heading, the note of a draft, its fields, what it would do, its foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.kit.parts import GAP, PAD, TIGHT, Pool, label, link, rule, tone

SHOWN = 7
LABEL_WIDTH = 76


class FormFrame(QFrame):
    """The frame of a form; whoever fills it adds the fields to ``grid``."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.heading = label("title")
        self.target = label("second", wrap=True)
        self.drafted = label("caption")
        self.forget = link()
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(GAP)
        self.grid.setVerticalSpacing(TIGHT)
        self.grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self.grid.setColumnStretch(1, 1)
        self.more = link()
        self._said_lines = QVBoxLayout()
        self._said_lines.setSpacing(2)
        self.lines: Pool[QLabel] = Pool(self._said_lines, lambda: label(wrap=True))
        self.submit = QPushButton()
        self.submit.setProperty("role", "primary")
        self.away = QPushButton()
        self._lay_out()

    def show_lines(self, said: list[tuple[str, str]]) -> None:
        """Show what the form would do: words, each in a role's colour."""
        shown = said[:SHOWN]
        for line, (words, role) in zip(self.lines.show(len(shown)), shown, strict=True):
            line.setText(words)
            tone(line, role)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, PAD, 0, PAD)
        whole.setSpacing(GAP)
        for each in (self.heading, self.target):
            each.setContentsMargins(PAD, 0, PAD, 0)
            whole.addWidget(each)
        drafted = QHBoxLayout()
        drafted.setContentsMargins(PAD, 0, PAD, 0)
        drafted.addWidget(self.drafted)
        drafted.addWidget(self.forget)
        drafted.addStretch(1)
        whole.addLayout(drafted)
        whole.addWidget(self._fields(), 1)
        whole.addWidget(rule())
        self._said_lines.setContentsMargins(PAD, 0, PAD, 0)
        whole.addLayout(self._said_lines)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAD, 0, PAD, 0)
        foot.addStretch(1)
        foot.addWidget(self.away)
        foot.addWidget(self.submit)
        whole.addLayout(foot)

    def _fields(self) -> QScrollArea:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(PAD, 0, PAD, PAD)
        body.setSpacing(GAP)
        body.addLayout(self.grid)
        body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        return scroll

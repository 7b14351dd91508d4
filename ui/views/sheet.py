"""What stands behind a number: its rows, and the line that opens them on a desk."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.app import Core
from console.base.text import text
from console.domain.figure import Behind
from console.domain.query import Query, parse_query
from console.domain.rows import SHAPES
from ui.kit.grid import Condition, Grid
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, label
from ui.models.behind import district_of, indicators_behind
from ui.models.queue import QueueFeed
from ui.models.table import RowTable
from ui.models.writing import Writing

MOST = 60
Failed = Callable[[BaseException], None]


class SheetView(QFrame):
    """Lists rows of any kind, or the readings of an indicator.

    ``instruct_asked``: an instruction is to be given about it: its name, and its district or "".
    """

    instruct_asked = Signal(str, str)
    closed = Signal()

    def __init__(self, core: Core, outfit: Outfit, writing: Writing, failed: Failed) -> None:
        super().__init__()
        self._core = core
        self._outfit = outfit
        self._writing = writing
        self._failed = failed
        self._feed: QueueFeed | None = None
        self.grid: Grid | None = None
        self.setProperty("surface", "popup")
        self._title, self.line = label("title"), QLineEdit()
        self.line.setReadOnly(True)
        self._close = QPushButton()
        self._close.clicked.connect(self.closed)
        self.instruct = QPushButton()
        self.instruct.clicked.connect(self._instruct)
        self._behind = Behind()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(PAD, PAD, PAD, PAD)
        self._column.setSpacing(GAP)
        self._column.addWidget(self._heading())
        self._column.addWidget(self.line)
        self.readings = label("second", wrap=True)
        self.readings.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self.readings)
        self._column.addWidget(self._scroll, 1)

    def open(self, behind: Behind, name: str, line: str) -> None:
        """Show the rows behind a number; ``line`` opens the same on a desk."""
        self._behind = behind
        self._title.setText(name)
        self.instruct.setText(text("sheet.instruct"))
        self.line.setText(text("sheet.line", line=line))
        self.line.setCursorPosition(0)
        self._close.setIcon(self._outfit.icons.icon("close"))
        self.close_feed()
        self._scroll.setVisible(bool(behind.indicator))
        if self.grid is not None:
            self.grid.setVisible(bool(behind.kind))
        if behind.kind:
            self._rows(parse_query(behind.kind, behind.where))
        else:
            self.readings.setText("\n".join(self._said(behind.indicator)))

    def close_feed(self) -> None:
        """Ask nothing more."""
        if self._feed is not None:
            self._feed.close()
            self._feed = None

    def _said(self, of: str) -> list[str]:
        """Say what was measured last: by each source of an indicator, or of all in a domain."""
        lines: list[str] = []
        for each in indicators_behind(self._core, of):
            known = self._core.gauges.known.get(each)
            held = self._core.last("indicator", each)
            if known is None or not held:
                name = self._writing.named("indicator", each) or each
                lines.append(text("sheet.no_reading", name=name))
                continue
            name = self._writing.named("indicator", each)
            for (_, source), reading in sorted(held.items()):
                value = f"{reading.value:,.{known.decimals}f} {known.unit}"
                at = self._writing.second(reading.at)
                lines.append(text("sheet.reading", name=name, source=source, value=value, at=at))
        return lines[:MOST]

    def _rows(self, query: Query) -> None:
        columns = tuple(self._outfit.sheet.columns[query.kind].values())
        table = RowTable(SHAPES[query.kind], columns, self._outfit.setting, self)
        table.sort_by(query.order)
        self._put(Grid(table, self._outfit.look))
        self._feed = QueueFeed(self._core, table, query, self._failed, self)
        self._feed.stood.connect(self._stood)
        self._feed.ask()

    def _put(self, grid: Grid) -> None:
        if self.grid is not None:
            self._column.removeWidget(self.grid)
            self.grid.hide()
            self.grid.deleteLater()
            self.grid.table.deleteLater()
        self.grid = grid
        self._column.addWidget(grid, 1)

    def _stood(self, kind: str) -> None:
        if self.grid is not None:
            self.grid.say(Condition(kind))

    def _instruct(self) -> None:
        self.instruct_asked.emit(self._title.text(), district_of(self._behind))

    def _heading(self) -> QWidget:
        heading = QWidget()
        row = QHBoxLayout(heading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title, 1)
        row.addWidget(self.instruct, 0, Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        return heading

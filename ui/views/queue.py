"""A queue on the screen: its heading, which filter narrows it, and its rows."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from console.app import Core
from console.base.errors import Refused
from console.base.text import text
from console.domain.changes import Changes
from console.domain.queue import Queue
from console.domain.rows import SHAPES
from ui.kit.facets import Facets
from ui.kit.grid import Condition, Grid
from ui.kit.outfit import Outfit
from ui.models.columns import Column, Sheet
from ui.models.queue import QueueFeed
from ui.models.table import RowTable

HEADING = 44


def columns_of(sheet: Sheet, queue: Queue) -> tuple[Column, ...]:
    """Give the columns that a queue names; those of the kind when it names none."""
    known = sheet.columns[queue.kind]
    return tuple(known[key] for key in queue.columns if key in known) or tuple(known.values())


class QueueView(QWidget):
    """Shows one queue at a time."""

    asked = Signal(str)
    selected = Signal(str, str)
    menu_asked = Signal(QPoint)

    def __init__(self, core: Core, outfit: Outfit, failed: Callable[[BaseException], None]) -> None:
        super().__init__()
        self._core = core
        self._outfit = outfit
        self._failed = failed
        self._queue = Queue(key="")
        self._where = ""
        self._feed: QueueFeed | None = None
        self._grid: Grid | None = None
        self._wanted = ""
        self._last, self._place = "", 0
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._order = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._order.setProperty("role", "caption")
        self._filter, self._clear = QLineEdit(), QToolButton()
        self._filter.setClearButtonEnabled(False)
        self._filter.setMaximumWidth(320)
        self._filter.returnPressed.connect(self._filtered)
        self._clear.clicked.connect(lambda: self.narrow(""))
        self.facets = Facets(core, failed)
        self.facets.asked.connect(self.narrow)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._heading())
        outfit.look.changed.connect(self.retranslate)

    @property
    def key(self) -> str:
        return self._queue.key

    @property
    def where(self) -> str:
        return self._where

    @property
    def grid(self) -> Grid | None:
        return self._grid

    def free_strip(self) -> tuple[int, int]:
        """Give from where to where the heading may be covered a while, in screen coordinates.

        All of it but the name and the filters: of the order the columns tell too.
        """
        left = self._title.mapToGlobal(QPoint(self._title.sizeHint().width() + 16, 0)).x()
        return left, self.facets.mapToGlobal(QPoint(-16, 0)).x()

    def open(self, queue: Queue) -> None:
        """Show a queue, from its beginning and without a filter."""
        self.close_feed()
        self._queue, self._where = queue, ""
        self._last, self._place = "", 0
        table = RowTable(
            SHAPES[queue.kind], columns_of(self._outfit.sheet, queue), self._outfit.setting, self
        )
        table.sort_by(queue.query.order)
        self._put(Grid(table, self._outfit.look))
        self._feed = QueueFeed(self._core, table, queue.query, self._failed, self)
        self._feed.stood.connect(self._stood)
        self._filter.clear()
        self._write()
        self._feed.ask()

    def narrow(self, where: str) -> None:
        """Narrow the queue by a line; an empty one shows it whole. Refused: the line is wrong."""
        if self._feed is None:
            return
        query = self._queue.query.also(where)
        self._where = where
        self._filter.setText(where)
        self._write()
        self._feed.ask(query)

    def refresh(self, changes: Changes) -> None:
        if self._feed is not None:
            self._feed.refresh(changes)

    def select(self, row_id: str) -> None:
        """Make a row the current one, now or when it has come."""
        self._wanted = "" if self._grid is None or self._grid.select(row_id) else row_id

    def selected_id(self) -> str:
        return self._grid.selected_id() if self._grid is not None else ""

    def step(self, by: int) -> None:
        """Go to the next or the previous row."""
        if self._grid is None or not (rows := self._grid.table.rowCount()):
            return
        table = self._grid.table
        place = table.place_of(self._last)
        if place < 0:
            # What was worked on has left: whatever stands in its place now comes next.
            here = table.place_of(self.selected_id())
            place = (here if here >= 0 else self._place) - (by > 0)
        self._place = min(max(place + by, 0), rows - 1)
        self._grid.select(table.row_at(self._place)[0])

    def focus_rows(self) -> None:
        if self._grid is not None:
            self._grid.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def rows_have_focus(self) -> bool:
        return self._grid is not None and self._grid.view.hasFocus()

    def focus_filter(self) -> None:
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def retranslate(self) -> None:
        """Write everything afresh: the language or the look has changed."""
        if self._grid is not None:
            self._grid.speak()
        self._write()

    def close_feed(self) -> None:
        if self._feed is not None:
            self._feed.close()

    def _heading(self) -> QWidget:
        heading = QWidget()
        heading.setFixedHeight(HEADING)
        row = QHBoxLayout(heading)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._order)
        row.addStretch(1)
        row.addWidget(self.facets)
        row.addWidget(self._filter, 1)
        row.addWidget(self._clear)
        return heading

    def _put(self, grid: Grid) -> None:
        if self._grid is not None:
            self._column.removeWidget(self._grid)
            # Not without a parent: a layout that was about to show it would make it a window.
            self._grid.hide()
            self._grid.deleteLater()
            self._grid.table.deleteLater()
        self._grid = grid
        self._column.addWidget(grid, 1)
        grid.selected.connect(self._chosen)
        grid.activated.connect(self._activated)
        grid.menu_asked.connect(self._ask_menu)

    def _chosen(self, row_id: str) -> None:
        if row_id and self._grid is not None:
            self._last, self._place = row_id, max(0, self._grid.table.place_of(row_id))
        self.selected.emit(self._queue.kind, row_id)

    def _activated(self, row_id: str) -> None:
        self.asked.emit(f"card.open {row_id}")

    def _ask_menu(self, _row_id: str, at: QPoint) -> None:
        self.menu_asked.emit(at)

    def _filtered(self) -> None:
        try:
            self.narrow(self._filter.text().strip())
        except Refused as refused:
            self._failed(refused)
            return
        self.focus_rows()

    def _write(self) -> None:
        self._title.setText(text(f"queue.{self.key}") if self.key else "")
        self._order.setText(self._order_words())
        self._filter.setPlaceholderText(text("queue_view.filter"))
        self._clear.setVisible(bool(self._where))
        self._clear.setIcon(self._outfit.icons.icon("close"))
        self._clear.setToolTip(text("queue_view.clear"))
        self.facets.show_where(self._queue, self._where)

    def _order_words(self) -> str:
        known = list(self._outfit.sheet.columns[self._queue.kind].values())
        named = {column.order or column.field: column.key for column in reversed(known)}
        fields = [field.removeprefix("-") for field in self._queue.rank]
        said = [text(f"column.{named[field]}") for field in fields if field in named]
        return text("queue_view.order", order=text("cell.and").join(said)) if said else ""

    def _stood(self, kind: str) -> None:
        if self._grid is None:
            return
        if kind == "failed":
            self._grid.say(Condition("failed", text("queue_view.failed"), text("queue_view.again")))
        elif kind == "ready" and self._where:
            self._grid.say(Condition("ready"))
        else:
            self._grid.say(Condition(kind))
        if kind == "ready" and self._wanted:
            self.select(self._wanted)

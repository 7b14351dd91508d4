"""The view of a RowTable: keeps its place while rows move; holds them under a hand."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from ui.kit.delegates import ROOMY, Band, Row, RowPainter
from ui.kit.theme import Look
from ui.models.formats import TICKING
from ui.models.table import RowTable

SECOND_MS, FADE_STEP_MS, LEAVE_MS, REST_MS = 1_000, 100, 300, 6_000
"""``REST_MS``: a pointer that has lain still so long is nobody's hand: rows move again."""
HEADER, BAR = 28, 3
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
STEPS = {Qt.Key.Key_Up, Qt.Key.Key_Down}
RELAYOUT = {QEvent.Type.FontChange, QEvent.Type.StyleChange}


class RowsView(QTableView):
    """Fixed row height, whole rows, columns that fit the window: the important stay longest."""

    chosen = Signal(str)
    opened = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, table: RowTable, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._look = look
        self._widths: dict[int, int] = {}
        self._fitting = False
        self._anchor = ("", 0)
        self._current = ("", 0)
        self._faded: list[int] = []
        self._order = (-1, Qt.SortOrder.AscendingOrder)
        self._usual = table.order_by
        self._painter = RowPainter(look, self)
        self.setModel(table)
        self._set_up()
        self._set_up_header()
        self.set_row_height(ROOMY)
        self._second = self._timer(SECOND_MS, self._tick)
        self._fade = self._timer(FADE_STEP_MS, self._step_fade)
        self._leave = self._timer(LEAVE_MS, self._release)
        self._rest = self._timer(REST_MS, self._release)
        for each in (self._leave, self._rest):
            each.setSingleShot(True)
        table.moving.connect(self._keep_place)
        table.moved.connect(self._take_place)
        table.dataChanged.connect(self._start_fade)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.doubleClicked.connect(self._open)
        self.customContextMenuRequested.connect(self._ask_menu)
        look.changed.connect(self.viewport().update)

    def set_row_height(self, pixels: int) -> None:
        self._painter.height = pixels
        header = self.verticalHeader()
        header.setMinimumSectionSize(pixels)
        header.setDefaultSectionSize(pixels)
        self._see()

    def choose(self, row_id: str) -> bool:
        """Make a row the current one and bring it into sight; say whether it is shown."""
        place = self.table.place_of(row_id)
        if place < 0:
            return False
        self.selectionModel().setCurrentIndex(self.table.index(place, 0), CHOOSE)
        self.scrollTo(self.table.index(place, 0))
        return True

    def current_id(self) -> str:
        index = self.currentIndex()
        return str(self.table.row_at(index.row())[0]) if index.isValid() else ""

    def chosen_ids(self) -> list[str]:
        """Give the ids of all chosen rows, in the order they are shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [str(self.table.row_at(place)[0]) for place in places]

    # ---- setting up ------------------------------------------------------------------------------

    def _timer(self, every: int, job: object) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(job)  # pyright: ignore[reportArgumentType]
        return timer

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._see)

    def _set_up_header(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(HEADER)
        header.setFixedHeight(HEADER)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.sectionClicked.connect(self._sort_by)
        header.sectionResized.connect(self._keep_width)

    # ---- columns ---------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give each column its room; when there is too little, show fewer, not narrower ones."""
        self._fitting = True
        columns, room = self.table.columns, self.viewport().width()
        widths = {n: self._widths.get(n, column.width) for n, column in enumerate(columns)}
        while sum(widths.values()) > room:
            last = max(widths, key=lambda n: (columns[n].drop, n))
            if not columns[last].drop:
                break
            del widths[last]
        self._share(widths, room - sum(widths.values()))
        for n in range(len(columns)):
            self.setColumnHidden(n, n not in widths)
            if n in widths:
                self.setColumnWidth(n, widths[n])
        self._fitting = False

    def _share(self, widths: dict[int, int], left: int) -> None:
        """Share out the room that is left, or what is lacking, among the columns that stretch."""
        shares = {n: self.table.columns[n].stretch for n in widths}
        shares = {n: share for n, share in shares.items() if share and n not in self._widths}
        total = sum(shares.values())
        for n, share in shares.items():
            widths[n] += left * share // total
        if shares:
            widths[max(shares)] += left - sum(left * share // total for share in shares.values())

    def _keep_width(self, column: int, _before: int, width: int) -> None:
        if not self._fitting and width:
            self._widths[column] = width
            self.fit()

    def _sort_by(self, column: int) -> None:
        """Order by a heading: rising, falling, then as the queue is usually ordered."""
        rising, falling = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        header = self.horizontalHeader()
        if self._order == (column, falling):
            self._order = (-1, rising)
            header.setSortIndicatorShown(False)
            self.table.sort_by(self._usual)
            return
        self._order = (column, falling if self._order == (column, rising) else rising)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(*self._order)
        self.table.sort(*self._order)

    # ---- keeping the place -----------------------------------------------------------------------

    def _keep_place(self) -> None:
        self.setAutoScroll(False)
        scroll, height = self.verticalScrollBar().value(), self._painter.height
        index = self.currentIndex()
        self._current = (self.current_id(), index.row())
        self._anchor = ("", 0)
        first = scroll // height
        if scroll and first < self.table.rowCount():
            last = first + self.viewport().height() // height
            place = index.row() if first <= index.row() < last else first
            self._anchor = (str(self.table.row_at(place)[0]), place * height - scroll)

    def _take_place(self) -> None:
        self.updateGeometries()
        row_id, place = self._current
        if row_id and self.table.place_of(row_id) < 0:
            # The current row has left: the hand stays where it was, but chooses nothing new.
            nearest = self.table.index(min(place, self.table.rowCount() - 1), 0)
            flag = self.selectionModel().SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(nearest, flag)
        anchor, offset = self._anchor
        place = self.table.place_of(anchor)
        if place >= 0:
            self.verticalScrollBar().setValue(place * self._painter.height - offset)
        self.setAutoScroll(True)
        self._see()
        self._start_fade()

    def _see(self) -> None:
        """Say which rows are on the screen."""
        height = self._painter.height
        first = self.verticalScrollBar().value() // height
        self.table.set_visible(first, first + self.viewport().height() // height + 1)

    def _seen(self) -> tuple[int, int]:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return first, last if last >= 0 else self.table.rowCount() - 1

    # ---- time ------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Paint the columns that show time going by."""
        height = self.viewport().height()
        for n, column in enumerate(self.table.columns):
            if column.format in TICKING and not self.isColumnHidden(n):
                rect = QRect(self.columnViewportPosition(n), 0, self.columnWidth(n), height)
                self.viewport().update(rect)

    def _start_fade(self) -> None:
        if self.isVisible() and not self._fade.isActive():
            self._fade.start()

    def _step_fade(self) -> None:
        fading = self.table.fading(*self._seen())
        for place in {*fading, *self._faded}:
            self._paint_row(place)
        self._faded = fading
        if not fading:
            self._fade.stop()

    def _paint_row(self, place: int) -> None:
        y = self.rowViewportPosition(place)
        self.viewport().update(QRect(0, y, self.viewport().width(), self._painter.height))

    # ---- hands -----------------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        # Focus alone makes a row the current one; choosing is more.
        if index.isValid() and self.selectionModel().isRowSelected(index.row()):
            self.chosen.emit(str(self.table.row_at(index.row())[0]))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(str(self.table.row_at(index.row())[0]))

    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            row_id = str(self.table.row_at(index.row())[0])
            self.menu_asked.emit(row_id, self.viewport().mapToGlobal(at))

    def _hold(self) -> None:
        self._leave.stop()
        self._rest.start()
        self.table.hold()

    def _release(self) -> None:
        self.table.release()

    def _hover(self, place: int) -> None:
        before, self._painter.hovered = self._painter.hovered, place
        for each in {before, place} - {-1}:
            self._paint_row(each)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go by rows: Home and End are the first and the last row, not cells of one."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.table.rowCount() - 1,
        }
        if action in ends:
            return self.table.index(ends[action], 0)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._open(self.currentIndex())
            return
        index = self.currentIndex()
        if event.key() in STEPS and index.isValid() and not self.selectionModel().hasSelection():
            # Nothing is chosen yet, or what was has left: the first step chooses what stands here.
            self.selectionModel().setCurrentIndex(index, CHOOSE)
            self._choose(index)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hold()
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._hold()
        elif isinstance(event, QHelpEvent):
            self._explain(event)
            return True
        elif event.type() == QEvent.Type.Leave:
            self._hover(-1)
            self._leave.start()
        return super().viewportEvent(event)

    def showEvent(self, event: QEvent) -> None:
        self._second.start()
        super().showEvent(event)  # pyright: ignore[reportArgumentType]
        self._see()

    def hideEvent(self, event: QEvent) -> None:
        for timer in (self._second, self._fade, self._leave, self._rest):
            timer.stop()
        self._release()
        super().hideEvent(event)  # pyright: ignore[reportArgumentType]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self._see()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RELAYOUT:
            self._painter.forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        dirty = event.rect()
        self._painter.paint(painter, self.table, self._bands(dirty), self._rows(dirty))
        index = self.currentIndex()
        if index.isValid():
            role = "focus" if self.hasFocus() else "edge"
            y, height = self.rowViewportPosition(index.row()), self._painter.height
            painter.fillRect(0, y, BAR, height - 1, self._look.theme.colour(role))
        painter.end()

    def _bands(self, dirty: QRect) -> list[Band]:
        bands = [
            Band(n, self.columnViewportPosition(n), self.columnWidth(n))
            for n in range(len(self.table.columns))
            if not self.isColumnHidden(n)
        ]
        return [b for b in bands if b.x <= dirty.right() and b.x + b.width >= dirty.left()]

    def _rows(self, dirty: QRect) -> Iterator[Row]:
        height, picked = self._painter.height, self.selectionModel()
        scroll = self.verticalScrollBar().value()
        first, last = (scroll + dirty.top()) // height, (scroll + dirty.bottom()) // height
        ground = "selection" if self.hasFocus() else "selection.away"
        for place in range(max(0, first), min(last + 1, self.table.rowCount())):
            chosen = picked.isRowSelected(place)
            yield Row(place, place * height - scroll, ground if chosen else "")

    def _explain(self, event: QHelpEvent) -> None:
        """Say the whole of what is cut, and the words of what is only a shape."""
        index, said = self.indexAt(event.pos()), ""
        if index.isValid():
            cell = self.table.cell(index.row(), index.column())
            if self._painter.hides(cell, self.columnWidth(index.column())):
                said = cell.full
        QToolTip.showText(event.globalPos(), said, self.viewport())

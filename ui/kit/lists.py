"""A plain list of few rows: hairlines between them, shapes before words."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.kit.delegates import GLYPH, PAD, ROOMY
from ui.kit.outfit import Outfit
from ui.kit.shapes import shape_pixmap
from ui.models.table import DISPLAY

Index = QModelIndex | QPersistentModelIndex
Looks = Callable[[int, int], tuple[str, str]]
"""Gives the shape and the role of a cell: by row and column; no shape is ""."""
ENTER = {int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)}
SELECTED = QStyle.StateFlag.State_Selected
ACTIVE = QStyle.StateFlag.State_Active
SIDE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(
    Qt.TextFlag.TextSingleLine
)


class _Cells(QStyledItemDelegate):
    """Paints words and shapes in roles of the theme."""

    def __init__(self, outfit: Outfit, looks: Looks, view: QTableView) -> None:
        super().__init__(view)
        self._look = outfit.look
        self._looks = looks
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(0, ROOMY)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = self._view.visualRect(QModelIndex(index))  # pyright: ignore[reportArgumentType, reportCallIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        theme = self._look.theme
        if state & SELECTED:
            painter.fillRect(
                rect, theme.colour("selection" if state & ACTIVE else "selection.away")
            )
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        shape, role = self._looks(index.row(), index.column())
        x, width = rect.x() + PAD, rect.width() - 2 * PAD
        if shape:
            y = rect.y() + (rect.height() - GLYPH - 2) // 2
            painter.drawPixmap(x, y, shape_pixmap(self._look, shape, role))
            x, width = x + GLYPH + 6, width - GLYPH - 6
        words = str(index.data(DISPLAY) or "")
        painter.setPen(theme.colour(role))
        fitted = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
        painter.drawText(x, rect.y(), width, rect.height() - 1, SIDE, fitted)


class ListView(QTableView):
    """A table that is walked row by row. ``pressed`` gives a key that is not its own."""

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(self, model: QAbstractTableModel, outfit: Outfit, looks: Looks) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Cells(outfit, looks, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(ROOMY)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(40)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.doubleClicked.connect(self._open)
        outfit.look.changed.connect(self.viewport().update)

    def set_widths(self, widths: dict[int, int], stretch: int) -> None:
        """Give columns their widths; one takes what is left."""
        header = self.horizontalHeader()
        for at, width in widths.items():
            self.setColumnWidth(at, width)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def current_row(self) -> int:
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.current_row() >= 0:
            self.opened.emit(self.current_row())
            return
        if event.text().isprintable() and event.text():
            event.ignore()  # not a search: letters are the keys of whoever holds the list
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(index.row())

"""Paints a table's cells straight from its model: shapes, words, what changed, what is chosen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui.kit.theme import Look
from ui.models.columns import Cell, Column
from ui.models.table import FADE_MS, RowTable

Index = QModelIndex | QPersistentModelIndex

ROOMY, COMPACT = 30, 24
PAD, GLYPH, GAP = 8, 10, 6
ELIDED = 8_192
SELECTED = QStyle.StateFlag.State_Selected
ACTIVE = QStyle.StateFlag.State_Active

ELIDE = {
    "right": Qt.TextElideMode.ElideRight,
    "middle": Qt.TextElideMode.ElideMiddle,
    "left": Qt.TextElideMode.ElideLeft,
}
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
SINGLE = int(Qt.TextFlag.TextSingleLine)

Draw = Callable[[QPainterPath], None]


def _polygon(*points: tuple[float, float]) -> Draw:
    def draw(path: QPainterPath) -> None:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        path.closeSubpath()

    return draw


def _lines(*strokes: tuple[tuple[float, float], ...]) -> Draw:
    def draw(path: QPainterPath) -> None:
        for (x, y), *rest in strokes:
            path.moveTo(x, y)
            for to_x, to_y in rest:
                path.lineTo(to_x, to_y)

    return draw


def _ellipse(x: float, y: float, size: float) -> Draw:
    return lambda path: path.addEllipse(x, y, size, size)


# Shapes in a square of ten: filled ones, and ones made of lines. Each differs from all others in
# outline, so that none needs its colour to be told apart.
FILLED: Mapping[str, Draw] = {
    "diamond": _polygon((5, -0.5), (10.5, 5), (5, 10.5), (-0.5, 5)),
    "triangle": _polygon((5, 0), (10.4, 9.5), (-0.4, 9.5)),
    "disc": _ellipse(0.5, 0.5, 9),
    "square": _polygon((1, 1), (9, 1), (9, 9), (1, 9)),
    "sand": _polygon((1, 0), (9, 0), (1, 10), (9, 10)),
}
LINED: Mapping[str, Draw] = {
    "ring": _ellipse(2, 2, 6),
    "chevron": _lines(((1, 6.5), (5, 2.5), (9, 6.5))),
    "chevrons": _lines(((1, 5), (5, 1), (9, 5)), ((1, 9.5), (5, 5.5), (9, 9.5))),
    "cross": _lines(((1.5, 1.5), (8.5, 8.5)), ((8.5, 1.5), (1.5, 8.5))),
    "fork": _lines(((0, 3), (9, 3), (6.5, 0.5)), ((10, 7), (1, 7), (3.5, 9.5))),
    "arrow": _lines(((5, 10), (5, 0.5)), ((1.5, 4), (5, 0.5), (8.5, 4))),
    "bars": _lines(((2.5, 1), (2.5, 9)), ((7.5, 1), (7.5, 9))),
    "alarm": _lines(((5, 0), (5, 6)), ((5, 9), (5, 9.4))),
}


def shape(name: str) -> QPainterPath:
    """Give a shape as a path, in a square of ten."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    (FILLED.get(name) or LINED[name])(path)
    return path


SHAPES = tuple(FILLED) + tuple(LINED)


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a RowTable. A row is one band: no rules between its cells."""

    def __init__(self, look: Look, view: QAbstractItemView, height: int = ROOMY) -> None:
        super().__init__(view)
        self._view = view
        self._look = look
        self.height = height
        self.hovered = -1
        self._paths = {name: shape(name) for name in SHAPES}
        self._elided: dict[tuple[str, int, str], str] = {}
        self._pens: dict[str, QPen] = {}
        self._metrics: QFontMetrics | None = None
        look.changed.connect(self.forget)

    def forget(self) -> None:
        """Work out pens and shortened words afresh: colours or type have changed."""
        self._pens.clear()
        self._elided.clear()
        self._metrics = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = index.model()
        if not isinstance(table, RowTable):
            return
        place, at = index.row(), index.column()
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        self._ground(painter, rect, option, table, place)
        cell = table.cell(place, at)
        if cell.text or cell.glyph:
            self._cell(painter, rect, cell, table.columns[at], table.left(place))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say the whole of what was shortened, and the words of what is only a shape."""
        table = index.model()
        if event.type() != QEvent.Type.ToolTip or not isinstance(table, RowTable):
            return super().helpEvent(event, view, option, index)
        cell = table.cell(index.row(), index.column())
        hidden = cell.full and (cell.full != cell.text or self._shortened(view, index, cell))
        QToolTip.showText(event.globalPos(), cell.full if hidden else "", view)
        return True

    def _shortened(self, view: QAbstractItemView, index: Index, cell: Cell) -> bool:
        room = view.visualRect(index).width() - 2 * PAD
        return self._measure().horizontalAdvance(cell.text) > room

    def _ground(
        self,
        painter: QPainter,
        rect: QRect,
        option: QStyleOptionViewItem,
        table: RowTable,
        place: int,
    ) -> None:
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
        theme = self._look.theme
        if state & SELECTED:
            painter.fillRect(
                rect, theme.colour("selection" if state & ACTIVE else "selection.away")
            )
        else:
            if place == self.hovered:
                painter.fillRect(rect, theme.colour("hover"))
            age = table.age(place)
            if age < FADE_MS:
                painter.fillRect(rect, theme.faded("changed", 1 - age / FADE_MS))
        painter.setPen(self._pen("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _cell(self, painter: QPainter, rect: QRect, cell: Cell, column: Column, left: bool) -> None:
        x, width = rect.x() + PAD, rect.width() - 2 * PAD
        role = "text.caption" if left else cell.role
        if cell.glyph:
            self._glyph(painter, x, rect.y() + (rect.height() - GLYPH) / 2, cell.glyph, role)
            x, width = x + GLYPH + GAP, width - GLYPH - GAP
        if cell.text and width > 0:
            painter.setPen(self._pen(role))
            side = RIGHT if column.align == "right" else LEFT
            words = self._fitted(cell.text, width, column.elide)
            painter.drawText(x, rect.y(), width, rect.height() - 1, side | SINGLE, words)

    def _glyph(self, painter: QPainter, x: float, y: float, name: str, role: str) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, y)
        path, theme = self._paths[name], self._look.theme
        if name in FILLED:
            # A shape may be brighter than words: it is told apart by its outline.
            bright = f"{role}.shape"
            painter.fillPath(path, theme.colour(bright if bright in theme.hexes else role))
        else:
            painter.strokePath(path, self._thick(role))
        painter.restore()

    def _pen(self, role: str) -> QPen:
        pen = self._pens.get(role)
        if pen is None:
            pen = self._pens[role] = QPen(self._look.theme.colour(role))
        return pen

    def _thick(self, role: str) -> QPen:
        pen = self._pens.get(f"{role}!")
        if pen is None:
            pen = QPen(self._look.theme.colour(role), 1.6)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._pens[f"{role}!"] = pen
        return pen

    def _fitted(self, words: str, width: int, elide: str) -> str:
        key = (words, width, elide)
        fitted = self._elided.get(key)
        if fitted is None:
            if len(self._elided) > ELIDED:
                self._elided.clear()
            fitted = self._measure().elidedText(words, ELIDE[elide], width)
            self._elided[key] = fitted
        return fitted

    def _measure(self) -> QFontMetrics:
        if self._metrics is None:
            self._metrics = self._view.fontMetrics()
        return self._metrics

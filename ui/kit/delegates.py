"""Paints a table's rows straight from their model: shapes, words, what changed, what is chosen.

A row at a time, and not through Qt's delegates: these cost as much again for each cell.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.kit.theme import Look
from ui.models.columns import Cell
from ui.models.table import FADE_MS, RowTable

ROOMY = 30
PAD, GLYPH, GAP = 8, 10, 6
KEPT = 8_192

ELIDE = {
    "right": Qt.TextElideMode.ElideRight,
    "middle": Qt.TextElideMode.ElideMiddle,
    "left": Qt.TextElideMode.ElideLeft,
}

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
    "again": _lines(((1, 9), (1, 3), (9, 3)), ((6, 0), (9, 3), (6, 6))),
    "chevrons": _lines(((1, 5), (5, 1), (9, 5)), ((1, 9.5), (5, 5.5), (9, 9.5))),
    "dash": _lines(((0.5, 8), (9.5, 2))),
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


class Row(NamedTuple):
    """Where a row stands on the screen, and the role of its ground if it is chosen."""

    place: int
    y: int
    ground: str = ""


class Band(NamedTuple):
    """Where a column stands on the screen."""

    column: int
    x: int
    width: int


class RowPainter:
    """Paints rows of a RowTable: each is one band, with no rules between its cells."""

    def __init__(self, look: Look, view: QWidget, height: int = ROOMY) -> None:
        self._look = look
        self._view = view
        self.height = height
        self.hovered = -1
        self._paths = {name: shape(name) for name in SHAPES}
        self._fitted: dict[tuple[str, int, str], tuple[str, int]] = {}
        self._pens: dict[str, QPen] = {}
        self._metrics: QFontMetrics | None = None
        look.changed.connect(self.forget)

    def forget(self) -> None:
        """Work out pens and shortened words afresh: colours or type have changed."""
        self._pens.clear()
        self._fitted.clear()
        self._metrics = None

    def paint(
        self, painter: QPainter, table: RowTable, bands: Sequence[Band], rows: Iterable[Row]
    ) -> None:
        """Paint rows, as far as these bands reach."""
        for row in rows:
            self._ground(painter, row, table.age(row.place))
            left = table.left(row.place)
            for band in bands:
                cell = table.cell(row.place, band.column)
                if cell.text or cell.glyph:
                    column = table.columns[band.column]
                    role = "text.caption" if left else cell.role
                    side = column.elide if column.align == "left" else ""
                    self._cell(painter, band, row.y, cell, role, side)

    def hides(self, cell: Cell, width: int) -> bool:
        """Say whether a cell shows less than there is to say."""
        if not cell.full:
            return False
        room = width - 2 * PAD - (GLYPH + GAP if cell.glyph else 0)
        return cell.full != cell.text or self._measure().horizontalAdvance(cell.text) > room

    def fit(self, words: str, width: int, elide: str) -> tuple[str, int]:
        """Shorten words to a width; give them and how wide they are."""
        key = (words, width, elide)
        fitted = self._fitted.get(key)
        if fitted is None:
            if len(self._fitted) > KEPT:
                self._fitted.clear()
            measure = self._measure()
            short = measure.elidedText(words, ELIDE.get(elide, ELIDE["right"]), width)
            fitted = self._fitted[key] = (short, measure.horizontalAdvance(short))
        return fitted

    def _ground(self, painter: QPainter, row: Row, age: int) -> None:
        theme, width = self._look.theme, self._view.width()
        if row.ground:
            painter.fillRect(0, row.y, width, self.height, theme.colour(row.ground))
        elif row.place == self.hovered:
            painter.fillRect(0, row.y, width, self.height, theme.colour("hover"))
        if age < FADE_MS and not row.ground:
            faded = theme.faded("changed", 1 - age / FADE_MS)
            painter.fillRect(0, row.y, width, self.height, faded)
        line = row.y + self.height - 1
        painter.fillRect(0, line, width, 1, theme.colour("hairline"))

    def _cell(
        self, painter: QPainter, band: Band, y: int, cell: Cell, role: str, elide: str
    ) -> None:
        x, width = band.x + PAD, band.width - 2 * PAD
        if cell.glyph:
            self._glyph(painter, x, y + (self.height - GLYPH) / 2, cell.glyph, role)
            x, width = x + GLYPH + GAP, width - GLYPH - GAP
        if not cell.text or width <= 0:
            return
        words, taken = self.fit(cell.text, width, elide)
        measure = self._measure()
        base = y + (self.height - 1 + measure.ascent() - measure.descent()) // 2
        painter.setPen(self._pen(role))
        painter.drawText(x if elide else x + width - taken, base, words)

    def _glyph(self, painter: QPainter, x: float, y: float, name: str, role: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, y)
        path, theme = self._paths[name], self._look.theme
        if name in FILLED:
            # A shape may be brighter than words: it is told apart by its outline.
            bright = f"{role}.shape"
            painter.fillPath(path, theme.colour(bright if bright in theme.hexes else role))
        else:
            painter.strokePath(path, self._pen(role, 1.6))
        painter.translate(-x, -y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _pen(self, role: str, width: float = 1) -> QPen:
        key = role if width == 1 else f"{role}!"
        pen = self._pens.get(key)
        if pen is None:
            pen = QPen(self._look.theme.colour(role), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._pens[key] = pen
        return pen

    def _measure(self) -> QFontMetrics:
        if self._metrics is None:
            self._metrics = self._view.fontMetrics()
        return self._metrics

"""One tile of a page: a title, a figure, how fresh it is, and what it is held against."""

import logging

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.domain.figure import BROKEN, LOST, Figure
from console.domain.page import Tile
from ui.kit.bodies import BODIES, Body, Draw, Spot
from ui.kit.chart import Chart
from ui.kit.ink import Ink, Type, wrapped
from ui.kit.outfit import Outfit
from ui.kit.plots import Room
from ui.kit.rowbodies import ROW_BODIES
from ui.models.writing import Line, Writing, titled

_log = logging.getLogger(__name__)
NOTES = 2
"""At most so many lines stand under a figure."""
_BODIES = {**BODIES, **ROW_BODIES}


class TileView(QWidget):
    """Shows one figure. ``opened`` says what stands behind the number that was touched."""

    opened = Signal(object, str)

    def __init__(self, tile: Tile, outfit: Outfit, writing: Writing, type_: Type) -> None:
        super().__init__()
        self.tile = tile
        self._outfit = outfit
        self._writing = writing
        self._type = type_
        self.figure = Figure()
        self.lines: tuple[Line, ...] = ()
        self.ink = Ink()
        self.spots: list[Spot] = []
        self._charts: list[Chart] = []
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        outfit.look.changed.connect(self.lay_out)

    @property
    def charts(self) -> list[Chart]:
        return [chart for chart in self._charts if not chart.isHidden()]

    def show_figure(self, figure: Figure, lines: tuple[Line, ...] = ()) -> None:
        """Show a figure; does nothing when it says what is shown already."""
        if not self.ink.marks or (figure, lines) != (self.figure, self.lines):
            self.figure, self.lines = figure, lines
            self.lay_out()

    def lay_out(self) -> None:
        """Put everything in its place: the figure, the size or the language has changed."""
        if self.width() < self._type.body or self.height() < self._type.body:
            return
        try:
            self._lay_out()
        except Exception:  # noqa: BLE001 - whatever it was: logged, and the page stands
            # Shown as broken, and the page stands: a display has nobody to start it again.
            _log.exception("tile %r could not be laid out", self.tile.key)
            self.figure, self.lines = Figure(fresh=BROKEN, why="page.why.broken"), ()
            self.spots = []
            self.ink.clear()
            self._frame()
            self._hide_charts(0)
        self.update()

    def _lay_out(self) -> None:
        self.ink.clear()
        self.spots = [Spot(self.rect(), self.figure.behind, self._name())]
        body = self._frame()
        if self.figure.fresh == BROKEN:
            self._hide_charts(0)
            return
        made = Body(self.tile, self.figure, self.lines, self._writing, self._type, self.ink,
                    self._chart, self.spots)  # fmt: skip
        self._hide_charts(_BODIES[self.tile.draw](made, body))

    def _hide_charts(self, shown: int) -> None:
        for chart in self._charts[shown:]:
            chart.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._outfit.look.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        if self.figure.fresh == LOST:
            pen = QPen(theme.colour("lost"), 1)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self.ink.paint(painter, theme)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        spot = next((s for s in reversed(self.spots) if s.area.contains(at)), None)
        if spot is not None and spot.behind:
            self.opened.emit(spot.behind, spot.name)

    def _name(self) -> str:
        """Say what it is and how much, for whoever looks behind it."""
        tile, figure, writing = self.tile, self.figure, self._writing
        if figure.value is None:
            return titled(tile)
        value = writing.value(tile, figure.value, figure.decimals)
        return f"{titled(tile)} {value} {writing.unit(tile, figure)}".strip()

    # ---- what every tile has

    def _frame(self) -> QRect:
        """Lay out title, standing and notes; give the room between them."""
        type_, pad = self._type, self._type.pad
        width = self.width() - 2 * pad
        standing = self._writing.standing(self.tile, self.figure)
        taken = 0.0
        if standing.word:
            taken = self._sign(standing.word, standing.glyph, standing.role, width)
        self.ink.put(titled(self.tile), pad, pad * 0.7, type_.title, "text.second",
                     width=max(1.0, width - taken - pad))  # fmt: skip
        top = round(pad * 0.7 + type_.line(type_.title))
        notes = wrapped(self._notes(), type_.body, width, NOTES)
        bottom = self.height() - round(pad * 0.7)
        for n, line in enumerate(reversed(notes)):
            role = "fresh.lost" if self.figure.fresh == LOST else "text.caption"
            y = bottom - (n + 1) * type_.line()
            self.ink.put(line, pad, y, type_.body, role, width=width)
        foot = bottom - len(notes) * type_.line()
        return QRect(pad, top, width, max(1, foot - top))

    def _notes(self) -> list[str]:
        writing, tile, figure = self._writing, self.tile, self.figure
        said = writing.notes(tile, figure)
        percentiles = writing.percentiles(tile, figure)
        return [*said[:1], *([percentiles] if percentiles else []), *said[1:]]

    def _sign(self, word: str, glyph: str, role: str, width: float) -> float:
        """Lay out what is wrong at the right of the title; give how wide that is."""
        type_, pad = self._type, self._type.pad
        wide = self.ink.put(word, pad, pad * 0.7, type_.body, role, width=width, align="right")
        size = type_.body * 0.7
        y = pad * 0.7 + (type_.line() - size) / 2
        self.ink.shape(glyph, pad + width - wide - size * 1.4, y, size, role)
        return wide + size * 1.8

    # ---- charts

    def _chart(self, n: int, area: QRect, draw: Draw) -> None:
        while len(self._charts) <= n:
            chart = Chart(self._outfit.look, self._type.body)
            chart.setParent(self)
            self._charts.append(chart)
        chart = self._charts[n]
        chart.setGeometry(area)
        chart.show()
        draw(chart, Room(area.width(), area.height()))

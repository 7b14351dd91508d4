"""The one door to pyqtgraph: a frame of fixed ranges, with lines, bars, bands, levels and cells.

What keeps it cheap: thin pens, no more points than pixels, ranges that are set and not found, no
fill under lines, no grid. What figures are and how they read is the business of ui/kit/plots.py.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import pyqtgraph
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QGraphicsRectItem, QWidget

from ui.kit import fonts
from ui.kit.theme import Look

_pg: Any = pyqtgraph
_pg.setConfigOptions(antialias=False, useOpenGL=False)

Tick = tuple[float, str]
LIVE, STALE, LOST, UNKNOWN = "live", "stale", "lost", "unknown"
"""How fresh what is drawn is."""
FAINT = 0.16
AXIS_GAP = 6
CELL = 0.94
FRAME = 1
"""The library leaves so many pixels free around its drawing."""
WIDER = 25
"""A pen is a pixel wide for so many of the letters' height: as thick to the eye anywhere."""
PER_PIXEL = 2
"""At most so many points of a line are drawn for each pixel across: its least and its greatest."""


@dataclass(frozen=True, slots=True)
class Range:
    """From where to where a chart reaches, and what is written at its edges."""

    x: tuple[float, float]
    y: tuple[float, float]
    x_ticks: Sequence[Tick] = ()
    y_ticks: Sequence[Tick] = ()


class Chart(QWidget):
    """A chart whose parts are made once and given new values: nothing grows, nothing flickers."""

    def __init__(self, look: Look, px: int) -> None:
        super().__init__()
        self._look = look
        self._px = px
        self._wide = max(1, round(px / WIDER))
        self._fresh = LIVE
        self._range: Range | None = None
        self._drawn: list[Callable[[], None]] = []
        self._pools: dict[str, list[Any]] = {}
        self._worn_by: dict[int, Any] = {}
        self._used: dict[str, int] = {}
        self._plot: Any = _pg.PlotWidget(self, background=None)
        self._cross = _Cross(look, self)
        self._prepare()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self._wear)
        self._wear()

    @property
    def fresh(self) -> str:
        return self._fresh

    @property
    def px(self) -> int:
        """Give the size of the words at its edges, in pixels."""
        return self._px

    @property
    def high(self) -> float:
        """Give how far up it reaches, as its values are counted."""
        return self._range.y[1] if self._range else 1.0

    def place(self, x: tuple[float, float], y: tuple[float, float]) -> QRect:
        """Give where a part of its range stands in the widget, in pixels."""
        held = self._range
        assert held is not None  # noqa: S101 - begin comes first
        plot = self._plot.getPlotItem()
        left = plot.getAxis("left").width() + FRAME
        wide = max(1.0, self.width() - left - FRAME)
        high = max(1.0, self.height() - plot.getAxis("bottom").height() - 2 * FRAME)

        def across(value: float) -> float:
            return left + wide * (value - held.x[0]) / (held.x[1] - held.x[0])

        def down(value: float) -> float:
            return FRAME + high * (held.y[1] - value) / (held.y[1] - held.y[0])

        top_left = QPoint(round(across(x[0])), round(down(y[1])))
        return QRect(top_left, QPoint(round(across(x[1])) - 1, round(down(y[0])) - 1))

    def words(self) -> list[str]:
        """Give what is written at its edges."""
        held = self._range
        return [said for _, said in (*held.x_ticks, *held.y_ticks)] if held else []

    def begin(self, fresh: str, room: Range) -> None:
        """Begin a drawing: how fresh it is and how far it reaches. What follows fills it."""
        self._fresh, self._drawn, self._used = fresh, [], {}
        self._cross.setVisible(fresh == LOST)
        if room != self._range:
            self._range = room
            self._fit(room)

    def end(self) -> None:
        """Put away what this drawing did not use."""
        for name, pool in self._pools.items():
            for item in pool[self._used.get(name, 0) :]:
                item.setVisible(False)

    def line(
        self, xs: Sequence[float] | Any, ys: Sequence[float] | Any, role: str = "text.second",
        *, dashed: bool = False,
    ) -> None:  # fmt: skip
        """Draw a line; a gap where a value is not a number."""
        item = self._next("line", lambda: _pg.PlotCurveItem(connect="finite", skipFiniteCheck=True))
        x, y = thinned(numpy.asarray(xs, float), numpy.asarray(ys, float), self.width())
        item.setData(x=x, y=y, connect="finite")
        self._coloured(
            item, (role, dashed), lambda: item.setPen(self._pen(role, dashed=dashed))
        )  # fmt: skip

    def level(self, value: float, role: str = "text.caption", *, upright: bool = False) -> None:
        """Draw a dashed line across: a threshold, a target, a percentile."""
        angle = 90 if upright else 0
        item = self._next(f"level {angle}", lambda: _pg.InfiniteLine(angle=angle, movable=False))
        item.setValue(value)
        self._coloured(item, role, lambda: item.setPen(self._pen(role, dashed=True)))

    def band(self, low: float, high: float, role: str = "text.caption") -> None:
        """Draw a faint band across: what is normal, or where 80 % of all lie."""
        assert self._range is not None  # noqa: S101 - begin comes first
        (left, right), (bottom, top) = self._range.x, self._range.y
        low, high = max(low, bottom), min(high, top)
        item = self._next("band", _rectangle)
        item.setRect(QRectF(left, low, right - left, max(0.0, high - low)))

        def colour() -> None:
            item.setBrush(self._look.theme.faded(self._worn(role), FAINT))

        self._coloured(item, role, colour)

    def bars(
        self, xs: Sequence[float], heights: Sequence[float], roles: Sequence[str], width: float
    ) -> None:
        """Draw upright bars from 0, each in the colour of its role."""
        item = self._next("bars", lambda: _pg.BarGraphItem(x=[0], height=[0], width=1))
        pen = QPen(Qt.PenStyle.NoPen)

        def colour() -> None:
            brushes = [self._look.theme.colour(self._worn(role)) for role in roles]
            item.setOpts(
                x=list(xs), height=list(heights), width=width, brushes=brushes, pens=None, pen=pen
            )

        self._coloured(item, (tuple(xs), tuple(heights), tuple(roles), width), colour)

    def cells(self, parts: Sequence[Sequence[float]], role: str = "text.second") -> None:
        """Draw columns of cells, one unit wide and high; a part (0 to 1) says how much of a role.

        What is not a number is unknown, and left empty.
        """
        known = [
            (x, y, part)
            for x, column in enumerate(parts)
            for y, part in enumerate(column)
            if not math.isnan(part)
        ]
        item = self._next("cells", lambda: _pg.BarGraphItem(x0=[0], y0=[0], width=1, height=1))

        def colour() -> None:
            theme = self._look.theme
            brushes = [theme.between("raised", self._worn(role), part) for _, _, part in known]
            item.setOpts(
                x0=[x + (1 - CELL) / 2 for x, _, _ in known],
                y0=[y + (1 - CELL) / 2 for _, y, _ in known],
                width=CELL, height=CELL, brushes=brushes, pens=None, pen=QPen(Qt.PenStyle.NoPen),
            )  # fmt: skip

        self._coloured(item, (tuple(known), role), colour)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._plot.setGeometry(self.rect())
        self._cross.setGeometry(self.rect())
        if self._range is not None:
            self._fit(self._range)

    # ---- inside

    def _prepare(self) -> None:
        plot = self._plot.getPlotItem()
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.setMouseEnabled(False, False)
        plot.disableAutoRange()
        plot.getViewBox().setDefaultPadding(0)
        plot.setContentsMargins(0, 0, 0, 0)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setStyle(tickLength=0, tickFont=self._font(), tickTextOffset=AXIS_GAP,
                          autoExpandTextSpace=False, autoReduceTextSpace=False,
                          hideOverlappingLabels=False)  # fmt: skip

    def _font(self) -> Any:
        return fonts.font(QApplication.font().family(), self._px)

    def _fit(self, room: Range) -> None:
        plot = self._plot.getPlotItem()
        plot.getViewBox().setRange(xRange=room.x, yRange=room.y, padding=0, disableAutoRange=True)
        left, bottom = plot.getAxis("left"), plot.getAxis("bottom")
        left.setTicks([list(room.y_ticks)])
        bottom.setTicks([list(room.x_ticks)])
        measure = fonts.measure(self._px)
        wide = max((measure.horizontalAdvance(said) for _, said in room.y_ticks), default=0)
        left.setWidth(round(wide + 2 * AXIS_GAP) if room.y_ticks else 1)
        bottom.setHeight(round(measure.height() + AXIS_GAP) if room.x_ticks else 1)

    def _next(self, name: str, make: Callable[[], Any]) -> Any:
        pool = self._pools.setdefault(name, [])
        used = self._used.get(name, 0)
        if used == len(pool):
            item = make()
            self._plot.getPlotItem().getViewBox().addItem(item, ignoreBounds=True)
            pool.append(item)
        self._used[name] = used + 1
        pool[used].setVisible(True)
        return pool[used]

    def _coloured(self, item: Any, said: Any, colour: Callable[[], None]) -> None:
        """Colour an item; not again when it has these colours: each time it is drawn anew."""
        self._drawn.append(colour)
        worn = (said, self._fresh == LIVE, self._look.theme.name)
        if self._worn_by.get(id(item)) != worn:
            self._worn_by[id(item)] = worn
            colour()

    def _worn(self, role: str) -> str:
        """Give the role that something is drawn in: what is not live is dim, whatever it was."""
        return role if self._fresh == LIVE else "text.disabled"

    def _pen(self, role: str, *, dashed: bool = False) -> QPen:
        pen = QPen(self._look.theme.colour(self._worn(role)), self._wide)
        pen.setCosmetic(True)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        return pen

    def _wear(self) -> None:
        theme = self._look.theme
        for side in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(side)
            axis.setPen(_pg.mkPen(theme.colour("line"), width=1))
            axis.setTextPen(_pg.mkPen(theme.colour("text.caption")))
        for colour in self._drawn:
            colour()


def thinned(xs: Any, ys: Any, across: int) -> tuple[Any, Any]:
    """Give the least and the greatest of each stretch of a course that is finer than the screen.

    No peak is lost. What has gaps (not a number) is left as it is.
    """
    count = max(1, across) * PER_PIXEL // 2
    if len(xs) <= 2 * count or numpy.isnan(ys).any():
        return xs, ys
    each = len(xs) // count
    whole = each * count
    parts = ys[:whole].reshape(count, each)
    ends = numpy.sort(numpy.stack((parts.argmin(axis=1), parts.argmax(axis=1)), axis=1), axis=1)
    kept = (ends + (numpy.arange(count) * each)[:, None]).ravel()
    # What is left over at the end is drawn as it is: the newest value is the one that is read.
    kept = numpy.concatenate((kept, numpy.arange(whole, len(xs))))
    return xs[kept], ys[kept]


class _Cross(QWidget):
    """The cross over what a lost source has said last."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        pen = QPen(self._look.theme.colour("lost"), 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        area = self.rect().adjusted(AXIS_GAP, AXIS_GAP, -AXIS_GAP, -AXIS_GAP)
        painter.drawLine(area.topLeft(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.topRight())
        painter.end()


def _rectangle() -> QGraphicsRectItem:
    item = QGraphicsRectItem()
    item.setPen(QPen(Qt.PenStyle.NoPen))
    item.setZValue(-10)
    return item

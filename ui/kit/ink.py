"""Words and shapes for a large display: laid out once, with the size and colours of each, painted.

What is laid out can be asked for, so that a test may hold it to what the farthest viewer can read.
"""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QApplication

from console.domain.display import Display
from ui.kit import fonts
from ui.kit.delegates import FILLED, shape
from ui.kit.theme import Theme

LINE = 1.36
"""The height of a line of words, in ems."""
SHAPE = 10.0


@dataclass(frozen=True, slots=True)
class Type:
    """The sizes of a display in its own pixels; ``body`` is the least that can be read."""

    body: int
    title: int
    head: int
    pad: int
    gap: int

    @classmethod
    def of(cls, display: Display, ratio: float = 1.0) -> "Type":
        """Work the sizes out for a display, of whose pixels ``ratio`` make one of the window's."""
        body = fonts.size_for(display.latin_px / ratio, display.han_px / ratio)
        return cls(body, round(body * 1.1), round(body * 1.3), round(body * 0.6), round(body * 0.4))

    def line(self, px: int = 0) -> int:
        return round((px or self.body) * LINE)


class Mark(NamedTuple):
    """Words at a place: in which size, in the colour of which role, on the ground of which."""

    words: str
    x: float
    y: float
    px: int
    role: str
    ground: str
    bold: bool = False
    struck: bool = False
    width: float = 0.0


class Sign(NamedTuple):
    """A shape at a place, or (``name`` empty) a filled rectangle."""

    name: str
    x: float
    y: float
    width: float
    height: float
    role: str


class Ink:
    """What a tile shows, laid out."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.signs: list[Sign] = []
        self._fonts: dict[tuple[int, bool, bool], QFont] = {}

    def clear(self) -> None:
        self.marks.clear()
        self.signs.clear()

    def put(
        self, words: str, x: float, y: float, px: int, role: str = "text", *,
        width: float = 0.0, align: str = "left", bold: bool = False, struck: bool = False,
        ground: str = "panel",
    ) -> float:  # fmt: skip
        """Lay words out from their top left, shortened to a width; give how wide they are."""
        measure = fonts.measure(px, bold=bold)
        if width and measure.horizontalAdvance(words) > width:
            words = measure.elidedText(words, Qt.TextElideMode.ElideRight, width)
        wide = measure.horizontalAdvance(words)
        left = {"right": x + width - wide, "centre": x + (width - wide) / 2}.get(align, x)
        base = y + (px * LINE - measure.ascent() - measure.descent()) / 2 + measure.ascent()
        if words:
            self.marks.append(Mark(words, left, base, px, role, ground, bold, struck, wide))
        return wide

    def shape(self, name: str, x: float, y: float, size: float, role: str) -> None:
        """Lay a shape out in a square."""
        self.signs.append(Sign(name, x, y, size, size, role))

    def fill(self, x: float, y: float, width: float, height: float, role: str) -> None:
        """Lay a rectangle out."""
        self.signs.append(Sign("", x, y, width, height, role))

    def paint(self, painter: QPainter, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for sign in self.signs:
            if sign.name:
                self._paint_shape(painter, theme, sign)
            else:
                area = QRectF(sign.x, sign.y, sign.width, sign.height)
                painter.fillRect(area, theme.colour(sign.role))
        for mark in self.marks:
            painter.setFont(self._font(mark))
            painter.setPen(theme.colour(mark.role))
            painter.drawText(QPointF(mark.x, mark.y), mark.words)

    def _paint_shape(self, painter: QPainter, theme: Theme, sign: Sign) -> None:
        painter.save()
        painter.translate(sign.x, sign.y)
        painter.scale(sign.width / SHAPE, sign.height / SHAPE)
        if sign.name in FILLED:
            painter.fillPath(shape(sign.name), theme.colour(sign.role))
        else:
            painter.strokePath(shape(sign.name), QPen(theme.colour(sign.role), 1.6))
        painter.restore()

    def _font(self, mark: Mark) -> QFont:
        key = (mark.px, mark.bold, mark.struck)
        if key not in self._fonts:
            face = fonts.font(QApplication.font().family(), mark.px)
            face.setBold(mark.bold)
            face.setStrikeOut(mark.struck)
            self._fonts[key] = face
        return self._fonts[key]


def wrapped(parts: list[str], px: int, width: float, most: int, between: str = "  ") -> list[str]:
    """Put short phrases into lines of a width, whole ones; at most so many lines."""
    measure = fonts.measure(px)
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{between}{part}" if lines else part
        if lines and measure.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(part)
    return lines


def fitting(words: str, width: float, least: int, most: int, *, bold: bool = True) -> int:
    """Give the greatest size at which words fit into a width, between two sizes."""
    wide = fonts.measure(100, bold=bold).horizontalAdvance(words) / 100
    return max(least, min(most, int(width / wide) if wide else most))

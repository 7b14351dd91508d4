"""The symbols of a map: severities by shape and colour, clusters by count, units by heading."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from ui.kit import fonts
from ui.kit.delegates import FILLED, shape
from ui.kit.theme import Theme
from ui.models.mapmarks import BADGES, Symbol

ARROW = ((0.0, -10.0), (7.0, 8.0), (0.0, 4.5), (-7.0, 8.0))
UNIT = 26.0
GRADED, CORNER = "severity.", 6.0
CORNERS = {
    "waiting": ((0, 4, 0, -4), (0, -4, -3, -1), (0, -4, 3, -1)),
    "refused": ((-3, -3, 3, 3), (-3, 3, 3, -3)),
}
"""Strokes at the corner of a symbol: an arrow that has yet to go, a cross."""


class Symbols:
    """Draws symbols and keeps them; pictures that any thread may use."""

    def __init__(self, family: str) -> None:
        self._family = family
        self._kept: dict[tuple[object, ...], QImage] = {}

    def mark(self, theme: Theme, symbol: Symbol, ratio: float) -> QImage:
        """Give a point's symbol, with a rim in the colour of the ground."""
        key = ("mark", symbol, ratio, theme.name)
        if key not in self._kept:
            self._kept[key] = _mark(theme, symbol, ratio)
        return self._kept[key]

    def badge(self, theme: Theme, badge: int, size: float, ratio: float) -> QImage:
        """Give what lies round a symbol of a size: a ring for what is new or overdue, a dot."""
        key = ("badge", badge, size, ratio, theme.name)
        if key not in self._kept:
            self._kept[key] = _badge(theme, badge, size, ratio)
        return self._kept[key]

    def cluster(self, theme: Theme, symbol: Symbol, count: int, ratio: float) -> QImage:
        """Give a cluster's symbol: how many, ringed in the colour of the gravest.

        What has no level (cameras, a scene's places) has corners, and is not taken for incidents.
        """
        key = ("cluster", symbol.role, counted(count), ratio, theme.name)
        if key not in self._kept:
            self._kept[key] = self._cluster(theme, symbol, count, ratio)
        return self._kept[key]

    def unit(self, theme: Theme, role: str, ratio: float, *, heading: bool) -> QImage:
        """Give a unit's symbol: an arrow to the north, or a square when it looks nowhere."""
        key = ("unit", role, heading, ratio, theme.name)
        if key not in self._kept:
            self._kept[key] = _unit(theme, role, ratio, heading)
        return self._kept[key]

    def _cluster(self, theme: Theme, symbol: Symbol, count: int, ratio: float) -> QImage:
        words = counted(count)
        font = fonts.font(self._family, 12 if count < 1_000 else 11)
        font.setBold(True)
        wide = max(26.0, QFontMetricsF(font).horizontalAdvance(words) + 16)
        image = _blank(wide + 4, wide + 4, ratio)
        painter = _painter(image)
        box = QRectF(2, 2, wide, wide)
        painter.setPen(QPen(theme.colour(symbol.role), 2.4))
        painter.setBrush(theme.faded("map.halo", 0.88))
        round_ = wide / 2 if symbol.role.startswith(GRADED) else CORNER
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), round_, round_)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.end()
        return image


def counted(count: int) -> str:
    """Give a count in few letters: 1.2k."""
    if count < 1_000:
        return str(count)
    return f"{count / 1_000:.1f}k" if count < 10_000 else f"{count // 1_000}k"


def _mark(theme: Theme, symbol: Symbol, ratio: float) -> QImage:
    side = symbol.size + 8
    image = _blank(side, side, ratio)
    painter = _painter(image)
    painter.translate(4, 4)
    painter.scale(symbol.size / 10, symbol.size / 10)
    path = shape(symbol.shape)
    rim = QPen(theme.colour("map.halo"), 3.2)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, rim)
    if symbol.shape in FILLED:
        painter.fillPath(path, theme.colour(symbol.role))
    else:
        painter.strokePath(path, QPen(theme.colour(symbol.role), 1.9))
    painter.end()
    return image


def _badge(theme: Theme, badge: int, size: float, ratio: float) -> QImage:
    name, role = BADGES[badge]
    side = size + 18
    image = _blank(side, side, ratio)
    painter = _painter(image)
    at = side / 2 + size * 0.42
    if name == "handled":
        painter.setPen(QPen(theme.colour("map.halo"), 1.6))
        painter.setBrush(theme.colour(role))
        painter.drawEllipse(QPointF(at, at), 3.6, 3.6)
    elif name in CORNERS:
        for colour, wide in (("map.halo", 5.0), (role, 2.4)):
            painter.setPen(QPen(theme.colour(colour), wide))
            for x1, y1, x2, y2 in CORNERS[name]:
                painter.drawLine(QPointF(at + x1, at + y1), QPointF(at + x2, at + y2))
    else:
        reach = size / 2 + 5
        for colour, wide in (("map.halo", 4.0), (role, 2.0)):
            pen = QPen(theme.colour(colour), wide)
            if name == "overdue" and colour == role:
                pen.setDashPattern([2.2, 1.4])
            painter.setPen(pen)
            painter.drawEllipse(QPointF(side / 2, side / 2), reach, reach)
    painter.end()
    return image


def _unit(theme: Theme, role: str, ratio: float, heading: bool) -> QImage:
    image = _blank(UNIT, UNIT, ratio)
    painter = _painter(image)
    painter.translate(UNIT / 2, UNIT / 2)
    rim = QPen(theme.colour("map.halo"), 2)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(rim)
    painter.setBrush(theme.colour(role))
    if heading:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in ARROW]))
    else:
        painter.drawRoundedRect(QRectF(QPointF(-6, -6), QSizeF(12, 12)), 3, 3)
    painter.end()
    return image


def _blank(wide: float, high: float, ratio: float) -> QImage:
    image = QImage(
        round(wide * ratio), round(high * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _painter(image: QImage) -> QPainter:
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter

"""The shapes of severities and marks as pictures, for labels and lists."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPen, QPixmap

from ui.kit.delegates import FILLED, GLYPH, shape
from ui.kit.theme import Look


def shape_pixmap(look: Look, name: str, role: str) -> QPixmap:
    """Paint a shape in the colour of a role; no shape gives an empty picture of its size."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    room = GLYPH + 2
    picture = QPixmap(QSize(room, room) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    if name:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(1, 1)
        if name in FILLED:
            painter.fillPath(shape(name), look.theme.colour(role))
        else:
            painter.strokePath(shape(name), QPen(look.theme.colour(role), 1.6))
        painter.end()
    return picture

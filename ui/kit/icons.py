"""Drawings of one line weight, coloured when they are used."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from console.base import resources
from ui.kit.theme import Look

SMALL, LARGE = 16, 20
INK = "currentColor"

# What a drawing's colour becomes when it cannot be used, is chosen, or is under the pointer.
MODES = (
    (QIcon.Mode.Disabled, "text.disabled"),
    (QIcon.Mode.Selected, "text"),
    (QIcon.Mode.Active, "text"),
)


def names() -> list[str]:
    """Name every drawing there is."""
    return [Path(file).stem for file in resources.names("icons", ".svg")]


def draw(name: str, colour: str) -> str:
    """Give a drawing (its SVG) in a colour."""
    return resources.path(f"icons/{name}.svg").read_text("utf-8").replace(INK, colour)


def pixmap(name: str, colour: str, size: int = SMALL) -> QPixmap:
    """Paint a drawing in a colour, sharp on the screens of this seat."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer = QSvgRenderer(QByteArray(draw(name, colour).encode()))
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


class Icons:
    """Icons in the colours worn now. Whoever keeps one asks again when the look changes."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._made: dict[tuple[str, str], QIcon] = {}
        look.changed.connect(self._made.clear)

    def icon(self, name: str, role: str = "text.second") -> QIcon:
        """Give a drawing as an icon, its plain colour that of a role."""
        found = self._made.get((name, role))
        if found is None:
            found = self._made[name, role] = self._make(name, role)
        return found

    def pixmap(self, name: str, role: str = "text.second", size: int = SMALL) -> QPixmap:
        return pixmap(name, self._look.theme.css(role), size)

    def _make(self, name: str, role: str) -> QIcon:
        icon = QIcon()
        for size in (SMALL, LARGE):
            icon.addPixmap(self.pixmap(name, role, size))
            for mode, colour in MODES:
                icon.addPixmap(self.pixmap(name, colour, size), mode)
        return icon

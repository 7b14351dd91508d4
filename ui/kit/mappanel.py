"""A small panel that floats over the map, along its right edge."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.kit.parts import label

MARGIN, WIDTH = 12, 328


class MapPanel(QFrame):
    """Stands in a corner of the canvas; as high as it needs, and never higher than the canvas."""

    def __init__(self, over: QWidget, *, low: bool = False) -> None:
        super().__init__(over)
        self._over = over
        self._low = low
        self.setProperty("surface", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("title")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(MARGIN, 10, MARGIN, 10)
        self.body.setSpacing(4)
        self.body.addWidget(self.title)

    def place(self) -> None:
        """Stand where there is room."""
        room = self._over.height() - 2 * MARGIN
        high = min(self.sizeHint().height(), room)
        wide = min(WIDTH, self._over.width() - 2 * MARGIN)
        top = self._over.height() - high - MARGIN if self._low else MARGIN
        self.setGeometry(self._over.width() - wide - MARGIN, top, wide, high)
        self.raise_()

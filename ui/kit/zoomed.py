"""Shows a view that was made for a desk as large as a display's viewers need it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

DESK_PX = 13
"""The size of the words of a desk."""


class Zoomed(QGraphicsView):
    """Holds one view, so many times as large; it fills the room, with less in it."""

    def __init__(self, view: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        scene = QGraphicsScene(self)
        self._proxy = scene.addWidget(view)
        self._times = 1.0
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self, body: int) -> None:
        """Show the words of a desk as high as ``body`` pixels; never smaller than on a desk."""
        self._times = max(1.0, body / DESK_PX)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        room = QRectF(0, 0, self.width() / self._times, self.height() / self._times)
        self.resetTransform()
        self.scale(self._times, self._times)
        self._proxy.setGeometry(room)
        self.setSceneRect(room)

"""Lets cameras and incidents be taken off the map by the hand, to a tile of the wall.

A press on one of them begins no panning: let go at once it chooses, moved away it carries.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication

from ui.kit.mapcanvas import MapCanvas
from ui.kit.mappick import Found
from ui.kit.mapwords import haloed
from ui.kit.tiles import MIME, MIME_INCIDENT

CARRIED = {"camera": MIME, "incident": MIME_INCIDENT}
LEFT = Qt.MouseButton.LeftButton


class MapCarried(QObject):
    """Watches a canvas; ``carry`` lets the hand have what is dragged."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._held: tuple[QPointF, Found] | None = None
        self.carry: Callable[[QMimeData, str], None] = self._carry
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the presses that are on something that can be carried; leave all others."""
        del watched
        if not isinstance(event, QMouseEvent):
            return False
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._press(event)
            case QEvent.Type.MouseMove if self._held is not None:
                return self._move(event)
            case QEvent.Type.MouseButtonRelease if self._held is not None:
                return self._release()
            case _:
                return False

    def _press(self, event: QMouseEvent) -> bool:
        canvas, at = self._canvas, event.position()
        self._held = None
        idle = event.button() == LEFT and canvas.tool.name == "pan"
        if not idle or canvas.cluster_at(at) is not None:
            return False
        found = canvas.under(at)
        if found[0] not in CARRIED:
            return False
        self._held = at, found
        return True

    def _move(self, event: QMouseEvent) -> bool:
        if self._held is None:
            return False
        at, (kind, id, said) = self._held  # noqa: A001
        if (event.position() - at).manhattanLength() >= QApplication.startDragDistance():
            self._held = None
            data = QMimeData()
            data.setData(CARRIED[kind], id.encode())
            self.carry(data, said)
        return True

    def _release(self) -> bool:
        """Choose what was pressed and not carried."""
        if self._held is not None:
            _, (kind, id, _) = self._held  # noqa: A001
            self._held = None
            self._canvas.picked.emit(kind, id)
        return True

    def _carry(self, data: QMimeData, said: str) -> None:
        drag = QDrag(self._canvas)
        drag.setMimeData(data)
        drag.setPixmap(self._picture(said))
        # Qt knows no other way to drag; what is on the screen goes on being painted meanwhile.
        drag.exec(Qt.DropAction.CopyAction)

    def _picture(self, said: str) -> QPixmap:
        """Give what the hand is seen to carry: its name."""
        view = self._canvas.view()
        image = haloed(view.theme, said or "·", self._canvas.font(), "text", view.ratio)
        image.setDevicePixelRatio(view.ratio)
        return QPixmap.fromImage(image)

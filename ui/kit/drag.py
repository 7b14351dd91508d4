"""Lets a widget be taken by the hand: what it stands for can be let go over a tile of the wall."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class Carried(QObject):
    """``said`` gives what a widget stands for, "" when it stands for nothing now."""

    def __init__(self, widget: QWidget, mime: str, said: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._mime = mime
        self._said = said
        self._began: QPoint | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the pointer go down and away; the widget's own work is left to it."""
        del watched
        if isinstance(event, QMouseEvent):
            at = event.position().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress:
                self._began = at if event.button() == Qt.MouseButton.LeftButton else None
            elif event.type() == QEvent.Type.MouseMove and self._far(at):
                self._began = None
                self._carry()
        return False

    def data(self) -> QMimeData | None:
        """Give what is carried; None for nothing."""
        said = self._said()
        if not said:
            return None
        made = QMimeData()
        made.setData(self._mime, said.encode())
        return made

    def _far(self, at: QPoint) -> bool:
        began = self._began
        return began is not None and (
            (at - began).manhattanLength() >= QApplication.startDragDistance()
        )

    def _carry(self) -> None:
        data = self.data()
        if data is not None:
            drag = QDrag(self._widget)
            drag.setMimeData(data)
            # Qt knows no other way to drag; what is on the screen goes on being painted meanwhile.
            drag.exec(Qt.DropAction.CopyAction)

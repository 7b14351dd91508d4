"""The load of the seat in the top bar: its alarms, what is held back, which limits will break."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel

from console.base.text import text
from ui.kit.outfit import Outfit
from ui.kit.parts import tone
from ui.models.load import LoadModel


class LoadView(QLabel):
    """Says the load; a click opens the queue that it counts, where nothing is ever hidden."""

    asked = Signal(str)

    def __init__(self, model: LoadModel, outfit: Outfit, queue: str) -> None:
        super().__init__()
        self._model = model
        self._line = f"queue.open {queue}"
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        model.changed.connect(self.retranslate)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(self._model.words())
        self.setToolTip(self._model.why())
        self.setAccessibleName(text("load.name"))
        tone(self, self._model.facts.role)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.asked.emit(self._line)

"""Where words may mean: a short list over the map, when it is not certain which place was meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from console.base.text import text
from ui.kit.mapoverlay import distance
from ui.kit.mappanel import MapPanel
from ui.kit.outfit import Outfit

ROLE = int(Qt.ItemDataRole.UserRole)
OFF_M = 30.0
"""A place that may be farther off than this says so."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that may be meant (CGCS2000 degrees); ``off_m``: how far it may be off."""

    name: str
    lon: float
    lat: float
    off_m: float = 0.0

    @property
    def said(self) -> str:
        """Give its name, and how sure it is where."""
        if self.off_m <= OFF_M:
            return self.name
        return text("map.about", name=self.name, far=distance(self.off_m))


class FoundPanel(MapPanel):
    """Enter or a double click goes there; the likeliest is first and chosen already."""

    chosen = Signal(object)

    def __init__(self, outfit: Outfit, over: QWidget) -> None:
        super().__init__(over)
        self._list = QListWidget()
        self._list.setMinimumHeight(150)
        self._close = QPushButton()
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._close)
        self._list.itemActivated.connect(self._take)
        self._close.clicked.connect(self.hide)
        outfit.look.changed.connect(self.retranslate)
        self.hide()
        self.retranslate()

    def show_spots(self, words: str, spots: Sequence[Spot]) -> None:
        """List places, the likeliest first."""
        self.title.setText(text("map.which", words=words))
        self._list.clear()
        for spot in spots:
            item = QListWidgetItem(spot.said)
            item.setData(ROLE, spot)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self.show()
        self.place()
        self._list.setFocus()

    def retranslate(self) -> None:
        self._close.setText(text("map.close"))

    def _take(self, item: QListWidgetItem) -> None:
        self.hide()
        self.chosen.emit(item.data(ROLE))

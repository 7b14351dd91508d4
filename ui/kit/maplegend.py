"""The legend: every layer with its symbol and count, to be shown, hidden and put in order."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from console.base.text import text
from ui.kit.mappanel import MapPanel
from ui.kit.outfit import Outfit
from ui.kit.parts import label
from ui.kit.shapes import shape_pixmap
from ui.models.map import MapModel
from ui.models.mapmarks import BADGES
from ui.models.mapsheet import Layer, name_of

KEYS = {"handled": "disc", "waiting": "arrow", "refused": "cross"}
"""With which shape the legend says a badge; others are rings."""


class LegendPanel(MapPanel):
    """One line a layer, the topmost first."""

    def __init__(self, model: MapModel, outfit: Outfit, over: QWidget) -> None:
        super().__init__(over)
        self._model = model
        self._outfit = outfit
        self._counts: dict[str, QLabel] = {}
        self._rows: list[QWidget] = []
        self._placed: set[str] = set()
        model.turned.connect(self._fill)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(text("map.layers"))
        self._fill()

    def count(self, counts: Mapping[str, int], fewer: Mapping[str, int]) -> None:
        """Write how many each layer holds; of ``fewer`` only so many are shown."""
        for name, shown in self._counts.items():
            whole = f"{counts[name]:,}" if name in counts else ""
            if name in counts and not counts[name] and name in self._placed:
                whole = text("map.no_data")
            shown.setText(f"{fewer[name]:,} / {whole}" if name in fewer else whole)

    def _fill(self) -> None:
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self._rows, self._counts = [], {}
        layers = {layer.id: layer for layer in self._model.layers}
        self._placed = {layer.id for layer in self._model.layers if layer.place or layer.shape}
        for name in reversed(self._model.seen.order):
            row = self._row(layers[name])
            self._rows.append(row)
            self.body.addWidget(row)
        self._rows.append(self._keys())
        self.body.addWidget(self._rows[-1])
        if self.isVisible():
            for row in self._rows:
                row.show()  # what is not shown yet takes no room
            self.place()

    def _keys(self) -> QWidget:
        """Say what the rings and dots beside symbols mean, two in a line."""
        keys = QWidget()
        grid = QGridLayout(keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for n, (name, role) in enumerate(BADGES[1:]):
            grid.addWidget(self._key(name, role), n // 2, n % 2)
        return keys

    def _key(self, name: str, role: str) -> QWidget:
        """Say what a ring or dot beside a symbol means."""
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        mark, words = QLabel(), label("caption")
        mark.setPixmap(shape_pixmap(self._outfit.look, KEYS.get(name, "ring"), role))
        words.setText(text(f"map.badge.{name}"))
        line.addWidget(mark)
        line.addWidget(words, 1)
        return row

    def _row(self, layer: Layer) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        box = QCheckBox(name_of(layer.id))
        box.setChecked(layer.id in self._model.seen.shown)
        box.clicked.connect(lambda: self._model.turn(layer.id))
        line.addWidget(box, 1)
        for shape, role, _ in list(layer.symbol.values())[:5]:
            mark = QLabel()
            mark.setPixmap(shape_pixmap(self._outfit.look, shape, role))
            line.addWidget(mark)
        count = label("caption")
        count.setMinimumWidth(44)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._counts[layer.id] = count
        line.addWidget(count)
        up = QToolButton()
        up.setIcon(self._outfit.icons.icon("chevron-up", "text.caption"))
        up.setToolTip(text("map.lift"))
        up.clicked.connect(lambda: self._model.lift(layer.id, 1))
        line.addWidget(up)
        return row

"""What is inside a drawn area, by kind, and what can be done with it: each act as a line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from console.base.text import text
from console.domain.words import quoted
from ui.kit.mappanel import MapPanel
from ui.kit.outfit import Outfit
from ui.kit.parts import label

MOST = 200
ROLE = int(Qt.ItemDataRole.UserRole)
ORDER = ("incident", "unit", "camera", "place")
Found = tuple[str, str, str]


class InsidePanel(MapPanel):
    """Enter or a double click acts on one; the buttons act on all of a kind."""

    asked = Signal(str)
    selected = Signal(str, str)

    def __init__(self, outfit: Outfit, over: QWidget) -> None:
        super().__init__(over, low=True)
        self._found: Sequence[Found] = ()
        self._incident = ""
        self._list = QListWidget()
        self._list.setMinimumHeight(170)
        self._more = label("caption")
        self._send, self._close = QPushButton(), QPushButton()
        self.body.addWidget(self._list, 1)
        for each in (self._more, self._send, self._close):
            self.body.addWidget(each)
        self._list.itemActivated.connect(self._act)
        self._list.currentItemChanged.connect(self._choose)
        self._send.clicked.connect(self._send_all)
        self._close.clicked.connect(self.hide)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def show_found(self, found: Sequence[Found], chosen: tuple[str, str]) -> None:
        """Show what was found; ``chosen``: the record that all of it may be sent to."""
        self._found = sorted(found, key=lambda f: (ORDER.index(f[0]), f[2]))
        self._incident = chosen[1] if chosen[0] == "incident" else ""
        self._list.clear()
        for kind, each, name in self._found[:MOST]:
            item = QListWidgetItem(f"{text(f'map.kind.{kind}')}  {name or each}")
            item.setData(ROLE, (kind, each, name))
            self._list.addItem(item)
        self.retranslate()
        self.show()
        self.place()
        self._list.setFocus()

    def retranslate(self) -> None:
        counts = [(k, sum(f[0] == k for f in self._found)) for k in ORDER]
        said = [f"{text(f'map.kind.{k}')} {n}" for k, n in counts if n]
        self.title.setText(text("map.inside", what=" · ".join(said) or text("map.nothing")))
        left = len(self._found) - MOST
        self._more.setText(text("map.more", n=left) if left > 0 else "")
        self._more.setVisible(left > 0)
        units = sum(f[0] == "unit" for f in self._found)
        self._send.setText(text("map.send", n=units))
        self._send.setVisible(bool(units and self._incident))
        self._close.setText(text("map.close"))

    def _choose(self, item: QListWidgetItem | None) -> None:
        kind, found, _ = item.data(ROLE) if item is not None else ("", "", "")
        if kind in ("incident", "unit", "camera"):
            self.selected.emit(kind, found)

    def _act(self, item: QListWidgetItem) -> None:
        kind, found, name = item.data(ROLE)
        if kind == "incident":
            self.asked.emit(f"card.open {found}")
        elif kind == "unit" and self._incident:
            self.asked.emit(f"line.focus incident.send {self._incident} {quoted(name)}")

    def _send_all(self) -> None:
        """Send every unit that is inside to the chosen incident: a line for each."""
        for kind, _, name in self._found:
            if kind == "unit":
                self.asked.emit(f"incident.send {self._incident} {quoted(name)}")

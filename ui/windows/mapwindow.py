"""The map in a window of its own: `python -m ui --window map`, for a second screen or a wall."""

from PySide6.QtCore import QPoint, Qt

from ui.kit.notices import LEAST
from ui.windows.panels import BOTTOM, LEFT, RIGHT, middle
from ui.windows.workstation import Workstation

CARD, FOOT = 420, 240


class MapWindow(Workstation):
    """The workstation turned round: the map in the middle, the queue below when it is asked for."""

    kind = "layout.map"

    def place_panels(self) -> None:
        """Put the map in the middle and the card beside it; the rest comes when it is asked for."""
        panels = self.panels
        docks = panels.docks
        self.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        docks["map"].setWidget(middle(panels))
        self.setCentralWidget(panels.map)
        panels.map.show()
        panels.queue.show()
        self.addDockWidget(LEFT, docks["queues"])
        self.addDockWidget(RIGHT, docks["card"])
        for name in ("map", "units", "outbox", "notices", "plans"):
            self.addDockWidget(BOTTOM, docks[name])
        for name in ("queues", "map", "units", "outbox", "notices", "plans"):
            docks[name].close()

    def _free_strip(self) -> tuple[int, int]:
        left, right = self.panels.map.free_strip()
        if right - left < LEAST:  # rather over the words for a while than over the tools
            left = self.panels.map.mapToGlobal(QPoint(0, 0)).x()
        home = self.mapToGlobal(QPoint(0, 0)).x()
        return left - home, right - home

    def size_panels(self) -> None:
        docks = self.panels.docks
        self.resizeDocks([docks["card"]], [CARD], Qt.Orientation.Horizontal)
        self.resizeDocks([docks["map"]], [FOOT], Qt.Orientation.Vertical)

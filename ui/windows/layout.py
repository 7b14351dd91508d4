"""Where the panels of a seat stand: kept under the seat's name, put back at the start."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QDockWidget, QMainWindow

from console.app import Core

VERSION = 2
"""One more when panels come or go: an arrangement of another version is not put back."""


class Layout:
    """Saves and restores the panels of a window."""

    def __init__(self, core: Core, window: QMainWindow, kind: str = "layout") -> None:
        self._core = core
        self._kind = kind
        self._window = window
        self._usual = window.saveState(VERSION)

    def note_usual(self) -> None:
        """Take what stands now as what ``reset`` goes back to."""
        self._usual = self._window.saveState(VERSION)

    def save(self, name: str = "") -> None:
        state = self._window.saveState(VERSION)
        self._core.keep(self._key(name), bytes(state.data()))

    def restore(self, name: str = "") -> bool:
        """Put the panels where they were; say whether an arrangement was kept."""
        kept = self._core.kept(self._key(name))
        return kept is not None and self._window.restoreState(QByteArray(kept), VERSION)

    def reset(self) -> None:
        """Put every panel where it usually stands."""
        self._core.drop(self._key(""))
        self._window.restoreState(self._usual, VERSION)
        for dock in self._window.findChildren(QDockWidget):
            dock.setFloating(False)
            dock.show()

    def _key(self, name: str) -> str:
        seat = self._core.seat or "-"
        return f"{self._kind}/{seat}/{name}" if name else f"{self._kind}/{seat}"

"""Keeps a window over its whole screen while screens come and go: nobody is there to do it."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

SETTLE_MS = 1_000
"""A display that is switched on goes through several sizes: the last one counts."""


class Kiosk(QObject):
    """Puts a window on the screen it began on; while that is away, on the first there is."""

    def __init__(self, window: QWidget, app: QGuiApplication) -> None:
        super().__init__(window)
        self._window = window
        self._app = app
        self._home = window.screen().name()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.put)
        for changed in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            changed.connect(self._soon)
        self.put()

    def _soon(self, _screen: QScreen) -> None:
        self._settle.start()

    def put(self) -> None:
        """Cover the whole of the screen that is to be covered."""
        screen = self._screen()
        if screen is not None:
            self._window.setScreen(screen)
            self._window.setGeometry(screen.geometry())
        self._window.showFullScreen()

    def _screen(self) -> QScreen | None:
        found = [each for each in self._app.screens() if each.name() == self._home]
        return found[0] if found else self._app.primaryScreen()

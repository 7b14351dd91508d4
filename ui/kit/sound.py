"""Short sounds for what arrives, through the system's own player: no wait, no fuss on failure."""

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication

from console.base import resources

PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
NAMES = ("arrival", "severe", "overdue")


def place(name: str) -> Path:
    """Give the file of a sound."""
    return resources.path(f"sounds/{name}.wav")


def player() -> tuple[str, ...]:
    """Find the system's player; none on Windows (it plays by itself) and on bare machines."""
    for program, *options in PLAYERS:
        found = shutil.which(program)
        if found is not None:
            return (found, *options)
    return ()


class Sounds(QObject):
    """Plays sounds unless a person has turned them off."""

    def __init__(self, parent: QObject | None = None, on: bool = True) -> None:
        super().__init__(parent)
        self.on = on
        self.played: list[str] = []
        self._player = player()
        self._running: QProcess | None = None

    def play(self, name: str) -> None:
        """Play a sound; one that comes while another is heard is left out."""
        if not self.on:
            return
        self.played = [*self.played[-9:], name]
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 - Windows alone has it

            winsound.PlaySound(str(place(name)), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif not self._player:
            QApplication.beep()
        elif self._running is None:
            self._start(name)

    def close(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.waitForFinished(500)

    def _start(self, name: str) -> None:
        process = self._running = QProcess(self)
        process.finished.connect(self._ended)
        # A machine without a sound card: the player says so and ends; the work goes on.
        process.errorOccurred.connect(self._ended)
        process.start(self._player[0], [*self._player[1:], str(place(name))])

    def _ended(self) -> None:
        if self._running is not None:
            self._running.deleteLater()
            self._running = None

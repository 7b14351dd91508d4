"""What every window of a seat is to the frame that shows it, whatever it is for."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow

from console.app import Core
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.sound import Sounds
from ui.models.news import News


@dataclass(frozen=True, slots=True)
class Options:
    """How a display was asked to begin: page, alone on its screen, profile, layout of a wall."""

    page: str = ""
    kiosk: bool = False
    profile: Path | None = None
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a window is built from."""

    core: Core
    outfit: Outfit
    news: News
    notices: Notices
    sounds: Sounds
    options: Options = Options()


class Station(QMainWindow):
    """A window of a seat. The frame shows it while somebody sits here and nobody has locked it.

    ``arrived`` says how many incidents have come, ``counted`` the count of each queue.
    """

    lock_asked = Signal()
    leave_asked = Signal()
    close_asked = Signal()
    arrived = Signal(int)
    counted = Signal(object)

    def begin(self) -> None:
        """Begin to follow the news: somebody sits here now."""
        raise NotImplementedError

    def end(self) -> None:
        """Ask nothing more of the core."""
        raise NotImplementedError

    def run(self, line: str) -> None:
        """Run a line of the command language."""
        raise NotImplementedError

    def save(self) -> None:
        """Keep how the window is arranged."""

    def unselect(self) -> None:
        """Let go of what is selected: somebody leaves."""

    def take_focus(self) -> None:
        """Put the focus where the hands begin."""

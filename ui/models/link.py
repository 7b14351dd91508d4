"""How it stands with the centre, as the lamp says it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.app import Core, LinkState
from console.base.text import text

SECOND_MS = 1_000
ROLES = {
    "up": ("line-up", "text.second"),
    "probing": ("line-down", "warning"),
    "down": ("line-down", "lost"),
    "never": ("line-down", "lost"),
    "signed_out": ("sign-out", "warning"),
}


@dataclass(frozen=True, slots=True)
class Lamp:
    """What the lamp shows: a drawing, its colour, words, and the same in full."""

    glyph: str
    role: str
    words: str
    full: str


def lamp(link: LinkState, zone: ZoneInfo) -> Lamp:
    """Say how it stands: on line, or as of when the data is true."""
    glyph, role = ROLES[link.state]
    as_of = clock_words(link.as_of, zone)
    words = text(f"link.{link.state}", as_of=as_of)
    since = clock_words(link.since, zone)
    return Lamp(glyph, role, words, text(f"link.full.{link.state}", as_of=as_of, since=since))


def clock_words(at: int, zone: ZoneInfo) -> str:
    """Write a time of day; a dash when it is not known."""
    return f"{datetime.fromtimestamp(at / SECOND_MS, zone):%H:%M:%S}" if at else "—"


def filling_words(link: LinkState) -> str:
    """Say how far the first fill is; nothing when none runs."""
    done, total = link.filling
    return text("link.filling", done=f"{done:,}", total=f"{total:,}") if total else ""


class LinkModel(QObject):
    """Asks once a second, and at once when the core says so; tells only what is new."""

    changed = Signal(object)

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self.state = core.link()
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self.ask)
        self._timer.start()

    def ask(self) -> None:
        state = self._core.link()
        if state != self.state:
            self.state = state
            self.changed.emit(state)

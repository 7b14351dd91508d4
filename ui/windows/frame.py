"""The window of a seat: signing in, the station, or the locked screen, one at a time."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QStackedLayout, QWidget

from console.app import Core, SignedIn
from console.base.text import text
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.models.queues import OVERDUE
from ui.windows.lock import LockPage
from ui.windows.sign_in import SignInPage
from ui.windows.station import Station


class Frame(QWidget):
    """Shows one page. While locked nothing of the data is to be seen, on no screen."""

    close_asked = Signal()

    def __init__(self, core: Core, outfit: Outfit, notices: Notices, station: Station) -> None:
        super().__init__()
        self._core = core
        self._notices = notices
        self.station = station
        self.sign_in = SignInPage(core, outfit, notices)
        self.lock_page = LockPage(core, outfit, notices)
        self._floating: list[QDockWidget] = []
        self._ended = False
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        for page in (self.sign_in, station, self.lock_page):
            self._pages.addWidget(page)
        self._connect()
        self.setWindowTitle(text("window.product"))

    @property
    def locked(self) -> bool:
        return self._pages.currentWidget() is self.lock_page

    @property
    def seated(self) -> bool:
        return bool(self._core.person.user) and self._pages.currentWidget() is self.station

    def ask_sign_in(self, said: str = "") -> None:
        """Show the sign-in page."""
        self._put_away_floating()
        self._turn_to(self.sign_in)
        self.sign_in.begin(said)

    def sit(self, signed: SignedIn) -> None:
        """Somebody has signed in: show the station."""
        self._turn_to(self.station)
        self.station.begin()
        self.setWindowTitle(self.station.windowTitle())
        if signed.offline:
            self._notices.say("sign_in.offline")

    def lock(self) -> None:
        """Hide all data; sounds still tell of alarms."""
        if not self.seated:
            return
        self._put_away_floating()
        self._turn_to(self.lock_page)
        self.lock_page.begin()
        self._core.note_seat("lock")

    def unlock(self) -> None:
        self.lock_page.end()
        self._core.note_seat("occupy")
        self._turn_to(self.station)
        for dock in self._floating:
            dock.show()
        self._floating = []
        self.station.take_focus()

    def end(self) -> None:
        """Ask nothing more; the next wish to close is granted."""
        self._ended = True
        if (focus := QApplication.focusWidget()) is not None:
            # Taken while it is being destroyed, it makes Qt's style keep a widget that is gone.
            focus.clearFocus()
        self.station.end()
        self.lock_page.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._ended:
            event.accept()
        else:
            event.ignore()
            self.close_asked.emit()

    def _turn_to(self, page: QWidget) -> None:
        """Show a page, with the room that the window has now: a hidden one keeps its old size."""
        page.setGeometry(self.rect())
        self._pages.setCurrentWidget(page)

    def _put_away_floating(self) -> None:
        docks = self.station.findChildren(QDockWidget)
        self._floating += [d for d in docks if d.isFloating() and d.isVisible()]
        for dock in self._floating:
            dock.hide()

    def _connect(self) -> None:
        station = self.station
        self.sign_in.done.connect(self.sit)
        self.lock_page.opened.connect(self.unlock)
        self.lock_page.other_asked.connect(self._leave)
        station.lock_asked.connect(self.lock)
        station.leave_asked.connect(self._leave)
        station.close_asked.connect(self.close_asked)
        station.arrived.connect(self.lock_page.note_arrivals)
        station.counted.connect(self._counted)

    def _counted(self, counts: dict[str, int]) -> None:
        self.lock_page.note_overdue(counts.get(OVERDUE, 0))

    def _leave(self) -> None:
        """Sign out; what waits goes out in its author's name."""
        self.lock_page.end()
        self.station.unselect()
        self._core.sign_out()
        self.ask_sign_in()

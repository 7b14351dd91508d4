"""A display covers its own screen, and another while its own is away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from ui.windows.kiosk import Kiosk


def test_it_covers_its_screen_and_again_after_a_screen_has_come(qapp, qtbot):
    window = QWidget()
    window.show()
    qtbot.waitExposed(window)
    kiosk = Kiosk(window, qapp)
    assert window.windowState() & Qt.WindowState.WindowFullScreen
    kiosk._settle.setInterval(1)
    window.showNormal()
    qapp.screenAdded.emit(qapp.primaryScreen())
    qtbot.waitUntil(lambda: bool(window.windowState() & Qt.WindowState.WindowFullScreen))
    assert window.geometry() == qapp.primaryScreen().geometry()
    delete(window)


def test_while_its_own_screen_is_away_it_is_on_the_first(qapp, qtbot):
    window = QWidget()
    window.show()
    qtbot.waitExposed(window)
    kiosk = Kiosk(window, qapp)
    kiosk._home = "gone"
    assert kiosk._screen() is qapp.primaryScreen()
    kiosk.put()
    assert window.screen() is qapp.primaryScreen()
    delete(window)

"""Locked, no data is to be seen on any screen, alarms are counted, and only the password opens."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.services.people import People
from ui.windows.lock import Idleness


@pytest.fixture
def known(seat) -> str:
    """Let the seat know the person, as after a sign-in at the centre."""
    people: People = seat.core._entrance._people
    user = seat.core.person.user
    kept = people.let_in(seat.core.person, "secret", seat.core.clock.now() + 10**9)
    seat.core.keep(people.name_of(user), kept).result()
    return "secret"


def test_floating_panels_are_hidden_too_and_come_back(station, frame, known, qtbot):
    dock = station.panels.docks["card"]
    dock.setFloating(True)
    station.run("screen.lock")
    assert frame.locked
    assert not dock.isVisible()
    assert not station.isVisible()
    frame.lock_page.password.setText(known)
    frame.lock_page.submit()
    qtbot.waitUntil(lambda: not frame.locked)
    assert dock.isVisible()


def test_a_wrong_password_says_so_and_opens_nothing(station, frame, known, qtbot):
    frame.lock()
    qtbot.waitUntil(frame.lock_page.password.hasFocus)
    QTest.keyClicks(frame.lock_page.password, "wrong")
    QTest.keyClick(frame.lock_page.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(frame.lock_page.said.text()))
    assert "⟦" not in frame.lock_page.said.text()
    assert frame.locked


def test_alarms_are_counted_and_sound_while_locked(station, frame, seat, qtbot):
    station._sounds.on = True
    qtbot.wait(20)
    frame.lock()
    seat.town.did(
        "liu", 0, ("incident", "n9", "create", {"title": "密", "scope": "320102", "level": "I"})
    )
    station._news.take(seat.hears(seat.town.records["incident", "n9"]))
    qtbot.waitUntil(lambda: station._sounds.played == ["severe"])
    assert frame.lock_page._arrived == 1
    assert "密" not in frame.lock_page.alarms.text()


def test_nobody_at_the_keyboard_is_noticed_and_a_key_begins_anew(qapp, qtbot):
    idle = Idleness(qapp, 1)
    idle._timer.setInterval(40)
    idle._timer.start()
    with qtbot.waitSignal(idle.lasted):
        pass
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    idle.eventFilter(qapp, press)
    assert idle._timer.isActive()
    qapp.removeEventFilter(idle)
    idle._timer.stop()
    idle.deleteLater()


def test_zero_minutes_never_lock(qapp):
    idle = Idleness(qapp, 0)
    here = QPointF(1, 1)
    button = Qt.MouseButton.LeftButton
    move = QMouseEvent(
        QEvent.Type.MouseMove, here, here, button, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(qapp, move)
    assert not idle._timer.isActive()
    idle.deleteLater()


def test_somebody_else_may_sign_in(station, frame, qtbot):
    frame.lock()
    frame.lock_page._other.click()
    qtbot.waitUntil(frame.sign_in.isVisible)
    assert not frame.seated

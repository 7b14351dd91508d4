"""Signing in asks for both, says why not, and goes by what the seat knows without the centre."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


def test_both_are_wanted(frame):
    frame.ask_sign_in()
    frame.sign_in.user.setText("chen")
    frame.sign_in.submit()
    assert frame.sign_in.said.text()
    assert "⟦" not in frame.sign_in.said.text()


def test_enter_goes_from_the_name_to_the_password(frame, qtbot):
    frame.ask_sign_in()
    qtbot.waitUntil(frame.sign_in.user.hasFocus)
    QTest.keyClicks(frame.sign_in.user, "chen")
    QTest.keyClick(frame.sign_in.user, Qt.Key.Key_Return)
    assert frame.sign_in.password.hasFocus()


def test_a_stranger_is_told_why_not_while_the_centre_is_away(frame, qtbot):
    frame.ask_sign_in()
    frame.sign_in.user.setText("nobody")
    frame.sign_in.password.setText("x")
    frame.sign_in.submit()
    qtbot.waitUntil(frame.sign_in._go.isEnabled, timeout=20_000)
    assert "⟦" not in frame.sign_in.said.text() != ""
    assert not frame.seated


def test_somebody_the_seat_knows_may_go_on_without_the_centre(frame, seat, qtbot, notices):
    people, person = seat.core._entrance._people, seat.core.person
    kept = people.let_in(person, "secret", seat.core.clock.now() + 10**9)
    seat.core.keep(people.name_of(person.user), kept).result()
    frame.ask_sign_in()
    frame.sign_in.user.setText(person.user)
    frame.sign_in.password.setText("secret")
    frame.sign_in.submit()
    qtbot.waitUntil(lambda: frame.seated, timeout=20_000)
    assert frame.sign_in.password.text() == ""
    assert notices.kept[-1].notice.key == "sign_in.offline"

"""One page at a time; a wish to close is passed on, and granted only at the end."""


def test_nobody_signed_in_locks_nothing(frame):
    frame.ask_sign_in()
    frame.lock()
    assert not frame.locked


def test_closing_is_asked_for_first(frame, qtbot):
    with qtbot.waitSignal(frame.close_asked):
        frame.close()
    assert frame.isVisible()


def test_the_workstation_is_shown_to_whoever_sits_down(station, frame):
    assert frame.seated
    assert station.isVisible()
    assert not frame.sign_in.isVisible()


def test_signing_out_forgets_what_was_selected(station, frame):
    station.select("incident", "i2")
    station.run("session.sign_out")
    assert station.selected is None
    assert frame.sign_in.isVisible()

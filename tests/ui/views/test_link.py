"""The lamp, what waits, what was refused, the fill, a clock in trouble: each only when it is so."""

from dataclasses import replace

import pytest

from console.app import LinkState
from ui.models.link import LinkModel
from ui.views.link import LinkView

CALM = LinkState(state="up", as_of=1_781_236_800_000)


@pytest.fixture
def view(seat, outfit, qtbot) -> LinkView:
    made = LinkView(LinkModel(seat.core), outfit)
    qtbot.addWidget(made)
    made.show_state(CALM)
    return made


def test_when_all_is_well_only_the_lamp_is_there(view):
    assert "12:00:00" in view._lamp.text()
    for each in (view._waiting, view._refused, view._trouble, view._fill, view._fill_words):
        assert each.isHidden()


def test_what_waits_and_what_was_refused_is_counted(view, qtbot):
    view.show_state(replace(CALM, state="down", waiting=4, refused=1, conflicts=2))
    assert (view._waiting.text(), view._refused.text()) == ("4", "3")
    with qtbot.waitSignal(view.asked) as said:
        view._refused.click()
    assert said.args == ["outbox.open"]


def test_a_fill_and_a_clock_in_trouble_are_shown(view):
    view.show_state(replace(CALM, filling=(250, 1_000), clock_trouble="clock.jumped"))
    assert view._fill.value() == 250
    assert not view._trouble.isHidden()
    assert "⟦" not in view._trouble.toolTip()

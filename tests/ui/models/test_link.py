"""The lamp says on line, or as of when; it tells only what is new."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from console.app import LinkState
from ui.models.link import ROLES, LinkModel, filling_words, lamp

ZONE = ZoneInfo("Asia/Shanghai")
NOON = 1_781_236_800_000


@pytest.mark.parametrize("state", list(ROLES))
def test_every_state_has_a_drawing_words_and_a_hint(state):
    said = lamp(LinkState(state=state, as_of=NOON, since=NOON), ZONE)
    assert said.glyph
    assert "⟦" not in said.words + said.full


def test_off_line_says_as_of_when_in_the_citys_time():
    assert "12:00:00" in lamp(LinkState(state="down", as_of=NOON), ZONE).words


def test_a_time_that_is_not_known_is_a_dash():
    assert "—" in lamp(LinkState(state="down"), ZONE).words


def test_a_fill_says_how_far_it_is():
    assert "1,000" in filling_words(LinkState(filling=(1_000, 25_000)))
    assert filling_words(LinkState()) == ""


def test_only_what_differs_is_told(seat, qtbot, monkeypatch):
    model = LinkModel(seat.core)
    with qtbot.assertNotEmitted(model.changed):
        model.ask()
    other = replace(model.state, waiting=model.state.waiting + 3)
    monkeypatch.setattr(seat.core, "link", lambda: other)
    with qtbot.waitSignal(model.changed):
        model.ask()
    assert model.state.waiting == other.waiting

"""The slider of time says loudly that it is not now, plays, and comes back."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.kit.maptime import TimeStrip
from ui.models.map import MapModel


@pytest.fixture
def strip(seat, outfit, qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    model = MapModel(seat.core, pytest.fail, over)
    made = TimeStrip(model, seat.core, outfit)
    qtbot.addWidget(made)
    yield made, model
    over.hide()


def test_going_back_shows_the_strip_and_says_when(strip):
    made, model = strip
    made.go(60)
    assert made.isVisibleTo(None)
    assert model.then > 0
    assert "不是现在" in made._said.text()
    assert made._said.property("role") == "warning"


def test_now_puts_it_away(strip):
    made, model = strip
    made.go(60)
    made._now.click()
    assert model.then == 0
    made.go(0)
    assert made.isHidden()


def test_it_plays_up_to_now_and_stops(strip, qtbot):
    made, model = strip
    made.go(4)
    made._play.click()
    qtbot.waitUntil(lambda: model.then == 0)
    qtbot.waitUntil(lambda: not made._timer.isActive())
    assert made.isHidden()


def test_a_stretch_is_played_from_its_beginning_and_stops_at_its_end(strip, seat, qtbot):
    made, model = strip
    until = seat.core.clock.now() - 86_400_000
    made.replay((until - 12 * 60_000, until))
    assert model.then == until - 12 * 60_000
    qtbot.waitUntil(lambda: not made._timer.isActive())
    assert model.then == until
    assert made.isVisibleTo(None)
    assert "不是现在" in made._said.text()


def test_it_says_when_nobody_knows_where_units_were(strip, qtbot):
    made, model = strip
    made.go(60)
    qtbot.waitUntil(lambda: model.past is not None)
    assert "没有当时的力量位置" in made._said.text()

"""The slider of time says loudly that it is not now, plays, and comes back."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.kit.maptime import BAND_IN, TimeStrip
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


def test_it_says_of_which_time_nothing_is_held_and_whether_the_centre_was_there(strip, seat, qtbot):
    made, model = strip
    made.resize(900, 40)
    made.go(60)
    qtbot.waitUntil(lambda: model.past is not None and model.fetched == "away")
    assert "力量位置无记录" in made._said.text()
    assert "中心不通" in made._said.text()
    (box,) = made._band.boxes()
    assert box.width() == pytest.approx(made._band.width() - 2 * BAND_IN)
    assert made._band.toolTip().startswith("力量位置无记录：")
    seat.core.gauges.fetch_tracks = lambda *_: True
    model.show_at(0)
    made.go(60)
    qtbot.waitUntil(lambda: model.past is not None and model.fetched == "held")
    assert "无记录" in made._said.text()
    assert "中心不通" not in made._said.text()


def test_exercises_are_listed_and_played_as_such(strip, seat, qtbot):
    made, model = strip
    made.go(60)
    assert not made._which.isVisibleTo(made)
    seat.core.run("exercise.begin 春季演练").result()
    made.go(30)
    made.leave()
    made.go(60)
    assert [made._which.itemText(n)[:7] for n in range(2)] == ["最近 24 小", "演练：春季演练"]
    made._which.activated.emit(1)
    assert model.exercise == made._which.itemData(1)
    assert "演练“春季演练”回放" in made.said
    assert "不是现在" in made.said
    made._which.activated.emit(0)
    assert model.exercise == ""
    assert made.said.startswith("回放")

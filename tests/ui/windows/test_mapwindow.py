"""The map's own window: the map in the middle, every line of the workstation at hand."""

import pytest
from shiboken6 import delete

from console.app import SignedIn
from ui.kit.sound import Sounds
from ui.models.news import News
from ui.windows.frame import Frame
from ui.windows.mapwindow import MapWindow
from ui.windows.station import Given


@pytest.fixture
def window(seat, outfit, notices, qtbot):
    news = News(beat_ms=1)
    seat.core.subscribe(news.take)
    made = MapWindow(Given(seat.core, outfit, news, notices, Sounds(on=False)))
    frame = Frame(seat.core, outfit, notices, made)
    frame.resize(1600, 900)
    frame.show()
    frame.sit(SignedIn(seat.core.person))
    qtbot.waitUntil(lambda: bool(made.panels.map.canvas.shown.marks))
    yield made
    frame.end()
    frame.close()
    delete(frame)


def test_the_map_has_the_most_room(window, qtbot):
    assert window.centralWidget() is window.panels.map
    qtbot.waitUntil(lambda: window.panels.map.width() > window.width() * 0.6)


def test_what_is_picked_on_the_map_is_chosen_everywhere(window, seat, qtbot):
    incident = next(i for k, i in seat.town.records if k == "incident" and seat.incident(i).lon)
    window.panels.map.selected.emit("incident", incident)
    assert window.selected == ("incident", incident)
    assert window.panels.map.canvas.live.chosen is not None


def test_lines_of_the_map_are_run(window):
    window.run("map.tool measure")
    assert window.panels.map.canvas.tool.name == "measure"
    window.run("map.layers")
    assert window.panels.map.legend.isVisible()


def test_the_queue_comes_below_when_it_is_asked_for(window, qtbot):
    assert not window.panels.docks["map"].isVisible()
    window.run("panel.toggle map")
    qtbot.waitUntil(window.panels.queue.isVisible)

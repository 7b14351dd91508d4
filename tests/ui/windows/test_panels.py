"""Every panel has its dock; in a narrow window each gets less room."""

import pytest

from ui.windows import panels
from ui.windows.panels import size


def test_every_panel_that_a_line_can_name_has_a_dock(station):
    named = {"queues", "card", "units", "gauges", "outbox", "notices", "map", "plans", "wall"}
    assert set(station.panels.docks) == named
    assert all(dock.widget() is not None for dock in station.panels.docks.values())


@pytest.mark.parametrize(
    ("width", "card"), [(1_366, panels.NARROW_CARD), (1_920, panels.CARD), (2_560, 587)]
)
def test_the_card_is_as_wide_as_the_window_allows(station, frame, width, card, qtbot):
    frame.resize(width, 900)
    qtbot.waitUntil(lambda: station.width() == width)
    size(station, station.panels, width)
    qtbot.waitUntil(lambda: abs(station.panels.docks["card"].width() - card) <= 2)


def test_the_queue_keeps_the_most_room(station):
    assert station.panels.queue.width() > station.panels.side.width()

"""The rail names every queue with its count, marks the open one, and colours only what is late."""

import pytest

from ui.models.queues import ROLES, QueueCounts
from ui.views.queues import QueueRail


@pytest.fixture
def rail(seat, outfit, qtbot) -> QueueRail:
    made = QueueRail(seat.core.queues, QueueCounts(seat.core, seat.core.queues, print), outfit)
    qtbot.addWidget(made)
    made.resize(200, 600)
    return made


def test_every_queue_has_its_name(rail, seat):
    listed = [key for key, queue in seat.core.queues.items() if queue.listed]
    assert list(rail.entries) == listed
    assert all("⟦" not in entry.text() for entry in rail.entries.values())


def test_a_press_opens_the_queue(rail, qtbot):
    with qtbot.waitSignal(rail.asked) as said:
        rail.entries["handling"].click()
    assert said.args == ["queue.open handling"]
    rail.mark("mine")
    assert rail.entries["mine"].isChecked()
    assert not rail.entries["handling"].isChecked()


def test_counts_are_drawn_and_spoken(rail):
    rail.show_counts({"pending": 1234, "overdue": 3})
    assert "1234" in rail.entries["pending"].accessibleName()
    assert not rail.grab().isNull()


def test_only_late_queues_have_a_colour():
    assert set(ROLES) == {"overdue", "due_soon"}

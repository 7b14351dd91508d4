"""The timeline of a record by itself."""

from typing import Any

from tests.ui.desk import Desk
from ui.kit.outfit import Outfit
from ui.views.timeline import TimelineView


def test_it_follows_a_record(qtbot: Any, seat: Desk, outfit: Outfit) -> None:
    view = TimelineView(seat.core, outfit)
    qtbot.addWidget(view)
    assert view._hint.words == "未选中记录"
    view.show_record("incident", "i4")
    qtbot.waitUntil(lambda: view._moments.count == 2)
    changes = seat.core.run("incident.note i4 --note 看过").result().changes
    view.refresh(changes)
    qtbot.waitUntil(lambda: view._moments.count == 3)
    view.show_record("incident", "")
    assert view._stack.currentIndex() == 0

"""The alarm panel is calm when all is well, and a key away from shelving and from the incident."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from console.base import text
from console.domain.changes import Changes
from tests.ui.desk import Desk
from tests.ui.models.test_gauges import PONDING, PRESSURE, feed, give
from ui.kit.outfit import Outfit
from ui.views.gauges import GaugesView


@pytest.fixture
def panel(qtbot: Any, seat: Desk, outfit: Outfit) -> GaugesView:
    made = GaugesView(seat.core, outfit)
    qtbot.addWidget(made)
    made.resize(1_100, 260)
    made.show()
    made.lines = []
    made.asked.connect(made.lines.append)
    return made


def shown(qtbot: Any, panel: GaugesView, rows: int) -> None:
    panel.refresh(Changes(everything=True))
    qtbot.waitUntil(lambda: panel.model.rowCount() == rows)


def test_it_says_that_nothing_has_come_and_that_all_is_well(
    qtbot: Any, seat: Desk, panel: GaugesView
) -> None:
    qtbot.waitUntil(lambda: "体征 —" in panel._score.text())
    assert not panel.listing
    feed(seat, "EMCR.risk_index", 20.0)
    panel.refresh(Changes(everything=True))
    qtbot.waitUntil(lambda: "体征 100" in panel._score.text())
    assert "优" in panel._grade.text()
    text.speak("en")
    panel.retranslate()
    qtbot.waitUntil(lambda: "Good" in panel._grade.text())


def test_a_key_begins_the_line_that_shelves(qtbot: Any, seat: Desk, panel: GaugesView) -> None:
    feed(seat, PONDING, 31.0, "alarm")
    shown(qtbot, panel, 1)
    qtbot.keyClick(panel.list, Qt.Key.Key_S)
    qtbot.keyClick(panel.list, Qt.Key.Key_U)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.lines == [
        f"line.focus indicator.shelve {PONDING} +1h ",
        f"line.focus indicator.unshelve {PONDING}",
        f"line.focus indicator.shelve {PONDING} +1h ",
    ]


def test_enter_opens_the_incident_of_an_alarm(qtbot: Any, seat: Desk, panel: GaugesView) -> None:
    give(seat)
    incident = seat.core.gauges.incident(PONDING, "@chen")
    shown(qtbot, panel, 1)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert incident
    assert panel.lines == [f"card.open {incident}"]


def test_it_goes_to_the_indicator_that_is_wanted(qtbot: Any, seat: Desk, panel: GaugesView) -> None:
    feed(seat, PONDING, 31.0, "alarm")
    feed(seat, PRESSURE, 0.52, "warn")
    shown(qtbot, panel, 2)
    assert panel.list.current_row() == 0
    panel.open_on(PRESSURE)
    qtbot.waitUntil(lambda: panel.list.current_row() == 1)

"""The load in the top bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.models.test_load import rows
from ui.models.load import LoadModel
from ui.views.load import LoadView


@pytest.fixture
def model(qtbot, seat):
    made = LoadModel(seat.core, seat.core.queues["pending"].query, lambda _: None)
    yield made
    made.stop()


def test_it_says_the_load_and_opens_the_queue_that_it_counts(qtbot, model, outfit):
    view = LoadView(model, outfit, "pending")
    qtbot.addWidget(view)
    assert "0" in view.text()
    model.take(rows(14))
    assert "4" in view.text()
    assert view.property("role") == "danger"
    asked = []
    view.asked.connect(asked.append)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    assert asked == ["queue.open pending"]

"""The legend has a line for each layer; a click shows or hides it, an arrow lifts it."""

import pytest
from PySide6.QtWidgets import QCheckBox, QToolButton, QWidget

from ui.kit.maplegend import LegendPanel
from ui.models.map import MapModel


@pytest.fixture
def legend(seat, outfit, qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(500, 600)
    model = MapModel(seat.core, pytest.fail, over)
    made = LegendPanel(model, outfit, over)
    over.show()
    return made, model


def boxes(panel):
    return [b for b in panel.findChildren(QCheckBox) if b.parent() in panel._rows]


def test_the_topmost_layer_is_first(legend):
    panel, model = legend
    assert len(boxes(panel)) == len(model.seen.order)
    assert panel._rows[0].findChild(QCheckBox).text() == "力量"


def test_a_click_turns_a_layer(legend):
    panel, model = legend
    before = model.seen.shown
    boxes(panel)[0].click()
    assert model.seen.shown != before


def test_an_arrow_lifts_a_layer(legend):
    panel, model = legend
    top = model.seen.order[-1]
    panel._rows[1].findChild(QToolButton).click()
    assert model.seen.order[-1] != top


def test_counts_stand_beside_their_layers(legend):
    panel, _ = legend
    panel.count({"incidents": 1_234, "components": 90_000}, {"components": 60_000})
    assert panel._counts["incidents"].text() == "1,234"
    assert panel._counts["cameras"].text() == ""


def test_it_stays_as_high_as_its_lines_when_its_layers_change_while_it_is_open(legend):
    panel, model = legend
    panel.show()
    panel.place()
    before = panel.height()
    model.turn("heat")
    assert panel.height() == before
    model.open_scene("DMSW")
    assert panel.height() >= before
    assert all(row.isVisibleTo(panel) for row in panel._rows)

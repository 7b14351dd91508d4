"""What is inside an area is listed by kind, and each can be acted on by a line."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.kit.mapinside import MOST, InsidePanel

FOUND = [("unit", "u1", "水务1"), ("incident", "i1", "路灯不亮"), ("camera", "c1", "路口")]


@pytest.fixture
def panel(outfit, qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(600, 500)
    made = InsidePanel(outfit, over)
    over.show()
    return made


def test_incidents_are_first_and_all_are_counted(panel):
    panel.show_found(FOUND, ("", ""))
    assert "路灯不亮" in panel._list.item(0).text()
    assert "1" in panel.title.text()
    assert not panel._send.isVisible()


def test_choosing_one_selects_it(panel, qtbot):
    panel.show_found(FOUND, ("", ""))
    with qtbot.waitSignal(panel.selected) as chosen:
        panel._list.setCurrentRow(1)
    assert chosen.args == ["unit", "u1"]


def test_a_unit_is_sent_to_the_chosen_incident(panel, qtbot):
    panel.show_found(FOUND, ("incident", "i1"))
    with qtbot.waitSignal(panel.asked) as asked:
        panel._list.itemActivated.emit(panel._list.item(1))
    assert asked.args == ["line.focus incident.send i1 水务1"]
    with qtbot.waitSignal(panel.asked) as asked:
        panel._send.click()
    assert asked.args == ["incident.send i1 水务1"]


def test_an_incident_opens_its_card(panel, qtbot):
    panel.show_found(FOUND, ("", ""))
    with qtbot.waitSignal(panel.asked) as asked:
        panel._list.itemActivated.emit(panel._list.item(0))
    assert asked.args == ["card.open i1"]


def test_too_many_are_counted_not_listed(panel):
    panel.show_found([("incident", f"i{n}", "x") for n in range(MOST + 7)], ("", ""))
    assert panel._list.count() == MOST
    assert "7" in panel._more.text()


def test_nothing_inside_says_so(panel):
    panel.show_found([], ("", ""))
    assert "没有" in panel.title.text()

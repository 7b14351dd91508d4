"""What is inside an area is listed by kind, and each can be acted on by a line."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.kit.mapinside import MOST, Inside, InsidePanel

FOUND = [("unit", "u1", "水务1"), ("incident", "i1", "路灯不亮"), ("camera", "c1", "路口")]


def held(found, **more):
    counts = {kind: sum(f[0] == kind for f in found) for kind, _, _ in found}
    return Inside(found, counts | more, (118.8, 32.05), "玄武区新街口街道")


@pytest.fixture
def panel(outfit, qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(600, 500)
    made = InsidePanel(outfit, over)
    over.show()
    return made


def test_incidents_are_first_and_all_are_counted(panel):
    panel.show_found(held(FOUND), ("", ""))
    assert "路灯不亮" in panel._list.item(0).text()
    assert "1" in panel.title.text()
    assert not panel._send.isVisible()


def test_choosing_one_selects_it(panel, qtbot):
    panel.show_found(held(FOUND), ("", ""))
    with qtbot.waitSignal(panel.selected) as chosen:
        panel._list.setCurrentRow(1)
    assert chosen.args == ["unit", "u1"]


def test_what_is_listed_chooses_nothing_by_itself(panel, qtbot):
    with qtbot.assertNotEmitted(panel.selected):
        panel.show_found(held(FOUND), ("incident", "i9"))
        panel._list.setFocus()
    assert panel._list.currentRow() == 0


def test_a_unit_is_sent_to_the_chosen_incident(panel, qtbot):
    panel.show_found(held(FOUND), ("incident", "i1"))
    with qtbot.waitSignal(panel.asked) as asked:
        panel._list.itemActivated.emit(panel._list.item(1))
    assert asked.args == ["line.focus incident.send i1 水务1"]
    with qtbot.waitSignal(panel.asked) as asked:
        panel._send.click()
    assert asked.args == ["incident.send i1 水务1"]


def test_an_incident_opens_its_card(panel, qtbot):
    panel.show_found(held(FOUND), ("", ""))
    with qtbot.waitSignal(panel.asked) as asked:
        panel._list.itemActivated.emit(panel._list.item(0))
    assert asked.args == ["card.open i1"]


def test_too_many_are_counted_not_listed(panel):
    panel.show_found(held([("incident", f"i{n}", "x") for n in range(MOST + 7)]), ("", ""))
    assert panel._list.count() == MOST
    assert "7" in panel._more.text()


def test_nothing_inside_says_so(panel):
    panel.show_found(held([]), ("", ""))
    assert "没有" in panel.title.text()


def test_components_are_counted_by_the_thousand(panel):
    panel.show_found(held(FOUND, component=12_345), ("", ""))
    assert "12,345" in panel.title.text()
    assert "12,345" in panel._more.text()


def test_cameras_go_to_the_wall_together(panel, qtbot):
    panel.show_found(held([*FOUND, ("camera", "c2", "桥头")]), ("", ""))
    with qtbot.waitSignal(panel.asked) as asked:
        panel._wall.click()
    assert asked.args == ["map.wall 'c2 c1'"] or asked.args == ['map.wall "c2 c1"']
    panel.show_found(held(FOUND[:2]), ("", ""))
    assert not panel._wall.isVisible()


def test_an_incident_is_begun_in_the_middle(panel, qtbot):
    panel.show_found(held(FOUND), ("", ""))
    with qtbot.waitSignal(panel.asked) as asked:
        panel._report.click()
    assert "--lon 118.800000 --lat 32.050000" in asked.args[0]


def test_a_department_is_notified_of_the_area_and_what_is_in_it(panel, qtbot):
    panel.show_found(held(FOUND), ("incident", "i1"))
    with qtbot.waitSignal(panel.asked) as asked:
        panel._notify.click()
    assert asked.args[0].startswith("form.open")
    assert "玄武区新街口街道" in asked.args[0]
    assert "--incident i1" in asked.args[0]

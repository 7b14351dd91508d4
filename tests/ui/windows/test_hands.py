"""What only a window does: queues, panels, sounds; what cannot be done is refused, saying why."""

import pytest

from console.base.errors import Refused
from console.domain.record import Forewarning


def do(station, line: str) -> None:
    station.hands.do(station._core.commands.parse(line))


def test_a_queue_is_opened_by_its_key_or_its_name(station):
    do(station, "queue.open to_dispatch")
    assert station.panels.queue.key == "to_dispatch"
    do(station, "queue.open 待受理")
    assert station.panels.queue.key == "pending"
    assert station.panels.rail.entries["pending"].isChecked()


def test_a_queue_may_be_opened_with_the_filter_that_a_figure_has(station, qtbot):
    do(station, 'queue.open all --where "state:accepted district:320102"')
    assert station.panels.queue.where == "state:accepted district:320102"
    qtbot.waitUntil(lambda: station.panels.queue.grid.table.rowCount() == 1)
    do(station, "queue.open all_instructions")
    assert station.panels.queue.key == "all_instructions"
    assert "all_instructions" not in station.panels.rail.entries


@pytest.mark.parametrize(
    "line", ["queue.open nosuch", "theme.set pink", "panel.toggle nosuch", "layout.restore nosuch"]
)
def test_what_is_not_there_is_refused(station, line):
    with pytest.raises(Refused):
        do(station, line)


def test_a_panel_goes_and_comes(station):
    dock = station.panels.docks["card"]
    do(station, "panel.toggle card")
    assert not dock.isVisible()
    do(station, "panel.toggle card")
    assert dock.isVisible()


def test_the_outbox_comes_to_the_front(station):
    do(station, "outbox.open")
    assert station.panels.docks["outbox"].isVisible()


def test_the_alarms_come_to_the_front_on_the_indicator_that_is_named(station, seat, qtbot):
    name = seat.core.gauges.known["DMSW.ponding_depth"].name
    do(station, f"indicator.open {name}")
    assert station.panels.docks["gauges"].isVisible()
    do(station, "indicator.open")
    with pytest.raises(Refused):
        do(station, "indicator.open nosuch")


def test_a_value_is_given_by_hand_and_must_be_a_number(station, seat):
    do(station, "indicator.give DMSW.ponding_depth 12.5")
    (reading,) = seat.core.last("indicator", "DMSW.ponding_depth").values()
    assert (reading.value, reading.source) == (12.5, "@chen")
    with pytest.raises(Refused):
        do(station, "indicator.give DMSW.ponding_depth much")


def test_sounds_are_turned_off_and_on(station):
    was = station._sounds.on
    do(station, "sound.toggle")
    assert station._sounds.on is not was


def test_a_line_is_begun_for_a_person_to_go_on_with(station):
    do(station, "line.focus 派单")
    assert station.panels.line.edit.text() == "派单 "


def test_the_rows_are_gone_through_and_filtered(station, qtbot):
    do(station, "select.next")
    assert station.selected is not None
    do(station, "queue.filter state:accepted")
    qtbot.waitUntil(lambda: station.panels.queue.grid.table.rowCount() == 1)


def test_a_choice_may_be_named_in_any_language(station, outfit):
    do(station, "theme.set 日间")
    assert outfit.look.theme.name == "day"


def test_a_record_is_found_by_its_id_or_its_number(station, seat):
    number = seat.incident("i2").no
    assert station.hands.found("i2") == ("incident", "i2")
    assert station.hands.found(number) == ("incident", "i2")


def test_a_part_of_the_card_is_gone_to_by_its_key(station, qtbot):
    station.select("incident", "i1")
    qtbot.waitUntil(lambda: station.panels.card.card is not None)
    gone: list[str] = []
    station.panels.card.go_to = gone.append
    station.run("card.tab timeline")
    assert gone == ["timeline"]


def test_a_warning_is_opened_by_its_id_and_its_card_stands_in_place_of_the_other(
    station, seat, qtbot
):
    seat.hears(Forewarning(id="w1", state="in_force", event="暴雨", headline="暴雨", version=2))
    station.run("card.open w1")
    assert station.selected == ("warning", "w1")
    qtbot.waitUntil(lambda: station.panels.warning.card is not None)
    assert station.panels.shown is station.panels.warning
    station.run("form.open warning.note")
    station.close_form()
    assert station.panels.warning.isVisible()
    station.run("card.open i1")
    assert station.panels.shown is station.panels.card


@pytest.mark.parametrize("said", ["EMFV", "消防安全视频", "Fire-safety", "xfaqspjc"])
def test_a_scene_is_opened_by_its_id_its_name_or_its_initials(station, qtbot, said):
    do(station, f"scene.open {said}")
    assert station.panels.scene.scene == "EMFV"
    assert station.panels.queue.where == "scene:EMFV"
    do(station, "scene.close")
    assert station.panels.scene.isHidden()
    assert station.panels.queue.where == ""


def test_a_scene_that_is_not_there_is_refused_and_without_a_name_the_first_opens(station):
    with pytest.raises(Refused):
        do(station, "scene.open 无此场景")
    do(station, "scene.open")
    assert station.panels.scene.scene in station._core.scenes
    do(station, "queue.open pending")
    assert station.panels.scene.isHidden()

"""Lines, selection, forms and steps out, at a whole window without a centre."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.advise.load import Group
from console.base.text import TEXTS
from tests.ui.models.test_load import rows


def state(seat, id: str) -> str:
    return seat.core.get("incident", id).state


def test_a_line_is_run_on_the_selected_record_and_told(station, seat, qtbot, notices):
    station.select("incident", "i2")
    station.run("incident.accept")
    qtbot.waitUntil(lambda: state(seat, "i2") == "accepted")
    qtbot.waitUntil(lambda: not station.bar.isHidden())
    assert "⟦" not in station.bar.words


def test_a_refusal_says_why_and_changes_nothing(station, seat, qtbot):
    station.select("incident", "i4")
    station.run("incident.close")
    qtbot.waitUntil(lambda: not station.bar.isHidden())
    assert "⟦" not in station.bar.words
    assert "accepted" not in station.bar.words
    assert state(seat, "i4") == "accepted"


def test_a_line_that_lacks_something_goes_on_as_a_form(station, qtbot):
    station.select("incident", "i2")
    station.run("incident.classify")
    qtbot.waitUntil(lambda: station.form is not None)
    assert station.panels.side.currentWidget() is station.form
    station._step_out()
    assert station.form is None


def test_a_typed_line_that_is_refused_is_put_back(station, qtbot):
    station.panels.line.asked.emit("nosuchthing x")
    assert station.panels.line.edit.text() == "nosuchthing x"


def test_the_last_step_is_taken_back(station, seat, qtbot):
    station.select("incident", "i2")
    station.run("incident.accept")
    qtbot.waitUntil(lambda: state(seat, "i2") == "accepted")
    station.run("step.undo")
    qtbot.waitUntil(lambda: state(seat, "i2") == "reported")


def test_escape_goes_one_step_out_each_time(station, qtbot):
    queue = station.panels.queue
    station.select("incident", "i2")
    queue.narrow("state:accepted")
    queue.focus_filter()
    qtbot.waitUntil(queue._filter.hasFocus)
    QTest.keyClick(queue._filter, Qt.Key.Key_Escape)
    assert queue.rows_have_focus()
    assert queue.where
    QTest.keyClick(queue.grid.view, Qt.Key.Key_Escape)
    assert not queue.where
    QTest.keyClick(queue.grid.view, Qt.Key.Key_Escape)
    assert station.selected is None


def test_the_focus_goes_round_the_panels(station, qtbot):
    seen = []
    for _ in station.panels.stops():
        QTest.keyClick(station, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        seen.append(station.focusWidget())
    assert len({id(each) for each in seen}) == len(seen)


def test_what_arrives_is_heard_and_shown(station, seat, qtbot):
    station._sounds.on = True
    qtbot.wait(20)
    seat.town.did("liu", 0, ("incident", "n9", "create", {"title": "新到的事", "scope": "320102"}))
    station._news.take(seat.hears(seat.town.records["incident", "n9"]))
    qtbot.waitUntil(lambda: "新到的事" in station.banner.words)
    assert station._sounds.played == ["arrival"]
    assert station.panels.queue.rows_have_focus()


def test_news_reach_the_rows(station, seat, qtbot):
    seat.town.did("liu", 0, ("incident", "n9", "create", {"title": "新到的事", "scope": "320102"}))
    station._news.take(seat.hears(seat.town.records["incident", "n9"]))
    qtbot.waitUntil(lambda: station.panels.queue.grid.table.total == 5)


@pytest.mark.parametrize("line", ["language.set en", "theme.set day", "theme.set"])
def test_language_and_look_change_while_it_runs(station, line, qtbot, outfit):
    before = outfit.look.theme.name, TEXTS.language
    station.run(line)
    assert (outfit.look.theme.name, TEXTS.language) != before
    title = station.panels.queue._title.text()
    assert title == TEXTS.text("queue.all")


def test_the_context_menu_is_that_of_the_record(station):
    station.select("incident", "i2")
    station._open_menu(station.mapToGlobal(station.rect().center()))
    assert station._menu.isVisible()
    station._menu.close()


def test_forms_and_queues_come_and_go_while_the_look_changes(station, outfit, qtbot):
    """What is taken away while it has the focus must leave nothing behind in Qt's style."""
    station.select("incident", "i2")
    for _ in range(6):
        station.open_form("incident.classify")
        qtbot.wait(5)
        station.run("theme.set")
        station.close_form()
        station.run("queue.open pending")
        station.run("theme.set")
        qtbot.wait(5)
        station.run("queue.open all")
    assert outfit.look.theme.name == "night"
    qtbot.waitUntil(station.panels.queue.rows_have_focus)


def test_a_flood_is_told_and_holds_the_banner_back_and_is_told_of_when_it_is_over(station, seat):
    station._arrived(rows(14))
    assert not station.bar.isHidden()
    assert len(station.banner.rows) == 10
    station._freed((Group("320102", "DMUM-01", ("a", "b")),))
    assert "玄武区" in station.bar.words

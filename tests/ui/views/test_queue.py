"""A queue shows its rows, is narrowed by a line beside its name, and keeps the selection."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.changes import Changes
from console.domain.queue import Queue
from ui.views.queue import QueueView, columns_of


@pytest.fixture
def failed() -> list[BaseException]:
    return []


@pytest.fixture
def view(seat, outfit, qtbot, failed) -> QueueView:
    made = QueueView(seat.core, outfit, failed.append)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.open(seat.core.queues["all"])
    qtbot.waitUntil(lambda: made.grid.table.rowCount() == 4)
    yield made
    made.close_feed()


def rows(view) -> int:
    return view.grid.table.rowCount()


def test_every_column_that_a_queue_names_exists(seat, outfit):
    for queue in seat.core.queues.values():
        shown = [column.key for column in columns_of(outfit.sheet, queue)]
        assert shown == list(queue.columns)


def test_a_filter_narrows_the_queue_and_is_taken_away(view, qtbot):
    view.focus_filter()
    view._filter.setText("state:accepted")
    QTest.keyClick(view._filter, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(view) == 1)
    assert view.where == "state:accepted"
    assert not view._clear.isHidden()
    view._clear.click()
    qtbot.waitUntil(lambda: rows(view) == 4)
    assert view._clear.isHidden()


def test_a_filter_that_is_wrong_says_so_and_changes_nothing(view, failed):
    view._filter.setText("nosuch:1")
    view._filtered()
    assert len(failed) == 1
    assert rows(view) == 4


def test_stepping_goes_from_row_to_row(view, qtbot):
    with qtbot.waitSignal(view.selected) as said:
        view.step(1)
    assert said.args == ["incident", view.grid.table.row_at(0)[0]]
    view.step(1)
    assert view.selected_id() == view.grid.table.row_at(1)[0]
    view.step(-5)
    assert view.selected_id() == view.grid.table.row_at(0)[0]


def test_a_row_that_is_not_there_yet_is_selected_when_it_comes(view, seat, qtbot):
    view.open(seat.core.queues["to_dispatch"])
    view.select("i4")
    qtbot.waitUntil(lambda: view.selected_id() == "i4")


def test_another_queue_brings_other_columns_and_rows(view, seat, qtbot):
    view.open(seat.core.queues["to_dispatch"])
    qtbot.waitUntil(lambda: rows(view) == 1)
    assert view.key == "to_dispatch"
    assert "⟦" not in view._title.text() + view._order.text()
    view.refresh(Changes(everything=True))
    qtbot.wait(5)
    assert rows(view) == 1


def test_an_empty_queue_says_so(view, qtbot):
    view.open(Queue(key="suspended", where="state:suspended"))
    qtbot.wait(10)
    assert rows(view) == 0
    assert view.grid._nothing.isVisible()


def test_a_failure_is_told_in_place(view, failed, monkeypatch, qtbot):
    monkeypatch.setattr(view._core, "find", lambda *_: 1 / 0)
    view.refresh(Changes(everything=True))
    qtbot.waitUntil(lambda: bool(failed))
    assert view.grid._condition.kind == "failed"


def test_what_left_the_queue_gives_its_place_to_the_next(view, qtbot):
    grid = view.grid
    qtbot.waitUntil(lambda: grid.table.rowCount() > 2)
    view.step(1)
    second, third = (grid.table.row_at(n)[0] for n in (1, 2))
    view.select(second)
    grid.table.show([], [second])
    qtbot.waitUntil(lambda: grid.table.place_of(second) < 0)
    view.step(1)
    assert view.selected_id() == third

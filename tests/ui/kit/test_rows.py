"""The view of a table: keys go by rows, the place is kept while rows move, a pointer holds them."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent

from console.base.clock import ManualClock
from tests.ui.rows import NOON, Told, row, sheet
from ui.kit import icons, theme
from ui.kit.rows import RowsView
from ui.kit.theme import Look
from ui.models.columns import setting
from ui.models.table import SETTLE_MS, RowTable

KEY = Qt.Key


class Desk:
    """A view of two hundred rows, by their due times, and its clock."""

    def __init__(self, qapp: Any, rows: int = 200) -> None:
        self.clock = ManualClock(NOON)
        found = sheet()
        self.table = RowTable(
            found.shape_of(), found.columns_of(), setting(found, Told(), self.clock.now)
        )
        self.table.sort_by([("due", True)])
        self.view = RowsView(self.table, Look(qapp, icons.draw, theme.read("night")))
        self.view.resize(1_366, 10 * 30 + 28)
        self.show([self.row(n) for n in range(rows)])

    def row(self, n: int, due: int = 0, **facts: Any) -> Any:
        return row(n, due=due or 1_000 + 10 * n, paused=0, **facts)

    def show(self, rows: Any, gone: Any = ()) -> None:
        self.clock.turn(SETTLE_MS)
        self.table.show(rows, gone)


@pytest.fixture
def desk(qtbot: Any, qapp: Any) -> Iterator[Desk]:
    made = Desk(qapp)
    qtbot.addWidget(made.view)
    # Where another test left the pointer, it would lie on these rows and hold them.
    QCursor.setPos(20_000, 20_000)
    made.view.show()
    qtbot.waitExposed(made.view)
    yield made
    qapp.setStyleSheet("")


def i(n: int) -> str:
    return f"i{n:07d}"


def test_keys_go_by_rows_and_tell_which(qtbot: Any, desk: Desk) -> None:
    chosen: list[str] = []
    desk.view.chosen.connect(chosen.append)
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_End, KEY.Key_Home):
        qtbot.keyClick(desk.view, key)
    assert chosen == [i(0), i(1), i(0), i(199), i(0)]
    qtbot.keyClick(desk.view, KEY.Key_PageDown)
    assert 5 < desk.view.currentIndex().row() < 15


def test_enter_opens_the_current_row(qtbot: Any, desk: Desk) -> None:
    desk.view.choose(i(3))
    with qtbot.waitSignal(desk.view.opened) as told:
        qtbot.keyClick(desk.view, KEY.Key_Return)
    assert told.args == [i(3)]


def test_a_row_is_chosen_by_its_id_and_brought_into_sight(desk: Desk) -> None:
    assert desk.view.choose(i(150))
    assert desk.view.rowAt(desk.view.viewport().height() - 2) >= 150
    assert desk.view.chosen_ids() == [i(150)]
    assert not desk.view.choose("nobody")


def test_what_is_looked_at_stays_where_it_is_when_rows_come_above(desk: Desk) -> None:
    desk.view.choose(i(100))
    y = desk.view.rowViewportPosition(desk.view.currentIndex().row())
    desk.show([desk.row(n, due=5) for n in range(300, 340)], [i(2), i(5)])
    assert desk.view.current_id() == i(100)
    assert desk.table.place_of(i(100)) == 138
    assert desk.view.rowViewportPosition(138) == y


def test_at_the_top_what_is_new_is_seen(desk: Desk) -> None:
    desk.show([desk.row(300, due=5)])
    assert desk.view.rowAt(0) == 0
    assert desk.table.row_at(0)[0] == i(300)


def test_when_the_chosen_row_leaves_nothing_else_is_chosen_for_it(qtbot: Any, desk: Desk) -> None:
    chosen: list[str] = []
    desk.view.choose(i(4))
    desk.view.chosen.connect(chosen.append)
    desk.show([], [i(4)])
    assert chosen == []
    assert desk.view.chosen_ids() == []
    assert desk.view.currentIndex().row() == 4
    qtbot.keyClick(desk.view, KEY.Key_Down)
    assert chosen == [i(5)]


def test_rows_keep_still_under_the_pointer(qtbot: Any, desk: Desk) -> None:
    at = QPointF(50, 50)
    desk.view.viewportEvent(QEnterEvent(at, at, at))
    desk.show([desk.row(300, due=5)])
    assert desk.table.row_at(0)[0] == i(0)
    desk.view.viewportEvent(QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: desk.table.row_at(0)[0] == i(300))


def test_a_pointer_that_lies_still_holds_nothing(qtbot: Any, desk: Desk) -> None:
    at = QPointF(50, 50)
    desk.view._rest.setInterval(1)
    desk.view.viewportEvent(QEnterEvent(at, at, at))
    desk.show([desk.row(300, due=5)])
    qtbot.waitUntil(lambda: desk.table.row_at(0)[0] == i(300))


def test_a_narrow_window_shows_fewer_columns_and_never_drops_the_first(desk: Desk) -> None:
    def shown() -> list[str]:
        return [c.key for n, c in enumerate(desk.table.columns) if not desk.view.isColumnHidden(n)]

    desk.view.resize(2_000, 300)
    assert shown() == [column.key for column in desk.table.columns]
    desk.view.resize(700, 300)
    assert shown()[:3] == ["level", "mark", "clock"]
    assert "source" not in shown()
    widths = sum(desk.view.columnWidth(n) for n in range(len(desk.table.columns)))
    assert widths == desk.view.viewport().width()


def test_a_heading_sorts_both_ways_and_then_as_usual(desk: Desk) -> None:
    keys = [column.key for column in desk.table.columns]
    header = desk.view.horizontalHeader()
    for first in (i(0), i(199), i(0)):
        header.sectionClicked.emit(keys.index("clock"))
        assert desk.table.row_at(0)[0] == first
    assert not header.isSortIndicatorShown()


def test_a_width_that_a_person_chose_is_kept(desk: Desk) -> None:
    desk.view.setColumnWidth(0, 99)
    desk.view.resize(1_500, 300)
    assert desk.view.columnWidth(0) == 99


def test_a_changed_row_fades_and_then_rests(qtbot: Any, desk: Desk) -> None:
    desk.show([desk.row(1, title="changed")])
    assert desk.view._fade.isActive()
    desk.clock.turn(2_000)
    qtbot.waitUntil(lambda: not desk.view._fade.isActive())


def test_low_rows_show_more(desk: Desk) -> None:
    before = desk.view.rowAt(desk.view.viewport().height() - 1)
    desk.view.set_row_height(24)
    assert desk.view.rowAt(desk.view.viewport().height() - 1) > before

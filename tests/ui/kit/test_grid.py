"""A queue on the screen: counts, what waits under the pointer, and words where no rows are."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.rows import row, sheet, told
from ui.kit import icons, theme
from ui.kit.grid import DRAWN, READY, Condition, Grid
from ui.kit.theme import Look
from ui.models.table import RowTable


@pytest.fixture
def grid(qtbot: Any, qapp: Any) -> Iterator[Grid]:
    found = sheet()
    table = RowTable(found.shape_of(), found.columns_of(), told())
    made = Grid(table, Look(qapp, icons.draw, theme.read("night")))
    qtbot.addWidget(made)
    made.resize(1_000, 400)
    made.show()
    yield made
    qapp.setStyleSheet("")


def words(grid: Grid) -> list[str]:
    labels = [
        grid._count,
        grid._words,
        grid._nothing._title,
        grid._nothing._why,
        grid._nothing._next,
    ]
    return [label.text() for label in labels if label.isVisible() and label.text()]


def test_it_counts_and_says_when_it_shows_a_part(grid: Grid) -> None:
    grid.table.show([row(n) for n in range(1_200)])
    assert words(grid) == ["1,200 条"]
    grid.table.set_ids({"i0000001"})
    assert words(grid) == ["1 条（共 1,200 条）"]


@pytest.mark.parametrize("kind", sorted(DRAWN))
def test_each_reason_to_have_no_rows_is_said_in_their_place(grid: Grid, kind: str) -> None:
    grid.say(Condition(kind, "为什么", "怎么办"))
    title, why, then = words(grid)[1:]
    assert (why, then) == ("为什么", "怎么办")
    assert "⟦" not in title
    # It is really seen: it stands above the view of the rows.
    order = grid.children()
    assert order.index(grid._nothing) > order.index(grid.view)


def test_with_rows_the_reason_is_in_the_strip(grid: Grid) -> None:
    grid.table.show([row(1)])
    grid.say(Condition("stale", "截至 12:03:22"))
    assert words(grid) == ["1 条", "数据不是最新 · 截至 12:03:22"]
    grid.say(READY)
    assert words(grid) == ["1 条"]


def test_what_waits_is_counted_and_comes_on_asking(qtbot: Any, grid: Grid) -> None:
    grid.table.show([row(99)])
    grid.table.hold()
    grid.table.show([row(n) for n in range(37)])
    assert grid._held.isVisible()
    assert grid._held.text() == "有 37 条更新"
    qtbot.mouseClick(grid._held, Qt.MouseButton.LeftButton)
    assert grid.table.rowCount() == 38
    assert not grid._held.isVisible()


def test_choosing_and_opening_are_told_by_id(qtbot: Any, grid: Grid) -> None:
    grid.table.show([row(1), row(2)])
    with qtbot.waitSignal(grid.selected) as chosen:
        assert grid.select("i0000002")
    with qtbot.waitSignal(grid.activated) as opened:
        qtbot.keyClick(grid.view, Qt.Key.Key_Return)
    assert chosen.args == opened.args == ["i0000002"]
    assert grid.selected_id() == "i0000002"
    assert grid.selected_ids() == ["i0000002"]


def test_the_language_may_change(grid: Grid) -> None:
    grid.table.show([row(1)])
    grid._count.setText("")
    grid.speak()
    assert words(grid) == ["1 条"]


def test_what_comes_into_an_empty_queue_is_shown_at_once(grid: Grid) -> None:
    grid.table.hold()
    grid.table.show([row(n) for n in range(37)])
    assert grid.table.rowCount() == 37
    assert not grid._held.isVisible()

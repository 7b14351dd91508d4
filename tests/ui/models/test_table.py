"""The one table: always what a plain sorted list would be, never reset, never moved by force."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex

from console.base.clock import ManualClock
from console.domain.rows import SHAPES, Row
from tests.ui.rows import Told, row, sheet
from ui.models.columns import setting
from ui.models.table import DISPLAY, FADE_MS, ROW, SETTLE_MS, RowTable

LEVEL, DUE, TITLE = map(SHAPES["incident"].index, ("level", "due", "title"))
BY = (("level", True), ("due", True), ("title", False))


class Table(RowTable):
    """A table whose time is the test's."""

    def __init__(self, by: Any = BY) -> None:
        self.clock = ManualClock(1_781_236_800_000)
        known = sheet()
        super().__init__(
            known.shape_of(),
            known.columns_of(),
            setting(known, Told(), self.clock.now),
        )
        self.sort_by(by)

    def ids(self) -> list[str]:
        return [self.row_at(place)[0] for place in range(self.rowCount())]

    def settled(self, *news: Any) -> None:
        self.show(*news)
        self.clock.turn(SETTLE_MS)
        self.show([])


@pytest.fixture
def table(qapp: Any) -> Table:
    return Table()


def known(**facts: Any) -> Row:
    plain = {"level": "routine", "due": 0, "title": "a", "pending": 0, "refused": 0, "conflict": 0}
    return row(1, **(plain | facts))


def plainly(rows: dict[str, tuple[int, Row]], shown: Any = None) -> list[str]:
    """Sort as a list is: by level, then due (those not set last), then title downwards."""
    levels = ("I", "II", "III", "IV", "routine")
    alive = [(n, r) for n, r in rows.values() if shown is None or shown(r)]
    alive.sort(key=lambda each: each[0])
    alive.sort(key=lambda each: each[1][TITLE], reverse=True)
    # A stable sort turned round keeps those that are alike in their order.
    alive.sort(key=lambda each: (levels.index(each[1][LEVEL]), each[1][DUE] or float("inf")))
    return [r[0] for _, r in alive]


def alike(row: Row) -> tuple[Any, ...]:
    return row[LEVEL], row[DUE], row[TITLE]


def test_qt_finds_no_fault_with_it(qtmodeltester: Any, table: Table) -> None:
    qtmodeltester.check(table, force_py=False)
    table.settled([row(n) for n in range(40)])
    table.settled([row(n, level="I") for n in range(20, 60, 3)], ["i0000001", "i0000004"])
    table.set_filter(lambda r: r[LEVEL] != "I")
    table.set_filter(None)
    table.sort(3)


CHANGE = st.tuples(
    st.integers(0, 12),
    st.sampled_from(("I", "II", "routine")),
    st.sampled_from((0, 5, 6, 7)),
    st.sampled_from(("a", "b", "ab", "")),
)
BEAT = st.tuples(
    st.lists(CHANGE, max_size=6),
    st.lists(st.integers(0, 12), max_size=3),
    st.sampled_from(("", "hold", "release", "let_go", "filter", "all")),
)


@given(beats=st.lists(BEAT, max_size=12))
@settings(deadline=None)
def test_it_is_always_what_a_sorted_list_would_be(qapp: Any, beats: Any) -> None:
    table = Table()
    rows: dict[str, tuple[int, Row]] = {}
    chosen = None
    for n, (changes, gone, act) in enumerate(beats):
        leave = [f"i{each:07d}" for each in gone]
        came = [row(i, level=a, due=b, title=c) for i, a, b, c in changes]
        for each in leave:
            # One that left and came back within a beat never left.
            if each not in {r[0] for r in came}:
                rows.pop(each, None)
        for m, r in enumerate(came):
            rows[r[0]] = (rows.get(r[0], (n * 100 + m, r))[0], r)
        if act in {"hold", "release", "let_go"}:
            getattr(table, act)()
        elif act:
            chosen = (lambda r: r[LEVEL] == "I") if act == "filter" else None
            table.set_filter(chosen)
        table.settled(came, leave)
    table.release()
    table.let_go()
    wanted = plainly(rows, chosen)
    # Rows that are alike may stand either way round: one that left and came back while the table
    # was held never left its place.
    assert [alike(rows[each][1]) for each in table.ids()] == [alike(rows[i][1]) for i in wanted]
    assert sorted(table.ids()) == sorted(wanted)
    assert table.total == len(rows)


def test_it_stays_in_order_when_few_of_many_change(qapp: Any) -> None:
    table = Table()
    rows = {f"i{n:07d}": (n, row(n)) for n in range(3_000)}
    table.settled([r for _, r in rows.values()])
    for beat in range(5):
        new = [row(n, title=f"事{beat}{n}", due=1 + n % 7) for n in range(beat, 3_000, 97)]
        table.settled(new)
        rows |= {r[0]: (rows[r[0]][0], r) for r in new}
    assert table.ids() == plainly(rows)


def test_selection_and_current_row_go_with_the_record(table: Table) -> None:
    table.settled([known(id="a", due=5), known(id="b", due=6), known(id="c", due=7)])
    kept = QPersistentModelIndex(table.index(1, 2))
    picked = QItemSelectionModel(table)
    picked.select(table.index(1, 0), QItemSelectionModel.SelectionFlag.Select)
    table.settled([known(id="c", due=1), known(id="d", due=2)], ["a"])
    assert table.ids() == ["c", "d", "b"]
    assert (kept.row(), kept.column()) == (2, 2)
    assert [index.row() for index in picked.selectedIndexes()] == [2]


def test_rows_keep_still_while_held_but_their_values_change(table: Table) -> None:
    table.settled([known(id="a", due=5), known(id="b", due=6)])
    waiting: list[int] = []
    table.held_changes.connect(waiting.append)
    table.hold()
    table.settled([known(id="b", due=1, title="new"), known(id="c", due=2)], ["a"])
    assert table.ids() == ["a", "b"]
    assert table.row_at(1)[TITLE] == "new"
    assert table.left(0)
    assert waiting[-1] == 3
    table.let_go()
    assert table.ids() == ["b", "c"]
    assert waiting[-1] == 0


def test_two_reasons_to_hold_are_both_to_be_released(table: Table) -> None:
    table.settled([known(id="a")])
    table.hold()
    table.hold("edit")
    table.settled([known(id="b")])
    table.release()
    assert table.ids() == ["a"]
    table.clock.turn(SETTLE_MS)
    table.release("edit")
    assert table.ids() == ["a", "b"]


def test_an_empty_table_shows_its_first_rows_even_while_held(table: Table) -> None:
    table.hold()
    table.settled([known(id="a")])
    assert table.ids() == ["a"]


def test_only_what_is_on_the_screen_is_told_and_once(table: Table) -> None:
    table.settled([known(id=f"{n:03}", due=n + 1) for n in range(100)])
    table.set_visible(10, 20)
    told: list[tuple[int, int]] = []
    table.dataChanged.connect(lambda a, b: told.append((a.row(), b.row())))
    table.show([known(id=f"{n:03}", due=n + 1, address="x") for n in (3, 12, 17, 60)])
    assert told == [(12, 17)]


def test_a_burst_settles_at_most_twice_a_second(table: Table) -> None:
    table.settled([known(id="a", due=5)])
    moved: list[int] = []
    table.moved.connect(lambda: moved.append(1))
    for n in range(20):
        table.clock.turn(SETTLE_MS // 10)
        table.show([known(id=f"n{n}", due=n + 1)])
    assert len(moved) == 2


def test_it_is_never_reset(table: Table) -> None:
    resets: list[int] = []
    table.modelAboutToBeReset.connect(lambda: resets.append(1))
    table.settled([row(n) for n in range(50)])
    table.set_ids({"i0000003"})
    assert table.ids() == ["i0000003"]
    table.set_ids(None)
    table.settled([], [f"i{n:07d}" for n in range(50)])
    assert table.rowCount() == 0
    assert resets == []


def test_a_change_is_to_be_seen_for_a_second(table: Table) -> None:
    table.settled([known(id=f"{n:03}", due=n + 1) for n in range(300)])
    assert table.fading(0, 299) == []
    table.show([known(id="004", due=5, address="x")])
    assert table.fading(0, 299) == [4]
    table.clock.turn(FADE_MS)
    assert table.fading(0, 299) == []


def test_a_cell_is_written_anew_when_its_row_changes(table: Table) -> None:
    table.settled([known(id="a", title="before")])
    title = [column.key for column in table.columns].index("title")
    assert table.index(0, title).data(DISPLAY) == "before"
    table.show([known(id="a", title="after")])
    assert table.index(0, title).data(DISPLAY) == "after"
    assert table.index(0, title).data(ROW)[0] == "a"


def test_a_row_that_comes_back_before_it_went_stays(table: Table) -> None:
    table.settled([known(id="a"), known(id="b", title="z")])
    table.hold()
    table.show([], ["a"])
    table.show([known(id="a")])
    table.release()
    table.let_go()
    assert sorted(table.ids()) == ["a", "b"]

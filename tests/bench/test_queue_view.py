"""The queue's view: 100,000 rows, 1,000 changes a second, and the screen's thread is never late."""

import random
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop, QSortFilterProxyModel, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QHeaderView, QTableView

from console.base.clock import SystemClock
from console.domain.rows import SHAPES, Row
from tests.ui.rows import Told, row, sheet
from ui.kit import fonts, icons, theme
from ui.kit.grid import Grid
from ui.kit.theme import Look
from ui.models.columns import setting
from ui.models.table import RowTable

pytestmark = [pytest.mark.bench, pytest.mark.timeout(300)]

ROWS, A_SECOND, BEAT_MS, SECONDS, TIMER_MS = 100_000, 1_000, 100, 5, 10
LATEST_MS = 16
SIZE = (1_920, 1_080)
SHAPE = SHAPES["incident"]
FIELDS = ("no", "title", "level", "due", "address", "state", "lead", "reported_at", "updated_at")


class Late:
    """Notes how late a timer of 10 ms comes."""

    def __init__(self) -> None:
        self.delays: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._timer.start(TIMER_MS)

    def _note(self) -> None:
        now = time.perf_counter()
        if self._last:
            self.delays.append(max(0.0, (now - self._last) * 1_000 - TIMER_MS))
        self._last = now

    def p99(self) -> float:
        return sorted(self.delays)[int(len(self.delays) * 0.99)]


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def lateness(name: str, beat: Callable[[int], None], seconds: int = SECONDS) -> float:
    """Let a beat bring changes for some seconds; give how late the timer came, at p99."""
    beats = iter(range(10**9))
    timer = QTimer()
    timer.timeout.connect(lambda: beat(next(beats)))
    timer.start(BEAT_MS)
    wait(1_000)
    late, cpu = Late(), time.process_time()
    wait(seconds * 1_000)
    cpu = (time.process_time() - cpu) / seconds
    timer.stop()
    found = late.p99()
    worst = max(late.delays)
    sys.stdout.write(f"\n{name}: p99 {found:.1f} ms, worst {worst:.1f} ms, {cpu:.0%} of a core")
    return found


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    now = SystemClock().now()
    return [row(n, now) for n in range(ROWS)]


def changes(rows: list[Row], n: int, due: int) -> list[Row]:
    """Change a hundredth of a thousand rows: their state, their limit, when they were touched."""
    dice = random.Random(n)
    at = [SHAPE.index(name) for name in ("state", "due", "updated_at")]
    changed: list[Row] = []
    for number in dice.sample(range(ROWS), A_SECOND * BEAT_MS // 1_000):
        facts = list(rows[number])
        facts[at[0]] = dice.choice(("accepted", "handling", "feedback"))
        facts[at[1]] += dice.randint(-due, due) if facts[at[1]] else 0
        facts[at[2]] += 1
        rows[number] = tuple(facts)
        changed.append(rows[number])
    return changed


def grid(qapp: Any, qtbot: Any, rows: list[Row]) -> Grid:
    fonts.dress(qapp)
    known = sheet()
    table = RowTable(
        known.shape_of(), known.columns_of(), setting(known, Told(), SystemClock().now)
    )
    table.sort_by(known.order_of())
    shown = Grid(table, Look(qapp, icons.draw, theme.read("night")))
    qtbot.addWidget(shown)
    shown.resize(*SIZE)
    shown.show()
    began = time.perf_counter()
    table.show(rows)
    sys.stdout.write(f"\nfirst fill of {ROWS:,}: {(time.perf_counter() - began) * 1e3:.0f} ms")
    return shown


def test_the_screen_is_never_late(qapp: Any, qtbot: Any, rows: list[Row]) -> None:
    shown = grid(qapp, qtbot, rows)
    mine, beats = list(rows), iter(range(10**9))
    # The calmest of three: what other programs do on this machine is not ours.
    found = min(
        lateness(
            "ours, kept in order",
            lambda _: shown.table.show(changes(mine, next(beats), 3_600_000)),
        )
        for _ in range(3)
    )
    shown.table.hold()
    held = lateness(
        "ours, held", lambda n: shown.table.show(changes(mine, -n, 3_600_000)), seconds=3
    )
    began = time.perf_counter()
    shown.table.let_go()
    sys.stdout.write(f"\nlet go: {(time.perf_counter() - began) * 1e3:.0f} ms")
    keys = [column.key for column in shown.table.columns]
    for key in ("clock", "title", "place"):
        began = time.perf_counter()
        shown.table.sort(keys.index(key))
        sys.stdout.write(f"\nsort by {key}: {(time.perf_counter() - began) * 1e3:.0f} ms")
    began = time.perf_counter()
    shown.view.viewport().repaint()
    sys.stdout.write(f"\none repaint: {(time.perf_counter() - began) * 1e3:.1f} ms\n")
    qapp.setStyleSheet("")
    assert found <= LATEST_MS
    assert held <= LATEST_MS


def test_beside_plain_models(qapp: Any, qtbot: Any, rows: list[Row], tmp_path: Path) -> None:
    """For comparison alone: nothing is asked of these."""
    plain = lateness("nothing at all", lambda n: None, seconds=2)
    proxied(qtbot, list(rows))
    selected_anew(qtbot, list(rows), tmp_path / "rows.db")
    assert plain < LATEST_MS


def plain_view(qtbot: Any, model: Any) -> QTableView:
    view = QTableView()
    qtbot.addWidget(view)
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    view.verticalHeader().hide()
    view.setModel(model)
    view.resize(*SIZE)
    view.show()
    return view


def proxied(qtbot: Any, rows: list[Row]) -> None:
    at = [SHAPE.index(name) for name in FIELDS]
    model = QStandardItemModel(len(rows), len(FIELDS))
    for place, facts in enumerate(rows):
        for column, n in enumerate(at):
            item = QStandardItem()
            item.setData(facts[n], Qt.ItemDataRole.DisplayRole)
            model.setItem(place, column, item)
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setDynamicSortFilter(True)
    view = plain_view(qtbot, proxy)
    began = time.perf_counter()
    proxy.sort(FIELDS.index("due"))
    sys.stdout.write(f"\nQSortFilterProxyModel sort: {(time.perf_counter() - began) * 1e3:.0f} ms")
    place = {facts[0]: number for number, facts in enumerate(rows)}
    written = [(FIELDS.index(name), SHAPE.index(name)) for name in ("state", "due", "updated_at")]

    def beat(n: int) -> None:
        for facts in changes(rows, n, 3_600_000):
            for column, field in written:
                model.setData(model.index(place[facts[0]], column), facts[field])

    lateness("QStandardItemModel + QSortFilterProxyModel", beat)
    view.hide()


def selected_anew(qtbot: Any, rows: list[Row], file: Path) -> None:
    """Show a table of a database that others write: select() is the only way to see it changed."""
    line = f"create table rows (id text primary key, {', '.join(FIELDS)})"
    marks = ", ".join("?" * (len(FIELDS) + 1))
    at = [0, *(SHAPE.index(name) for name in FIELDS)]
    writer = sqlite3.connect(file)
    writer.execute("pragma journal_mode = wal")
    writer.execute("pragma synchronous = off")
    writer.execute(line)
    insert = f"insert or replace into rows values ({marks})"  # noqa: S608 - no words of others
    with writer:
        writer.executemany(insert, [[facts[n] for n in at] for facts in rows])
        writer.execute("create index by_due on rows (due)")
    base = QSqlDatabase.addDatabase("QSQLITE", "bench")
    base.setDatabaseName(str(file))
    assert base.open()
    model = QSqlTableModel(db=base)
    model.setTable("rows")
    model.setSort(FIELDS.index("due") + 1, Qt.SortOrder.AscendingOrder)
    model.select()
    view = plain_view(qtbot, model)

    def beat(n: int) -> None:
        with writer:
            new = changes(rows, n, 3_600_000)
            writer.executemany(insert, [[facts[n] for n in at] for facts in new])
        if n % 5 == 0:
            model.select()
            while model.canFetchMore():
                model.fetchMore()

    lateness("QSqlTableModel, select() twice a second", beat)
    view.setModel(None)
    model.clear()
    writer.close()
    base.close()
    model.deleteLater()

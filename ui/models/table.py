"""The one item model: rows in order, changed row by row, never reset, never moved under a hand.

News comes once a beat. Values change at once where they stand. What changes *places* (rows that
are new, have left, or sort elsewhere) waits for the next settling: at most twice a second, and not
while the table is held, because someone's pointer is over it or a row is being edited.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from console.base.text import text
from console.domain.rows import Row, Shape
from ui.models.columns import Cell, Column, Setting
from ui.models.formats import Words
from ui.models.order import Order, Slots, keys

Index = QModelIndex | QPersistentModelIndex
Predicate = Callable[[Row], bool]

# Roles as plain numbers: comparing enums in data() costs three times as much.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
ROW = int(Qt.ItemDataRole.UserRole)
HORIZONTAL = Qt.Orientation.Horizontal

SETTLE_MS = 500
FADE_MS = 1_000
ROOM = 1_024
FILL = 256
"""A beat that brings more new rows than these fills the table: it is no news."""
NOWHERE = QModelIndex()


class RowTable(QAbstractTableModel):
    """Rows of one shape, as many as there are, in an order that the model keeps."""

    held_changes = Signal(int)
    """How many rows wait to take their new place."""
    moving = Signal()
    moved = Signal()
    """Rows are about to change places; they have. Between the two a view keeps its anchor."""

    def __init__(
        self,
        shape: Shape,
        columns: Sequence[Column],
        setting: Setting,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.shape = shape
        self.columns = tuple(columns)
        self._setting = setting
        self._words = Words(self.columns, shape, setting)
        self.order_by: tuple[tuple[str, bool], ...] = ()
        self._ordered = Order()
        self._rows: list[Row] = []
        self._slot: dict[str, int] = {}
        self._free: list[int] = []
        self._order: Slots = np.zeros(0, np.int64)
        self._place: Slots = np.zeros(0, np.int64)
        self._member: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._changed_at: Slots = np.zeros(0, np.int64)
        self._stirred: set[int] = set()
        self._leaving: set[int] = set()
        self._filter: Predicate | None = None
        self._ids: set[str] | None = None
        self._holds: set[str] = set()
        self._visible = (0, -1)
        self._settled_at = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._settle_unless_held)

    # ---- news ------------------------------------------------------------------------------------

    def show(self, rows: Iterable[Row], gone: Iterable[str] = ()) -> None:
        """Take in new or changed rows, and let go of those that left: once a beat."""
        now = self._setting.now()
        for row_id in gone:
            slot = self._slot.get(row_id)
            if slot is not None and slot not in self._leaving:
                self._leaving.add(slot)
                self._stir(slot, member=False)
        changed: list[int] = []
        fresh: list[int] = []
        for row in rows:
            self._take(row, changed, fresh)
        if fresh:
            self._ordered_by_rows(fresh)
        if len(fresh) < FILL:
            self._changed_at[fresh] = now
        self._changed_at[changed] = now
        self._tell(changed)
        self._settle_soon(now)

    def set_filter(self, allows: Predicate | None) -> None:
        """Show only the rows that a predicate allows; a person asked, so it is done at once."""
        self._filter = allows
        self._choose()

    def set_ids(self, ids: set[str] | None) -> None:
        """Show only these rows, as the store's search found them; none: all."""
        self._ids = ids
        self._choose()

    def sort_by(self, by: Sequence[tuple[str, bool]]) -> None:
        """Order by fields, each with whether the least comes first."""
        self.order_by = tuple(by)
        self._make_order()
        self._settle(whole=True)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column, as Qt's header asks."""
        if 0 <= column < len(self.columns):
            wanted = self.columns[column]
            name = wanted.order or wanted.field
            self.sort_by([(name, order == Qt.SortOrder.AscendingOrder)])

    def set_visible(self, first: int, last: int) -> None:
        """Note which places are on the screen: only their changes are told."""
        self._visible = (first, last)

    # ---- keeping still ---------------------------------------------------------------------------

    def hold(self, why: str = "pointer") -> None:
        """Move no row until released; values still change where they stand."""
        self._holds.add(why)

    def release(self, why: str = "pointer") -> None:
        """Take back one hold; with the last one gone, what waited takes its place."""
        self._holds.discard(why)
        if not self._holds:
            self._settle_soon(self._setting.now())

    def let_go(self) -> None:
        """Let what waits take its place now, once: a person asked."""
        self._settle()

    # ---- asking ----------------------------------------------------------------------------------

    def row_at(self, place: int) -> Row:
        return self._rows[int(self._order[place])]

    def place_of(self, row_id: str) -> int:
        """Say where a row stands now; -1: it is not shown."""
        slot = self._slot.get(row_id, -1)
        return int(self._place[slot]) if slot >= 0 else -1

    def left(self, place: int) -> bool:
        """Say whether the row has left, and stands here only until the table settles."""
        return bool(self._leaving) and int(self._order[place]) in self._leaving

    def age(self, place: int) -> int:
        """Say how long ago a row last changed, in ms."""
        return self._setting.now() - int(self._changed_at[self._order[place]])

    def fading(self, first: int, last: int) -> list[int]:
        """Give the places, of those on the screen, whose change is still to be seen."""
        since = self._setting.now() - FADE_MS
        stamps = self._changed_at[self._order[first : last + 1]]
        return [first + int(n) for n in np.flatnonzero(stamps > since)]

    @property
    def filtered(self) -> bool:
        return self._filter is not None or self._ids is not None

    @property
    def total(self) -> int:
        """Count all rows, also those that a filter leaves out."""
        return len(self._slot) - len(self._leaving)

    def cell(self, place: int, column: int) -> Cell:
        """Write one cell."""
        slot = int(self._order[place])
        return self._words.cell(slot, self._rows[slot], column)

    def forget_words(self) -> None:
        """Write all cells afresh: the language or the names have changed."""
        self._words.forget()
        self.headerDataChanged.emit(HORIZONTAL, 0, len(self.columns) - 1)
        self._tell_places(*self._visible)

    # ---- Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        if role == DISPLAY:
            return self.cell(index.row(), index.column()).text
        if role == ROW:
            return self.row_at(index.row())
        if role in {TOOL_TIP, SPOKEN}:
            cell = self.cell(index.row(), index.column())
            return cell.full or cell.text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != HORIZONTAL or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in {DISPLAY, TOOL_TIP}:
            return text(f"column.{column.key}")
        if role == ALIGNMENT:
            side = (
                Qt.AlignmentFlag.AlignRight
                if column.align == "right"
                else Qt.AlignmentFlag.AlignLeft
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _take(self, row: Row, changed: list[int], fresh: list[int]) -> None:
        slot = self._slot.get(row[0])
        if slot is None:
            slot = self._free.pop() if self._free else len(self._rows)
            if slot == len(self._rows):
                self._rows.append(row)
                self._grow(slot + 1)
            self._slot[row[0]] = slot
            self._rows[slot] = row
            self._ordered.arrive(slot)
            fresh.append(slot)
            return
        back = slot in self._leaving
        if not back and self._rows[slot] == row:
            return
        self._leaving.discard(slot)
        self._rows[slot] = row
        changed.append(slot)
        member = self._allows(row)
        if self._ordered.put(slot, row) or member != self._member[slot] or back:
            self._stir(slot, member)

    def _ordered_by_rows(self, fresh: list[int]) -> None:
        rows = [self._rows[slot] for slot in fresh]
        if len(self._ordered.keys) != len(self.order_by):
            self._make_order()
        else:
            self._ordered.put_all(fresh, rows)
        for slot, row in zip(fresh, rows, strict=True):
            self._stir(slot, self._allows(row))

    def _make_order(self) -> None:
        slots = list(self._slot.values())
        rows = [self._rows[slot] for slot in slots]
        by = keys(self.shape, self.order_by, self._setting, rows[0]) if rows else []
        self._ordered.by(by, slots, rows)

    def _grow(self, room: int) -> None:
        if room <= len(self._place):
            return
        room = max(ROOM, 2 * room)
        more = room - len(self._place)
        self._place = np.pad(self._place, (0, more), constant_values=-1)
        self._member = np.pad(self._member, (0, more))
        self._changed_at = np.pad(self._changed_at, (0, more))
        self._ordered.grow(room)

    def _stir(self, slot: int, member: bool) -> None:
        self._member[slot] = member
        self._stirred.add(slot)

    def _allows(self, row: Row) -> bool:
        if self._ids is not None and row[0] not in self._ids:
            return False
        return self._filter is None or self._filter(row)

    def _choose(self) -> None:
        for slot in self._slot.values():
            member = slot not in self._leaving and self._allows(self._rows[slot])
            if member != self._member[slot]:
                self._stir(slot, member)
        self._settle()

    def _tell(self, changed: list[int]) -> None:
        """Tell of the changed rows that are on the screen, in one word; of no others."""
        if not changed:
            return
        first, last = self._visible
        places = self._place[changed]
        seen = places[(places >= first) & (places <= last)]
        if len(seen):
            self._tell_places(int(seen.min()), int(seen.max()))

    def _tell_places(self, first: int, last: int) -> None:
        last = min(last, len(self._order) - 1)
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _settle_soon(self, now: int) -> None:
        if not self._stirred:
            return
        if self._holds and len(self._order):
            self.held_changes.emit(len(self._stirred))
            return
        wait = self._settled_at + SETTLE_MS - now
        if wait <= 0 or wait > SETTLE_MS:
            self._settle()
        elif not self._timer.isActive():
            self._timer.start(wait)

    def _settle_unless_held(self) -> None:
        if not self._holds:
            self._settle()

    def _settle(self, whole: bool = False) -> None:
        """Let every row take its place."""
        self._timer.stop()
        if not (self._stirred or whole):
            return
        if self._stirred:
            self._settled_at = self._setting.now()
        stirred = np.fromiter(self._stirred, np.int64, len(self._stirred))
        if whole:
            order = self._ordered.whole(np.flatnonzero(self._member))
        else:
            still = np.ones(len(self._place), np.bool_)
            still[stirred] = False
            kept = self._order[still[self._order]]
            order = self._ordered.mended(kept, stirred[self._member[stirred]])
        self._stirred.clear()
        self.moving.emit()
        self._become(order)
        self._sweep()
        self.moved.emit()
        self.held_changes.emit(0)

    def _become(self, order: Slots) -> None:
        """Go from the order there is to another: three signals at most, however many rows move.

        What comes is put in at the end, then all take their places, then what goes, standing at the
        end by then, is taken out.
        """
        come = order[self._place[order] < 0]
        go = order[:0]
        if len(order) - len(come) < len(self._order):
            stays = np.zeros(len(self._place), np.bool_)
            stays[order] = True
            go = self._order[~stays[self._order]]
        if len(come):
            n = len(self._order)
            self.beginInsertRows(NOWHERE, n, n + len(come) - 1)
            self._put(np.concatenate([self._order, come]))
            self.endInsertRows()
        target = np.concatenate([order, go])
        if not np.array_equal(target, self._order):
            self._lay_out(target)
        if len(go):
            self.beginRemoveRows(NOWHERE, len(order), len(target) - 1)
            self._place[go] = -1
            self._put(order)
            self.endRemoveRows()

    def _lay_out(self, order: Slots) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        slots = [int(self._order[index.row()]) for index in before]
        self._put(order)
        after = [
            self.index(int(self._place[slot]), index.column())
            for slot, index in zip(slots, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _put(self, order: Slots) -> None:
        self._order = order
        self._place[order] = np.arange(len(order))

    def _sweep(self) -> None:
        """Free the slots of rows that have left."""
        for slot in self._leaving:
            del self._slot[self._rows[slot][0]]
            self._words.drop(slot)
            self._changed_at[slot] = 0
            self._rows[slot] = ()
        self._free.extend(self._leaving)
        self._leaving.clear()

"""Readings in the ledger: the last value of every source, and so many days of history.

A beat is written whole as one row of a journal. The row of each source and its points follow
within ``TURNS`` beats, a share of the sources with each; then the beat leaves the journal.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, func, select

from console.base.clock import Clock
from console.base.ids import new_id
from console.central import tables
from console.central.ledger import Ledger
from console.central.sensing import trails
from console.central.sensing.series import Owner, Series
from console.central.sensing.trails import Fix
from console.central.sitting import upsert
from console.domain.sensed import Sensed
from console.wire import pack

DAY: Final = 86_400_000
PRUNED_EVERY_MS: Final = 3_600_000
POINTS: Final = 5_000
"""The most points of one answer."""
TURNS: Final = 60
"""So many beats go by until every source that changed has its row."""
_R, _J, _P, _C = tables.reading.c, tables.journal.c, tables.point.c, tables.counter.c
_SENSED = msgspec.json.Decoder(Sensed)
_COLUMNS = tuple(column.name for column in tables.reading.c)
_KEY = ("topic", "of", "source")
Sample = tuple[int, int, float]
"""A source by its number, when (ms UTC) it was measured, and what."""
Point = tuple[Series, int, float]


class Kept(Struct, array_like=True, frozen=True, gc=False):
    """A source as it is written down."""

    sensed: Sensed
    series: int
    owner: Owner
    turn: int
    opened: bool


class Samples(Struct, frozen=True):
    """Samples by columns: that is quicker to write than one by one."""

    series: Sequence[int] = ()
    at: Sequence[int] = ()
    value: Sequence[float] = ()

    def each(self) -> list[Sample]:
        """Give them one by one."""
        return list(zip(self.series, self.at, self.value, strict=True))


class Beat(Struct, array_like=True, frozen=True):
    """What changed within a beat: sources of which the last value alone did, the others; points.

    The places go to ``calm``, then to ``moved``. Journals of before have ``calm`` one by one.
    """

    calm: Samples | Sequence[Sample] = Samples()
    moved: Sequence[Kept] = ()
    points: Sequence[Sample] = ()


class Noted(NamedTuple):
    """A beat as it was written down: the last of its places, and what changed."""

    n: int
    beat: Beat

    def places(self) -> Iterator[tuple[int, Sample | Kept]]:
        """Give each place with what stands there."""
        calm, moved = self.beat.calm, self.beat.moved
        calm = calm.each() if isinstance(calm, Samples) else calm
        yield from enumerate((*calm, *moved), self.n + 1 - len(calm) - len(moved))


_BEAT = msgspec.json.Decoder(Beat)


class Keeping:
    """Writes and reads the tables of readings. ``days``: how long the history is kept."""

    def __init__(self, ledger: Ledger, clock: Clock, days: int) -> None:
        self._ledger = ledger
        self._clock = clock
        self._days = days
        self._node = new_id()[:32]
        self._pruned_at = clock.now()
        self._noted: deque[int] = deque()
        with ledger.reading() as line:
            self.head = _head(line)

    def all(self) -> tuple[list[tuple[int, Kept]], list[Noted]]:
        """Give every source that has a row, with its place; and the beats that have none yet."""
        with self._ledger.reading() as line:
            rows = line.execute(select(tables.reading).order_by(_R.n)).all()
            beats = line.execute(select(tables.journal).order_by(_J.n)).all()
        return [(row.n, _kept(row)) for row in rows], [_noted(row) for row in beats]

    def settle(self, rows: Sequence[tuple[int, Kept]], points: Sequence[Sample]) -> None:
        """Write what stands in the journal alone, and let the journal go but for its end."""
        with self._ledger.writing() as line:
            self._put(line, rows, points)
            line.execute(delete(tables.journal).where(_J.n < self.head))

    def write(
        self, changed: Sequence[Series], beat: Callable[[], Beat],
        rows: Sequence[tuple[int, Kept]], points: Sequence[Sample], fixes: Sequence[Fix] = (),
    ) -> list[Noted]:  # fmt: skip
        """Write a beat with its fixes, the rows and points whose turn it is; give others' beats.

        ``changed``: the sources of the beat in the order of their places. Those that are new have
        their number when ``beat`` is asked for what is to be written.
        """
        if not changed and not self._ledger.shared:
            self._prune()
            return []
        with self._ledger.writing() as line:
            head = _head(line) if self._ledger.shared else self.head
            others = self._others(line, head)
            if changed:
                self._name(line, changed)
                head += len(changed)
                self._note(line, beat(), head)
            self._put(line, rows, points)
            trails.write(line, fixes)
        self.head = head
        self._prune()
        return others

    def points(self, series: int, since: int) -> list[tuple[int, float]]:
        """Give the newest points of a series since an instant, the oldest of them first."""
        wanted = select(_P.at, _P.value).where(_P.series == series, _P.at >= since)
        with self._ledger.reading() as line:
            rows = line.execute(wanted.order_by(_P.at.desc()).limit(POINTS)).all()
        return [(row.at, row.value) for row in reversed(rows)]

    def _note(self, line: Connection, beat: Beat, n: int) -> None:
        """Write a beat into the journal; let go of the one whose sources all have their rows."""
        row = (n, self._node, pack(beat))
        _insert(line, tables.journal.name, ("n", "node", "body"), [row], ("n",))
        self._noted.append(n)
        while len(self._noted) > TURNS:
            n = self._noted.popleft()  # a number: said in the statement, for either driver
            line.exec_driver_sql(f"DELETE FROM {tables.journal.name} WHERE n = {n:d}")  # noqa: S608

    def _put(
        self, line: Connection, rows: Sequence[tuple[int, Kept]], points: Sequence[Sample]
    ) -> None:
        written = [self._row(n, kept) for n, kept in rows]
        _insert(line, tables.reading.name, _COLUMNS, written, _KEY, newest="at")
        kept = sorted(points)
        _insert(line, tables.point.name, ("series", "at", "value"), kept, ("series", "at"))

    def _row(self, n: int, kept: Kept) -> tuple[Any, ...]:
        reading = kept.sensed.reading
        return (
            reading.topic, reading.of, reading.source, kept.series, n, self._node, reading.at,
            *kept.owner, kept.turn, kept.opened, pack(kept.sensed),
        )  # fmt: skip

    def _name(self, line: Connection, found: Sequence[Series]) -> None:
        """Give the sources that have no number one."""
        new = [series for series in found if not series.id]
        if not new:
            return
        last = _counted(line, "reading.series")
        for number, series in enumerate(new, last + 1):
            series.id = number
        _count(line, "reading.series", last + len(new))

    def _others(self, line: Connection, head: int) -> list[Noted]:
        if head == self.head:
            return []
        query = select(tables.journal).where(_J.n > self.head, _J.node != self._node)
        return [_noted(row) for row in line.execute(query.order_by(_J.n)).all()]

    def _prune(self) -> None:
        """Let go, now and then, of what is older than is asked for."""
        now = self._clock.now()
        if now - self._pruned_at < PRUNED_EVERY_MS:
            return
        self._pruned_at = now
        before = now - self._days * DAY
        with self._ledger.writing() as line:
            line.execute(delete(tables.point).where(_P.at < before))
            trails.prune(line, before)


def _kept(row: Any) -> Kept:
    owner = (row.scope, row.depts)
    return Kept(_SENSED.decode(row.body), row.series, owner, row.turn, row.opened)


def _noted(row: Any) -> Noted:
    return Noted(row.n, _BEAT.decode(row.body))


def _head(line: Connection) -> int:
    """Give the last place: the end of the journal, or that of a row where there is no journal."""
    end = line.execute(select(func.max(_J.n))).scalar()
    return int(end or line.execute(select(func.max(_R.n))).scalar() or 0)


def _counted(line: Connection, name: str) -> int:
    return int(line.execute(select(func.max(_C.value)).where(_C.name == name)).scalar() or 0)


def _count(line: Connection, name: str, value: int) -> None:
    upsert(line, tables.counter, [{"name": name, "value": value}], ("name",))


def _insert(
    line: Connection, table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]],
    key: tuple[str, ...], newest: str = "",
) -> None:  # fmt: skip
    """Insert many rows, or put them in the place of those with the same key, the driver's way.

    ``newest``: the column in which the one there must not be greater.
    """
    if rows:
        mark = "?" if line.dialect.name == "sqlite" else "%s"
        line.exec_driver_sql(_statement(mark, table, columns, key, newest), list(rows))


@cache
def _statement(
    mark: str, table: str, columns: tuple[str, ...], key: tuple[str, ...], newest: str
) -> str:  # fmt: skip
    rest = ", ".join(f'"{c}" = excluded."{c}"' for c in columns if c not in key)
    only = f' WHERE {table}."{newest}" <= excluded."{newest}"' if newest else ""
    return (
        f"INSERT INTO {table} ({_listed(columns)}) VALUES ({', '.join([mark] * len(columns))})"  # noqa: S608
        f" ON CONFLICT ({_listed(key)}) DO UPDATE SET {rest}{only}"
    )


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{c}"' for c in columns)

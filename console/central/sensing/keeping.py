"""Readings in the ledger: the last value of every source, and so many days of history."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Raw
from sqlalchemy import Connection, delete, func, select

from console.base.clock import Clock
from console.base.ids import new_id
from console.central import tables
from console.central.ledger import Ledger
from console.central.sensing.series import Owner, Series
from console.central.sight import Sight
from console.central.sitting import upsert
from console.domain.sensed import Sensed

DAY: Final = 86_400_000
PRUNED_EVERY_MS: Final = 3_600_000
POINTS: Final = 5_000
"""The most points of one answer."""
_R, _P, _C = tables.reading.c, tables.point.c, tables.counter.c
_SENSED = msgspec.json.Decoder(Sensed)
_COLUMNS = tuple(column.name for column in tables.reading.c)
_KEY = ("topic", "of", "source")


class Kept(NamedTuple):
    """A source as it was written down."""

    sensed: Sensed
    series: int
    owner: Owner
    turn: int
    opened: bool


class Keeping:
    """Writes and reads the tables of readings. ``days``: how long the history is kept."""

    def __init__(self, ledger: Ledger, clock: Clock, days: int) -> None:
        self._ledger = ledger
        self._clock = clock
        self._days = days
        self._node = new_id()[:32]
        self._pruned_at = clock.now()
        with ledger.reading() as line:
            self.head = _counted(line, "reading.n")

    def all(self) -> Iterator[Kept]:
        """Give every source that is kept."""
        with self._ledger.reading() as line:
            rows = line.execute(select(tables.reading)).all()
        return (_kept(row) for row in rows)

    def write(
        self, rows: Sequence[tuple[Series, bytes]], points: Sequence[tuple[Series, int, float]]
    ) -> list[Kept]:
        """Write last values and points; give what another process wrote meanwhile."""
        if not rows and not self._ledger.shared:
            self._prune()
            return []
        with self._ledger.writing() as line:
            head = _counted(line, "reading.n")
            others = self._others(line, head)
            self._name(line, [series for series, _ in rows])
            written = [
                self._row(series, body, n) for n, (series, body) in enumerate(rows, head + 1)
            ]
            _put(line, tables.reading.name, _COLUMNS, written, _KEY)
            kept = [(series.id, at, value) for series, at, value in points]
            _put(line, tables.point.name, ("series", "at", "value"), kept, ("series", "at"))
            head += len(rows)
            _count(line, "reading.n", head)
        self.head = head
        self._prune()
        return others

    def page(self, since: int, sight: Sight, limit: int) -> tuple[list[Raw], int, bool]:
        """Give the last values after a place that a sight holds, where they end, and if more."""
        query = select(_R.n, _R.body).where(_R.n > since, sight.where(_R.scope, _R.depts))
        with self._ledger.reading() as line:
            head = _counted(line, "reading.n")
            rows = line.execute(query.order_by(_R.n).limit(limit + 1)).all()
        more = len(rows) > limit
        found = [Raw(row.body) for row in rows[:limit]]
        return found, rows[limit - 1].n if more else max(head, since), more

    def points(self, of: str, source: str, since: int, sight: Sight) -> list[tuple[int, float]]:
        """Give the newest points of a series since an instant, the oldest of them first."""
        which = (_R.topic != "position", _R.of == of, _R.source == source)
        if tables.NUL in of + source:
            return []
        with self._ledger.reading() as line:
            query = select(_R.series).where(*which, sight.where(_R.scope, _R.depts))
            series = line.execute(query).scalars().first()
            wanted = select(_P.at, _P.value).where(_P.series == series, _P.at >= since)
            rows = line.execute(wanted.order_by(_P.at.desc()).limit(POINTS)).all()
        return [(row.at, row.value) for row in reversed(rows)]

    def _row(self, series: Series, body: bytes, n: int) -> tuple[Any, ...]:
        reading = series.reading
        assert reading is not None  # noqa: S101 - it is written only after a reading
        return (
            reading.topic, reading.of, reading.source, series.id, n, self._node, reading.at,
            series.scope, series.depts, series.turn, series.opened, body,
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

    def _others(self, line: Connection, head: int) -> list[Kept]:
        if head == self.head:
            return []
        query = select(tables.reading).where(_R.n > self.head, _R.node != self._node)
        return [_kept(row) for row in line.execute(query).all()]

    def _prune(self) -> None:
        """Let go, now and then, of what is older than is asked for."""
        now = self._clock.now()
        if now - self._pruned_at < PRUNED_EVERY_MS:
            return
        self._pruned_at = now
        before = now - self._days * DAY
        with self._ledger.writing() as line:
            line.execute(delete(tables.point).where(_P.at < before))


def _kept(row: Any) -> Kept:
    return Kept(_SENSED.decode(row.body), row.series, (row.scope, row.depts), row.turn, row.opened)


def _counted(line: Connection, name: str) -> int:
    return int(line.execute(select(func.max(_C.value)).where(_C.name == name)).scalar() or 0)


def _count(line: Connection, name: str, value: int) -> None:
    upsert(line, tables.counter, [{"name": name, "value": value}], ("name",))


def _put(
    line: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]],
    key: Sequence[str],
) -> None:  # fmt: skip
    """Insert many rows, or put them in the place of those with the same key, the driver's way."""
    if not rows:
        return
    mark = "?" if line.dialect.name == "sqlite" else "%s"
    rest = ", ".join(f'"{c}" = excluded."{c}"' for c in columns if c not in key)
    line.exec_driver_sql(
        f"INSERT INTO {table} ({_listed(columns)}) VALUES ({', '.join([mark] * len(columns))})"  # noqa: S608
        f" ON CONFLICT ({_listed(key)}) DO UPDATE SET {rest}",
        list(rows),
    )


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{c}"' for c in columns)

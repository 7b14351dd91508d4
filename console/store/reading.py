"""What everybody reads of the store, from any thread: shown records, lists, counts, timelines."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from console.domain.machine import Machine
from console.domain.query import Query, Viewpoint
from console.domain.record import KINDS, Record, Task
from console.domain.rows import SHAPES, STANDING, Row, row_of
from console.store import sql
from console.store.cache import Cache
from console.store.counting import StoreCounting
from console.wire import Digest, Entry, fingerprint, record_of

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
AT_ONCE = 200
"""So many rows are looked at before others have their turn."""
_ENTRY = msgspec.json.Decoder(Entry)


class Reading:
    """Reads the cache. ``mended`` is asked when the cache turns out to be spoilt."""

    def __init__(
        self,
        cache: Cache,
        machines: Mapping[str, Machine],
        mended: Callable[[Callable[[], Rows]], Rows],
    ) -> None:
        self._cache = cache
        self._open = tuple(machines["task"].opened)
        self._mended = mended

    def get(self, kind: str, id: str) -> Record | None:
        return self._one(kind, "coalesce(overlay, body)", id)

    def confirmed(self, kind: str, id: str) -> Record | None:
        return self._one(kind, "body", id)

    def find(
        self, query: Query, view: Viewpoint, *, ids: Collection[str] | None = None
    ) -> list[Row]:
        """Give the rows that meet a query; without an order, what was learned last comes first."""
        return self._rows(*sql.select(query, view, ids))

    def count(self, query: Query, view: Viewpoint) -> int:
        return int(self._rows(*sql.count(query, view))[0][0])

    def counts(self, queries: Mapping[str, Query], view: Viewpoint) -> dict[str, int]:
        """Count several queries at once."""
        if not queries:
            return {}
        parts = [sql.count(query, view) for query in queries.values()]
        line = "SELECT " + ", ".join(f"({each})" for each, _ in parts)
        found = self._rows(line, [value for _, given in parts for value in given])[0]
        return {name: int(n) for name, n in zip(queries, found, strict=True)}

    @property
    def counting(self) -> StoreCounting:
        """Give what counts rows by groups."""
        return StoreCounting(self._rows)

    def history(self, kind: str, id: str) -> list[Entry]:
        """Give the timeline that is held here; an incident's holds its tasks' and reports'."""
        line = "SELECT body, at, n FROM history WHERE kind = ? AND id = ?"
        given = [kind, id]
        if kind == "incident":
            line += " UNION SELECT body, at, n FROM history WHERE incident = ?"
            given.append(id)
        rows = self._rows(f"{line} ORDER BY at, n", given)
        return [_ENTRY.decode(body) for body, _, _ in rows]

    def open_tasks_of(self, unit: str) -> list[Task]:
        marks = ", ".join("?" * len(self._open))
        line = f"SELECT coalesce(overlay, body) FROM task WHERE unit = ? AND state IN ({marks})"  # noqa: S608
        found = [record_of("task", body) for (body,) in self._rows(line, (unit, *self._open))]
        return [task for task in found if isinstance(task, Task)]

    def number(self, scope: str, at: int) -> str:  # noqa: ARG002 - numbers are the centre's
        return ""

    def digest(self) -> Digest:
        """Give counts and sums of what is confirmed, all of one moment, as the centre counts."""
        held = "".join(f" UNION ALL SELECT '{kind}', id, held FROM {kind} WHERE held >= 0"  # noqa: S608
                       for kind in KINDS)  # fmt: skip
        where = "SELECT '', value, 0 FROM meta WHERE name = 'pos'"
        found = Digest(counts={}, sums={}, head=0)
        for kind, name, version in self._rows(where + held):
            if not kind:
                found.head = int(name)
                continue
            found.counts[kind] = found.counts.get(kind, 0) + 1
            found.sums[kind] = found.sums.get(kind, 0) + fingerprint(name, version)
        return found

    def flawed(self, breathe: Callable[[], object]) -> int:
        """Count the rows that are not what their record says; ``breathe`` comes between a few."""
        found = 0
        for kind in KINDS:
            last = 0
            columns = ", ".join(f'"{name}"' for name in SHAPES[kind].names[: -len(STANDING)])
            line = (
                f"SELECT rid, held, body, {columns} FROM {kind} WHERE rid > ? AND overlay IS NULL"  # noqa: S608
                f" AND body IS NOT NULL ORDER BY rid LIMIT {AT_ONCE}"
            )
            while rows := self._rows(line, (last,)):
                last = rows[-1][0]
                found += sum(not _sound(kind, *row[1:]) for row in rows)
                breathe()
        return found

    def kinds_with_bad_rows(self) -> set[str]:
        """Name the kinds of which the centre sent what could not be read."""
        return {str(row[0]) for row in self._rows("SELECT DISTINCT kind FROM bad_rows")}

    def cursor(self) -> str:
        return self._meta("cursor")

    def epoch(self) -> str:
        return self._meta("epoch")

    def filled(self) -> bool:
        """Tell whether the cache was filled from the centre since it was made."""
        return self._meta("filled") == "1"

    def _meta(self, name: str) -> str:
        found = self._rows("SELECT value FROM meta WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    def _one(self, kind: str, column: str, id: str) -> Record | None:
        if kind not in KINDS:
            return None
        found = self._rows(f"SELECT {column} FROM {kind} WHERE id = ?", (id,))  # noqa: S608
        return record_of(kind, found[0][0]) if found and found[0][0] is not None else None

    def _rows(self, line: str, given: Sequence[Any] = ()) -> Rows:
        return self._mended(lambda: self._cache.rows(line, given))


def _sound(kind: str, held: int, body: bytes, *columns: Any) -> bool:
    try:
        record = record_of(kind, body)
    except msgspec.MsgspecError:
        return False
    return record.version == held and tuple(row_of(record)) == columns

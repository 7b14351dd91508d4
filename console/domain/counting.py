"""How figures are counted: groups of a query's rows. The store counts in SQL, others row by row."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from console.domain.query import Query, Viewpoint, matches
from console.domain.rows import SHAPES, Row


class Group(NamedTuple):
    """By what rows are grouped: a column, or equal steps of an instant from ``start`` (ms)."""

    field: str
    start: int = 0
    step: int = 0

    def key(self, value: Any) -> Any:
        """Give the group of a value: itself, or which step it lies in."""
        return (int(value) - self.start) // self.step if self.step else value


class Counting(Protocol):
    """Counts rows of queries; from any thread."""

    def tally(self, query: Query, view: Viewpoint, by: Group | None = None) -> dict[Any, int]:
        """Give how many rows each group has; without a group all under ""."""
        ...

    def measured(
        self, query: Query, view: Viewpoint, field: str, by: Group | None = None
    ) -> dict[Any, list[float]]:
        """Give the values of a field that are set (not 0), by group, in rising order."""
        ...


class RowCounting(Counting):
    """Counts rows one by one: where there is no SQL over columns. Words are not searched here."""

    def __init__(self, rows: Callable[[str], Iterable[Row]]) -> None:
        self._rows = rows

    def tally(self, query: Query, view: Viewpoint, by: Group | None = None) -> dict[Any, int]:
        found: dict[Any, int] = {} if by else {"": 0}
        for row in self._met(query, view):
            key = _key(query.kind, row, by)
            found[key] = found.get(key, 0) + 1
        return found

    def measured(
        self, query: Query, view: Viewpoint, field: str, by: Group | None = None
    ) -> dict[Any, list[float]]:
        place = SHAPES[query.kind].index(field)
        found: dict[Any, list[float]] = {}
        for row in self._met(query, view):
            if row[place]:
                found.setdefault(_key(query.kind, row, by), []).append(float(row[place]))
        return {key: sorted(values) for key, values in found.items()}

    def _met(self, query: Query, view: Viewpoint) -> Iterable[Row]:
        return (row for row in self._rows(query.kind) if matches(query, row, view))


def _key(kind: str, row: Row, by: Group | None) -> Any:
    return by.key(row[SHAPES[kind].index(by.field)]) if by else ""

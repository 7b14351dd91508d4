"""Counts the rows of queries by groups, and reads measures of them, in SQL."""

from collections.abc import Callable
from typing import Any

from console.domain.counting import Counting, Group
from console.domain.query import Query, Viewpoint
from console.store import sql

Rows = list[tuple[Any, ...]]


class StoreCounting(Counting):
    """A Counting over the tables of a store. ``rows`` runs a statement that reads."""

    def __init__(self, rows: Callable[[str, list[Any]], Rows]) -> None:
        self._rows = rows

    def tally(self, query: Query, view: Viewpoint, by: Group | None = None) -> dict[Any, int]:
        """Give how many rows each group has; without a group all under ""."""
        if by is None:
            return {"": int(self._rows(*sql.count(query, view))[0][0])}
        return {key: int(n) for key, n in self._rows(*sql.tally(query, view, by))}

    def measured(
        self, query: Query, view: Viewpoint, field: str, by: Group | None = None
    ) -> dict[Any, list[float]]:
        """Give the values of a field that are set (not 0), by group, in rising order."""
        found: dict[Any, list[float]] = {}
        for key, value in self._rows(*sql.measured(query, view, field, by)):
            found.setdefault(key, []).append(float(value))
        return found

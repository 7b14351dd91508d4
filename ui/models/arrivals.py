"""Tells of rows that newly meet a query: what has arrived, what has just run over its time."""

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from console.app import Core
from console.domain.changes import Changes
from console.domain.query import Query
from console.domain.rows import SHAPES, Row
from ui.models.queue import Failed, Feed

SEVERE = frozenset(("I", "II"))


class Arrivals(Feed):
    """Knows which rows were there; a first fill, or a cache made anew, is no arrival."""

    came = Signal(object)

    def __init__(
        self, core: Core, query: Query, failed: Failed, parent: QObject | None = None
    ) -> None:
        super().__init__(core, query, failed, parent)
        self._seen: set[str] = set()
        self._quiet = True

    def refresh(self, changes: Changes) -> None:
        """Take news; what a fill brings is taken without a sound."""
        self._quiet = self._quiet or changes.everything
        super().refresh(changes)

    def _take(self, rows: list[Row], ids: Collection[str] | None) -> None:
        fresh = [row for row in rows if row[0] not in self._seen]
        if ids is None:
            self._seen = {row[0] for row in rows}
        else:
            self._seen.update(row[0] for row in rows)
        if fresh and not self._quiet:
            self.came.emit(fresh)
        # Only when all that is there has been seen can something be new.
        self._quiet = self._quiet and ids is not None


def severe(rows: Collection[Row]) -> list[Row]:
    """Give those of level I or II."""
    level = SHAPES["incident"].index("level")
    return [row for row in rows if row[level] in SEVERE]

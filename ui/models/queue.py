"""Keeps what is shown in step with a query: asked whole once, then only of what changed."""

from collections.abc import Callable, Collection
from concurrent.futures import Future

from PySide6.QtCore import QObject, QTimer, Signal

from console.app import Core
from console.domain.changes import Changes
from console.domain.query import Query
from console.domain.rows import Row
from ui.models.news import Answers
from ui.models.table import RowTable

NOW = "@now"
AGAIN_MS = 3_000
SLOWER = 20
"""A query that time alone changes is asked again after so many times what asking it takes."""
MANY = 2_000
"""With more ids than these the whole is asked again."""

Failed = Callable[[BaseException], None]


def timed(query: Query) -> bool:
    """Tell whether time alone moves rows into this query or out of it."""
    return any(value.startswith(NOW) for term in query.terms for value in term.values)


class Feed(QObject):
    """Asks one question at a time: what changes while one is under way is asked next."""

    stood = Signal(str)
    """How the rows stand: `loading`, `ready` or `failed`."""

    def __init__(
        self, core: Core, query: Query, failed: Failed, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._query = query
        self._tell_failed = failed
        self._touched: set[str] = set()
        self._whole = False
        self._asking = False
        self._closed = False
        self._number = 0
        self._began = 0.0
        self._answers = Answers(self._failed, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.again)

    @property
    def query(self) -> Query:
        return self._query

    def ask(self, query: Query | None = None) -> None:
        """Ask everything anew, perhaps by another query."""
        if query is not None:
            self._query = query
            self._number += 1
        self.stood.emit("loading")
        self.again()

    def again(self) -> None:
        """Ask everything anew without a word."""
        self._whole = True
        self._next()

    def refresh(self, changes: Changes) -> None:
        """Take news."""
        touched = changes.of(self._query.kind)
        if not touched and not changes.everything:
            return
        self._touched |= touched
        self._whole = self._whole or changes.everything or len(self._touched) > MANY
        self._next()

    def close(self) -> None:
        """Ask no more; an answer still under way is thrown away."""
        self._closed = True
        self._timer.stop()

    def _take(self, rows: list[Row], ids: Collection[str] | None) -> None:
        """Take an answer; ``ids``: of which rows it was asked, None: of all."""
        raise NotImplementedError

    def _next(self) -> None:
        if self._closed or self._asking or not (self._whole or self._touched):
            return
        ids = None if self._whole else frozenset(self._touched)
        self._whole = False
        self._touched.clear()
        self._asking = True
        query, number = self._query, self._number
        self._began = self._core.clock.monotonic()
        asked: Future[list[Row]] = self._core.work.call(lambda: self._core.find(query, ids))
        self._answers.ask("rows", asked, lambda rows: self._came(rows, ids, number))

    def _came(self, rows: list[Row], ids: frozenset[str] | None, number: int) -> None:
        self._asking = False
        if self._closed:
            return
        if number == self._number:
            self._take(rows, ids)
            if ids is None:
                self.stood.emit("ready")
                self._plan()
        self._next()

    def _plan(self) -> None:
        if timed(self._query):
            took = self._core.clock.monotonic() - self._began
            self._timer.start(max(AGAIN_MS, int(took * 1_000 * SLOWER)))

    def _failed(self, error: BaseException) -> None:
        self._asking = False
        if self._closed:
            return
        self.stood.emit("failed")
        self._tell_failed(error)


class QueueFeed(Feed):
    """Fills a table from a queue."""

    def __init__(
        self,
        core: Core,
        table: RowTable,
        query: Query,
        failed: Failed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(core, query, failed, parent)
        self.table = table
        self._ids: set[str] = set()

    def _take(self, rows: list[Row], ids: Collection[str] | None) -> None:
        found = {row[0] for row in rows}
        asked = self._ids if ids is None else self._ids.intersection(ids)
        gone = asked - found
        self._ids = (self._ids - gone) | found
        self.table.show(rows, gone)

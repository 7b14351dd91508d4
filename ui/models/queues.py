"""How many each queue holds: asked again when something changed, and every few seconds."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from console.app import Core
from console.domain.changes import Changes
from console.domain.query import Query
from console.domain.queue import Queue
from ui.models.news import Answers
from ui.models.queue import Failed

OVERDUE, SOON = "overdue", "due_soon"
ROLES = {OVERDUE: ("deadline.over", "alarm"), SOON: ("deadline.soon", "sand")}
"""The only counts that are drawn in a colour, and the shape beside it."""

EVERY_MS = 5_000
LEAST_MS = 1_000
SLOWER = 20


class QueueCounts(QObject):
    """Counts of the queues; asks no more often than asking is cheap."""

    changed = Signal(object)

    def __init__(
        self,
        core: Core,
        queues: Mapping[str, Queue],
        failed: Failed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._tell_failed = failed
        self._queries: dict[str, Query] = {k: q.query for k, q in queues.items() if q.counted}
        self._kinds = {query.kind for query in self._queries.values()}
        self.counts: dict[str, int] = {}
        self._answers = Answers(self._failed, self)
        self._began = 0.0
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ask)

    def ask(self) -> None:
        if self._asking:
            return
        self._asking = True
        self._timer.stop()
        self._began = self._core.clock.monotonic()
        asked = self._core.work.call(lambda: self._core.counts(self._queries))
        self._answers.ask("counts", asked, self._came)

    def refresh(self, changes: Changes) -> None:
        """Take news: counts are asked again soon, not at once."""
        if changes.everything or any(changes.of(kind) for kind in self._kinds):
            self._soon(LEAST_MS)

    def close(self) -> None:
        self._asking = True
        self._timer.stop()

    def _soon(self, within: int) -> None:
        if self._asking:
            return
        left = self._timer.remainingTime()
        if left < 0 or left > within:
            self._timer.start(within)

    def _came(self, counts: dict[str, int]) -> None:
        self._asking = False
        took = self._core.clock.monotonic() - self._began
        self._timer.start(max(EVERY_MS, int(took * 1_000 * SLOWER)))
        if counts != self.counts:
            self.counts = counts
            self.changed.emit(counts)

    def _failed(self, error: BaseException) -> None:
        self._asking = False
        self._timer.start(EVERY_MS)
        self._tell_failed(error)

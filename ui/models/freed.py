"""Says, after dispatch, when a nearer unit than the one that a person has sent is free."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from console.advise.units import Nearer
from console.app import Core
from console.base.notice import Level, Notice
from console.domain.changes import Changes
from console.domain.record import Incident
from console.domain.words import short
from ui.models.news import Answers

SOON_MS = 15_000
"""So long it gathers news of units and tasks before it looks again."""


class Freed(QObject):
    """Gives ``said``, a notice, for each unit that would be there sooner than the one on its way.

    The same is not said twice of one task; with another unit it is said again. What was so at the
    first look is no news.
    """

    said = Signal(object)

    def __init__(
        self, core: Core, failed: Callable[[BaseException], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._core = core
        self._told: dict[str, str] | None = None
        self._answers = Answers(failed, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.look)

    def refresh(self, changes: Changes) -> None:
        """Take news: where units or tasks changed, it looks again before long."""
        moved = changes.everything or changes.of("unit") or changes.of("task")
        if moved and not self._soon.isActive():
            self._soon.start()

    def look(self) -> None:
        """Look now, on another thread."""
        found = self._core.work.call(self._core.adviser.watched)
        self._answers.ask("watched", found, self._take)

    def close(self) -> None:
        self._soon.stop()

    def _take(self, found: Sequence[Nearer]) -> None:
        before, self._told = self._told, {n.task: n.better.unit for n in found}
        if before is None:
            # What was so before somebody sat down is on the card of each case.
            return
        for each in found:
            if before.get(each.task) != each.better.unit:
                self.said.emit(self._notice(each))

    def _notice(self, each: Nearer) -> Notice:
        held = self._core.get(Incident.kind, each.incident)
        number, title = (short(held.no), held.title) if isinstance(held, Incident) else ("", "")
        args: dict[str, object] = {
            "record": f"{number} {title}".strip(), "name": each.better.name,
            "sent": each.sent, "minutes": max(1, round(each.saves_s / 60)),
        }  # fmt: skip
        return Notice(Level.warned, "advice.freed", args, topic=f"nearer {each.task}")

"""What other seats ask this wall to show, and what became of what this seat asked of another's."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from console.domain.query import parse_query
from console.domain.record import Showing
from ui.kit.notices import Notices
from ui.models.news import Answers

LATE_MS = 300_000
"""What was asked longer ago than this is not put up: whoever asked has gone on."""


class Pushes(QObject):
    """Answers for a wall. ``show`` puts something up; it gives "" or the reason why not."""

    def __init__(
        self, core: Core, answers: Answers, show: Callable[[Showing], str],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._core = core
        self._answers = answers
        self._show = show
        self._done: set[str] = set()

    def refresh(self, changes: Changes) -> None:
        if changes.everything or changes.of("showing"):
            self._answers.ask("pushes", self._core.work.call(self._asked), self._take)

    def _asked(self) -> list[Showing]:
        rows = self._core.find(parse_query("showing", "state:asked sort:asked_at"))
        found = [self._core.get("showing", str(row[0])) for row in rows]
        return [s for s in found if isinstance(s, Showing) and s.wall == self._core.seat]

    def _take(self, asked: list[Showing]) -> None:
        self._done &= {each.id for each in asked}  # what was answered is asked no more
        for each in asked:
            if each.id in self._done:
                continue
            self._done.add(each.id)
            late = self._core.clock.now() - each.asked_at > LATE_MS
            why = text("wall.push_late") if late else self._show(each)
            line = f'showing.refuse {each.id} "{why}"' if why else f"showing.show {each.id}"
            self._answers.ask(f"push {each.id}", self._core.run(line), lambda _done: None)


class Answered:
    """Tells whoever asked what became of it."""

    def __init__(self, core: Core, notices: Notices) -> None:
        self._core = core
        self._notices = notices
        self._told: set[tuple[str, str]] = set()

    def refresh(self, changes: Changes) -> None:
        """Tell of this person's own askings that have been answered just now."""
        for asked in changes.of("showing"):
            found = self._core.get("showing", asked)
            if not isinstance(found, Showing) or found.by != self._core.person.user:
                continue
            key = (asked, found.state)
            if found.state not in ("shown", "refused") or key in self._told:
                continue
            self._told.add(key)
            self._notices.say(
                f"wall.push_{found.state}", wall=self._core.names("seat", found.wall) or found.wall,
                what=what_of(self._core, found), why=found.reason, topic=f"push {asked}",
            )  # fmt: skip


def what_of(core: Core, showing: Showing) -> str:
    """Say what was to be shown, in words."""
    if showing.camera:
        camera = core.get("camera", showing.camera)
        return str(getattr(camera, "name", "")) or showing.camera
    if showing.layout:
        return text("wall.layout_of", layout=showing.layout)
    incident = core.get("incident", showing.incident)
    return str(getattr(incident, "title", "")) or showing.incident

"""The timeline of one record by itself, for a panel of its own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes, Key
from ui.kit.moments import Moments
from ui.kit.outfit import Outfit
from ui.kit.parts import PAD, Hint
from ui.models.news import Answers
from ui.models.timeline import Timeline, family, read


class TimelineView(QWidget):
    """Follows one record."""

    asked = Signal(str)
    failed = Signal(object)

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._core = core
        self._record: Key | None = None
        self._fetched: Key | None = None
        self._answers = Answers(self._fail, self)
        self._moments = Moments(outfit)
        self._moments.wanted.connect(self._fetch)
        self._hint = Hint(outfit)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(PAD, PAD, PAD, PAD)
        layout.addWidget(self._moments)
        layout.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inside)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self._scroll)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def show_record(self, kind: str, id: str) -> None:
        self._record = (kind, id) if id else None
        self._scroll.verticalScrollBar().setValue(0)
        self.retranslate()

    def refresh(self, changes: Changes) -> None:
        if self._record is None:
            return
        kind, record = self._record
        theirs = {self._record, *(family(self._core, record) if kind == "incident" else ())}
        if changes.everything or changes.line or not theirs.isdisjoint(changes.touched):
            self._ask(fresh=False)

    def retranslate(self) -> None:
        if self._record is None:
            self._hint.say("history", text("timeline.none"), text("timeline.none_next"))
            self._stack.setCurrentIndex(0)
        else:
            self._ask(fresh=True)

    def _ask(self, *, fresh: bool) -> None:
        if (record := self._record) is not None:
            asked = self._core.work.call(lambda: read(self._core, *record))
            self._answers.ask("timeline", asked, lambda found: self._show(found, fresh))

    def _show(self, found: Timeline, fresh: bool) -> None:
        self._moments.show_timeline(found, fresh=fresh)
        self._stack.setCurrentIndex(1)

    def _fetch(self) -> None:
        """Fetch the log once from the centre, when it is not held here."""
        if self._record is not None and self._fetched != self._record:
            self._fetched = self._record
            asked = self._core.ask_history(*self._record)
            self._answers.ask("history", asked, self.refresh)

    def _fail(self, error: BaseException) -> None:
        self.failed.emit(error)

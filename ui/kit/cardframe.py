"""What every card is: hints, a body that scrolls, verbs at its foot; told anew each second."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from console.domain.words import Words
from ui.kit.acts import ActBar
from ui.kit.cardparts import Head, LinkedRow
from ui.kit.moments import Moments
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, TIGHT, Hint, Section, label
from ui.models.news import Answers
from ui.models.palette import keys_of
from ui.models.timeline import Timeline

SECOND_MS, SLOW_MS = 1_000, 200


class CardFrame(QWidget):
    """Follows one record of ``kind``: a card reads it in ``_ask`` and tells it in ``_tick``."""

    asked = Signal(str)
    failed = Signal(object)
    kind = ""

    def __init__(self, core: Core, outfit: Outfit, sections: Sequence[str]) -> None:
        super().__init__()
        self._core = core
        self._outfit = outfit
        self._id = self._shown = ""
        self._fetched: set[str] = set()
        self._answers = Answers(self._fail, self)
        self._hint = Hint(outfit)
        self._head = Head(outfit)
        self._stale = label("caption")
        self._sections = {name: Section() for name in (*sections, "timeline")}
        self._moments = Moments(outfit)
        self._moments.wanted.connect(self._fetch)
        self._sections["timeline"].body.addWidget(self._moments)
        self._acts = ActBar(keys_of(core.keys))
        self._acts.asked.connect(self.asked)
        self._scroll = QScrollArea()
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._say_loading)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)

    # ---- for its window --------------------------------------------------------------------------

    def go_to(self, part: str) -> None:
        """Bring a part into sight by its name; one that is not there: the beginning."""
        section = self._sections.get(part)
        self._scroll.verticalScrollBar().setValue(0 if section is None else section.y())

    def refresh(self, changes: Changes) -> None:
        """Read again, when what changed is shown here."""
        raise NotImplementedError

    # ---- for a card ------------------------------------------------------------------------------

    def _ask(self) -> None:
        raise NotImplementedError

    def _tick(self) -> None:
        raise NotImplementedError

    def _lay_out(self, *parts: QWidget) -> None:
        """Put the parts under the head, one under the other, the timeline last."""
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(PAD, GAP, PAD, PAD)
        body.setSpacing(GAP + TIGHT)
        for part in (self._head, self._stale, *parts, self._sections["timeline"]):
            body.addWidget(part)
        body.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        foot = QFrame()
        foot.setProperty("surface", "strip")
        bar = QVBoxLayout(foot)
        bar.setContentsMargins(PAD, GAP, PAD, GAP)
        bar.addWidget(self._acts)
        whole = QWidget()
        stacked = QVBoxLayout(whole)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(0)
        stacked.addWidget(self._scroll, 1)
        stacked.addWidget(foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(whole)

    def _choose(self, id: str) -> None:
        """Begin to read another record."""
        self._id = id
        self._slow.start()
        self._ask()

    def _say(self, icon: str, why: str, next_: str = "") -> None:
        """Say why there is nothing to show."""
        self._slow.stop()
        self._hint.say(icon, why, next_)
        self._stack.setCurrentIndex(0)

    def _known(self, standing: str, unknown: str) -> bool:
        """Tell whether a record that was read is there for this person; else say that it is not."""
        if standing != "ready":
            self._shown = ""
            self._say("lock", unknown, text("card.unknown_next"))
        return standing == "ready"

    def _put(self, id: str, timeline: Timeline) -> bool:
        """Bring up the body of a record that was read; tell whether it was up before."""
        self._slow.stop()
        told, self._shown = self._shown == id, id
        self._show_stale(timeline.as_of)
        self._sections["timeline"].show_heading(text("card.section.timeline"))
        self._moments.show_timeline(timeline, fresh=not told)
        self._stack.setCurrentIndex(1)
        if not told:
            self._scroll.verticalScrollBar().setValue(0)
        return told

    def _linked_row(self) -> LinkedRow:
        made = LinkedRow()
        made.asked.connect(self.asked)
        return made

    def _head_of(self, name: str, n: int) -> None:
        self._sections[name].show_heading(text(f"card.section.{name}"), n)
        self._sections[name].setVisible(n > 0)

    # ---- inside ----------------------------------------------------------------------------------

    def _fetch(self) -> None:
        """Fetch the log once from the centre, when it is not held here."""
        if self._id and self._id not in self._fetched:
            self._fetched.add(self._id)
            asked = self._core.ask_history(self.kind, self._id)
            self._answers.ask("history", asked, self.refresh)

    def _fail(self, error: BaseException) -> None:
        self._slow.stop()
        if not self._shown and self._id:
            self._say("warning", text("card.failed"), text("card.failed_next"))
        self.failed.emit(error)

    def _say_loading(self) -> None:
        if self._shown != self._id:
            self._say("refresh", text("card.loading"))

    def _show_stale(self, as_of: int) -> None:
        up = self._core.link().state == "up"
        self._stale.setVisible(not up)
        if not up:
            said = text("card.as_of", as_of=Words(self._core).second(as_of))
            self._stale.setText(said if as_of else text("card.never"))

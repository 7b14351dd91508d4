"""The card of one incident: built once, changed in place, its clocks told each second."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from console.domain.words import Words, line_of
from ui.kit.acts import ActBar
from ui.kit.cardparts import AskRow, ClockRow, Facts, Head, LinkedRow, TaskRow
from ui.kit.drag import Carried
from ui.kit.masked import Masked
from ui.kit.moments import Moments
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, TIGHT, Hint, Pool, Section, label, rule
from ui.kit.tiles import MIME_INCIDENT
from ui.models.card import Card, Linked, incident_of, read
from ui.models.news import Answers
from ui.models.palette import keys_of

SECOND_MS, SLOW_MS = 1_000, 200
AROUND = frozenset(("task", "report"))
MANY = 50
"""Of more tasks and reports than these it is not asked whose they are."""


class CardView(QWidget):
    """Follows the incident that is chosen."""

    asked = Signal(str)
    failed = Signal(object)

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._core = core
        self._outfit = outfit
        self._id = ""
        self._card: Card | None = None
        self._fetched: set[str] = set()
        self._answers = Answers(self._fail, self)
        self._hint = Hint(outfit)
        self._build()
        self._lay_out()
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._say_loading)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    # ---- for its window --------------------------------------------------------------------------

    @property
    def card(self) -> Card | None:
        return self._card

    def show_record(self, kind: str, id: str) -> None:
        """Show an incident, or that of a task or report; "": none."""
        incident = incident_of(self._core, kind, id) if id else ""
        if incident == self._id and self._card is not None:
            return
        self._id = incident
        if not incident:
            self._card = None
            self._say("inbox", text("card.none"), text("card.none_next"))
            return
        self._slow.start()
        self._ask()

    def refresh(self, changes: Changes) -> None:
        """Read again, when what changed is shown here."""
        if not self._id:
            return
        if changes.everything or changes.line or self._concerns(changes):
            self._ask()

    def _concerns(self, changes: Changes) -> bool:
        """Tell whether what was touched is shown here: the incident, its kin, their records."""
        card = self._card
        kin = (
            {each.id for each in (*card.children, *card.twins)} if card is not None else set[str]()
        )
        if not changes.of("incident").isdisjoint({self._id, *kin}):
            return True
        around = [key for key in changes.touched if key[0] in AROUND]
        if len(around) > MANY:
            return True
        return any(incident_of(self._core, *key) in {self._id, *kin} for key in around)

    def go_to(self, part: str) -> None:
        """Bring a part into sight: facts, reports, tasks, clocks or timeline."""
        section = self._sections.get(part)
        if section is None:
            self._scroll.verticalScrollBar().setValue(0)
        else:
            self._scroll.verticalScrollBar().setValue(section.y())

    def retranslate(self) -> None:
        """Write everything anew: the language has changed."""
        self._stale.setText("")
        if self._id:
            self._ask()
        else:
            self.show_record("incident", "")

    # ---- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        core, outfit = self._core, self._outfit
        self._head = Head(outfit)
        Carried(self._head, MIME_INCIDENT, lambda: self._id)
        self._stale = label("caption")
        self._facts = Facts(outfit)
        self._sections = {
            name: Section()
            for name in ("asks", "clocks", "tasks", "reports", "linked", "twins", "timeline")
        }
        body = {name: section.body for name, section in self._sections.items()}
        self._asks: Pool[AskRow] = Pool(body["asks"], self._ask_row)
        self._clocks: Pool[ClockRow] = Pool(body["clocks"], lambda: ClockRow(core, outfit))
        self._tasks: Pool[TaskRow] = Pool(body["tasks"], lambda: TaskRow(core, outfit))
        self._reports: Pool[Masked] = Pool(body["reports"], self._masked)
        self._linked: Pool[LinkedRow] = Pool(body["linked"], self._linked_row)
        self._twins: Pool[LinkedRow] = Pool(body["twins"], self._linked_row)
        self._moments = Moments(outfit)
        self._moments.wanted.connect(self._fetch)
        body["timeline"].addWidget(self._moments)
        self._acts = ActBar(keys_of(core.keys))
        self._acts.asked.connect(self.asked)

    def _lay_out(self) -> None:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(PAD, GAP, PAD, PAD)
        body.setSpacing(GAP + TIGHT)
        body.addWidget(self._head)
        body.addWidget(self._stale)
        body.addWidget(self._sections["asks"])
        body.addWidget(self._sections["clocks"])
        body.addWidget(rule())
        body.addWidget(self._facts)
        for name in ("twins", "tasks", "reports", "linked", "timeline"):
            body.addWidget(self._sections[name])
        body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        foot = QFrame()
        foot.setProperty("surface", "strip")
        bar = QVBoxLayout(foot)
        bar.setContentsMargins(PAD, GAP, PAD, GAP)
        bar.addWidget(self._acts)
        whole = QWidget()
        parts = QVBoxLayout(whole)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        parts.addWidget(self._scroll, 1)
        parts.addWidget(foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(whole)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)

    def _ask_row(self) -> AskRow:
        made = AskRow()
        made.asked.connect(self.asked)
        return made

    def _masked(self) -> Masked:
        made = Masked(self._outfit)
        made.asked.connect(self.asked)
        return made

    def _linked_row(self) -> LinkedRow:
        made = LinkedRow()
        made.asked.connect(self.asked)
        return made

    # ---- reading ---------------------------------------------------------------------------------

    def _ask(self) -> None:
        wanted = self._id
        found = self._core.work.call(lambda: read(self._core, wanted))
        self._answers.ask("card", found, self._show)

    def _fetch(self) -> None:
        """Fetch the log once from the centre, when it is not held here."""
        if self._id and self._id not in self._fetched:
            self._fetched.add(self._id)
            asked = self._core.ask_history("incident", self._id)
            self._answers.ask("history", asked, self.refresh)

    def _fail(self, error: BaseException) -> None:
        self._slow.stop()
        if self._card is None and self._id:
            self._say("warning", text("card.failed"), text("card.failed_next"))
        self.failed.emit(error)

    def _say_loading(self) -> None:
        if self._card is None or self._card.id != self._id:
            self._say("refresh", text("card.loading"))

    def _say(self, icon: str, why: str, next_: str = "") -> None:
        self._slow.stop()
        self._hint.say(icon, why, next_)
        self._stack.setCurrentIndex(0)

    # ---- showing ---------------------------------------------------------------------------------

    def _show(self, card: Card) -> None:
        if card.id != self._id:
            return
        self._slow.stop()
        if card.standing != "ready":
            self._card = None
            self._say("lock", text("card.unknown"), text("card.unknown_next"))
            return
        told = self._card is not None and self._card.id == card.id
        self._card = card
        self._head.show_card(card, told=told)
        self._facts.show_facts(card.facts, told=told)
        self._show_stale(card)
        self._show_lists(card, told=told)
        self._show_links(card)
        self._sections["timeline"].show_heading(text("card.section.timeline"))
        self._moments.show_timeline(card.timeline, fresh=not told)
        self._acts.show_acts(card.id, card.acts)
        self._stack.setCurrentIndex(1)
        if not told:
            self._scroll.verticalScrollBar().setValue(0)

    def _show_stale(self, card: Card) -> None:
        up = self._core.link().state == "up"
        self._stale.setVisible(not up)
        if not up:
            as_of = card.timeline.as_of
            said = text("card.as_of", as_of=Words(self._core).second(as_of))
            self._stale.setText(said if as_of else text("card.never"))

    def _show_lists(self, card: Card, *, told: bool) -> None:
        self._head_of("asks", len(card.asks))
        for asking, asked in zip(self._asks.show(len(card.asks)), card.asks, strict=True):
            asking.show_asked(card.id, asked)
        self._head_of("clocks", len(card.clocks))
        for line, clock in zip(self._clocks.show(len(card.clocks)), card.clocks, strict=True):
            line.show_clock(clock)
        self._head_of("tasks", len(card.tasks))
        for share, task in zip(self._tasks.show(len(card.tasks)), card.tasks, strict=True):
            share.show_task(task, told=told)
        self._head_of("reports", len(card.reports))
        reports = self._reports.show(len(card.reports))
        for told_by, report in zip(reports, card.reports, strict=True):
            told_by.show_report(report)

    def _show_links(self, card: Card) -> None:
        linked: list[tuple[Linked, str]] = [
            (child, line_of("incident.unmerge", child.id)) for child in card.children
        ]
        if card.parent is not None:
            linked.insert(0, (card.parent, line_of("incident.unmerge", card.id)))
        self._head_of("linked", len(linked))
        for shown, (each, line) in zip(self._linked.show(len(linked)), linked, strict=True):
            shown.show_linked(each, text("verb.incident.unmerge"), line)
        self._head_of("twins", len(card.twins))
        for shown, twin in zip(self._twins.show(len(card.twins)), card.twins, strict=True):
            line = line_of("incident.merge", card.id, {"parent": twin.id})
            shown.show_linked(twin, text("verb.incident.merge"), line)

    def _head_of(self, name: str, n: int) -> None:
        self._sections[name].show_heading(text(f"card.section.{name}"), n)
        self._sections[name].setVisible(n > 0)

    def _tick(self) -> None:
        if self._card is None or not self.isVisible():
            return
        for line in self._clocks.all:
            if not line.isHidden():
                line.tick()
        for share in self._tasks.all:
            if not share.isHidden():
                share.tick()

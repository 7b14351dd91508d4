"""The card of one incident: built once, changed in place, its clocks told each second."""

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from console.domain.words import line_of
from ui.kit.cardframe import CardFrame
from ui.kit.cardparts import AskRow, ClockRow, Facts, LinkedRow, TaskRow
from ui.kit.drag import Carried
from ui.kit.masked import Masked
from ui.kit.outfit import Outfit
from ui.kit.parts import Pool, rule
from ui.kit.tiles import MIME_INCIDENT
from ui.models.card import Card, Linked, incident_of, read

SECTIONS = ("asks", "clocks", "tasks", "reports", "linked", "twins")
AROUND = frozenset(("task", "report"))
MANY = 50
"""Of more tasks and reports than these it is not asked whose they are."""


class CardView(CardFrame):
    """Follows the incident that is chosen."""

    kind = "incident"

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__(core, outfit, SECTIONS)
        self._card: Card | None = None
        self._build()
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
        if not incident:
            self._id, self._card, self._shown = "", None, ""
            self._say("inbox", text("card.none"), text("card.none_next"))
            return
        self._choose(incident)

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

    def retranslate(self) -> None:
        """Write everything anew: the language has changed."""
        self._stale.setText("")
        if self._id:
            self._ask()
        else:
            self.show_record("incident", "")

    # ---- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        core, outfit, sections = self._core, self._outfit, self._sections
        Carried(self._head, MIME_INCIDENT, lambda: self._id)
        self._facts = Facts(outfit)
        body = {name: section.body for name, section in sections.items()}
        self._asks: Pool[AskRow] = Pool(body["asks"], self._ask_row)
        self._clocks: Pool[ClockRow] = Pool(body["clocks"], lambda: ClockRow(core, outfit))
        self._tasks: Pool[TaskRow] = Pool(body["tasks"], lambda: TaskRow(core, outfit))
        self._reports: Pool[Masked] = Pool(body["reports"], self._masked)
        self._linked: Pool[LinkedRow] = Pool(body["linked"], self._linked_row)
        self._twins: Pool[LinkedRow] = Pool(body["twins"], self._linked_row)
        under = (sections[name] for name in ("twins", "tasks", "reports", "linked"))
        self._lay_out(sections["asks"], sections["clocks"], rule(), self._facts, *under)

    def _ask_row(self) -> AskRow:
        made = AskRow()
        made.asked.connect(self.asked)
        return made

    def _masked(self) -> Masked:
        made = Masked(self._outfit)
        made.asked.connect(self.asked)
        return made

    # ---- reading ---------------------------------------------------------------------------------

    def _ask(self) -> None:
        wanted = self._id
        found = self._core.work.call(lambda: read(self._core, wanted))
        self._answers.ask("card", found, self._show)

    # ---- showing ---------------------------------------------------------------------------------

    def _show(self, card: Card) -> None:
        if card.id != self._id:
            return
        self._card = card if self._known(card.standing, text("card.unknown")) else None
        if self._card is None:
            return
        told = self._put(card.id, card.timeline)
        self._head.show_card(card, told=told)
        self._facts.show_facts(card.facts, told=told)
        self._show_lists(card, told=told)
        self._show_links(card)
        self._acts.show_acts(card.id, card.acts)

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

    def _tick(self) -> None:
        if self._card is None or not self.isVisible():
            return
        for line in self._clocks.all:
            if not line.isHidden():
                line.tick()
        for share in self._tasks.all:
            if not share.isHidden():
                share.tick()

"""The card of one warning: in place of an incident's while a warning is chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from console.domain.words import Words
from ui.kit.cardframe import CardFrame
from ui.kit.cardparts import Facts, LinkedRow
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, Glyph, Pool, label, row, rule, tone
from ui.models.warning import WarningCard, left, read

SECTIONS = ("incidents", "plans")
AROUND = frozenset(("incident", "plan"))
"""What may come of a warning, and is told with it."""


class WarningView(CardFrame):
    """Follows the warning that is chosen. ``chosen`` tells whether one is."""

    kind = "warning"
    chosen = Signal(bool)

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__(core, outfit, SECTIONS)
        self._card: WarningCard | None = None
        self._unreal = label("warning", wrap=True)
        self._glyph, self._left = Glyph(outfit), label("number", wrap=True)
        self._facts = Facts(outfit)
        self._rows: dict[str, Pool[LinkedRow]] = {
            name: Pool(self._sections[name].body, self._linked_row) for name in SECTIONS
        }
        time = QWidget()
        time.setLayout(row(self._glyph, self._left, gap=GAP, stretch=1))
        linked = (self._sections[name] for name in SECTIONS)
        self._lay_out(self._unreal, time, rule(), self._facts, *linked)
        outfit.look.changed.connect(self.retranslate)

    @property
    def card(self) -> WarningCard | None:
        return self._card

    @property
    def words(self) -> str:
        """How it stands now."""
        return self._left.text()

    def show_record(self, kind: str, id: str) -> None:
        """Show a warning; of any other record, or none, nothing is shown here."""
        wanted = id if kind == self.kind else ""
        if wanted != self._id:
            if wanted:
                self._choose(wanted)
            else:
                self._id, self._card, self._shown = "", None, ""
        self.chosen.emit(bool(wanted))

    def refresh(self, changes: Changes) -> None:
        """Read again, when it or what may have come of it was touched, or the line has changed."""
        own = (self.kind, self._id) in changes.touched
        around = any(kind in AROUND for kind, _ in changes.touched)
        if self._id and (changes.everything or changes.line or own or around):
            self._ask()

    def retranslate(self) -> None:
        """Write everything anew: the language has changed."""
        if self._id:
            self._ask()

    # ---- inside ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        wanted = self._id
        found = self._core.work.call(lambda: read(self._core, wanted))
        self._answers.ask("card", found, self._show)

    def _show(self, card: WarningCard) -> None:
        if card.id != self._id:
            return
        self._card = card if self._known(card.standing, text("card.warning_unknown")) else None
        if self._card is None:
            return
        told = self._put(card.id, card.timeline)
        self._head.show_head(card.head, told=told)
        self._unreal.setText(card.unreal)
        self._unreal.setVisible(bool(card.unreal))
        self._facts.show_facts(card.facts, told=told)
        for name, linked in (("incidents", card.incidents), ("plans", card.plans)):
            self._head_of(name, len(linked))
            for shown, each in zip(self._rows[name].show(len(linked)), linked, strict=True):
                shown.show_linked(each, "", "")
        self._acts.show_acts(card.id, card.acts)
        self._tick()

    def _tick(self) -> None:
        if self._card is None:
            return
        now = left(Words(self._core), self._card.lasting, self._core.clock.now())
        self._glyph.show_shape(now.glyph, now.role)
        self._glyph.setVisible(bool(now.glyph))
        self._left.setText(now.said)
        tone(self._left, now.role)

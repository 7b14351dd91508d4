"""The parts of an incident's card: its head, facts, clocks, tasks, and what was asked for."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.app import Core
from console.base.text import text
from console.domain.words import Words, line_of
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, TIGHT, Elided, Glyph, Pool, Value, column, label, link, row, tone
from ui.models.card import (
    AskFacts,
    Card,
    ClockFacts,
    Fact,
    HeadFacts,
    Linked,
    TaskFacts,
    clock_words,
)

LABEL_WIDTH = 60
CLOCK_WIDTH = 64


class Head(QWidget):
    """Severity, number, what it is, its state, and how it stands with the centre."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._scale = outfit.setting.scales["level"]
        self._level_glyph = Glyph(outfit)
        self._level = label()
        self._no = label("caption")
        self._no.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = Value(outfit, "state", wrap=False)
        self._title = Value(outfit, "title")
        self._marks = [(Glyph(outfit), label()) for _ in range(3)]
        whole = column(self, gap=TIGHT)
        top = row(self._level_glyph, self._level, self._no, gap=6)
        top.addWidget(self._state)
        whole.addLayout(top)
        whole.addWidget(self._title)
        marks = QHBoxLayout()
        marks.setSpacing(6)
        for glyph, words in self._marks:
            marks.addWidget(glyph)
            marks.addWidget(words)
        marks.addStretch(1)
        whole.addLayout(marks)

    def show_card(self, card: Card, *, told: bool) -> None:
        level, state = text(f"level.{card.level}"), text(f"state.incident.{card.state}")
        self.show_head(
            HeadFacts(card.title, card.no, state, card.level, level, card.marks), told=told
        )

    def show_head(self, head: HeadFacts, *, told: bool) -> None:
        """Show what it is and how it stands; ``told``: let what has changed be seen."""
        standing = self._scale.get(head.level)
        role = standing.role if standing else "text.caption"
        self._level_glyph.show_shape(standing.glyph if standing else "", role)
        self._level.setText(head.level_words)
        tone(self._level, role)
        self._no.setText(head.no)
        self._state.show_words(head.state, told=told)
        self._title.show_words(head.title, told=told)
        kinds = (("waiting", "arrow"), ("refused", "cross"), ("conflict", "fork"))
        for (glyph, words), (kind, shape), n in zip(self._marks, kinds, head.marks, strict=True):
            glyph.show_shape(shape, f"mark.{kind}")
            words.setText(text(f"cell.mark.{kind}", n=n))
            tone(words, f"mark.{kind}")
            glyph.setVisible(n > 0)
            words.setVisible(n > 0)


class Facts(QWidget):
    """Facts in two columns; long ones take a line of their own."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._outfit = outfit
        self._shown: dict[str, tuple[QLabel, Value]] = {}
        self._order: tuple[tuple[str, bool], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(TIGHT)
        for at in (0, 2):
            self._grid.setColumnMinimumWidth(at, LABEL_WIDTH)
            self._grid.setColumnStretch(at + 1, 1)

    def show_facts(self, facts: Sequence[Fact], *, told: bool) -> None:
        """Show facts; only a fact that came or went moves anything."""
        for fact in facts:
            name, value = self._shown.get(fact.name) or self._make(fact.name)
            name.setText(fact.label)
            value.show_words(fact.value, told=told)
        order = tuple((fact.name, fact.wide) for fact in facts)
        if order != self._order:
            self._order = order
            self._arrange()

    def value_of(self, name: str) -> Value:
        return self._shown[name][1]

    def _make(self, name: str) -> tuple[QLabel, Value]:
        made = label("caption"), Value(self._outfit)
        for each in made:
            # Shown without a parent they would be windows, and take the focus.
            each.setParent(self)
        made[0].setAlignment(Qt.AlignmentFlag.AlignTop)
        made[0].setContentsMargins(0, 1, 0, 0)
        made[1].setAlignment(Qt.AlignmentFlag.AlignTop)
        made[1].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shown[name] = made
        return made

    def _arrange(self) -> None:
        wanted = {name for name, _ in self._order}
        for name, pair in self._shown.items():
            for each in pair:
                self._grid.removeWidget(each)
                each.setVisible(name in wanted)
        at, right = 0, False
        for name, wide in self._order:
            if wide and right:
                at, right = at + 1, False
            key, value = self._shown[name]
            self._grid.addWidget(key, at, 2 if right else 0)
            self._grid.addWidget(value, at, 3 if right else 1, 1, 3 if wide else 1)
            at, right = (at, True) if not wide and not right else (at + 1, False)


class ClockRow(QWidget):
    """One clock, told anew each second."""

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._core = core
        self._words = Words(core)
        self._clock: ClockFacts | None = None
        self._glyph = Glyph(outfit)
        self._name = label("second")
        self._name.setMinimumWidth(CLOCK_WIDTH)
        self._left = label("number")
        self._due = Elided("caption")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        for each in (self._glyph, self._name, self._left):
            line.addWidget(each)
        line.addWidget(self._due, 1)

    def show_clock(self, clock: ClockFacts) -> None:
        self._clock = clock
        self._name.setText(clock.label)
        self.tick()

    def tick(self) -> None:
        if self._clock is None:
            return
        said = clock_words(self._core, self._words, self._clock, self._core.clock.now())
        if said.said != self._left.text():
            self._left.setText(said.said)
        self._due.show_words(said.due)
        self.setToolTip(said.full)
        tone(self._left, said.role)
        self._glyph.show_shape(said.glyph, said.role)

    @property
    def words(self) -> str:
        return self._left.text()


class TaskRow(QWidget):
    """One department's share: who, in which state, its clocks, what it said."""

    asked = Signal(str)

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._who = Elided()
        self._part = label("caption")
        self._state = Value(outfit, "state", wrap=False)
        self._said = label("second", wrap=True)
        clocks = QVBoxLayout()
        clocks.setSpacing(1)
        self._clocks: Pool[ClockRow] = Pool(clocks, lambda: ClockRow(core, outfit))
        whole = column(self, gap=2)
        whole.setContentsMargins(0, TIGHT, 0, TIGHT)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self._part)
        head.addWidget(self._who, 1)
        head.addWidget(self._state)
        whole.addLayout(head)
        whole.addLayout(clocks)
        whole.addWidget(self._said)

    def show_task(self, task: TaskFacts, *, told: bool) -> None:
        self._part.setText(task.part)
        self._who.show_words("  ".join(filter(None, (task.dept, task.unit))))
        self._state.show_words(task.state, told=told)
        self._said.setText(task.said)
        self._said.setVisible(bool(task.said))
        for line, clock in zip(self._clocks.show(len(task.clocks)), task.clocks, strict=True):
            line.show_clock(clock)

    def tick(self) -> None:
        for line in self._clocks.all:
            if not line.isHidden():
                line.tick()


class AskRow(QWidget):
    """Something that was asked for: granted or not by who may."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: AskFacts | None = None
        self._record = ""
        self._words = label(wrap=True)
        self._reason = label("second", wrap=True)
        self._grant, self._deny = link("act"), link("act")
        self._grant.clicked.connect(lambda: self._ask(grant=True))
        self._deny.clicked.connect(lambda: self._ask(grant=False))
        whole = column(self, gap=2)
        whole.addWidget(self._words)
        whole.addWidget(self._reason)
        self._buttons = QWidget()
        buttons = row(self._grant, self._deny)
        self._buttons.setLayout(buttons)
        whole.addWidget(self._buttons)

    def show_asked(self, record: str, shown: AskFacts) -> None:
        self._record, self._shown = record, shown
        self._words.setText(shown.words)
        self._reason.setText(shown.reason)
        self._reason.setVisible(bool(shown.reason))
        self._grant.setText(text("card.grant"))
        self._deny.setText(text("card.deny"))
        self._grant.setVisible(bool(shown.grant))
        self._deny.setVisible(bool(shown.deny))
        self._buttons.setVisible(bool(shown.grant or shown.deny))

    def _ask(self, *, grant: bool) -> None:
        if self._shown is None:
            return
        if grant:
            self.asked.emit(line_of(self._shown.grant, self._record))
        else:
            self.asked.emit(f"form.open {self._shown.deny}")


class LinkedRow(QWidget):
    """Another incident, why it is here, and what can be done about it."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._open_line = self._act_line = ""
        self._title = Elided()
        self._open = link()
        self._open.clicked.connect(lambda: self.asked.emit(self._open_line))
        self._act = link()
        self._act.clicked.connect(lambda: self.asked.emit(self._act_line))
        self._why = label("caption", wrap=True)
        whole = column(self, gap=0)
        head = QHBoxLayout()
        head.setSpacing(TIGHT)
        head.addWidget(self._title, 1)
        head.addWidget(self._open)
        head.addWidget(self._act)
        whole.addLayout(head)
        whole.addWidget(self._why)

    def show_linked(self, linked: Linked, act: str, line: str) -> None:
        """Show it; ``act``: the words of what can be done, ``line``: what does it."""
        self._title.show_words(linked.title)
        self._why.setText(linked.why)
        self._why.setVisible(bool(linked.why))
        self._open.setText(text("card.open"))
        self._open_line, self._act_line = f"card.open {linked.id}", line
        self._act.setText(act)
        self._act.setVisible(bool(line))

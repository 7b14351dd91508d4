"""The advice panel: while words are written, what kind of case it is, who leads, is it known.

It asks a moment after the last key, on another thread, and never shows an older answer over a
newer one. What is taken or refused goes out by a line, for the centre to learn from.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from console.domain.words import line_of
from ui.kit.flow import Flow
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, TIGHT, Pool, column, label, link, row, rule, tone
from ui.models.advice import AdviceFacts, Line, Offer, Spot, read
from ui.models.freed import Freed
from ui.models.news import Answers
from ui.models.palette import keys_of

SOON_MS = 40
ACCEPT, REJECT, PLACE = "advice.accept", "advice.reject", "advice.place"
SPOTS, WHOLE = 3, "all"
NAME = 64
LOW = 900
"""On a window that is not so high the panel leaves the card more room."""
WHY = frozenset(("kind", "known"))


class _Row(QWidget):
    """A name at the left, what is said, and why under it."""

    def __init__(self) -> None:
        super().__init__()
        self._name = label("caption")
        self._name.setFixedWidth(NAME)
        self._name.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = label(wrap=True)
        self.why = label("caption", wrap=True)
        right = QWidget()
        body = column(right, gap=0)
        body.addWidget(self.words)
        body.addWidget(self.why)
        whole = column(self)
        whole.addLayout(row(self._name, right, stretch=1))

    def show_line(self, line: Line, *, short: bool) -> None:
        """Show a line; ``short``: why it is so only where it matters most, else on hover."""
        self._name.setText(text(f"advice.{line.name}"))
        self.words.setText(line.words)
        tone(self.words, line.role)
        self.why.setText(line.why)
        self.why.setVisible(bool(line.why) and (not short or line.name in WHY))
        self.setToolTip("" if self.why.isVisibleTo(self) else line.why)


class AdviceView(QWidget):
    """Follows the form that is open, else the incident that is chosen."""

    asked = Signal(str)
    told = Signal(object)
    """What there is to say of what is written in a form: AdviceFacts."""
    taken = Signal(object)
    placed = Signal(object)
    failed = Signal(object)

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._core = core
        self._written: dict[str, str] = {}
        self._record = ""
        self._in_form = False
        self._said = ""
        self.facts = AdviceFacts("waiting")
        self._answers = Answers(self.failed.emit, self)
        self.freed = Freed(core, self.failed.emit, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._ask)
        self._lay_out()
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    # ---- for its window

    def show_written(self, values: Mapping[str, str]) -> None:
        """Advise on what is written in a form."""
        if not self._in_form:
            self._said = ""
            self._core.work.call(self._core.adviser.wake)
        self._written, self._in_form = dict(values), True
        if any(values.values()) and self.facts.state == "waiting":
            self._hint.setText(text("advice.asking"))
        self.show()
        self._soon.start()

    def show_record(self, record: str) -> None:
        """Advise on an incident; "": on none."""
        if record != self._record or self._in_form:
            self._said = ""
            self.tell("")
        self._record, self._in_form = record, False
        self._soon.start()

    def refresh(self, changes: Changes) -> None:
        """Ask again, when what changed may change the advice."""
        moved = changes.of("unit") or changes.of("task")
        mine = self._record in changes.of("incident") or bool(moved)
        self.freed.refresh(changes)
        if not self._in_form and self._record and (changes.everything or mine):
            self._soon.start()

    def accept(self, n: int = 1) -> None:
        """Take the n-th of the types that are offered."""
        if not 1 <= n <= len(self.facts.offers):
            self._say("advice.nothing")
            return
        offer = self.facts.offers[n - 1]
        self._say("advice.accepted")
        if self._in_form:
            self.taken.emit(offer)
            return
        record = self.facts.record
        if self.facts.held != offer.type:
            self.asked.emit(line_of("incident.classify", record, {"type": offer.type}))
        self._note(record, offer.type)

    def take_place(self, n: int = 1) -> None:
        """Take the n-th of the places that the words may mean; what was not first is kept."""
        if not 1 <= n <= len(self.facts.spots):
            self._say("advice.no_spot")
            return
        spot, first = self.facts.spots[n - 1], self.facts.spots[0]
        self._say("advice.placed")
        if self._in_form:
            self.placed.emit(spot)
        if n > 1 or not spot.sure or not self._in_form:
            values = {
                "said": spot.said, "name": spot.name, "lon": f"{spot.lon}", "lat": f"{spot.lat}",
                "place": spot.id, "offered": first.name, "scope": spot.scope,
                "incident": "" if self._in_form else self.facts.record,
            }  # fmt: skip
            self.asked.emit(line_of("correction.record", "", values))

    def tell(self, words: str) -> None:
        """Show an answer that was asked for."""
        self._reply.setText(words)
        self._reply.setVisible(bool(words))

    def reject(self) -> None:
        """Say no to what is offered."""
        if not self.facts.offers:
            self._say("advice.nothing")
            return
        self._say("advice.rejected")
        if not self._in_form:
            self._note(self.facts.record, "")

    def settled(self, record: str, type: str) -> None:
        """Take down what became of the advice on a form that was sent: the type it was given."""
        if self._in_form and self.facts.offers and record:
            self._note(record, type)

    def retranslate(self) -> None:
        keys = keys_of(self._core.keys)
        self._heading.setText(text("advice.name"))
        self._here.setText(text("advice.here"))
        for button, command in ((self._yes, ACCEPT), (self._no, REJECT)):
            name = text("advice.accept" if command == ACCEPT else "advice.reject")
            button.setText(f"{name}  {keys.get(command, '')}".strip())
        self._show(self.facts)

    # ---- private

    def _lay_out(self) -> None:
        self._heading, self._here = label("second"), label("caption")
        self._answer = label("caption")
        self._judge = label("caption", wrap=True)
        self._hint, self._reply = label("caption", wrap=True), label("second", wrap=True)
        self._reply.hide()
        self._body = QWidget()
        self._rows: Pool[_Row] = Pool(column(self._body, gap=TIGHT), _Row)
        self._others: list[QPushButton] = [link() for _ in range(2)]
        for n, each in enumerate(self._others, 2):
            each.clicked.connect(lambda _=False, n=n: self.accept(n))
        self._or = label("caption")
        self._drill = link()
        self._drill.clicked.connect(self._drilled)
        self._where = label("caption")
        self._spots: list[QPushButton] = [link() for _ in range(SPOTS)]
        for n, each in enumerate(self._spots, 1):
            each.clicked.connect(lambda _=False, n=n: self.take_place(n))
        self._yes, self._no = QPushButton(), QPushButton()
        self._yes.clicked.connect(lambda: self.accept(1))
        self._no.clicked.connect(self.reject)
        for button in (self._yes, self._no):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = column(self, gap=TIGHT)
        whole.addWidget(rule())
        inner = QWidget()
        body = column(inner, gap=GAP)
        body.setContentsMargins(PAD, TIGHT, PAD, GAP)
        body.addLayout(row(self._heading, self._here, self._answer, stretch=1))
        body.addWidget(self._reply)
        body.addWidget(self._hint)
        body.addWidget(self._body)
        self._other_lines = _lines(self._or, *self._others)
        self._spot_lines = _lines(self._where, *self._spots)
        body.addWidget(self._other_lines)
        body.addWidget(self._spot_lines)
        body.addLayout(row(self._drill))
        self._foot = QWidget()
        column(self._foot).addLayout(row(self._yes, self._no))
        body.addWidget(self._foot)
        body.addWidget(self._judge)
        whole.addWidget(inner)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _ask(self) -> None:
        if not self._in_form and not self._record:
            self._show(AdviceFacts("waiting"))
            return
        written, record = self._written, "" if self._in_form else self._record
        found = self._core.work.call(lambda: read(self._core, written, record))
        self._answers.ask("advice", found, self._show)

    def _show(self, facts: AdviceFacts) -> None:
        self.facts = facts
        if self._in_form:
            self.told.emit(facts)
        waiting = facts.state == "waiting"
        self.setVisible(self._in_form or not waiting)
        self._hint.setVisible(waiting)
        self._hint.setText(text("advice.waiting"))
        for made, line in zip(self._rows.show(len(facts.lines)), facts.lines, strict=True):
            made.show_line(line, short=self.window().height() < LOW)
        self._show_others(facts.offers[1:3])
        self._show_spots(facts.spots)
        self._drill.setText(text("advice.drill"))
        self._drill.setVisible(bool(facts.drill))
        self._foot.setVisible(bool(facts.offers))
        self._judge.setText(facts.judge)
        # Where there is little room, which model it is stands on hover.
        self._judge.setVisible(bool(facts.judge) and self.window().height() >= LOW)
        self._here.setToolTip(facts.judge)
        self._answer.setText(text(self._said) if self._said else "")

    def _show_others(self, offers: tuple[Offer, ...]) -> None:
        self._or.setText(text("advice.others"))
        self._other_lines.setVisible(bool(offers))
        for n, button in enumerate(self._others):
            button.setVisible(n < len(offers))
            if n < len(offers):
                percent = round(offers[n].confidence * 100)
                button.setText(text("advice.other", name=offers[n].name, percent=percent))

    def _drilled(self) -> None:
        self.asked.emit(line_of("queue.open", WHOLE, {"where": self.facts.drill}))

    def _show_spots(self, spots: tuple[Spot, ...]) -> None:
        keys = keys_of(self._core.keys).get(PLACE, "")
        self._where.setText(text("advice.take_place"))
        self._spot_lines.setVisible(bool(spots))
        for n, button in enumerate(self._spots):
            button.setVisible(n < len(spots))
            if n < len(spots):
                percent = round(spots[n].confidence * 100)
                name = text("advice.other", name=spots[n].name, percent=percent)
                button.setText(f"{name}  {keys}".strip() if not n else name)

    def _say(self, key: str) -> None:
        self._said = key
        self._answer.setText(text(key))

    def _note(self, record: str, taken: str) -> None:
        first = self.facts.offers[0]
        values = {
            "about": "type", "offered": first.type, "confidence": f"{first.confidence:.3f}",
            "model": self.facts.model,
        }  # fmt: skip
        if taken == first.type:
            self.asked.emit(line_of("incident.heed", record, values))
        else:
            self.asked.emit(line_of("incident.overrule", record, values | {"taken": taken}))


def _lines(*widgets: QWidget) -> QWidget:
    """Put names side by side; long ones go on in the next line and make no panel wider."""
    made = QWidget()
    flow = Flow(made, TIGHT)
    for each in widgets:
        flow.addWidget(each)
    return made

"""One person's words, name and number: hidden until a reason is given, and then not for long."""

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.base.text import text
from console.domain.words import line_of
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, TIGHT, Elided, Value, column, label, link, row
from ui.models import mask
from ui.models.card import ReportFacts

SHOWN_S = 30
ASKED_MS = 5_000
"""A reveal not in effect by then was refused: another's later one opens nothing here."""
SECOND_MS = 1_000


class _Reason(QLineEdit):
    """Asks why; Escape steps out."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == int(Qt.Key.Key_Escape):
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class Masked(QWidget):
    """Shows a report. ``asked`` gives the line that reveals it."""

    asked = Signal(str)

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._report: ReportFacts | None = None
        self._left_s = 0
        self._asked = QElapsedTimer()
        self._head = Elided("caption")
        self._state = label("caption")
        self._person = Value(outfit, wrap=False)
        self._reveal = link()
        self._reveal.clicked.connect(self._ask_why)
        self._words = Value(outfit, "second")
        self._reason = _Reason()
        self._reason.returnPressed.connect(self._ask)
        self._reason.left.connect(self._step_out)
        self._reason.hide()
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._tick)
        whole = column(self, gap=2)
        whole.setContentsMargins(0, TIGHT, 0, TIGHT)
        whole.addLayout(row(self._head, self._state, gap=GAP, stretch=0))
        whole.addLayout(row(self._person, self._reveal, gap=GAP))
        whole.addWidget(self._reason)
        whole.addWidget(self._words)
        self.retranslate()

    @property
    def plain(self) -> bool:
        return self._left_s > 0

    @property
    def person(self) -> str:
        return self._person.text()

    def show_report(self, report: ReportFacts) -> None:
        """Show a report; one whose reveal has just taken effect is shown as it is."""
        before = self._report
        if before is None or before.id != report.id:
            self.cover()
            self._asked.invalidate()
            self._reason.hide()
        elif (self._waits() or report.mine) and report.revealed > before.revealed:
            self._asked.invalidate()
            self._left_s = SHOWN_S
            self._second.start()
        self._report = report
        self._write()

    def cover(self) -> None:
        """Hide again."""
        self._left_s = 0
        self._second.stop()
        self._write()

    def retranslate(self) -> None:
        self._reason.setPlaceholderText(text("card.reveal.why"))
        self._write()

    def _waits(self) -> bool:
        return self._asked.isValid() and not self._asked.hasExpired(ASKED_MS)

    def _write(self) -> None:
        report = self._report
        if report is None:
            return
        plain = self.plain
        self._head.show_words(report.head)
        of = text("card.report_of", no=report.of) if report.of else ""
        self._state.setText("  ".join(filter(None, (of, report.answered, report.state))))
        name = report.caller if plain else mask.name(report.caller)
        phone = report.phone if plain else mask.phone(report.phone)
        self._person.show_words("  ".join(filter(None, (name, phone))), told=False)
        self._words.show_words(report.words if plain else mask.words(report.words), told=False)
        self._words.setVisible(bool(report.words))
        key = "card.reveal.shown" if plain else "card.reveal.ask"
        self._reveal.setText(text(key, s=self._left_s))
        hides = bool(report.caller or report.phone) or mask.words(report.words) != report.words
        self._person.setVisible(bool(name or phone))
        self._reveal.setVisible(hides)

    def _ask_why(self) -> None:
        if self.plain:
            self.cover()
            return
        self._reason.setVisible(self._reason.isHidden())
        if not self._reason.isHidden():
            self._reason.clear()
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        reason = self._reason.text().strip()
        if self._report is None or not reason:
            return
        self._reason.hide()
        self._reveal.setFocus(Qt.FocusReason.OtherFocusReason)
        self._asked.start()
        self.asked.emit(line_of("report.reveal", self._report.id, {"reason": reason}))

    def _step_out(self) -> None:
        self._reason.hide()
        self._reveal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tick(self) -> None:
        self._left_s -= 1
        if self._left_s <= 0:
            self.cover()
        else:
            self._write()

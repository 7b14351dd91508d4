"""Vital signs and alarms: what is out of band and since when, what is silent, what is shelved."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from console.app import Core
from console.base.text import TEXTS, text
from console.domain.changes import Changes
from console.domain.vitals import Vitals
from console.domain.words import UNKNOWN
from ui.kit.listpanel import ListPanel
from ui.kit.outfit import Outfit
from ui.kit.parts import Elided, label, link
from ui.models.gauges import COLUMNS, STANDS, GaugesModel, Told, read
from ui.models.news import Answers

WIDTHS = {"stands": 76, "name": 180, "source": 124, "value": 96, "limit": 108, "since": 84}
SHELVE, UNSHELVE, WHY = "s", "u", "w"
BEAT_MS = 2_000
"""The panel looks anew so often: what does not come any more turns grey by itself."""


class GaugesView(ListPanel):
    """Enter opens the incident of an alarm; s begins the line that shelves it, u unshelves.

    w says why the score is what it is, and again shows the alarms.
    """

    def __init__(self, core: Core, outfit: Outfit) -> None:
        self.model = GaugesModel()
        super().__init__(outfit, self.model, COLUMNS, WIDTHS, "note")
        self.model.setParent(self)
        self._core = core
        self._answers = Answers(self._fail, self)
        self.list.opened.connect(self._open)
        self._score, self._grade = link("title"), label("second")
        self._score.clicked.connect(self.explain)
        self.why = QPlainTextEdit()
        self.why.setReadOnly(True)
        self.why.hide()
        self._counts = Elided("second")
        self._keys = label("caption")
        self._wanted = ""
        self.lay_out((self._score, self._grade, self._counts, self._keys), self._counts)
        whole = self.layout()
        if whole is not None:
            whole.addWidget(self.why)
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.follow_look()

    def refresh(self, changes: Changes) -> None:
        if changes.everything or changes.of("shelf"):
            self._ask()

    def open_on(self, indicator: str) -> None:
        """Go to the first alarm of an indicator, once it is shown; "": to where it stood."""
        self._wanted = indicator
        self._ask()

    def explain(self) -> None:
        """Say why the score is what it is, point by point; asked again, show the alarms."""
        shown = self.why.isHidden()
        self.why.setVisible(shown)
        if (body := self.hint.parentWidget()) is not None:
            body.setHidden(shown)
        (self.why if shown else self.list).setFocus()
        self._ask()

    def retranslate(self) -> None:
        self._score.setToolTip(text("gauges.why"))
        self.why.setAccessibleName(text("gauges.why"))
        self.model.retranslate()
        self.list.setAccessibleName(text("gauges.name"))
        self._keys.setText(text("gauges.keys"))
        self._ask()

    def _tick(self) -> None:
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        asked = self._core.work.call(lambda: read(self._core))
        self._answers.ask("gauges", asked, self._show)

    def _show(self, told: Told) -> None:
        self.model.show(told.rows)
        self._say(told.vitals)
        self._tell_why(told)
        if not told.rows:
            said = "silent" if told.vitals.score is None else "calm"
            self.show_hint("info", text(f"gauges.{said}_all"), text(f"gauges.{said}_next"))
            return
        wanted = self.model.place_of(self._wanted) if self._wanted else -1
        if wanted >= 0:
            self._wanted = ""
        self.show_list(wanted)

    def _tell_why(self, told: Told) -> None:
        words = "\n".join(told.why)
        if words != self.why.toPlainText():
            bar = self.why.verticalScrollBar()
            at = bar.value()
            self.why.setPlainText(words)
            bar.setValue(at)

    def _say(self, vitals: Vitals) -> None:
        score = UNKNOWN if vitals.score is None else f"{vitals.score:.0f}"
        self._score.setText(text("gauges.score", score=score))
        grade = vitals.grade
        name = "" if grade is None else grade.name_en if TEXTS.language == "en" else grade.name
        complete = f"{100 * vitals.completeness:.0f}"
        self._grade.setText(text("gauges.grade", grade=name or UNKNOWN, complete=complete))
        self._counts.show_words(text("gauges.counts", **self.model.counts()))

    def looks(self, row: int, column: int) -> tuple[str, str]:
        found = self.model.row_at(row)
        if found is None:
            return "", "text"
        shape, role = STANDS[found.stands]
        pressing = found.stands in ("alarm", "warn")
        match COLUMNS[column]:
            case "stands":
                return shape, role
            case "name":
                return "", "text" if pressing else "text.caption"
            case "value":
                return "", role if pressing else "text.caption"
            case _:
                return "", "text.second" if pressing else "text.caption"

    def _open(self, row: int) -> None:
        found = self.model.row_at(row)
        if found is None:
            return
        if found.incident:
            self.asked.emit(f"card.open {found.incident}")
        elif found.stands == "shelved":
            self.asked.emit(f"line.focus indicator.unshelve {found.key[0]}")
        else:
            self._shelve(found.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = self.model.row_at(self.list.current_row())
        key = event.text().lower()
        if key == WHY or (event.key() == Qt.Key.Key_Escape and not self.why.isHidden()):
            self.explain()
            return
        if found is not None and key == SHELVE:
            self._shelve(found.key)
        elif found is not None and key == UNSHELVE:
            self.asked.emit(f"line.focus indicator.unshelve {found.key[0]}")
        else:
            super().keyPressEvent(event)

    def _shelve(self, key: tuple[str, str]) -> None:
        """Begin the line: until when, and why, are for the person to say."""
        self.asked.emit(f"line.focus indicator.shelve {key[0]} +1h ")

    def _fail(self, error: BaseException) -> None:
        self.failed.emit(error)

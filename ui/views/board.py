"""The unit board: who can be sent, narrowed to what the chosen incident needs, and says so."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from console.domain.words import quoted
from ui.kit.lists import ListView
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, Elided, Hint, label
from ui.models.board import COLUMNS, STANDS, BoardModel, Narrowed, UnitFacts, narrowed, read
from ui.models.card import incident_of
from ui.models.news import Answers

WIDTHS = {"call_sign": 150, "stands": 90, "dept": 200, "place": 170, "people": 64}
KINDS = frozenset(("unit", "task"))
Found = tuple[tuple[UnitFacts, ...], Narrowed | None]


class BoardView(QWidget):
    """Enter on a unit begins the line that sends it to the chosen incident."""

    asked = Signal(str)
    failed = Signal(object)

    def __init__(self, core: Core, outfit: Outfit) -> None:
        super().__init__()
        self._core = core
        self._icons = outfit.icons
        self._incident = ""
        self._all = False
        self._answers = Answers(self._fail, self)
        self.model = BoardModel(self)
        self.list = ListView(self.model, outfit, self._looks)
        widths = {COLUMNS.index(name): width for name, width in WIDTHS.items()}
        self.list.set_widths(widths, COLUMNS.index("task"))
        self.list.opened.connect(self._send)
        self._counts = label("second")
        self._filter = Elided("accent")
        self._clear = QToolButton()
        self._clear.hide()
        self._clear.clicked.connect(self._toggle)
        self._hint = Hint(outfit)
        self._lay_out()
        self.setFocusProxy(self.list)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def show_record(self, kind: str, id: str) -> None:
        """Narrow the board to an incident; "": show all."""
        incident = incident_of(self._core, kind, id) if id else ""
        if incident != self._incident:
            self._incident, self._all = incident, False
            self._ask()

    def refresh(self, changes: Changes) -> None:
        kinds = {kind for kind, _ in changes.touched}
        mine = ("incident", self._incident) in changes.touched
        if changes.everything or mine or kinds & KINDS:
            self._ask()

    def retranslate(self) -> None:
        self.model.retranslate()
        self._clear.setIcon(self._icons.icon("close", "text.caption"))
        self._clear.setToolTip(text("board.clear"))
        self.list.setAccessibleName(text("board.name"))
        if not self.model.total:
            self._hint.say("refresh", text("board.loading"))
        self._ask()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 6, PAD, 6)
        head.setSpacing(GAP)
        head.addWidget(self._counts)
        head.addWidget(self._filter, 1)
        head.addWidget(self._clear)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(below, 1)

    def _ask(self) -> None:
        incident = "" if self._all else self._incident

        def found() -> Found:
            return read(self._core), narrowed(self._core, incident) if incident else None

        self._answers.ask("board", self._core.work.call(found), self._show)

    def _show(self, found: Found) -> None:
        units, narrow = found
        at = self.list.current_row()
        self.model.show(units, narrow)
        if at < 0 and self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0, 0))
        counts = self.model.counts()
        self._counts.setText(
            text("board.counts", free=counts["free"], busy=counts["busy"],
                 off=counts["off_duty"] + counts["out_of_service"])
        )  # fmt: skip
        self._say_filter(narrow)
        if self.model.rowCount():
            self._stack.setCurrentIndex(1)
            return
        if units:
            self._hint.say("users", text("board.nothing_near"), text("board.nothing_near_next"))
        else:
            self._hint.say("users", text("board.empty"), text("board.empty_next"))
        self._stack.setCurrentIndex(0)

    def _say_filter(self, narrow: Narrowed | None) -> None:
        shown = self.model.rowCount()
        if narrow is not None:
            self._filter.show_words(
                text("board.filtered", title=narrow.title, n=shown, all=self.model.total)
            )
        else:
            self._filter.show_words(text("board.unfiltered") if self._incident else "")
        self._clear.setVisible(bool(self._incident))
        icon = "close" if narrow is not None else "filter"
        self._clear.setIcon(self._icons.icon(icon, "text.caption"))
        self._clear.setToolTip(text("board.clear" if narrow is not None else "board.narrow"))

    def _toggle(self) -> None:
        self._all = not self._all
        self._ask()

    def _looks(self, row: int, column: int) -> tuple[str, str]:
        unit = self.model.unit_at(row)
        if unit is None:
            return "", "text"
        shape, role = STANDS[unit.stands]
        match COLUMNS[column]:
            case "stands":
                return shape, role
            case "call_sign":
                waits, refused, conflict = unit.marks
                mark = "cross" if refused else "fork" if conflict else "arrow" if waits else ""
                return mark, "text" if unit.stands in ("free", "busy") else "text.caption"
            case _:
                return "", "text.second" if unit.stands in ("free", "busy") else "text.caption"

    def _send(self, row: int) -> None:
        unit = self.model.unit_at(row)
        if unit is None:
            return
        if unit.incident and unit.stands == "busy":
            self.asked.emit(f"card.open {unit.incident}")
        elif self._incident:
            name = quoted(unit.call_sign or unit.id)
            self.asked.emit(f"line.focus incident.send {self._incident} {name}")
        else:
            ready = f"line.focus unit.ready {unit.id}"
            self.asked.emit("line.focus" if unit.stands == "free" else ready)

    def _fail(self, error: BaseException) -> None:
        if not self.model.total:
            self._hint.say("warning", text("board.failed"), text("board.failed_next"))
        self.failed.emit(error)

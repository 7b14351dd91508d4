"""The unit board: who can be sent, narrowed to what the chosen incident needs, and says so."""

from PySide6.QtWidgets import QToolButton

from console.app import Core
from console.base.text import text
from console.domain.changes import Changes
from console.domain.words import quoted
from ui.kit.listpanel import ListPanel
from ui.kit.outfit import Outfit
from ui.kit.parts import Elided, label
from ui.models.board import COLUMNS, STANDS, BoardModel, Narrowed, UnitFacts, narrowed, read
from ui.models.card import incident_of
from ui.models.news import Answers

WIDTHS = {"call_sign": 150, "stands": 90, "dept": 200, "place": 170, "people": 64}
KINDS = frozenset(("unit", "task"))
Found = tuple[tuple[UnitFacts, ...], Narrowed | None]


class BoardView(ListPanel):
    """Enter on a unit begins the line that sends it to the chosen incident."""

    def __init__(self, core: Core, outfit: Outfit) -> None:
        self.model = BoardModel()
        super().__init__(outfit, self.model, COLUMNS, WIDTHS, "task")
        self.model.setParent(self)
        self._core = core
        self._icons = outfit.icons
        self._incident = ""
        self._all = False
        self._answers = Answers(self._fail, self)
        self.list.opened.connect(self._send)
        self._counts = label("second")
        self._filter = Elided("accent")
        self._clear = QToolButton()
        self._clear.hide()
        self._clear.clicked.connect(self._toggle)
        self.lay_out((self._counts, self._filter, self._clear), self._filter)
        self.follow_look()

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
            self.show_hint("refresh", text("board.loading"))
        self._ask()

    def _ask(self) -> None:
        incident = "" if self._all else self._incident

        def found() -> Found:
            return read(self._core), narrowed(self._core, incident) if incident else None

        self._answers.ask("board", self._core.work.call(found), self._show)

    def _show(self, found: Found) -> None:
        units, narrow = found
        self.model.show(units, narrow)
        counts = self.model.counts()
        self._counts.setText(
            text("board.counts", free=counts["free"], busy=counts["busy"],
                 off=counts["off_duty"] + counts["out_of_service"])
        )  # fmt: skip
        self._say_filter(narrow)
        if self.model.rowCount():
            self.show_list()
        elif units:
            self.show_hint("users", text("board.nothing_near"), text("board.nothing_near_next"))
        else:
            self.show_hint("users", text("board.empty"), text("board.empty_next"))

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

    def looks(self, row: int, column: int) -> tuple[str, str]:
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
            self.show_hint("warning", text("board.failed"), text("board.failed_next"))
        self.failed.emit(error)

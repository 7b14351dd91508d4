"""What waits for the centre and what came back; nothing leaves here without a person's word."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from console.app import Core
from console.base.errors import Refused
from console.base.text import text
from console.domain.changes import Changes
from console.domain.plan import Outcome
from console.domain.words import Words
from ui.kit.form import CommandForm
from ui.kit.listpanel import ListPanel
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, label, link, stand_over, tone
from ui.models.card import incident_of
from ui.models.news import Answers
from ui.models.outbox import COLUMNS, LOOKS, OutboxModel, Parcel, Post, given, read

WIDTHS = {"state": 100, "what": 300, "at": 90, "who": 80}
DETAIL_WIDTH = 340
FORM_SIZE = (540, 680)
RETRY, EDIT, LET_GO = Qt.Key.Key_R, Qt.Key.Key_E, Qt.Key.Key_Delete


class OutboxView(ListPanel):
    """A list, and beside it what can be done about the one that is chosen."""

    def __init__(self, core: Core, outfit: Outfit) -> None:
        self.model = OutboxModel()
        super().__init__(outfit, self.model, COLUMNS, WIDTHS, "reason")
        self.model.setParent(self)
        self._core = core
        self._outfit = outfit
        self._answers = Answers(self._fail, self)
        self._form: CommandForm | None = None
        self._read_once = False
        self._with_gone = False
        self._reading = self._stale = False
        self.list.chosen.connect(self._show_detail)
        self.list.opened.connect(self._open)
        self._build_detail()
        self.lay_out((), beside=self._detail, foot=self._gone)
        self.follow_look()

    def show_record(self, kind: str, id: str) -> None:
        """Choose the act that touches a record, when there is one."""
        for at in range(self.model.rowCount()):
            parcel = self.model.parcel_at(at)
            if parcel is not None and parcel.key == (kind, id):
                self.list.setCurrentIndex(self.model.index(at, 0))
                return

    def refresh(self, changes: Changes) -> None:
        mine = self.model.keys()
        if changes.line or changes.everything or not mine.isdisjoint(changes.touched):
            self._ask()

    def retranslate(self) -> None:
        self.model.retranslate()
        self.list.setAccessibleName(text("outbox.name"))
        self._retry.setText(text("outbox.retry"))
        self._edit.setText(text("outbox.edit"))
        self._let_go.setText(text("outbox.let_go"))
        self._take_back.setText(text("outbox.take_back"))
        self._open_record.setText(text("card.open"))
        self._reason.setPlaceholderText(text("outbox.let_go_why"))
        if not self._read_once:
            self.show_hint("refresh", text("outbox.loading"))
        self._ask()

    # ---- building --------------------------------------------------------------------------------

    def _build_detail(self) -> None:
        self._what = label("title", wrap=True)
        self._state = label("second", wrap=True)
        self._why = label("danger", wrap=True)
        self._said = label("second", wrap=True)
        self._reason = QLineEdit()
        self._reason.returnPressed.connect(self._let_it_go)
        self._reason.hide()
        self._retry, self._edit, self._let_go = self._button(), self._button(), self._button()
        self._take_back, self._open_record = self._button(), self._button()
        self._gone = link()
        self._gone.hide()
        self._gone.clicked.connect(self._toggle_gone)
        self._let_go.setProperty("role", "danger")
        self._retry.clicked.connect(self._retry_it)
        self._edit.clicked.connect(self._edit_it)
        self._let_go.clicked.connect(self._ask_why)
        self._take_back.clicked.connect(self._take_it_back)
        self._open_record.clicked.connect(self._open_it)

        self._lay_out_detail()

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("role", "act")
        return button

    def _lay_out_detail(self) -> None:
        self._detail = QFrame()
        self._detail.setProperty("surface", "panel")
        self._detail.setFixedWidth(DETAIL_WIDTH)
        body = QVBoxLayout(self._detail)
        body.setContentsMargins(PAD, GAP, PAD, GAP)
        body.setSpacing(GAP)
        for each in (self._what, self._state, self._why, self._said):
            body.addWidget(each)
        body.addStretch(1)
        body.addWidget(self._reason)
        upper = (self._retry, self._edit, self._let_go)
        for group in (upper, (self._take_back, self._open_record)):
            buttons = QHBoxLayout()
            buttons.setSpacing(GAP)
            for button in group:
                buttons.addWidget(button)
            buttons.addStretch(1)
            body.addLayout(buttons)

    # ---- showing ---------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Read again; one reading at a time, however fast the acts go."""
        self._stale = self._reading
        if self._reading:
            return
        self._reading, gone = True, self._with_gone
        found = self._core.work.call(lambda: read(self._core, gone=gone))
        self._answers.ask("outbox", found, self._show)

    def _toggle_gone(self) -> None:
        self._with_gone = not self._with_gone
        self._ask()

    def _show(self, post: Post) -> None:
        self._read_once, self._reading = True, False
        parcels = post.parcels
        self.model.show(parcels)
        key = "outbox.gone_hide" if self._with_gone else "outbox.gone"
        self._gone.setText(text(key, n=post.gone))
        self._gone.setVisible(post.gone > 0)
        if parcels:
            self.show_list()
        else:
            self.show_hint("check", text("outbox.empty"), text("outbox.empty_next"))
        self._show_detail()
        if self._stale:
            self._ask()

    def _show_detail(self) -> None:
        parcel = self._chosen()
        self._detail.setVisible(parcel is not None)
        if parcel is None:
            return
        self._what.setText(parcel.what)
        self._state.setText(text(f"outbox.long.{parcel.state}", n=parcel.tries))
        tone(self._state, LOOKS[parcel.state][1])
        self._why.setText(parcel.reason)
        self._why.setVisible(bool(parcel.reason))
        tone(self._why, LOOKS[parcel.state][1] if parcel.open else "text.second")
        said = (text("timeline.said", label=name, value=value) for name, value in parcel.said)
        self._said.setText("\n".join(said))
        self._said.setVisible(bool(parcel.said))
        for button in (self._retry, self._edit, self._let_go):
            button.setVisible(parcel.open)
        self._edit.setEnabled(bool(parcel.line))
        self._take_back.setVisible(parcel.taken_back)
        if not parcel.open:
            self._reason.hide()

    def _chosen(self) -> Parcel | None:
        return self.model.parcel_at(self.list.current_row())

    def looks(self, row: int, column: int) -> tuple[str, str]:
        parcel = self.model.parcel_at(row)
        if parcel is None:
            return "", "text"
        shape, role = LOOKS[parcel.state]
        match COLUMNS[column]:
            case "state":
                return shape, role
            case "what":
                return "", "text" if parcel.state != "let_go" else "text.caption"
            case "reason":
                return "", role if parcel.open else "text.caption"
            case _:
                return "", "text.caption"

    # ---- doing -----------------------------------------------------------------------------------

    def _retry_it(self) -> None:
        self._do(lambda parcel: self._core.retry(parcel.id))

    def _take_it_back(self) -> None:
        self._do(lambda parcel: self._core.take_back(parcel.id))

    def _ask_why(self) -> None:
        self._reason.show()
        self._reason.clear()
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_it_go(self) -> None:
        reason = self._reason.text().strip()
        if reason:
            self._reason.hide()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._do(lambda parcel: self._core.let_go(parcel.id, reason))

    def _do(self, job: Callable[[Parcel], "Future[Any]"]) -> None:
        parcel = self._chosen()
        if parcel is not None:
            self._answers.ask("act", job(parcel), lambda _changes: self._ask())

    def _open(self, _row: int) -> None:
        parcel = self._chosen()
        if parcel is not None and parcel.open and parcel.line:
            self._edit_it()
        else:
            self._open_it()

    def _open_it(self) -> None:
        parcel = self._chosen()
        if parcel is not None:
            incident = incident_of(self._core, *parcel.key)
            if incident:
                self.asked.emit(f"card.open {incident}")

    def _edit_it(self) -> None:
        """Open the form of the act, filled with what it was given; sending replaces the act."""
        parcel = self._chosen()
        act = next((w.act for w in self._core.outbox() if parcel and w.act.id == parcel.id), None)
        if parcel is None or act is None:
            return
        try:
            command, filled = given(self._core, act)
        except Refused as refused:
            self.failed.emit(refused)
            return
        self._form = CommandForm(
            self._core, self._outfit, command, parcel.key, filled, act=parcel.id
        )
        self._form.done.connect(self._edited)
        self._form.left.connect(self._put_away)
        self._form.failed.connect(self.failed)
        stand_over(self._form, self.window(), *FORM_SIZE)
        self._form.focus()

    def _edited(self, outcome: Outcome | Changes) -> None:
        del outcome
        self._put_away()

    def _put_away(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        self._ask()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, error: BaseException) -> None:
        self._reading = False
        if isinstance(error, Refused):
            self._why.setText(Words(self._core).refused(error))
            self._why.show()
        self.failed.emit(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        parcel = self._chosen()
        if event.key() == Qt.Key.Key_Escape and not self._reason.isHidden():
            self._reason.hide()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif parcel is None or not parcel.open or event.modifiers():
            super().keyPressEvent(event)
        elif event.key() == RETRY:
            self._retry_it()
        elif event.key() == EDIT:
            self._edit_it()
        elif event.key() == LET_GO:
            self._ask_why()
        else:
            super().keyPressEvent(event)

"""Signing in: the first page of a window. It says at which centre, and whether that is heard."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.app import Core, SignedIn
from console.base.errors import Refused
from console.base.notice import Notice
from console.base.text import text
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.parts import label
from ui.models.news import Answers

WIDE = 360


class SignInPage(QWidget):
    """Asks for a name and a password; ``done`` once somebody sits here."""

    done = Signal(object)

    def __init__(self, core: Core, outfit: Outfit, notices: Notices) -> None:
        super().__init__()
        self._core = core
        self._notices = notices
        self._answers = Answers(self._failed, self)
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark, self._place = label("title"), label("caption")
        self._user_words, self._password_words = label("second"), label("second")
        self.user, self.password = QLineEdit(core.settings.user), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._go = QPushButton()
        self._go.setProperty("role", "primary")
        self.said = label("warning", wrap=True)
        self._lay_out()
        for each in (self.user, self.password):
            each.returnPressed.connect(self._entered)
        self._go.clicked.connect(self.submit)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def begin(self, said: str = "") -> None:
        """Stand ready for the next person."""
        self.password.clear()
        self.said.setText(said)
        self._busy(busy=False)
        (self.password if self.user.text() else self.user).setFocus()

    def submit(self) -> None:
        user, password = self.user.text().strip(), self.password.text()
        if not user or not password:
            self.said.setText(text("sign_in.both"))
            return
        self._busy(busy=True)
        self.said.setText(text("sign_in.asking"))
        self._answers.ask("sign_in", self._core.sign_in(user, password), self._signed_in)

    def retranslate(self) -> None:
        self._mark.setText(text("window.product"))
        self._place.setText(text("sign_in.place", centre=self._core.settings.centre))
        self._user_words.setText(text("sign_in.user"))
        self._password_words.setText(text("sign_in.password"))
        self.user.setAccessibleName(self._user_words.text())
        self.password.setAccessibleName(self._password_words.text())
        self._go.setText(text("sign_in.go"))

    def _lay_out(self) -> None:
        box = QWidget()
        box.setProperty("surface", "panel")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        box.setFixedWidth(WIDE)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(28, 28, 28, 28)
        inner.setSpacing(8)
        for each in (self._mark, self._place):
            inner.addWidget(each)
        inner.addSpacing(12)
        fields = QFormLayout()
        fields.setSpacing(8)
        fields.addRow(self._user_words, self.user)
        fields.addRow(self._password_words, self.password)
        inner.addLayout(fields)
        inner.addWidget(self.said)
        inner.addSpacing(8)
        inner.addWidget(self._go)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def _entered(self) -> None:
        if self.user.hasFocus() and not self.password.text():
            self.password.setFocus()
        else:
            self.submit()

    def _busy(self, *, busy: bool) -> None:
        for each in (self.user, self.password, self._go):
            each.setEnabled(not busy)

    def _signed_in(self, signed: SignedIn) -> None:
        self._busy(busy=False)
        self.password.clear()
        self.said.setText("")
        self.done.emit(signed)

    def _failed(self, error: BaseException) -> None:
        self._busy(busy=False)
        if isinstance(error, Refused):
            self.said.setText(self._notices.words(Notice.of_refusal(error)))
        else:
            self.said.setText(text("sign_in.failed"))
            self._notices.failed(error)
        self.password.selectAll()
        self.password.setFocus()

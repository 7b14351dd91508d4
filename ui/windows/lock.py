"""The locked screen: no data, only who sits here, the time, and how many alarms there are."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.app import Core, SignedIn
from console.base.errors import Refused
from console.base.notice import Notice
from console.base.text import text
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.parts import label
from ui.models.moment import day_words, moment
from ui.models.news import Answers

WIDE = 360
MINUTE_MS, SECOND_MS = 60_000, 1_000
HANDS = frozenset(
    (
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove,
        QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
    )
)  # fmt: skip


class Idleness(QObject):
    """Notices that nobody has touched the program for so many minutes (0: never)."""

    lasted = Signal()

    def __init__(self, app: QApplication, minutes: int) -> None:
        super().__init__(app)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(minutes * MINUTE_MS)
        self._timer.timeout.connect(self.lasted)
        if minutes:
            app.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in HANDS:
            self._timer.start()
        return False


class LockPage(QWidget):
    """Covers everything until the password is given; the seat itself checks it."""

    opened = Signal()
    other_asked = Signal()

    def __init__(self, core: Core, outfit: Outfit, notices: Notices) -> None:
        super().__init__()
        self._core = core
        self._notices = notices
        self._answers = Answers(self._failed, self)
        self._arrived = self._overdue = 0
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock, self._day = label("clock"), label("second")
        self._who, self.alarms = label("title"), label("second", wrap=True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.returnPressed.connect(self.submit)
        self._go, self._other = QPushButton(), QPushButton()
        self._go.setProperty("role", "primary")
        self._go.clicked.connect(self.submit)
        self._other.setProperty("role", "link")
        self._other.clicked.connect(self.other_asked)
        self.said = label("warning", wrap=True)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self.tick)
        outfit.look.changed.connect(self.retranslate)

    def begin(self) -> None:
        self._arrived = 0
        self.password.clear()
        self.said.setText("")
        self.retranslate()
        self._timer.start()
        self.password.setFocus()

    def end(self) -> None:
        self._timer.stop()

    def note_arrivals(self, count: int) -> None:
        """Something arrived while the screen is locked."""
        self._arrived += count
        self._tell_alarms()

    def note_overdue(self, count: int) -> None:
        self._overdue = count
        self._tell_alarms()

    def submit(self) -> None:
        if self.password.text():
            self.password.setEnabled(False)
            asked = self._core.unlock(self.password.text())
            self._answers.ask("unlock", asked, self._unlocked)

    def tick(self) -> None:
        when = moment(self._core.clock.now(), self._core.city)
        self._clock.setText(f"{when:%H:%M}")
        self._day.setText(day_words(when))

    def retranslate(self) -> None:
        person = self._core.person
        self._who.setText(text("lock.who", person=person.name or person.user))
        self._go.setText(text("lock.open"))
        self._other.setText(text("lock.other"))
        self.password.setPlaceholderText(text("sign_in.password"))
        self.password.setAccessibleName(text("sign_in.password"))
        self._tell_alarms()
        self.tick()

    def _tell_alarms(self) -> None:
        said = text("lock.alarms", arrived=self._arrived, overdue=self._overdue)
        self.alarms.setText(said)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setSpacing(8)
        whole.addStretch(2)
        for each in (self._clock, self._day, self._who, self.alarms, self.said):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            whole.addWidget(each)
        for each in (self.password, self._go):
            each.setFixedWidth(WIDE)
            whole.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(self._other, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def _unlocked(self, _signed: SignedIn) -> None:
        self.password.setEnabled(True)
        self.password.clear()
        self.opened.emit()

    def _failed(self, error: BaseException) -> None:
        self.password.setEnabled(True)
        if isinstance(error, Refused):
            self.said.setText(self._notices.words(Notice.of_refusal(error)))
        else:
            self._notices.failed(error)
        self.password.selectAll()
        self.password.setFocus()

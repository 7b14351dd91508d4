"""A dispatcher works whole cases by keyboard alone: a real window, a real centre, a plug."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import delete

from console.app import build
from console.base.settings import Settings
from console.base.work import Threads
from console.domain.access import Access
from tests.centre_driver import PASSWORD, PEOPLE, XUANWU, Caller, Running, act, birth, step
from tests.fault_line import GOOD, Fault, FaultLine
from ui.app import Seat, Start
from ui.windows.frame import Frame

ROLES = ("intake", "dispatch", "duty_lead", "district", "callback")
WANG = Access(user="wang", name="王敏", roles=ROLES, scopes=("",))
PATIENCE = 10_000
AWAY = Fault(refuses=True)
pytestmark = pytest.mark.timeout(600)


class Watch(QObject):
    """Sees every window that comes up: only the seat's own may."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def eventFilter(self, watched, event) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow() and not isinstance(watched, Frame | QMenu):
            self.strange.append(f"{watched} {watched.objectName()}")
        return False


class Hands:
    """Two hands at a keyboard, and eyes that wait for what comes of it."""

    def __init__(self, seat: Seat, qtbot) -> None:
        self.seat = seat
        self._qtbot = qtbot

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._target(), key, modifier)

    def type(self, words: str) -> None:
        for letter in words:
            QTest.keyClick(self._target(), letter)

    def line(self, words: str) -> None:
        """Open the command line by its key, type, and press Enter."""
        self.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        line = self.seat.station.panels.line.edit
        self.sees(line.hasFocus)
        # An input method commits whole words, which QTest's keys cannot.
        line.insert(words)
        self.key(Qt.Key.Key_Return)
        self.sees(lambda: not line.text())

    def sees(self, what) -> None:
        try:
            self._qtbot.waitUntil(what, timeout=PATIENCE)
        except self._qtbot.TimeoutError as error:
            said = [told.words for told in self.seat.notices.kept]
            focus = QApplication.focusWidget()
            raise AssertionError(f"not seen; focus on {focus}; notices: {said}") from error

    def state(self, id: str) -> str:
        record = self.seat.core.get("incident", id)
        return record.state if record else ""

    def becomes(self, id: str, state: str) -> None:
        self.sees(lambda: self.state(id) == state)

    def rows(self) -> list[str]:
        table = self.seat.station.panels.queue.grid.table
        return [table.row_at(n)[0] for n in range(table.rowCount())]

    def choose(self, id: str) -> None:
        """Go down the queue until the row is the selected one."""
        self.sees(lambda: id in self.rows())
        for _ in range(len(self.rows()) + 1):
            if self.seat.station.selected == ("incident", id):
                return
            self.key(Qt.Key.Key_J)
        raise AssertionError(f"{id} is not in the queue")

    def _target(self):
        return QApplication.focusWidget() or self.seat.frame


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path / "centre").welcome(WANG, *PEOPLE.values()).start()
    yield running
    running.close()


@pytest.fixture
def plug(centre: Running) -> Iterator[FaultLine]:
    line = FaultLine("127.0.0.1", centre.port)
    yield line
    line.close()


@pytest.fixture
def intake(centre: Running) -> Iterator[Caller]:
    caller = centre.caller("intake")
    yield caller
    caller.close()


@pytest.fixture
def hands(tmp_path: Path, plug: FaultLine, qtbot, qapp) -> Iterator[Hands]:
    settings = Settings(
        centre=plug.url, data=str(tmp_path / "desk"), seat="s1", user="wang", lock_minutes=0,
        sound=False, log_level="ERROR",
    )  # fmt: skip
    seat = Seat(qapp, build(settings, Threads()), Start(settings))
    watch = Watch()
    qapp.installEventFilter(watch)
    seat.core.start()
    seat.frame.show()
    seat.frame.ask_sign_in()
    seat.frame.activateWindow()
    two = Hands(seat, qtbot)
    two.sees(seat.frame.sign_in.password.hasFocus)
    two.type(PASSWORD)
    two.key(Qt.Key.Key_Return)
    two.sees(lambda: seat.frame.seated)
    two.sees(lambda: seat.core.link().state == "up")
    yield two
    asyncio.run(seat.close())
    delete(seat.frame)
    qapp.removeEventFilter(watch)
    assert watch.strange == [], "windows came up that take the focus"


def arrives(intake: Caller, **facts) -> str:
    """Let an incident arrive at the centre; give its id."""
    born = birth(XUANWU, **facts)
    assert intake.do(act("intake", born)).verdicts[0].verdict == "applied"
    return born.record


def test_a_case_is_worked_to_its_end_by_keyboard_alone(hands: Hands, intake: Caller):
    case = arrives(intake, title="井盖破损", type="DMUM-01")
    hands.choose(case)
    hands.key(Qt.Key.Key_F3)
    hands.becomes(case, "accepted")
    hands.line("分类 DMUM-01 --level III")
    hands.sees(lambda: hands.seat.core.get("incident", case).level == "III")
    hands.line("派单 cgj")
    hands.becomes(case, "dispatched")
    hands.key(Qt.Key.Key_F6)
    hands.sees(lambda: hands.seat.core.get("incident", case).urged == 1)
    hands.line("task.sign")
    hands.becomes(case, "signed")
    hands.key(Qt.Key.Key_F7)
    hands.sees(lambda: hands.seat.station.form is not None)
    hands.type("1wh")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.sees(lambda: hands.seat.core.get("incident", case).extended == 1)
    for line, state in (("task.start", "handling"), ("task.feedback 已更换井盖", "feedback")):
        hands.line(line)
        hands.becomes(case, state)
    hands.key(Qt.Key.Key_F9)
    hands.becomes(case, "verifying")
    hands.key(Qt.Key.Key_F10)
    hands.becomes(case, "closed")
    hands.sees(lambda: hands.seat.core.link().waiting == 0)
    assert hands.seat.core.link().refused == 0


def test_a_case_is_returned_with_its_basis_and_dispatched_again(hands: Hands, intake: Caller):
    case = arrives(intake)
    hands.choose(case)
    hands.key(Qt.Key.Key_F3)
    hands.becomes(case, "accepted")
    hands.line("派单 cgj")
    hands.becomes(case, "dispatched")
    hands.line("incident.return 职责清单第三条 不属本单位")
    hands.becomes(case, "returned")
    hands.line("派单 wat")
    hands.becomes(case, "dispatched")
    assert hands.seat.core.get("incident", case).lead == "wat"


def test_with_the_plug_pulled_work_goes_on_and_arrives_once(
    hands: Hands, intake: Caller, plug: FaultLine
):
    case, other = arrives(intake), arrives(intake, title="路灯不亮")
    hands.choose(case)
    plug.set(AWAY, cut=True)
    hands.sees(lambda: hands.seat.core.link().state in ("probing", "down"))
    hands.key(Qt.Key.Key_F3)
    hands.becomes(case, "accepted")
    hands.line("派单 cgj")
    hands.becomes(case, "dispatched")
    link = hands.seat.station.top.findChild(object, "link.waiting")
    hands.sees(lambda: link.isVisible() and link.text() == "2")
    taken = step("incident", other, "accept", note="我来")
    assert intake.do(act("intake", taken)).verdicts[0].verdict == "applied"
    hands.choose(other)
    hands.key(Qt.Key.Key_F3)
    hands.becomes(other, "accepted")
    plug.set(GOOD)
    hands.seat.core.nudge()
    hands.sees(lambda: hands.seat.core.link().waiting == 0)
    told = intake.get("/sync/v1/history", kind="incident", id=case).json()["entries"]
    verbs = [entry["verb"] for entry in told if entry["kind"] == "incident"]
    assert verbs.count("accept") == verbs.count("dispatch") == 1
    hands.sees(lambda: hands.seat.core.link().refused + hands.seat.core.link().conflicts == 1)
    bad = hands.seat.station.top.findChild(object, "link.refused")
    hands.sees(bad.isVisible)

"""What people are told, in one place: refusals in a line that passes, bugs in a bar that stays."""

import logging
import platform
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from console import __version__
from console.base.errors import BadData, Refused, SignedOut, Unreachable
from console.base.notice import Level, Notice
from console.base.text import text
from ui.kit.icons import Icons

KEPT = 300
COMMANDS = 50
SHOWN_MS = 8_000
SLIDE_MS, SLIDE = 180, 12
LEAST = 260
"""A strip narrower than this (px) holds no sentence."""
BUG = "bug"
"""The topic of bugs: their bar stays until a person puts it away."""

GLYPHS = {
    Level.said: ("info", "text.second"),
    Level.warned: ("warning", "warning"),
    Level.alarmed: ("warning", "danger"),
}
_log = logging.getLogger(__name__)


def plain(notice: Notice) -> str:
    """Write a notice with its arguments as they are."""
    return text(notice.key, **notice.args)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with the time at which it was told; ``report`` only for bugs."""

    at: int
    notice: Notice
    report: str = ""
    say: Callable[[Notice], str] = plain

    @property
    def words(self) -> str:
        return self.say(self.notice)


class Notices(QObject):
    """Takes everything that a person is to be told, from any thread; keeps the last ones."""

    told = Signal(object)
    _came = Signal(object)

    def __init__(
        self,
        now: Callable[[], int],
        say: Callable[[Notice], str] = plain,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.words = say
        self.kept: deque[Told] = deque(maxlen=KEPT)
        self._commands: deque[str] = deque(maxlen=COMMANDS)
        self._unreachable = ""
        self._came.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def tell(self, notice: Notice) -> None:
        """Tell at once (on the screen's thread)."""
        self._take(self._made(notice))

    def say(self, key: str, level: Level = Level.said, topic: str = "", **args: object) -> None:
        self.tell(Notice(level, key, args, topic))

    def hear(self, notice: Notice) -> None:
        """Take a notice from any thread."""
        self._came.emit(self._made(notice))

    def ran(self, line: str) -> None:
        """Note a command for the next bug report: its name alone, for its words may be personal."""
        self._commands.append(line.split(maxsplit=1)[0] if line.strip() else "")

    def failed(self, error: BaseException) -> None:
        """Tell of anything that was raised, from any thread."""
        match error:
            case Refused():
                self._came.emit(self._made(Notice.of_refusal(error)))
            case Unreachable():
                # The lamp says it; the log says it once for each change.
                if error.why != self._unreachable:
                    self._unreachable = error.why
                    _log.info("the centre cannot be reached: %s", error.why)
            case SignedOut():
                self._came.emit(self._made(Notice(Level.warned, "notices.signed_out")))
            case BadData():
                where: dict[str, object] = {
                    "file": error.file,
                    "where": error.where,
                    "why": error.why,
                }
                self._came.emit(self._made(Notice(Level.alarmed, "notices.data", where)))
            case _:
                self._bug(error)

    def _made(self, notice: Notice, report: str = "") -> Told:
        return Told(self._now(), notice, report, self.words)

    def _bug(self, error: BaseException) -> None:
        _log.error("a bug", exc_info=error)
        kind: dict[str, object] = {"kind": type(error).__name__}
        notice = Notice(Level.alarmed, "notices.bug", kind, BUG)
        self._came.emit(self._made(notice, self._report(error)))

    def _report(self, error: BaseException) -> str:
        return "\n".join(
            (
                f"chengyun {__version__}, Python {platform.python_version()}, {platform.system()}",
                "".join(traceback.format_exception(error)),
                "commands: " + " ".join(self._commands),
            )
        )

    def _take(self, told: Told) -> None:
        topic = told.notice.topic
        if topic and self.kept and self.kept[-1].notice.topic == topic:
            self.kept.pop()
        self.kept.append(told)
        self.told.emit(told)


class NoticeBar(QFrame):
    """Shows one notice; takes no focus. What is a bug stays, and can be copied as a report."""

    resized = Signal()

    def __init__(self, icons: Icons, shown_ms: int = SHOWN_MS) -> None:
        super().__init__()
        self._icons = icons
        self._told: Told | None = None
        self.setProperty("surface", "notice")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._glyph = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._copy = QPushButton()
        self._copy.setProperty("role", "link")
        self._copy.clicked.connect(self._copied)
        self._close = QToolButton()
        self._close.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._glyph)
        row.addWidget(self._words, 1)
        row.addWidget(self._copy)
        row.addWidget(self._close)
        for each in (self._copy, self._close):
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_ms)
        self._timer.timeout.connect(self.put_away)
        self.hide()

    def show_told(self, told: Told) -> None:
        """Show this; a bug that still stands is not covered by what passes."""
        if self.stays and told.notice.topic != BUG:
            return
        self._told = told
        self._write(told)
        self.show()
        if self.stays:
            self._timer.stop()
        else:
            self._timer.start()
        self.resized.emit()

    @property
    def stays(self) -> bool:
        return self._told is not None and self._told.notice.topic == BUG

    @property
    def words(self) -> str:
        return self._words.text() if self._told is not None else ""

    def put_away(self) -> None:
        self._told = None
        self._timer.stop()
        self.hide()
        self.resized.emit()

    def rewrite(self) -> None:
        """Write it again: the language or the look has changed."""
        if self._told is not None:
            self._write(self._told)

    def _write(self, told: Told) -> None:
        name, role = GLYPHS[told.notice.level]
        self._glyph.setPixmap(self._icons.pixmap(name, role))
        self._words.setText(told.words)
        self._copy.setText(text("notices.copy"))
        self._copy.setVisible(bool(told.report))
        self._close.setIcon(self._icons.icon("close", "text.caption"))
        self._close.setToolTip(text("notices.close"))

    def _copied(self) -> None:
        if self._told is not None:
            QGuiApplication.clipboard().setText(self._told.report)
            self._copy.setText(text("notices.copied"))


class Layer(QWidget):
    """Where bars stand over a window: under its top edge; what is below keeps still.

    ``free`` gives the strip, in the window's own coordinates, in which they cover nothing that a
    hand may want; where it is too narrow they stand in the middle of the window.
    """

    def __init__(
        self,
        over: QWidget,
        bars: tuple[QFrame, ...],
        top: int,
        most: int = 640,
        free: Callable[[], tuple[int, int]] | None = None,
    ) -> None:
        super().__init__(over)
        self._over = over
        self._bars = bars
        self._top = top
        self._most = most
        self._free = free
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        for bar in bars:
            bar.setParent(self)
        self.hide()

    def place(self) -> None:
        """Stand in the free strip, as high as what is shown."""
        shown = [bar for bar in self._bars if not bar.isHidden()]
        fresh = self.isHidden()
        self.setVisible(bool(shown))
        if not shown:
            return
        left, right = self._strip()
        width = min(self._most, right - left)
        y = 0
        for bar in shown:
            height = max(36, bar.heightForWidth(width), bar.minimumSizeHint().height())
            bar.setGeometry(0, y, width, height)
            y += height + 4
        at = QPoint((left + right - width) // 2, self._top)
        self.setGeometry(at.x(), at.y(), width, y)
        self.raise_()
        if fresh:
            self._slide.setStartValue(at - QPoint(0, SLIDE))
            self._slide.setEndValue(at)
            self._slide.start()

    def _strip(self) -> tuple[int, int]:
        left, right = self._free() if self._free is not None else (0, 0)
        if right - left < LEAST:
            left, right = 16, self._over.width() - 16
        return left, right

"""One seat with its screen: the application, its loop, the core, and an end that loses nothing."""

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, cast

import qasync
from PySide6.QtCore import (
    QLibraryInfo,
    QMessageLogContext,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from console.app import Core, SignedIn, build
from console.base.errors import Refused
from console.base.notice import Notice
from console.base.settings import Settings
from console.base.text import LANGUAGES, speak
from console.base.work import Tasks, Threads
from console.domain.words import Words
from ui.kit import fonts, icons, theme
from ui.kit.icons import Icons
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.sound import Sounds
from ui.models import columns
from ui.models.news import News
from ui.windows.frame import Frame
from ui.windows.lock import Idleness
from ui.windows.station import Given, Options
from ui.windows.stations import STATIONS, USUAL

APPLICATION = "chengyun"
QT_WORDS = {"zh_CN": "qtbase_zh_CN"}
DEPARTMENT = {"department": "dept"}
SIZE = (1600, 960)
WITHOUT_SCREEN = "This plugin does not support"
"""How Qt's words begin that only say that pictures are drawn without a screen."""
LOUDNESS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Start:
    """How a seat begins: who signs in at once, if anybody."""

    settings: Settings
    password: str = ""
    window: str = USUAL
    options: Options = field(default_factory=Options)
    chosen: frozenset[str] = frozenset()
    """Settings that were asked for on the command line: a kept choice does not change them."""


class CoreNames:
    """Says for tables what codes are called."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def name(self, kind: str, code: str) -> str:
        return self._core.names(DEPARTMENT.get(kind, kind), code)


class Seat:
    """Everything of one seat that has a screen."""

    def __init__(self, app: QApplication, core: Core, start: Start) -> None:
        self._app = app
        self._start = start
        self.core = core
        self.notices = Notices(core.clock.now, Words(core).notice)
        self.tasks = Tasks(self.notices.failed)
        self.news = News()
        self.sounds = Sounds(on=core.settings.sound)
        self.outfit = _outfit(app, core, start)
        given = Given(
            core, self.outfit, self.news, self.notices, self.sounds, start.options
        )  # fmt: skip
        self.station = STATIONS[start.window](given)
        self.frame = Frame(core, self.outfit, self.notices, self.station)
        self.frame.resize(*SIZE)
        # A display that nobody touches is at work: it does not lock itself.
        minutes = 0 if start.options.kiosk else core.settings.lock_minutes
        self.idleness = Idleness(app, minutes)
        self._closing = asyncio.Event()
        self._connect()

    async def open(self) -> None:
        """Show the window, and sign in whoever was named."""
        self.core.start()
        self.frame.show()
        self.frame.ask_sign_in()
        user = self.core.settings.user
        if user and self._start.password:
            await self.sign_in(user, self._start.password)

    async def sign_in(self, user: str, password: str) -> bool:
        """Sign in; say whether somebody sits here now."""
        try:
            signed: SignedIn = await asyncio.wrap_future(self.core.sign_in(user, password))
        except Refused as refused:
            self.frame.ask_sign_in(self.notices.words(Notice.of_refusal(refused)))
            return False
        self.frame.sit(signed)
        return True

    async def closed(self) -> None:
        """Wait until somebody closes the window."""
        await self._closing.wait()

    async def close(self) -> None:
        """End the screen, then what runs below it; what waits to be sent stays on disk."""
        self.station.save()
        self.frame.end()
        self.sounds.close()
        await self.tasks.close()
        self.core.close()
        self.frame.close()
        self.idleness.deleteLater()

    def ask_to_close(self) -> None:
        self._closing.set()

    def _connect(self) -> None:
        self.core.subscribe(self.news.take)
        self.core.listen(self.notices.hear)
        self.frame.close_asked.connect(self.ask_to_close)
        self.idleness.lasted.connect(self.frame.lock)


Job = Callable[[Seat], Coroutine[Any, Any, int]]


async def live(seat: Seat) -> int:
    """Open, and stay until somebody closes the window."""
    await seat.open()
    await seat.closed()
    return 0


def run(start: Start, job: Job = live) -> int:
    """Run a job with a seat; give its exit status. Refused: the seat's folder is held."""
    app = application()
    before = qInstallMessageHandler(_log_qt)
    try:
        return _run(app, start, job)
    finally:
        qInstallMessageHandler(before)


def _run(app: QApplication, start: Start, job: Job) -> int:
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        core = build(start.settings, Threads())
        # qasync does not say what it gives back; what it stands in for does.
        plain = cast("asyncio.AbstractEventLoop", loop)
        return plain.run_until_complete(_whole(Seat(app, core, start), loop, job))


def application() -> QApplication:
    """Make the application; closing the last window does not end the loop, `Seat.close` does."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([APPLICATION])
    app.setApplicationName(APPLICATION)
    app.setDesktopFileName(APPLICATION)
    app.setQuitOnLastWindowClosed(False)
    return app


async def _whole(seat: Seat, loop: asyncio.AbstractEventLoop, job: Job) -> int:
    _take_errors(seat.notices, loop)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: seat.ask_to_close())
    try:
        return await job(seat)
    finally:
        await seat.close()


def _log_qt(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    if not words.startswith(WITHOUT_SCREEN):
        _log.log(LOUDNESS.get(kind, logging.ERROR), "Qt: %s", words)


def _take_errors(notices: Notices, loop: asyncio.AbstractEventLoop) -> None:
    """Tell of whatever nobody caught, on any thread; the work goes on."""

    def raised(
        _kind: type[BaseException], error: BaseException, _where: TracebackType | None
    ) -> None:
        notices.failed(error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            notices.failed(args.exc_value)

    def in_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            notices.failed(error)
        else:
            _log.error("in the loop: %s", context.get("message"))

    sys.excepthook = raised
    threading.excepthook = in_thread
    loop.set_exception_handler(in_loop)


def _outfit(app: QApplication, core: Core, start: Start) -> Outfit:
    """Put on what the settings or a choice kept at this seat say."""
    language = _chosen(core, start, "language", LANGUAGES)
    worn = _chosen(core, start, "theme", theme.names())
    speak(language)
    _speak_qt(app, language)
    fonts.dress(app)
    look = theme.Look(app, icons.draw, theme.read(worn))
    sheet = columns.read()
    zone = core.city.zone
    setting = columns.setting(sheet, CoreNames(core), core.clock.now, zone)
    return Outfit(look, Icons(look), sheet, setting)


def _chosen(core: Core, start: Start, name: str, known: Sequence[str]) -> str:
    kept = core.kept(f"look/{name}")
    said = str(getattr(core.settings, name))
    if name in start.chosen or kept is None or kept.decode() not in known:
        return said
    return kept.decode()


def _speak_qt(app: QApplication, language: str) -> None:
    """Give Qt's own menus and dialogs their words; it has English without a file."""
    if language not in QT_WORDS:
        return
    words = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if words.load(QT_WORDS[language], folder):
        app.installTranslator(words)

"""One seat with its screen: the application, its loop, the core, and an end that loses nothing."""

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import qasync
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from console.app import Core, SignedIn, build
from console.base.errors import Refused
from console.base.settings import Settings
from console.base.text import LANGUAGES, speak
from console.base.work import Tasks, Threads
from ui.kit import fonts, icons, theme
from ui.kit.icons import Icons
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.sound import Sounds
from ui.models import columns
from ui.models.news import News
from ui.windows.frame import Frame
from ui.windows.lock import Idleness
from ui.windows.workstation import Workstation

APPLICATION = "chengyun"
QT_WORDS = {"zh_CN": "qtbase_zh_CN"}
DEPARTMENT = {"department": "dept"}
SIZE = (1600, 960)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Start:
    """How a seat begins: who signs in at once, if anybody."""

    settings: Settings
    password: str = ""
    chosen: frozenset[str] = frozenset()
    """Settings that were asked for on the command line: a kept choice does not change them."""


class CoreNames:
    """Says for tables what codes are called."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def name(self, kind: str, code: str) -> str:
        return self._core.names(DEPARTMENT.get(kind, kind), code)


class Seat:
    """Everything of one seat that has a screen. ``live`` runs until the window is closed."""

    def __init__(self, app: QApplication, core: Core, start: Start) -> None:
        self._app = app
        self._start = start
        self.core = core
        self.notices = Notices(core.clock.now)
        self.tasks = Tasks(self.notices.failed)
        self.news = News()
        self.sounds = Sounds(on=core.settings.sound)
        self.outfit = _outfit(app, core, start)
        self.station = Workstation(core, self.outfit, self.news, self.notices, self.sounds)
        self.frame = Frame(core, self.outfit, self.notices, self.station)
        self.frame.resize(*SIZE)
        self.idleness = Idleness(app, core.settings.lock_minutes)
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
            self.frame.ask_sign_in()
            self.notices.failed(refused)
            return False
        self.frame.sit(signed)
        return True

    async def live(self) -> None:
        """Open, and stay until somebody closes the window."""
        await self.open()
        await self._closing.wait()

    async def close(self) -> None:
        """End the screen, then what runs below it; what waits to be sent stays on disk."""
        self.station.layout_.save()
        self.frame.end()
        self.sounds.close()
        await self.tasks.close()
        self.core.close()
        self.frame.close()

    def ask_to_close(self) -> None:
        self._closing.set()

    def _connect(self) -> None:
        self.core.subscribe(self.news.take)
        self.core.listen(self.notices.hear)
        self.frame.close_asked.connect(self.ask_to_close)
        self.idleness.lasted.connect(self.frame.lock)


def run(start: Start, job: "type[Job] | None" = None) -> int:
    """Run a seat until it is closed; give the exit status."""
    app = application()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        return loop.run_until_complete(_whole(app, start))

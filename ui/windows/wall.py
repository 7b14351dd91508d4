"""The wall's window: cameras on the left, tiles, and over them the bar with the command line."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from console.base import resources
from console.base.errors import Refused
from console.base.text import speak, text
from console.commands import Call
from console.domain.changes import Changes
from console.domain.plan import Outcome
from console.video.pool import Decoding, Pool
from ui.kit import theme
from ui.kit.actions import Actions
from ui.kit.line import CommandLine
from ui.kit.notices import Layer, NoticeBar
from ui.kit.parts import column
from ui.models.link import LinkModel
from ui.models.news import Answers
from ui.views.link import LinkView
from ui.windows.pushes import Answered, Pushes
from ui.windows.station import Given, Station
from ui.windows.top import HEIGHT, TopBar
from ui.windows.wallhands import to_screen
from ui.windows.wallroom import WallRoom

FILE = "commands/wall.toml"
TREE, LOG = 280, 160
USUAL = "grid16"
SECOND_MS = 1_000
Args = Mapping[str, str]


class Wall(Station):
    """A wall of a seat: `--window wall`, with `--layout` and `--kiosk` for a large display."""

    def __init__(self, given: Given, decoding: Decoding | None = None) -> None:
        super().__init__()
        self._core = core = given.core
        self._outfit = outfit = given.outfit
        self._notices = given.notices
        self._news = given.news
        self._kiosk = given.options.kiosk
        self._first = given.options.layout
        self._link = LinkModel(core, self)
        self._answers = Answers(given.notices.failed, self)
        self.room = WallRoom(
            core,
            outfit,
            given.notices,
            decoding or Pool(vault=core.vault, hardware=core.settings.hardware),
            notes=True,
        )
        self._pushes = Pushes(core, self._answers, self.room.hands.show, self)
        self._answered = Answered(core, given.notices)
        self.line = CommandLine(core, outfit)
        self.top = TopBar(core, outfit, LinkView(self._link, outfit), self.line)
        table = resources.table(FILE)
        self._menus = {name: tuple(lines) for name, lines in table["menu"].items()}
        self.actions_ = Actions(self, core.commands, dict(table["key"]), tuple, given.notices.words)
        self.bar = NoticeBar(outfit.icons)
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self.top.tick)
        self._begun = False
        self._arrange()
        self._add_hands()
        self._connect()

    # ---- the station

    def begin(self) -> None:
        """Show the wall as it was left, and begin to play."""
        self._begun = True
        if self._kiosk:
            self.window().showFullScreen()
        self.retranslate()
        kept = self._core.kept("wall/layout")
        for wanted in (self._first, kept.decode() if kept else "", USUAL):
            if wanted and self._laid_out(wanted):
                break
        self._second.start()
        self.room.start()
        self.take_focus()

    def end(self) -> None:
        self._second.stop()
        self._news.told.disconnect(self.refresh)
        self.room.close()

    def run(self, line: str) -> None:
        """Run a line: the wall's own are done here, the others by the core."""
        try:
            call = self._core.commands.parse(line)
            self._notices.ran(call.command.name)
            if call.command.window:
                self._do(call)
            else:
                self._answers.ask("run", self._core.run(line), self._done)
        except Refused as refused:
            self._notices.failed(refused)

    def take_focus(self) -> None:
        self.room.view.tiles.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        """Pass on what has changed."""
        self._link.ask()
        if changes.everything or changes.of("seat"):
            self.top.retranslate()
        if self._begun:
            self.room.refresh(changes)
            self._pushes.refresh(changes)
            self._answered.refresh(changes)

    def retranslate(self) -> None:
        self.setWindowTitle(text("wall.title"))
        self.top.retranslate()
        self.line.retranslate()
        self.top.set_menu(self.actions_.whole(self._menus))
        self.bar.rewrite()
        self.room.retranslate()

    # ---- inside

    def _do(self, call: Call) -> None:
        does = self.room.does.get(call.command.name)
        if does is None:
            raise Refused("refused.window", command=call.command.title)
        does({name: word.text for name, word in call.bound().items()})

    def _done(self, outcome: Outcome) -> None:
        self._notices.tell(outcome.notice)

    def _laid_out(self, said: str) -> bool:
        """Show a layout; False when there is none of this name or number any more."""
        try:
            self.room.lay_out(said)
        except Refused as refused:
            self._notices.failed(refused)
            return False
        return True

    def _arrange(self) -> None:
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setHandleWidth(2)
        across.addWidget(self.room.tree)
        across.addWidget(self.room.view)
        across.setStretchFactor(1, 1)
        across.setSizes([TREE, 4 * TREE])
        self.room.tree.setVisible(not self._kiosk)
        self.room.log.setMaximumHeight(LOG)
        whole = QWidget()
        box = column(whole, gap=0)
        box.addWidget(across, 1)
        box.addWidget(self.room.trunks)
        box.addWidget(self.room.log)
        self.setCentralWidget(whole)
        self.room.view.bare(on=self._kiosk)
        if not self._kiosk:
            self.setMenuWidget(self.top)
        self._layer = Layer(self, (self.bar,), 4 if self._kiosk else HEIGHT + 4)
        self.bar.resized.connect(self._layer.place)

    def _add_hands(self) -> None:
        self.room.does |= {
            "wall.screen": lambda args: to_screen(self.window(), args["number"]),
            "line.focus": lambda _args: self.line.focus(),
            "palette.open": lambda _args: self.line.focus(),
            "find.focus": lambda _args: self.room.tree.search.setFocus(),
            "theme.set": self._wear,
            "language.set": self._speak,
            "screen.lock": lambda _args: self.lock_asked.emit(),
            "session.sign_out": lambda _args: self.leave_asked.emit(),
            "window.close": lambda _args: self.close_asked.emit(),
        }

    def _connect(self) -> None:
        self._news.told.connect(self.refresh)
        self._notices.told.connect(self.bar.show_told)
        self._outfit.look.changed.connect(self.retranslate)
        for each in (self.actions_, self.line, self.top, self.room.tree, self.room.view):
            each.asked.connect(self.run)
        self.line.failed.connect(self._notices.failed)

    def _wear(self, args: Args) -> None:
        known = theme.names()
        worn = self._outfit.look.theme.name
        wanted = args.get("theme", known[(known.index(worn) + 1) % len(known)])
        if wanted not in known:
            raise Refused("refused.no_such", kind="theme", word=wanted)
        self._core.keep("look/theme", wanted.encode())
        self._outfit.look.wear(theme.read(wanted))

    def _speak(self, args: Args) -> None:
        speak(args["language"])
        self._core.keep("look/language", args["language"].encode())
        self._outfit.look.changed.emit()

    # ---- Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._begun:
            self.room.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.room.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.top.fit(event.size().width())
        self._layer.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_out()
        else:
            super().keyPressEvent(event)

    def _step_out(self) -> None:
        """Go one step out: from the bar of notices, the log, a large tile, the search."""
        if not self.bar.isHidden():
            self.bar.put_away()
        elif shown := [w for w in (self.room.log, self.room.trunks) if not w.isHidden()]:
            shown[0].hide()
        else:
            self.room.view.enlarge(None)
            self.take_focus()

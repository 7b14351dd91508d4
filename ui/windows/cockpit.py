"""The large display: pages in turn, an alarm before all others, and what stands behind a number."""

from collections.abc import Callable, Mapping, Sequence
from itertools import count

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from console.base.errors import Refused
from console.base.text import text
from console.domain.changes import Key
from console.domain.display import Display, display_of, nearest
from console.domain.figure import Behind
from console.domain.page import Page, read_pages
from ui.kit.ink import Type
from ui.kit.parts import label
from ui.kit.zoomed import Zoomed
from ui.models.alarms import AlarmFeed
from ui.models.behind import desk_line
from ui.models.names import DisplayNames
from ui.models.news import Answers
from ui.models.pagefeed import BEAT_MS, PageFeed, Shown
from ui.models.rotation import Alarm, Rotation, Turn
from ui.models.writing import Writing, titled
from ui.views.instruct import TOUCH, InstructView, large
from ui.views.page import PageView
from ui.views.sheet import SheetView
from ui.views.strip import Strip
from ui.windows.kiosk import Kiosk
from ui.windows.paper import Paper
from ui.windows.station import Given, Station

STEP_MS = 500
STUCK_MS = 15_000
"""A page that has had no figures for so long says so: what stands there is of then."""
Args = Mapping[str, str]


class Cockpit(Station):
    """Shows one page at a time. A page is drawn whole before it comes up."""

    def __init__(self, given: Given) -> None:
        super().__init__()
        self._given = given
        self._core = core = given.core
        self._outfit = outfit = given.outfit
        self._answers = Answers(given.notices.failed, self)
        self._writing = Writing(core.city.zone, DisplayNames(core).name, core.clock.now)
        self.pages: Mapping[str, Page] = read_pages(indicators=core.gauges.known, city=core.city)
        self.display: Display | None = (
            display_of(given.options.profile) if given.options.profile else None
        )
        self._type: Type | None = None
        self._views: dict[str, PageView] = {}
        self._wanted = ""
        self._alarms: Sequence[Alarm] = ()
        order = [(page.key, page.dwell_s) for page in self.pages.values()]
        self.rotation = Rotation(order, core.clock.now())
        self._feed = PageFeed(core, outfit.sheet, outfit.setting, given.notices.failed)
        self._alarm_feed = AlarmFeed(core, self.pages, given.notices.failed)
        self._number = count()
        self._came_at: dict[str, int] = {}
        self._begun = False
        self._build()
        self._connect()
        self._done: Mapping[str, Callable[[Args], None]] = {
            "page.open": lambda args: self._open(args["page"]),
            "page.next": lambda _args: self._turn_by(1),
            "page.previous": lambda _args: self._turn_by(-1),
            "page.pin": lambda _args: self._pin(),
            "select.clear": lambda _args: self._step_out(),
            "instruction.open": lambda _args: self._instruct("", ""),
            "screen.lock": lambda _args: self.lock_asked.emit(),
            "session.sign_out": lambda _args: self.leave_asked.emit(),
            "window.close": lambda _args: self.close_asked.emit(),
            **Paper(core, given.notices, _named, lambda: None, self).does,
        }

    # ---- what a window of a seat is

    def begin(self) -> None:
        """Begin to follow the news: somebody sits here now."""
        self.setWindowTitle(text("window.product"))
        options = self._given.options
        if options.kiosk:
            self.setCursor(Qt.CursorShape.BlankCursor)
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)  # noqa: S101 - there is no window without it
            self._kiosk = Kiosk(self.window(), app)
        self._begun = True
        if options.page:
            self._open(options.page)
            self.rotation.pin(on=True, now=self._core.clock.now())
        for timer in (self._beat, self._step):
            timer.start()
        self._show(self.rotation.turn)
        self._take_beat()

    def end(self) -> None:
        for timer in (self._beat, self._step):
            timer.stop()
        self._feed.close()
        self._alarm_feed.close()
        self.sheet.close_feed()

    def run(self, line: str) -> None:
        """Run a line of the command language: those of pages here, those of records as anywhere."""
        try:
            call = self._core.commands.parse(line)
            does = self._done.get(call.command.name)
            if does is not None:
                does({name: word.text for name, word in call.bound().items()})
                return
        except Refused as refused:
            self._given.notices.failed(refused)
            return
        if call.command.window:
            self._given.notices.failed(Refused("refused.window", command=call.command.title))
            return
        asked = self._core.run(line)
        told = self._given.notices.tell
        self._answers.ask(f"run {next(self._number)}", asked, lambda o: told(o.notice))

    def take_focus(self) -> None:
        self.setFocus()

    # ---- pages

    @property
    def page(self) -> str:
        """Give the key of the page that is shown."""
        shown = self._stack.currentWidget()
        return shown.page.key if isinstance(shown, PageView) else ""

    def view(self, key: str) -> PageView:
        """Give the view of a page; made when it is first wanted, and kept."""
        view = self._views.get(key)
        if view is None:
            view = PageView(self.pages[key], self._outfit, self._writing, self.type_())
            view.opened.connect(self.open_behind)
            view.prepared.connect(lambda: self._ready(key))
            self._views[key] = view
            self._stack.addWidget(view)
        return view

    def type_(self) -> Type:
        """Give the sizes of letters: worked out from the display and its farthest viewer."""
        if self._type is None:
            ratio = self.devicePixelRatio()
            pixels = round(self.width() * ratio), round(self.height() * ratio)
            display = self.display or nearest(*pixels)
            # A window that does not fill the screen shows it smaller: letters grow in proportion.
            self._type = Type.of(display, ratio * display.height_px / max(1, pixels[1]))
        return self._type

    def _open(self, key: str) -> None:
        found = next((k for k, p in self.pages.items() if key in (k, p.name, p.name_en)), None)
        if found is None:
            raise Refused("refused.no_such", kind="page", word=key)
        self.rotation.open(found, self._core.clock.now())
        self._show(self.rotation.turn)

    def _turn_by(self, by: int) -> None:
        self.rotation.next(by, self._core.clock.now())
        self._show(self.rotation.turn)

    def _pin(self) -> None:
        self.rotation.pin(on=not self.rotation.pinned, now=self._core.clock.now())
        self._say()

    def _take_step(self) -> None:
        if not (self.glass.isVisible() or self.instruct.isVisible()):
            self._show(self.rotation.step(self._core.clock.now(), self._alarms))

    def _show(self, turn: Turn) -> None:
        """Bring a page up when it has been drawn; until then the one before it stays."""
        self._wanted = turn.page
        view = self.view(turn.page)
        if view.ready and self.page != turn.page:
            self.turn_to(turn.page)
        if not view.ready:
            self._feed.ask(view.page)
        self._say()

    def turn_to(self, key: str) -> None:
        """Bring a page up that has its figures: in one step, laid out and painted before."""
        view = self.view(key)
        if view.size() != self._stage.size():
            view.resize(self._stage.size())
            view.grab()
        self._stack.setCurrentWidget(view)

    def _came(self, shown: Shown) -> None:
        self._came_at[shown.page] = self._core.clock.now()
        view = self.view(shown.page)
        if self.page == shown.page:
            view.show_soon(shown)
        else:
            if view.size() != self._stage.size():
                view.resize(self._stage.size())
            view.prepare(shown)

    def _ready(self, key: str) -> None:
        """Bring a page up that is wanted and has been painted."""
        if key == self._wanted and self.page != key:
            self._show(self.rotation.turn)

    def _take_beat(self) -> None:
        """Ask for what stands, and for what comes next, so that it is there in time."""
        if not self._begun:
            return
        for key in dict.fromkeys((self._wanted or self.rotation.turn.page, self.page)):
            if key:
                self._feed.ask(self.pages[key])
        self._alarm_feed.ask()
        self._say()

    def _take_alarms(self, alarms: Sequence[Alarm]) -> None:
        self._alarms = alarms

    def _say(self) -> None:
        keys = list(self.pages)
        turn = self.rotation.turn
        shown = self.page or turn.page
        place = {"n": keys.index(shown) + 1, "all": len(keys)}
        why = turn.alarm.why if turn.alarm else ""
        self.strip.say(titled(self.pages[shown]), self._line(), turn.mode, place, why)

    def _line(self) -> tuple[str, bool]:
        """Say how it stands with the centre, and whether that is well."""
        link, came = self._core.link(), self._came_at.get(self.page, 0)
        if came and self._core.clock.now() - came > STUCK_MS:
            return text("page.line.stuck", at=self._writing.second(came)), False
        if not link.as_of:
            return text("page.line.never"), False
        if link.state == "up":
            return text("page.line.up"), True
        return text("page.line.down", at=self._writing.second(link.as_of)), False

    # ---- what stands behind a number

    def open_behind(self, behind: Behind, name: str) -> None:
        """List the rows behind a number, with the line that opens them on a desk."""
        self.sheet.open(behind, name, desk_line(self._core, behind))
        self.glass.fit(self.type_().body)
        self._over(self.glass)

    def _instruct(self, about: str, district: str) -> None:
        """Let somebody who stands before the display give an instruction by hand."""
        self.glass.hide()
        self.instruct.open(self.type_(), about, district)
        self._over(self.instruct)

    def _instruct_on(self, name: str, district: str) -> None:
        at = self._writing.moment(self._core.clock.now())
        self._instruct(text("instruct.on", name=name, at=at), district)

    def _over(self, view: QWidget) -> None:
        margin = self.type_().body * 2
        view.setGeometry(self.rect().adjusted(margin, margin, -margin, -margin))
        self.hand.hide()
        view.show()
        view.raise_()

    def _step_out(self) -> None:
        self.sheet.close_feed()
        self.glass.hide()
        self.instruct.hide()
        self._show_hand()

    # ---- building

    def _build(self) -> None:
        self._whole = QWidget()
        self._stage = QWidget()
        self.strip = Strip(self._outfit, self._writing, self._core.city)
        self._stack = QStackedLayout(self._stage)
        # The first that a stack gets is shown at once: no page is, before it has been drawn.
        self._waiting = label("second")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setText(text("page.not_seen"))
        self._stack.addWidget(self._waiting)
        self._margins = column = QVBoxLayout(self._whole)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._stage, 1)
        self.setCentralWidget(self._whole)
        self.sheet = SheetView(self._core, self._outfit, self._writing, self._given.notices.failed)
        self.glass = Zoomed(self.sheet, self)
        self.instruct = InstructView(self._core)
        self.hand = QPushButton()
        for each in (self.glass, self.instruct, self.hand):
            each.setParent(self)
            each.hide()
        self._beat, self._step = QTimer(self), QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._step.setInterval(STEP_MS)

    def _connect(self) -> None:
        self._beat.timeout.connect(self._take_beat)
        self._step.timeout.connect(self._take_step)
        self._feed.came.connect(self._came)
        self._alarm_feed.came.connect(self._take_alarms)
        self.strip.asked.connect(self.run)
        self.instruct.asked.connect(self.run)
        self.instruct.closed.connect(self._step_out)
        self.sheet.closed.connect(self._step_out)
        self.sheet.instruct_asked.connect(self._instruct_on)
        self.hand.clicked.connect(lambda: self.run("instruction.open"))
        self._outfit.look.changed.connect(self._say)

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._type = None
        type_ = self.type_()
        margin = type_.gap
        self.strip.fit(type_)
        self._put_hand(type_)
        self._margins.setContentsMargins(margin, 0, margin, margin)
        # Letters are of another size: what was laid out with the old one is made anew.
        for view in self._views.values():
            self._stack.removeWidget(view)
            view.deleteLater()
        self._views = {}
        if self._begun:
            self._show(self.rotation.turn)

    def _put_hand(self, type_: Type) -> None:
        """Put the button for instructions where a hand reaches it, on displays that take touch."""
        self.hand.setText(text("instruct.open"))
        self.hand.setStyleSheet(large(type_.body))
        wide, high = round(type_.body * 5), round(type_.body * TOUCH)
        corner = self.width() - wide - type_.pad, self.height() - high - type_.pad
        self.hand.setGeometry(*corner, wide, high)
        self._show_hand()

    def _show_hand(self) -> None:
        self.hand.setVisible(self.display is not None and self.display.touch)
        self.hand.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = {
            Qt.Key.Key_Right: "page.next", Qt.Key.Key_Left: "page.previous",
            Qt.Key.Key_Space: "page.pin", Qt.Key.Key_Escape: "select.clear",
        }.get(Qt.Key(event.key()))  # fmt: skip
        if line:
            self.run(line)
        else:
            super().keyPressEvent(event)


def _named(said: str) -> Key:
    """Take a word for the id of an incident: nothing is selected on a display."""
    return "incident", said

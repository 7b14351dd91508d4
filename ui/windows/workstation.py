"""The dispatcher's window: panels round a queue, a bar along the top, and what joins them."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu

from console.advise.load import Group
from console.base.errors import Refused
from console.base.notice import Level
from console.base.text import text
from console.commands import BadLine
from console.domain.changes import Changes, Key
from console.domain.plan import Allowed, Outcome
from console.domain.rows import Row
from ui.kit.actions import CONTEXT, Actions
from ui.kit.form import CommandForm
from ui.kit.notices import Layer, NoticeBar
from ui.kit.round import ROUND, go_round
from ui.kit.slash import Slash
from ui.models.arrivals import Arrivals, severe
from ui.models.link import LinkModel
from ui.models.load import LoadModel
from ui.models.news import Answers, settled
from ui.models.queues import OVERDUE, QueueCounts
from ui.views.banner import Banner
from ui.views.link import LinkView
from ui.views.load import LoadView
from ui.windows.advising import Advising
from ui.windows.hands import Args, Hands
from ui.windows.keys import KeysWindow
from ui.windows.layout import Layout
from ui.windows.maphands import MapHands, cameras_meant
from ui.windows.panels import arrange, build_panels, middle, size
from ui.windows.rehearsing import Rehearsing
from ui.windows.station import Given, Station
from ui.windows.top import HEIGHT, TopBar

FIRST_QUEUE = "pending"
SECOND_MS = 1_000
MISSING = "line.missing"


class Workstation(Station):
    """Arranges the panels, runs lines, and passes on news."""

    kind = "layout"
    """Under which name it keeps how it is arranged."""

    def __init__(self, given: Given) -> None:
        super().__init__()
        self._core = core = given.core
        self._outfit = outfit = given.outfit
        self._notices = notices = given.notices
        self._sounds = sounds = given.sounds
        self._news = given.news
        self._selected: Key | None = None
        self._number = 0
        self._typed = ""
        self._answers = Answers(notices.failed, self)
        self._counts = QueueCounts(core, core.queues, notices.failed, self)
        self._link = LinkModel(core, self)
        self.panels = build_panels(core, outfit, notices, self._counts)
        self._advising = Advising(core, self.panels.advice, notices)
        self._load = LoadModel(core, core.queues[FIRST_QUEUE].query, notices.failed, self)
        load = self._load_view = LoadView(self._load, outfit, FIRST_QUEUE)
        self.top = TopBar(core, outfit, LinkView(self._link, outfit), self.panels.line, load)
        self.actions_ = Actions(self, core.commands, core.keys, self._allowed, notices.words)
        Slash(self, self.panels.line.edit)
        self._arrange()
        self.layout_ = Layout(core, self, self.kind)
        self.hands = Hands(core, outfit, self.panels, self.layout_, notices, sounds)
        self._rehearsing = Rehearsing(
            core, self.panels, self.hands, notices, lambda: self._selected
        )
        self._add_hands()
        self._arrivals = self._watch("pending", self._arrived)
        self._overdue = self._watch(OVERDUE, self._lapsed)
        self._connect()
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self.top.tick)
        self.form: CommandForm | None = None
        self._menu: QMenu | None = None
        self._keys: KeysWindow | None = None

    # ---- beginning and end

    def begin(self) -> None:
        """Show the first queue and begin to follow the news: somebody sits here now."""
        self.retranslate()
        self.hands.open_queue(self.panels.queue.key or FIRST_QUEUE)
        # Not before the page has its room: docks take their shares of what there is.
        QTimer.singleShot(0, self._put_panels)
        for feed in (self._arrivals, self._overdue):
            feed.ask()
        self._counts.ask()
        self._load.start()
        self._second.start()
        self.panels.queue.focus_rows()

    def _put_panels(self) -> None:
        self.size_panels()
        self.layout_.note_usual()
        self.layout_.restore()

    def end(self) -> None:
        """Ask nothing more of the core."""
        self._second.stop()
        self._load.stop()
        self._advising.end()
        self._news.told.disconnect(self.refresh)
        self.panels.queue.close_feed()
        self.panels.wall.end()
        self._counts.close()
        for feed in (self._arrivals, self._overdue):
            feed.close()

    def save(self) -> None:
        self.layout_.save()
        self.panels.map.save()

    def take_focus(self) -> None:
        self.panels.queue.focus_rows()

    # ---- lines

    @property
    def selected(self) -> Key | None:
        return self._selected

    def run(self, line: str) -> None:
        """Run a line of the command language, as a key, a menu or a person gave it."""
        try:
            call = self._core.commands.parse(line, self._selected[0] if self._selected else "")
            self._notices.ran(call.command.name)
            if call.command.window:
                self.hands.do(call)
                return
        except Refused as refused:
            self._fail(line, refused)
            return
        self._ask(line, self._core.run(line, self._selected))

    def _run_typed(self, line: str) -> None:
        self._typed = line
        self.run(line)

    def undo(self) -> None:
        """Take back the last step."""
        self._ask("step.undo", self._core.undo())

    def open_form(self, line: str) -> None:
        """Ask for what a line still lacks; what it says already is filled in."""
        self.close_form()
        try:
            call = self._core.commands.parse(line, self._selected[0] if self._selected else "")
        except Refused as refused:
            self._notices.failed(refused)
            return
        given = {name: word.text for name, word in call.named.items()}
        command = call.command.name
        self.form = CommandForm(self._core, self._outfit, command, self._selected, given)
        self._advising.opened(self.form)
        self.form.done.connect(self._form_done)
        self.form.left.connect(self.close_form)
        self.form.failed.connect(self._notices.failed)
        self.panels.side.addWidget(self.form)
        self.panels.side.setCurrentWidget(self.form)
        self.panels.docks["card"].bring()
        self.form.focus()

    def close_form(self) -> None:
        """Show the card again; what was typed is kept as a draft by the form itself."""
        if self.form is None:
            return
        form, self.form = self.form, None
        self.panels.side.removeWidget(form)
        form.deleteLater()
        self._advising.closed()
        self.panels.queue.focus_rows()

    def _form_done(self, outcome: object) -> None:
        if isinstance(outcome, Outcome):
            self._notices.tell(outcome.notice)
        self.close_form()

    def _ask(self, line: str, asked: "Future[Outcome]") -> None:
        self._number += 1
        self._answers.ask(f"run {self._number}", settled(asked), lambda s: self._told(line, s))

    def _told(self, line: str, settled: "Outcome | BaseException") -> None:
        if isinstance(settled, Outcome):
            self._notices.tell(settled.notice)
        elif isinstance(settled, BadLine) and settled.key == MISSING and self.form is None:
            self.open_form(line)
        else:
            self._fail(line, settled)

    def _fail(self, line: str, error: BaseException) -> None:
        """Tell why not; a line that was typed is put back, to be mended."""
        self._notices.failed(error)
        if line == self._typed and isinstance(error, Refused):
            self.panels.line.refused(line, error)

    # ---- choosing

    def select(self, kind: str, record_id: str) -> None:
        """Make a record the selected one: the card shows it, the rest is narrowed to it."""
        if not record_id or (kind, record_id) == self._selected:
            return
        self._selected = (kind, record_id)
        self._follow(kind, record_id)

    def unselect(self) -> None:
        self._selected = None
        self._follow("", "")

    def _follow(self, kind: str, record_id: str) -> None:
        """Let every panel show what is selected; "": nothing."""
        self.panels.line.select(self._selected)
        for view in self.panels.following():
            view.show_record(kind, record_id)
        self._advising.chose(self._selected)

    def _allowed(self) -> Sequence[Allowed]:
        return self._core.allowed(*self._selected) if self._selected else ()

    def _open_menu(self, at: QPoint) -> None:
        if self._selected is not None:
            if self._menu is not None:
                self._menu.deleteLater()
            self._menu = self.actions_.menu(self._core.menus[CONTEXT])
            self._menu.popup(at)

    def _show_keys(self) -> None:
        if self._keys is not None:
            self._keys.deleteLater()
        self._keys = KeysWindow(self.actions_, self)
        self._keys.show()

    def _open_card(self, args: Args) -> None:
        if said := args.get("record"):
            kind, record_id = self.hands.found(said)
            self.select(kind, record_id)
            self.panels.queue.select(record_id)
        self.panels.docks["card"].bring()
        self.panels.shown.setFocus()

    def _select_on_map(self, kind: str, record_id: str) -> None:
        self.select(kind, record_id)
        self.panels.queue.select(record_id)

    def _open_map(self) -> None:
        self.panels.docks["map"].bring()
        self.panels.map.setFocus()

    def _to_wall(self, args: Args) -> None:
        """Put cameras on the wall that is in this window: those named, else the one chosen."""
        cameras = cameras_meant(args.get("cameras", ""), self.panels.map.chosen)
        self.panels.docks["wall"].bring()
        self.panels.wall.put(cameras)

    # ---- news

    def refresh(self, changes: Changes) -> None:
        """Pass on what has changed."""
        self._link.ask()
        self._counts.refresh(changes)
        for feed in (self._arrivals, self._overdue):
            feed.refresh(changes)
        for view in self.panels.fed():
            view.refresh(changes)

    def _arrived(self, rows: list[Row]) -> None:
        self.arrived.emit(len(rows))
        if told := self._load.take(rows):
            self._sounds.play("severe" if severe(told) else "arrival")
            self.banner.show_rows(told)

    def _freed(self, groups: tuple[Group, ...]) -> None:
        said = text("panel.and").join(self._load.group(group) for group in groups)
        self._notices.say("load.freed", groups=said)

    def _lapsed(self, _rows: list[Row]) -> None:
        self._sounds.play("overdue")

    # ---- building

    def _arrange(self) -> None:
        self.setDockNestingEnabled(True)
        # A dock that still moves while the window changes its size would end at its old place.
        self.setAnimated(False)
        self.setMenuWidget(self.top)
        self.place_panels()
        self.bar, self.banner = NoticeBar(self._outfit.icons), Banner(self._outfit)
        self._layer = Layer(self, (self.bar, self.banner), HEIGHT + 4, free=self._free_strip)
        for each in (self.bar, self.banner):
            each.resized.connect(self._layer.place)
        self.top.set_menu(self.actions_.whole(self._core.menus))

    def place_panels(self) -> None:
        """Put the panels where they usually stand."""
        self.setCentralWidget(middle(self.panels))
        arrange(self, self.panels)

    def size_panels(self) -> None:
        """Give the panels their usual room."""
        size(self, self.panels, self.width())

    def _free_strip(self) -> tuple[int, int]:
        left, right = self.panels.queue.free_strip()
        home = self.mapToGlobal(QPoint(0, 0)).x()
        return left - home, right - home

    def _add_hands(self) -> None:
        add = self.hands.add
        add("help.keys", lambda _args: self._show_keys())
        add("select.clear", lambda _args: self._step_out())
        add("card.open", self._open_card)
        self._advising.give_hands(self.hands)
        add("form.open", lambda args: self.open_form(args["form"]))
        add("step.undo", lambda _args: self.undo())
        add("screen.lock", lambda _args: self.lock_asked.emit())
        add("session.sign_out", lambda _args: self.leave_asked.emit())
        add("map.open", lambda _args: self._open_map())
        add("map.wall", self._to_wall)
        maps = MapHands(self._core, self.panels.map, self._notices).commands()
        for name, does in {**maps, **self.panels.wall.commands()}.items():
            add(name, does)
        add("window.close", lambda _args: self.close_asked.emit())
        add("plan.rehearse", self._rehearsing.run)
        self.hands.write_briefs(lambda: self._selected)

    def _watch(self, key: str, came: Callable[[list[Row]], None]) -> Arrivals:
        feed = Arrivals(self._core, self._core.queues[key].query, self._notices.failed, self)
        feed.came.connect(came)
        return feed

    def _connect(self) -> None:
        panels = self.panels
        self._news.told.connect(self.refresh)
        self._counts.changed.connect(self.counted)
        self._notices.told.connect(self.bar.show_told)
        self.actions_.asked.connect(self.run)
        for view in panels.asking():
            view.asked.connect(self.run)
        for view in panels.failing():
            view.failed.connect(self._notices.failed)
        panels.line.asked.connect(self._run_typed)
        self._load.flooded.connect(lambda: self._notices.say("load.flooded", Level.warned))
        self._load.freed.connect(self._freed)
        for view in (self.top, self.banner, self._load_view):
            view.asked.connect(self.run)
        panels.queue.selected.connect(self.select)
        panels.queue.menu_asked.connect(self._open_menu)
        panels.map.selected.connect(self._select_on_map)
        panels.map.menu_asked.connect(self._open_menu)
        self._outfit.look.changed.connect(self.retranslate)

    # ---- Qt

    def retranslate(self) -> None:
        """Write everything afresh: the language, the look or the person has changed."""
        self.setWindowTitle(text("window.product"))
        self.top.retranslate()
        self.top.set_menu(self.actions_.whole(self._core.menus))
        self.bar.rewrite()
        for view in self.panels.worded():
            view.retranslate()
        self.banner.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.top.fit(event.size().width())
        self._layer.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_out()
        elif event.key() in ROUND and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            go_round(self.panels.stops(), ROUND[event.key()])
        else:
            super().keyPressEvent(event)

    def _step_out(self) -> None:
        """Go one step out: from a form, a filter, a panel, a selection."""
        queue = self.panels.queue
        if self.form is not None:
            self.close_form()
        elif not queue.rows_have_focus():
            queue.focus_rows()
        elif queue.where:
            queue.narrow("")
        elif not self.bar.isHidden():
            self.bar.put_away()
        else:
            self.unselect()

"""The wall at work, for its own window and for a dock: cameras, alarms, the spot, hands."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from console.app import Core
from console.base.errors import Refused
from console.base.notice import Level, Notice
from console.base.text import text
from console.domain.changes import Changes
from console.domain.record import StartedPlan
from console.domain.rows import Row
from console.video.choose import Budget
from console.video.event_wall import Alarm
from console.video.eyes import Eye
from console.video.layout import Layout
from console.video.pool import Decoding
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.models.catalogue import Catalogue, doors_of
from ui.models.channel import Door
from ui.models.news import Answers
from ui.models.outages import Outages
from ui.models.scene import PlanFacts, plan_of
from ui.models.surroundings import SPOT_MOST, Surroundings
from ui.models.tile import Tile
from ui.models.wall import WallModel
from ui.views.cameras import CameraTree
from ui.views.sop import StepsBeside
from ui.views.trunks import TrunksView
from ui.views.wall import WallView
from ui.views.wall_log import WallLog
from ui.windows.arranged import Arranged
from ui.windows.evidence import Evidence
from ui.windows.wallhands import WallHands
from ui.windows.walllog import ShownLog
from ui.windows.wallreplay import WallReplay
from ui.windows.wallsteer import WallSteer

Args = Mapping[str, str]
BEAT_MS = 1_000
SEEN_S = 30.0
"""So often the centre hears how the cameras stand that are to be seen here."""


class WallRoom(QObject):
    """Joins the wall's model and view with the core; the lines of the wall are done here.

    ``notes``: what was shown for an incident is written beside it when that is over.
    """

    def __init__(
        self, core: Core, outfit: Outfit, notices: Notices, decoding: Decoding,
        budget: Budget | None = None, *, notes: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self._core = core
        self._notices = notices
        self._doors: dict[str, Door] = {}
        self._answers = Answers(notices.failed, self)
        self.catalogue = Catalogue(self._core)
        self.model = WallModel(
            decoding, self._core.clock, budget, lambda eye: self._doors.get(eye.id, ("", "")), self,
            self._core.trunks,
        )  # fmt: skip
        self.arranged = Arranged(core, self.model, self.catalogue)
        self.hands = WallHands(core, notices, self.model, self._lay_out, self.follow)
        self.layouts = self.hands.layouts
        self.layout_: Layout = next(iter(self.layouts.shipped.values()))
        self.view = WallView(self._core, outfit, self.model, self.catalogue)
        self.tree = CameraTree(self.catalogue, outfit, self._core.names)
        self.log = WallLog(outfit)
        self.trunks = TrunksView(outfit)
        self.outages = Outages(self._core.clock, self)
        self._around = Surroundings(self._core)
        self._notes = notes
        self._alarms: dict[str, Row] = {}
        self._pulled: Mapping[str, StartedPlan] = {}
        self._opened: list[Row] = []
        self._spot: Row | None = None
        self._stale = True
        self._seen_at = 0.0
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._ask_alarms)
        self.shown = ShownLog(core, self._answers, lambda: self.catalogue.eyes, self._title_of)
        self.steps = StepsBeside(outfit)
        self.view.put_beside(self.steps)
        self.model.planned.connect(self._say_lines)
        self.steps.asked.connect(self.view.asked)
        self.view.large.connect(self._ask_steps)
        self.view.tiles.brought.connect(self._bring)
        self.evidence = Evidence(core, notices, self._answers, self._incident_of)
        self.steer = WallSteer(
            core, notices, self.view.tiles, lambda: self._tile()[1],
            lambda: self._incident_of(self._tile()[0]), self._name_of,
        )  # fmt: skip
        self.view.hand_of = self.steer.hand
        self.steer.turned.connect(self.view.tiles.update)
        self.view.tiles.chosen.connect(self._chosen)
        self.model.stood.connect(self.outages.hear)
        self.outages.told.connect(self._told)
        self.does: dict[str, Callable[[Args], None]] = {
            "wall.layout": lambda args: self.lay_out(args["layout"]),
            "wall.show": self._show,
            "wall.clear": lambda _args: self._put(self.view.tiles.current, ""),
            "wall.follow": lambda args: self.follow(args.get("record", "")),
            "wall.pin": lambda _args: self._pin(),
            "wall.enlarge": lambda _args: self.view.press(self.view.tiles.current),
            "wall.figures": lambda _args: self._figures(),
            "wall.favour": lambda _args: self._favour(),
            "wall.snapshot": lambda _args: self._snapshot(),
            "wall.trunks": lambda _args: self._toggle_lines(),
            "wall.log": lambda args: self._say_log(args.get("record", "")),
            **self.steer.does,
            **self.hands.commands(),
            **WallReplay(core, notices, self.model, self.evidence, self._tile).does,
        }

    # ---- beginning and end

    def start(self) -> None:
        """Begin to play: somebody sits here and can see it."""
        self.model.start()
        self.steer.start()
        self._beat.start()
        self._ask_cameras()

    def stop(self) -> None:
        """Play nothing: the screen is locked, or the wall is not to be seen."""
        self._beat.stop()
        self.steer.stop()
        self.model.stop()

    def close(self) -> None:
        self._beat.stop()
        self.steer.stop()
        self.model.close()

    def refresh(self, changes: Changes) -> None:
        """Take news: cameras that changed at once, incidents with the next beat."""
        if changes.everything or changes.of("camera"):
            self._ask_cameras()
        if changes.everything or changes.of("incident") or changes.of("plan"):
            self._stale = True
        if changes.everything or changes.of("task") or changes.of("plan"):
            self._ask_steps(self.model.enlarged)

    # ---- what people do

    def lay_out(self, said: str) -> None:
        """Take a layout by its name or number; Refused when there is none."""
        self.hands.stop_tour()
        self._lay_out(said)

    def _lay_out(self, said: str) -> None:
        found, homes = self.layouts.find(said)
        self.layout_ = found
        self.view.lay_out(found)
        self.arranged.restore(self.layout_)
        for number, camera in (homes or {}).items():
            if number < len(self.model.tiles) and camera in self.catalogue.eyes:
                self.model.put(number, camera)
        self._show_spot()
        self._core.keep("wall/layout", str(found.number).encode())

    def follow(self, incident: str) -> None:
        """Let the spot show the cameras that may see an incident (id or number); "": none."""
        self._spot = self._around.row(self._meant(incident)) if incident else None
        self._show_spot()

    def _meant(self, said: str) -> str:
        """Give the id of the incident that a word means; Refused when there is none."""
        if self._core.get("incident", said) is not None:
            return said
        return self._core.plan(f"incident.note {said} -").changes[0].key[1]

    def retranslate(self) -> None:
        self.view.retranslate()
        self.tree.retranslate()
        self.log.retranslate()
        self.trunks.retranslate()
        self._say_lines()

    # ---- inside

    def _toggle_lines(self) -> None:
        self.trunks.setVisible(self.trunks.isHidden())
        self._say_lines()

    def _say_lines(self) -> None:
        if not self.trunks.isHidden():
            self.trunks.show_lines(self.view.lines.of(self.model.shares))

    def _ask_cameras(self) -> None:
        if not self._core.person.user:
            return

        def read() -> tuple[list[Eye], dict[str, Door]]:
            eyes = self.catalogue.read()
            return eyes, doors_of(eyes, self._core.watching)

        self._answers.ask("cameras", self._core.work.call(read), self._take_cameras)

    def _ask_pass(self) -> None:
        """Ask for this seat's pass to pictures, and look at them anew where it is another."""
        if self._core.link().state == "up" and self._core.watching.due:
            self._answers.ask(
                "pass", self._core.work.call(self._core.watching.renew),
                lambda another: self._ask_cameras() if another else None,
            )  # fmt: skip

    def _take_cameras(self, found: tuple[list[Eye], dict[str, Door]]) -> None:
        eyes, self._doors = found
        self.catalogue.take(eyes)
        self.model.know(eyes)
        self.tree.rebuild()
        self.model.rotate(self.catalogue.favourites or tuple(eye.id for eye in eyes))
        self.arranged.restore(self.layout_)
        self._stale = True
        self._ask_alarms()

    def _ask_alarms(self) -> None:
        self.hands.beat()
        self._ask_pass()
        if self._stale:
            self._stale = False
            core, around = self._core, self._around
            self._answers.ask(
                "alarms",
                core.work.call(
                    lambda: (core.find(around.alarming), core.find(around.open), around.pulled())
                ),
                self._take_alarms,
            )
        if self._core.clock.monotonic() - self._seen_at >= SEEN_S:
            self._say_seen()
        self._say_waiting()

    def _take_alarms(self, found: tuple[list[Row], list[Row], Mapping[str, StartedPlan]]) -> None:
        rows, self._opened, pulled = found
        now = self._core.clock.monotonic()
        alarms = {self._around.id(row): row for row in rows}
        opened = {self._around.id(row): row for row in self._opened}
        alarms |= {each: opened[each] for each in pulled if each in opened}
        for gone in self._alarms.keys() - alarms.keys():
            self.model.alarm_over(gone)
            if self._notes:
                self.shown.note(self.model.events.log, gone)
        fresh = [
            row for each, row in alarms.items()
            if self._alarms.get(each) != row or pulled.get(each) != self._pulled.get(each)
        ]  # fmt: skip
        self._pulled = pulled
        raised: list[Alarm] = []
        why: dict[tuple[str, str], tuple[Notice, ...]] = {}
        for row in fresh:
            plan = pulled.get(self._around.id(row))
            seers = self._around.seers(row, self.catalogue.eyes, self.outages.healthy, plan)
            raised.append(self._around.alarm(row, seers, now, plan))
            also = (Notice(Level.said, "wall.why.plan", {"plan": plan.plan}),) if plan else ()
            why |= {(self._around.id(row), seer.eye.id): (*also, *seer.reasons) for seer in seers}
        if raised:
            self.model.alarm(raised, why)
        self._alarms = alarms
        self._show_spot()

    def _show_spot(self) -> None:
        if self._spot is not None:
            healthy = self.outages.healthy
            found = self._around.seers(self._spot, self.catalogue.eyes, healthy)[:SPOT_MOST]
            self.model.put_all("spot", [(seer.eye.id, seer.reasons) for seer in found])
        else:
            self.model.put_all("spot", [])
        self._say_waiting()

    def _say_waiting(self) -> None:
        titles = {each: self._around.title(row) for each, row in self._alarms.items()}
        spot = self._around.title(self._spot) if self._spot is not None else ""
        waits = [alarm for alarm in self.model.events.waiting if alarm.cameras]
        self.view.show_titles(titles, spot, len(waits), self.hands.warning)

    def _told(self, camera: str, good: bool) -> None:
        """Tell of a camera that is lost where an incident is open, and of its return."""
        self._stale = True  # the reasons beside pictures say which camera is lost
        self._say_seen()
        self.tree.show_health(self.outages.healthy)
        eye = self.catalogue.eyes.get(camera)
        row = self._around.near(eye, self._opened) if eye is not None else None
        if eye is not None and row is not None:
            key = "wall.camera_back" if good else "wall.camera_lost"
            self._notices.say(
                key, camera=eye.name, what=self._around.title(row), topic=f"camera {camera}"
            )

    def _chosen(self, _number: int) -> None:
        """Let go of the camera of the tile that was chosen before."""
        self.steer.leave()

    def _say_seen(self) -> None:
        """Tell the centre how the cameras stand that are to be seen here."""
        here = {tile.camera for tile in self.model.tiles if tile.channel is not None}
        seen = self.outages.standings
        self._core.eyesight.tell({c: str(seen[c]) for c in here if c in seen})
        self._seen_at = self._core.clock.monotonic()

    def _show(self, args: Args) -> None:
        eye = self.catalogue.named(args["camera"])
        if eye is None:
            raise Refused("refused.no_such", kind="camera", word=args["camera"])
        said = args.get("tile", "")
        number = int(said) - 1 if said.isdigit() else self.view.tiles.current
        if not 0 <= number < len(self.model.tiles):
            raise Refused("refused.no_such", kind="tile", word=said)
        self._put(number, eye.id)

    def _put(self, number: int, camera: str) -> None:
        self.model.put(number, camera)
        self.arranged.keep(self.layout_)

    def _bring(self, number: int, incident: str) -> None:
        """Put the camera that sees an incident best into a tile; refused where none is near."""
        row = self._around.row(incident)
        found = self._around.seers(row, self.catalogue.eyes, self.outages.healthy) if row else []
        if not found:
            self._notices.failed(Refused("refused.no_camera_near"))
            return
        self.model.put(number, found[0].eye.id, found[0].reasons)
        self.arranged.keep(self.layout_)

    def _pin(self) -> None:
        number = self.view.tiles.current
        self.model.pin(number, on=not self.model.tiles[number].pinned)
        self.arranged.keep(self.layout_)

    def _figures(self) -> None:
        self.view.figures = not self.view.figures
        self.view.tiles.update()

    def _favour(self) -> None:
        camera = self.model.tiles[self.view.tiles.current].camera
        if camera:
            self.catalogue.favour(camera)
            self.tree.rebuild()

    def _snapshot(self) -> None:
        self.evidence.snapshot(*self._tile())

    def _ask_steps(self, number: int | None) -> None:
        """Show the plan's steps beside a large picture that stands there for an incident."""
        tile = self.model.tiles[number] if number is not None else None
        spot = tile is not None and tile.role == "spot" and self._spot is not None
        incident = self._incident_of(tile) if tile is not None and (tile.alarm or spot) else ""
        if not incident:
            self.steps.show_plan("", None)
            return
        core = self._core
        self._answers.ask(
            "steps", core.work.call(lambda: plan_of(core, incident)),
            lambda facts: self._take_steps(incident, facts),
        )  # fmt: skip

    def _take_steps(self, incident: str, facts: PlanFacts | None) -> None:
        if self.model.enlarged is not None:
            self.steps.show_plan(incident, facts)

    def _tile(self) -> tuple[Tile, Eye | None]:
        tile = self.model.tiles[self.view.tiles.current]
        return tile, self.catalogue.eyes.get(tile.camera)

    def _incident_of(self, tile: Tile) -> str:
        return tile.alarm or (self._around.id(self._spot) if self._spot is not None else "")

    def _say_log(self, incident: str) -> None:
        """Read the log of what was shown and who steered; of one incident if named."""
        meant = self._meant(incident) if incident else ""
        self.log.show_lines(self.shown.lines(self.model.events.log, meant))
        if self._core.link().state != "up":
            self.log.show_lines((), "steered", text("wall.steered.offline"))
            return
        self._answers.ask(
            "steered", self._core.steering.log(incident=meant),
            lambda found: self.log.show_lines(self.shown.steered(found), "steered"),
        )  # fmt: skip

    def _name_of(self, camera: str) -> str:
        eye = self.catalogue.eyes.get(camera)
        return eye.name if eye is not None else camera

    def _title_of(self, incident: str) -> str:
        row = self._alarms.get(incident) or self._around.row(incident)
        return self._around.title(row) if row is not None else ""

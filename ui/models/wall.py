"""The wall without its widgets: which camera in which tile, and what is true of its picture."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from console.base.clock import Clock
from console.base.notice import Notice
from console.video.choose import Ask, Budget, Shares, diagonal, share
from console.video.event_wall import Alarm, EventWall, Placed
from console.video.eyes import Eye
from console.video.layout import Cell, Layout
from console.video.pool import Decoding, Full
from console.video.trunks import Trunks, Way
from console.video.truth import Standing, standing
from console.video.weights import Weights
from ui.models.carousel import Carousel
from ui.models.channel import Channel, Door, Playback
from ui.models.tile import Tile

GLANCE_MS, JUDGE_MS = 30, 100
"""A picture waits half a glance until it is seen; each painting costs a fifth of a millisecond more
than its pictures."""
FIRST, ALARM, SPOT, PLAIN, UNSEEN = range(5)
"""What goes first where the budget is short: the enlarged tile, alarms, the spot, the others; last
what is only to be seen next."""
RANKS = {"alarm": ALARM, "spot": SPOT}


class WallModel(QObject):
    """Keeps the tiles.

    ``fresh``: numbers of tiles with a new picture. ``turned``: of those that look otherwise now.
    ``planned``: how much of the budget is used has changed. ``stood``: camera and standing, each
    time a tile is judged. ``played``: a replay in a tile is over, and whether there was anything.
    """

    fresh = Signal(object)
    turned = Signal(object)
    planned = Signal()
    played = Signal(int, bool)
    stood = Signal(str, object)

    def __init__(
        self, decoding: Decoding, clock: Clock, budget: Budget | None = None,
        door: Callable[[Eye], Door] = lambda _eye: ("", ""), parent: QObject | None = None,
        trunks: Trunks | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.decoding = decoding
        self.budget = budget or Budget.of_this_machine()
        self.shares = Shares({}, 0.0, {})
        self.eyes: dict[str, Eye] = {}
        self.tiles: list[Tile] = []
        self.events = EventWall(())
        self.enlarged: int | None = None
        self._clock = clock
        self.trunks = trunks
        self._weights = Weights(clock.monotonic)
        self._door = door
        self._reasons: dict[tuple[str, str], tuple[Notice, ...]] = {}
        self.carousel = Carousel(self._ahead)
        self.cells: tuple[Cell, ...] = ()
        self._locked = False
        self._still = False
        self._timers = [self._timer(GLANCE_MS, self.glance), self._timer(JUDGE_MS, self.judge)]

    # ---- what is to be seen

    def know(self, eyes: Iterable[Eye]) -> None:
        """Take the catalogue as it is now; a camera with another address or door is begun anew."""
        self.eyes = {eye.id: eye for eye in eyes}
        for tile in self.tiles:
            if tile.channel is not None and not self._same(tile.channel):
                self._stop(tile)
        for number, channel in list(self.carousel.ahead.items()):
            if not self._same(channel):
                self.carousel.drop(number)
        self.plan()

    def lay_out(self, layout: Layout) -> None:
        """Take another layout; what the operator put or pinned somewhere stays by its number."""
        before = self.tiles
        self.enlarged = None
        self.tiles = [Tile(n, cell.role) for n, cell in enumerate(layout.cells)]
        self.cells, self.carousel.dwell_s = layout.cells, layout.dwell_s
        for old, new in zip(before, self.tiles, strict=False):
            new.home, new.home_why, new.pinned = old.home, old.home_why, old.pinned
            new.camera, new.standing = old.camera, old.standing
            new.channel, new.size, old.channel = old.channel, old.size, None
            new.playback, old.playback = old.playback, None
        for old in before:
            self._stop(old)
        self.events.resize(layout.of_role("alarm"), self._clock.monotonic())
        self.carousel.place(self.tiles, self._clock.monotonic())
        self._settle()

    def put(self, number: int, camera: str, why: Sequence[Notice] = ()) -> None:
        """Put a camera in a tile; an alarm that is over it stays until it is over. "": none."""
        tile = self.tiles[number]
        tile.home, tile.home_why = camera, tuple(why)
        self._settle()

    def put_all(self, role: str, cameras: Sequence[tuple[str, tuple[Notice, ...]]]) -> int:
        """Put cameras, with why, in the tiles of a role; give how many had no room there.

        A tile that already shows one of them keeps it: nothing jumps about.
        """
        tiles = [t for t in self.tiles if t.role == role and not t.pinned]
        wanted = dict(cameras[: len(tiles)])
        for tile in tiles:
            if tile.home in wanted:
                tile.home_why = wanted.pop(tile.home)
            else:
                tile.home, tile.home_why = "", ()
        for tile in tiles:
            if not tile.home and wanted:
                tile.home = next(iter(wanted))
                tile.home_why = wanted.pop(tile.home)
        self._settle()
        return max(0, len(cameras) - len(tiles))

    def rotate(self, cameras: Sequence[str]) -> None:
        """Let these go round in the carousel's tiles."""
        if self.carousel.rotate(cameras):
            self.carousel.place(self.tiles, self._clock.monotonic())
            self._settle()

    def pin(self, number: int, *, on: bool) -> None:
        """Leave a tile to the operator, or give it back."""
        self.tiles[number].pinned = on
        self.carousel.drop(number)
        self._keep_off()

    def lock(self, *, on: bool) -> None:
        """Let no alarm take a tile and no carousel turn, or again."""
        self._locked = on
        self._keep_off()

    def enlarge(self, number: int | None) -> None:
        """Show one tile over all others, or put it back."""
        self.enlarged = number
        self.turned.emit([t.number for t in self.tiles])

    def replay(self, number: int, span: tuple[int, int]) -> bool:
        """Play a tile's kept minutes again, from and to (ms since 1970); False: nothing is free.

        The camera's own stream goes on behind it: the way back is instant.
        """
        tile = self.tiles[number]
        self._end_playback(tile)
        if self._still:
            return False
        try:
            tile.playback = Playback(self.decoding, tile.camera, tile.size, span)
        except Full:
            return False
        self.turned.emit([number])
        return True

    def live(self, number: int) -> None:
        """Show a tile's camera as it is now."""
        self._end_playback(self.tiles[number])
        self.turned.emit([number])

    def resized(self, sizes: Mapping[int, tuple[int, int]]) -> None:
        """Take the sizes of tiles, in pixels of the screen."""
        for number, size in sizes.items():
            tile = self.tiles[number]
            tile.size = size
            if tile.playback is not None:
                tile.playback.fit(size)
        self.plan()

    def alarm(
        self, alarms: Sequence[Alarm], why: Mapping[tuple[str, str], tuple[Notice, ...]]
    ) -> None:
        """Let alarms have their tiles; ``why``: by alarm and camera."""
        self._reasons |= why
        self.events.raised(alarms, self._clock.monotonic())
        self._settle()

    def alarm_over(self, alarm: str) -> None:
        self._reasons = {key: why for key, why in self._reasons.items() if key[0] != alarm}
        self.events.over(alarm, self._clock.monotonic())
        self._settle()

    # ---- what plays

    def plan(self) -> None:
        """Share the budget out anew, and play accordingly; nothing while the wall is still."""
        if self._still:
            return
        self.shares = self._shared()
        for tile in self.tiles:
            grant = self.shares.grants.get(str(tile.number))
            tile.granted = grant is None or grant.quality is not None
            tile.full = grant is not None and grant.full
            eye = self.eyes.get(tile.camera)
            if grant is None or grant.quality is None or eye is None:
                self._stop(tile)
                continue
            tile.channel = tile.channel or self._opened(eye)
            try:
                tile.channel.want(grant.quality, *tile.size, keys_only=grant.keys_only)
            except Full:
                tile.granted = False
        self._plan_ahead()
        self.planned.emit()

    def way(self, camera: str) -> Way | None:
        """Give by which line a camera's stream comes; None where no lines are told apart."""
        eye = self.eyes.get(camera)
        return self.trunks.way(eye) if self.trunks and eye else None

    def glance(self) -> None:
        """Look for new pictures."""
        seqs = self.decoding.seqs()
        found = [t.number for t in self.tiles if t.channel is not None and t.fresh(seqs)]
        if found:
            self.fresh.emit(found)

    def judge(self) -> None:
        """Judge how it stands with each picture, and let time pass."""
        now = self._clock.monotonic()
        self.decoding.tend()
        turned: list[int] = []
        for tile in self.tiles:
            if tile.channel is None:
                continue
            if tile.playback is not None and tile.playback.ended:
                was = tile.playback.vitals().seq > 0
                self.live(tile.number)
                self.played.emit(tile.number, was)
            found = standing(tile.vitals, now)
            if found is not tile.standing:
                tile.standing = found
                turned.append(tile.number)
            self.stood.emit(tile.camera, found)
        if turned:
            self.turned.emit(turned)
        self._go_round(now)
        self.events.tick(now)
        self._settle()
        if self._weights.due:
            self._weigh()

    def start(self) -> None:
        """Play what is to be seen."""
        self._still = False
        self.plan()
        for timer in self._timers:
            timer.start()

    def stop(self) -> None:
        """Play nothing more, whatever is put here: the wall is locked, or not to be seen."""
        self._still = True
        for timer in self._timers:
            timer.stop()
        self.carousel.rest()
        for tile in self.tiles:
            self._stop(tile)

    def close(self) -> None:
        self.stop()
        self.decoding.close()

    # ---- inside

    def _opened(self, eye: Eye) -> Channel:
        """Open a camera; what another tile knows of its picture is known here too."""
        seen = (t.standing for t in self.tiles if t.channel and t.camera == eye.id)
        still = Standing.CONSTANT in seen
        return Channel(self.decoding, eye, self._door(eye), still=still)

    def _same(self, channel: Channel) -> bool:
        eye = self.eyes.get(channel.eye.id)
        return eye == channel.eye and channel.door == self._door(channel.eye)

    def _keep_off(self) -> None:
        """Keep alarms off what is pinned; a locked wall keeps what it shows, alarms too."""
        shows = self.events.placed.keys() if self._locked else ()
        kept = [
            t.number for t in self.tiles if t.pinned or (self._locked and t.number not in shows)
        ]
        self.events.keep_off(kept, self._clock.monotonic())
        self._settle()

    def _settle(self) -> None:
        """Let each tile show what is due there: an alarm's camera, or its own."""
        placed = self.events.placed
        changed = [t.number for t in self.tiles if self._settled(t, placed.get(t.number))]
        if changed:
            self.plan()
            self.turned.emit(changed)

    def _settled(self, tile: Tile, placed: Placed | None) -> bool:
        before = (tile.camera, tile.alarm, tile.level, tile.why, tile.pinned)
        if placed is not None:
            tile.camera, tile.alarm, tile.level = placed.camera, placed.alarm, placed.level
            tile.why = self._reasons.get((placed.alarm, placed.camera), ())
        else:
            tile.camera, tile.alarm, tile.level, tile.why = tile.home, "", "", tile.home_why
        if tile.camera != before[0]:
            self._stop(tile)
            tile.standing = Standing.WAITING
        return before != (tile.camera, tile.alarm, tile.level, tile.why, tile.pinned)

    def _shared(self) -> Shares:
        """Share out between tiles and, after them, what is next in the carousel: if it has room."""
        asks = [ask for tile in self.tiles if (ask := self._ask(tile)) is not None]
        ahead = [
            self._asked(_unseen(number), channel.eye, self.tiles[number].size, UNSEEN, channel)
            for number, channel in self.carousel.ahead.items()
        ]
        shares = share([*asks, *ahead], self.budget)
        room = [ask for ask in ahead if shares.grants[ask.key].quality is not None]
        return shares if room == ahead else share([*asks, *room], self.budget)

    def _weigh(self) -> None:
        """Look what streams really weigh; share out anew where a line carries otherwise now."""
        moved = [
            self._weights.hear(tile.camera, tile.channel.shown.quality, tile.vitals)
            for tile in self.tiles if tile.channel is not None and tile.channel.shown is not None
        ]  # fmt: skip
        if any(moved):
            self.plan()

    def _ask(self, tile: Tile) -> Ask | None:
        eye = self.eyes.get(tile.camera)
        if eye is None or not (eye.main or eye.sub):
            return None
        rank = RANKS.get(tile.role, PLAIN) if tile.number != self.enlarged else FIRST
        return self._asked(str(tile.number), eye, tile.size, rank, tile.channel)

    def _asked(
        self, key: str, eye: Eye, size: tuple[int, int], rank: int, channel: Channel | None
    ) -> Ask:
        stream, way = channel.shown if channel else None, self.way(eye.id)
        return Ask(
            key, diagonal(*size), bool(eye.main), bool(eye.sub), rank,
            stream.quality if stream else "sub", way,
            self.trunks.mbits(way) if self.trunks and way else 0.0, self._weights.of(eye.id),
        )  # fmt: skip

    def _go_round(self, now: float) -> None:
        """Let the next cameras come, unless the wall is locked or one of these is looked at."""
        seen = (t for t in self.tiles if t.role == "carousel")
        if self._locked or any(t.playback or t.number == self.enlarged for t in seen):
            self.carousel.rest()
            return
        if self.carousel.beat(self.tiles, now):
            self.plan()
        turned = self.carousel.turned(self.tiles, now)
        if turned:
            self._settle()
            self.plan()
            self.turned.emit(turned)

    def _ahead(self, camera: str) -> Channel | None:
        eye = self.eyes.get(camera)
        return self._opened(eye) if eye is not None and (eye.main or eye.sub) else None

    def _plan_ahead(self) -> None:
        """Play unseen what is next in the carousel, as far as there is room."""
        for number, channel in list(self.carousel.ahead.items()):
            grant = self.shares.grants.get(_unseen(number))
            try:
                if grant is not None and grant.quality is not None:
                    size = self.tiles[number].size
                    channel.want(grant.quality, *size, keys_only=grant.keys_only)
                    continue
            except Full:
                pass
            self.carousel.drop(number)

    def _end_playback(self, tile: Tile) -> None:
        if tile.playback is not None:
            tile.playback.close()
            tile.playback = None

    def _stop(self, tile: Tile) -> None:
        self._end_playback(tile)
        if tile.channel is not None:
            tile.channel.close()
            tile.channel = None

    def _timer(self, every: int, does: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(does)
        return timer


def _unseen(number: int) -> str:
    """Give the key of what plays unseen for a tile."""
    return f"+{number}"

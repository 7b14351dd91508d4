"""What hands do with a whole wall: save layouts, let them go round, lock it, answer who pushes."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.app import Core
from console.base.errors import Refused
from console.base.notice import Level, Notice
from console.base.text import text
from console.domain.record import Showing
from console.video.layout import Layout
from console.video.stream import Kept
from ui.kit.notices import Notices
from ui.models.moment import moment
from ui.models.shelves import Layouts
from ui.models.tile import Tile
from ui.models.wall import WallModel

Args = Mapping[str, str]
WELL = (Kept.NOT, Kept.KEPT, Kept.UNFIT)
DWELL_S, DWELL_LEAST_S = 30, 5


class WallHands:
    """Works on a WallModel. ``lay_out`` shows a layout by its word, ``follow`` an incident."""

    def __init__(
        self, core: Core, notices: Notices, model: WallModel, lay_out: Callable[[str], None],
        follow: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._core = core
        self._notices = notices
        self._model = model
        self._lay_out = lay_out
        self._follow = follow
        self.layouts = Layouts(core)
        self.locked = ""
        """Since when nobody but who sits here changes the wall, in words; "": it is open."""
        self._tour: tuple[str, ...] = ()
        self._turn, self._turned, self._dwell = 0, 0.0, float(DWELL_S)

    def commands(self) -> dict[str, Callable[[Args], None]]:
        return {"wall.save": self._save, "wall.rotate": self._rotate, "wall.lock": self._lock}

    @property
    def warning(self) -> str:
        """Say that the wall is locked, and that its last minutes are not kept; "": neither."""
        tiles = (t for t in self._model.tiles if t.channel is not None)
        unkept = next((k for t in tiles if (k := t.vitals.kept) not in WELL), None)
        said = (self.locked, text(f"wall.unkept.{unkept.name.lower()}") if unkept else "")
        return "  ".join(part for part in said if part)

    # ---- layouts

    def stop_tour(self) -> None:
        """End the round of layouts: a person has chosen one."""
        self._tour = ()

    def beat(self) -> None:
        """Let the next layout come, unless the wall is locked or somebody looks at one picture."""
        now = self._core.clock.monotonic()
        held = self.locked or self._model.enlarged is not None or self._model.events.placed
        if self._tour and not held and now - self._turned >= self._dwell:
            self._turned = now
            self._turn = (self._turn + 1) % len(self._tour)
            self._lay_out(self._tour[self._turn])

    def _save(self, args: Args) -> None:
        number, name = int(float(args["number"])), args["name"]
        model = self._model
        layout = Layout(
            name=name, number=number, cells=tuple(model.cells), dwell_s=model.carousel.dwell_s
        )
        homes = {t.number: t.home for t in model.tiles if t.home and t.role == "plain"}
        if args.get("shared", "") in ("1", "true", "yes", "是"):
            self._core.run(self.layouts.line(number, name, layout, homes))
            self._notices.say("wall.layout_shared", number=number, name=name)
        else:
            self.layouts.keep(number, name, layout, homes)
            self._notices.say("wall.layout_kept", number=number, name=name)

    def _rotate(self, args: Args) -> None:
        words = tuple(w for w in args.get("layouts", "").replace("，", ",").split(",") if w.strip())
        for word in words:
            self.layouts.find(word.strip())
        self._dwell = max(float(args.get("seconds", DWELL_S)), DWELL_LEAST_S)
        self._turn, self._turned = -1, self._core.clock.monotonic() - self._dwell
        self._tour = tuple(word.strip() for word in words)
        key = "wall.touring" if words else "wall.tour_ended"
        self._notices.say(key, layouts=", ".join(self._tour), seconds=round(self._dwell))

    # ---- the lock

    def _lock(self, _args: Args) -> None:
        """Let nothing change by itself any more, or again."""
        at = moment(self._core.clock.now(), self._core.city)
        by = self._core.person.name or self._core.person.user
        self.locked = "" if self.locked else text("wall.locked", by=by, at=f"{at:%H:%M}")
        self._model.lock(on=bool(self.locked))

    # ---- what others push

    def show(self, asked: Showing) -> str:
        """Put up what another seat asks for; "" or why not."""
        own = asked.by == self._core.person.user
        if self.locked and not own:
            return self.locked
        try:
            if asked.layout:
                self._lay_out(asked.layout)
            elif asked.incident:
                self._follow(asked.incident)
            else:
                return self._put(asked)
        except Refused:
            return text("wall.push_unknown")
        return ""

    def _put(self, asked: Showing) -> str:
        if asked.camera not in self._model.eyes:
            return text("wall.push_unknown")
        tile = self._tile_for(asked)
        if tile is None:
            return text("wall.push_pinned")
        at = moment(asked.asked_at, self._core.city)
        by = self._core.names("person", asked.by) or asked.by
        why = Notice(Level.said, "wall.why.pushed", {"by": by, "at": f"{at:%H:%M}"})
        self._model.put(tile.number, asked.camera, (why,))
        return ""

    def _tile_for(self, asked: Showing) -> Tile | None:
        """Give the tile that was meant, or the first plain one: empty before full, none pinned."""
        tiles = self._model.tiles
        if asked.tile:
            free = asked.tile <= len(tiles) and not tiles[asked.tile - 1].pinned
            return tiles[asked.tile - 1] if free else None
        plain = [t for t in tiles if t.role == "plain" and not t.pinned and not t.alarm]
        return min(plain, key=lambda t: (bool(t.home), t.number), default=None)


def to_screen(window: QWidget, said: str) -> None:
    """Fill one of this seat's screens, from 1; Refused when there are not so many."""
    screens = QGuiApplication.screens()
    number = int(float(said))
    if not 1 <= number <= len(screens):
        raise Refused("refused.no_screen", number=number, count=len(screens))
    window.showNormal()
    window.setGeometry(screens[number - 1].geometry())
    window.showFullScreen()

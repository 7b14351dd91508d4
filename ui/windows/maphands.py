"""The hands that a map has, as commands: the same in its own window and in its dock."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtGui import QGuiApplication
from shapely.geometry.base import BaseGeometry

from console.app import Core
from console.base.errors import Refused
from console.base.text import text
from console.domain import datum
from console.domain.datum import Cgcs2000
from console.domain.exercise import Exercise
from console.domain.query import parse_query
from console.domain.rows import SHAPES
from console.domain.track import Tracks
from console.maps.mercator import place, world
from console.maps.roads import Roads, Route
from ui.kit.mapfound import OFF_M, Spot
from ui.kit.mapoverlay import distance
from ui.kit.mapprint import print_picture
from ui.kit.maptools import NAMES, Name
from ui.kit.notices import Notices
from ui.models.mapmarks import rings_of
from ui.models.mappast import DAY_MS, fetch
from ui.models.news import Answers
from ui.views.map import MapView

T = TypeVar("T")
Args = Mapping[str, str]
Does = Callable[[Args], None]
MINUTES, TRACK_MIN = 10, 120
NEAREST, SPOTS = 5, 8
HOUR_MS = 3_600_000


class MapHands:
    """Does the map's commands; what it tells goes to the notices."""

    def __init__(self, core: Core, view: MapView, notices: Notices) -> None:
        self._core = core
        self._view = view
        self._notices = notices
        self._answers = Answers(notices.failed, view)

    def commands(self) -> dict[str, Does]:
        """Give what it does, by the commands' names."""
        canvas = self._view.canvas
        return {
            "map.tool": self._take,
            "map.layers": lambda _args: self._toggle(),
            "map.layer": lambda args: self._view.model.turn(args["layer"]),
            "map.scene": lambda args: self._view.show_scene(args.get("scene", "")),
            "map.home": lambda _args: self._view.go_home(),
            "map.release": lambda _args: canvas.release(),
            "map.go": self._go,
            "map.follow": self._follow,
            "map.copy": self._copy,
            "map.save": self._save,
            "map.print": lambda _args: print_picture(self._view.picture(), self._view),
            "map.back": lambda args: self._view.time.go(int(args.get("minutes", "60") or 60)),
            "map.replay": self._replay,
            "map.exercise": self._replay_exercise,
            "map.track": self._track,
            "map.now": lambda _args: self._view.time.go(0),
            "map.near": self._near,
            "map.route": self._route,
            "map.reach": self._reach,
            "map.open_roads": lambda _args: self._view.open_roads(),
            "map.clear": lambda _args: self._clear(),
        }

    # ---- private

    def _take(self, args: Args) -> None:
        tool: Name | None = next((n for n in NAMES if n == args["tool"]), None)
        if tool is None:
            raise Refused("refused.no_such", kind="tool", word=args["tool"])
        self._view.canvas.take(tool)
        self._view.canvas.setFocus()
        self._view.retranslate()

    def _toggle(self) -> None:
        legend = self._view.legend
        legend.setVisible(not legend.isVisible())
        legend.place()

    def _go(self, args: Args) -> None:
        """Go to an address or a place by its words, or to coordinates: ``118.78,32.04 gcj02``."""
        words = args["where"].strip()
        at = coordinates(words)
        if at is not None:
            self._go_to(at.one)
            return
        near = self._view.canvas.camera.middle.one
        self._ask("go", lambda: self._found(words, near), lambda found: self._choose(words, *found))

    def _found(self, words: str, near: tuple[float, float]) -> tuple[list[Spot], bool]:
        """Give where words may mean, and whether the first is certain; then the components."""
        found = self._core.adviser.places.find(words, near=near, most=SPOTS)
        spots = [Spot(h.entry.name, h.lon, h.lat, h.spread_m) for h in found.hits if h.lon]
        said = [spot for spot in spots if spot.name == words and spot.off_m <= OFF_M]
        if len(said) == 1 or (found.sure and spots):
            return said or spots, True
        held = {spot.name for spot in spots}
        more = [Spot(p.name, p.lon, p.lat) for p in self._core.maps.find(words, SPOTS)]
        return [*spots, *(spot for spot in more if spot.name not in held)][:SPOTS], False

    def _choose(self, words: str, spots: list[Spot], sure: bool) -> None:
        if not spots:
            self._notices.failed(Refused("refused.no_such", kind="place", word=words))
        elif sure or len(spots) == 1:
            self._view.show_spot(spots[0])
        else:
            self._view.found.show_spots(words, spots)

    def _go_to(self, at: tuple[float, float]) -> None:
        self._view.show_spot(Spot("", *at))

    def _follow(self, args: Args) -> None:
        unit = args.get("unit", "")
        kind, chosen = self._view.chosen
        self._view.follow(unit or (chosen if kind == "unit" else ""))

    def _copy(self, args: Args) -> None:
        words = self._view.coordinates(args.get("crs") or datum.CGCS2000)
        QGuiApplication.clipboard().setText(words)
        self._notices.say("map.copied", what=words)

    def _save(self, args: Args) -> None:
        file = Path(args["file"]).expanduser().with_suffix(".png")
        picture = self._view.picture()
        ask = self._core.work.call(lambda: picture.save(str(file)))
        self._answers.ask("save", ask, lambda done: self._saved(file, bool(done)))

    def _saved(self, file: Path, done: bool) -> None:
        self._notices.say("map.saved" if done else "map.not_saved", file=str(file))

    def _here(self) -> Cgcs2000:
        """Give the place that is meant: what is chosen, else the middle of the view."""
        at = self._view.place_of(*self._view.chosen)
        return Cgcs2000.of(*at) if at is not None else self._view.canvas.camera.middle

    def _replay(self, args: Args) -> None:
        """Play a stretch of time, an exercise for one: from when, and how many hours."""
        try:
            since = self._core.instant(args["start"])
        except ValueError:
            raise Refused("refused.no_instant", word=args["start"]) from None
        hours = float(args.get("hours", "") or 1)
        now = self._core.clock.now()
        # A time of day without a date is the next one; what is to be replayed has been.
        since -= DAY_MS if since > now else 0
        until = min(since + round(hours * HOUR_MS), now)
        if until <= since:
            raise Refused("refused.no_instant", word=args["start"])
        self._view.time.replay((since, until))

    def _replay_exercise(self, args: Args) -> None:
        """Play an exercise: its name, or its id; of several of one name the newest."""
        word = args["exercise"].strip()
        at = SHAPES[Exercise.kind].index("name")
        rows = self._core.find(parse_query(Exercise.kind, "sort:-started_at"))
        found = next((str(row[0]) for row in rows if word in (row[0], row[at])), "")
        if not found:
            raise Refused("refused.no_such", kind=Exercise.kind, word=word)
        self._view.time.replay_exercise(found)

    def _track(self, args: Args) -> None:
        """Show the way that the chosen unit has come in the last minutes."""
        kind, unit = self._view.chosen
        if kind != "unit":
            raise Refused("refused.no_such", kind="unit", word=args.get("minutes", ""))
        minutes = float(args.get("minutes", "") or TRACK_MIN)
        now = self._core.clock.now()
        since = now - round(minutes * 60_000)

        def read() -> Tracks | None:
            fetch(self._core, (since, now))
            return self._core.gauges.tracks(since, unit)

        self._ask("track", read, self._show_track)

    def _show_track(self, tracks: Tracks | None) -> None:
        live = self._view.canvas.live
        live.track = None
        if tracks is None or len(tracks.at) < 2:
            self._notices.say("map.no_track")
        else:
            live.track = np.column_stack(world(tracks.points))
        self._view.canvas.update()

    def _near(self, args: Args) -> None:
        """Say who or what is nearest, by the time it takes on the roads."""
        here, what = self._here(), args.get("what") or "unit"
        self._ask("near", lambda: self._nearest(here, what), self._tell_near)

    def _nearest(self, here: Cgcs2000, what: str) -> list[tuple[float, float, str, str]]:
        """Give the nearest few: seconds, metres, id, name; NaN seconds where no way leads."""
        roads = self._roads()
        if what == "unit":
            some = [(u.id, u.name, u.x, u.y) for u in self._view.canvas.live.units]
            x, y = np.array([s[2] for s in some]), np.array([s[3] for s in some])
            at = place(x, y)
            named = [(s[0], s[1]) for s in some]
        else:
            found = self._core.maps.near(what).nearest(here, 40)
            at = Cgcs2000.of([p.lon for _, p in found], [p.lat for _, p in found])
            named = [("", p.name) for _, p in found]
        if not named:
            return []
        took = roads.times_to(here, at)
        away = np.atleast_1d(datum.metres(here, at))
        order = np.lexsort((away, np.where(np.isnan(took), np.inf, took)))[:NEAREST]
        return [(float(took[n]), float(away[n]), *named[n]) for n in order.tolist()]

    def _tell_near(self, found: list[tuple[float, float, str, str]]) -> None:
        said = [
            text("map.near_one", name=name, time=duration(took), far=distance(away))
            for took, away, _, name in found
        ]
        self._notices.say("map.near", what="; ".join(said) or text("map.nothing"))

    def _route(self, args: Args) -> None:
        """Show the way between two places, or from a unit to what is chosen."""
        end = coordinates(args.get("to", "")) or self._here()
        start = coordinates(args["start"]) or self._unit_at(args["start"])
        self._ask("route", lambda: self._roads().route(start, end), self._show_route)

    def _unit_at(self, word: str) -> Cgcs2000:
        for unit in self._view.canvas.live.units:
            if word in (unit.id, unit.name):
                at = self._view.place_of("unit", unit.id)
                if at is not None:
                    return Cgcs2000.of(*at)
        raise Refused("refused.no_such", kind="unit", word=word)

    def _show_route(self, route: Route | None) -> None:
        if route is None:
            self._notices.say("map.no_way")
            return
        canvas = self._view.canvas
        canvas.live.route = np.column_stack(world(route.line))
        canvas.look_at(canvas.camera.fitted(route.line, canvas.width(), canvas.height()))
        canvas.update()
        by = " → ".join(name for name, metres in route.by if name and metres > 300)
        self._notices.say(
            "map.way", time=duration(route.seconds), far=distance(route.metres), by=by,
            date=self._roads().date,
        )  # fmt: skip

    def _reach(self, args: Args) -> None:
        """Show how far one comes in so many minutes."""
        here = self._here()
        minutes = float(args.get("minutes", "") or MINUTES)
        seconds = [minutes * 60 * part for part in (1 / 3, 2 / 3, 1)]
        self._ask("reach", lambda: self._roads().reach(here, seconds), self._show_reach)

    def _show_reach(self, areas: list[BaseGeometry]) -> None:
        rings = [ring for area in reversed(areas) if not area.is_empty for ring in rings_of(area)]
        self._view.canvas.live.reached = rings
        self._view.canvas.update()
        if not rings:
            self._notices.say("map.no_way")

    def _clear(self) -> None:
        live = self._view.canvas.live
        live.route, live.reached, live.track = None, (), None
        self._view.inside.hide()
        self._view.canvas.take("pan")

    def _roads(self) -> Roads:
        roads = self._view.roads()
        if roads is None:
            raise Refused("refused.no_roads")
        return roads

    def _ask(self, name: str, job: Callable[[], T], then: Callable[[T], None]) -> None:
        asked: Future[T] = self._core.work.call(job)
        self._answers.ask(name, asked, then)


def cameras_meant(words: str, chosen: tuple[str, str]) -> list[str]:
    """Give the cameras that words name, else the one that is chosen on the map; Refused if none."""
    kind, one = chosen
    found = words.split() or [one] * (kind == "camera")
    if not found:
        raise Refused("refused.no_camera_chosen")
    return found


def coordinates(words: str) -> Cgcs2000 | None:
    """Read ``118.78,32.04`` with the name of its system behind it; None when it is not that."""
    numbers, _, crs = words.strip().partition(" ")
    lon, comma, lat = numbers.partition(",")
    name = (crs.split() or [datum.CGCS2000])[0]
    try:
        return datum.enter(float(lon), float(lat), name) if comma else None
    except datum.UnknownDatum as error:
        raise Refused("refused.no_such", kind="crs", word=error.said) from error
    except ValueError:
        return None


def duration(seconds: float) -> str:
    """Give a time on the road in words; — where no way leads."""
    if np.isnan(seconds):
        return "—"
    return text("map.minutes", n=max(1, round(seconds / 60)))

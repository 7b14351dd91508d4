"""The live part of a map, painted in every frame: units, what is chosen, ways, tools, the scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen, QPixmap, QPolygonF

from console.base.text import text
from console.domain.datum import Floats
from ui.kit import fonts
from ui.kit.arrays import Sprites
from ui.kit.mapcamera import Camera
from ui.kit.mapsymbols import Symbols
from ui.kit.maptools import Drawn, Tool
from ui.kit.mapwords import Room, haloed
from ui.kit.theme import Theme
from ui.models.mapmarks import Cluster, Looks, Moving

STALE_S, LOST_S = 120.0, 900.0
"""A fix older than this is drawn weaker; older than the second, as lost."""
RING_MPS = 8.0
"""How fast the circle grows in which a unit may be by now: as fast as one drives in a city."""
RING_MOST = 160.0
NAMED_ZOOM, NAMED, LETTER = 13.6, 150, 13.0
WEIGHTS = (1.0, 0.55, 0.3)
"""How strong a unit is drawn whose fix is fresh, old, or lost."""
STEPS = (1, 2, 5, 10)
FRAME = 3.0
PLATE = 0.75
"""How wide the frame is around a map that does not show now."""


@dataclass(slots=True)
class Live:
    """What is painted over the scene."""

    units: Sequence[Moving] = ()
    x: Floats = field(default_factory=lambda: np.zeros(0))
    y: Floats = field(default_factory=lambda: np.zeros(0))
    age: Floats = field(default_factory=lambda: np.zeros(0))
    turn: Floats = field(default_factory=lambda: np.zeros(0))
    roles: tuple[str, ...] = ()
    role: Looks = field(default_factory=lambda: np.zeros(0, np.int16))
    chosen: tuple[float, float] | None = None
    chosen_role: str = "accent"
    route: Floats | None = None
    reached: Sequence[Floats] = ()
    track: Floats | None = None
    tails: Sequence[Floats] = ()
    clusters: Sequence[Cluster] = ()
    hovered: tuple[float, float, str] | None = None
    crosshair: bool = False
    then: str = ""
    """When this is not now: what it shows, in words."""

    def move(self, units: Sequence[Moving]) -> None:
        """Take where units are now."""
        self.units = units
        self.x = np.array([u.x for u in units], np.float64)
        self.y = np.array([u.y for u in units], np.float64)
        self.age = np.array([u.age for u in units], np.float64)
        self.turn = np.array([u.heading for u in units], np.float64)
        self.roles = tuple(dict.fromkeys(u.role for u in units))
        known = {role: n for n, role in enumerate(self.roles)}
        self.role = np.array([known[u.role] for u in units], np.int16)


@dataclass(frozen=True, slots=True)
class View:
    """The camera with the size of the view, in points."""

    camera: Camera
    width: int
    height: int
    ratio: float
    theme: Theme

    def at(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return self.camera.shown(x, y, self.width, self.height)

    def points(self, xy: Floats) -> QPolygonF:
        x, y = self.at(xy[:, 0], xy[:, 1])
        return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])


class Overlay:
    """Paints a Live over a view; on the screen's thread only."""

    def __init__(self, family: str) -> None:
        self._family = family
        self._symbols = Symbols(family)
        self._pixmaps: dict[tuple[object, ...], QPixmap] = {}
        self._words: dict[tuple[object, ...], QImage] = {}
        self._sprites = Sprites()

    def paint(self, painter: QPainter, view: View, live: Live, tool: Tool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n, ring in enumerate(live.reached):
            self._reached(painter, view, ring, n)
        if live.route is not None:
            self._route(painter, view, live.route)
        _tracks(painter, view, live)
        if live.units:
            self._units(painter, view, live)
            self._clusters(painter, view, live.clusters)
        if live.chosen is not None:
            _chosen(painter, view, live)
        if live.hovered is not None:
            x, y = view.at(np.array(live.hovered[0]), np.array(live.hovered[1]))
            self.label(painter, view, float(x), float(y) - 22, live.hovered[2], "text")
        self._tool(painter, view, tool.drawn)
        if live.then:
            self._then(painter, view, live.then)
        if live.crosshair:
            _cross(painter, view)

    def _then(self, painter: QPainter, view: View, words: str) -> None:
        """Frame a map that does not show now, and say in it what it shows."""
        painter.setPen(QPen(view.theme.colour("warning"), FRAME))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = FRAME / 2
        painter.drawRect(QRectF(half, half, view.width - FRAME, view.height - FRAME))
        self.label(painter, view, view.width / 2, 22, words, "warning")

    def label(
        self, painter: QPainter, view: View, x: float, y: float, words: str, role: str
    ) -> None:
        """Write words with a halo, their middle at a point."""
        key = (words, role, view.ratio, view.theme.name)
        image = self._words.get(key)
        if image is None:
            if len(self._words) > 600:
                self._words.clear()
            font = fonts.font(self._family, 12)
            font.setWeight(QFont.Weight.DemiBold)
            image = self._words[key] = haloed(view.theme, words, font, role, view.ratio)
        wide, high = image.width() / view.ratio, image.height() / view.ratio
        painter.drawImage(QRectF(round(x - wide / 2), round(y - high / 2), wide, high), image)

    def scale(self, painter: QPainter, view: View, x: float, y: float) -> None:
        """Draw the bar of the scale, its left end at a point."""
        long, metres = scale_bar(view.camera.metres)
        words = distance(metres)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(view.theme.faded("map.halo", PLATE))
        painter.drawRoundedRect(QRectF(x - 8, y - 22, long + 16, 30), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(view.theme.colour("text.second"), 1.5))
        painter.drawPolyline(
            QPolygonF(
                [QPointF(x, y - 5), QPointF(x, y), QPointF(x + long, y), QPointF(x + long, y - 5)]
            )
        )
        self.label(painter, view, x + long / 2, y - 10, words, "text.second")

    def _units(self, painter: QPainter, view: View, live: Live) -> None:
        x, y = view.at(live.x, live.y)
        inside = (x > -30) & (x < view.width + 30) & (y > -30) & (y < view.height + 30)
        seen = np.nonzero(inside)[0]
        if view.camera.zoom >= NAMED_ZOOM:
            _rings(painter, view, live, seen.tolist(), x, y)
        weight = np.digitize(live.age, (STALE_S, LOST_S))
        looks = np.isfinite(live.turn)
        for n, role in enumerate(live.roles):
            for heading in (False, True):
                for part, opacity in enumerate(WEIGHTS):
                    mine = seen[
                        (live.role[seen] == n) & (looks[seen] == heading) & (weight[seen] == part)
                    ]
                    if len(mine):
                        turn = live.turn[mine] if heading else np.zeros(len(mine))
                        self._stamp(painter, view, (role, heading, opacity), x[mine], y[mine], turn)
        if view.camera.zoom >= NAMED_ZOOM and len(seen) < NAMED:
            self._names(painter, view, [(x[n], y[n], live.units[n].name) for n in seen.tolist()])

    def _clusters(self, painter: QPainter, view: View, clusters: Sequence[Cluster]) -> None:
        """Draw clusters once more over the units, so that their counts can be read."""
        for each in sorted(clusters, key=lambda c: c.count):
            image = self._symbols.cluster(view.theme, each.symbol, each.count, view.ratio)
            x, y = view.at(np.array(each.x), np.array(each.y))
            wide, high = image.width() / view.ratio, image.height() / view.ratio
            left, top = round(float(x) - wide / 2), round(float(y) - high / 2)
            painter.drawImage(QRectF(left, top, wide, high), image)

    def _names(
        self, painter: QPainter, view: View, names: Sequence[tuple[float, float, str]]
    ) -> None:
        """Write units' names, none over another."""
        room = Room()
        for x, y, name in names:
            wide = LETTER * len(name)
            if room.take(QRectF(x - wide / 2, y + 12, wide, LETTER)):
                self.label(painter, view, float(x), float(y) + 19, name, "text")

    def _stamp(
        self, painter: QPainter, view: View, look: tuple[str, bool, float], x: Floats, y: Floats,
        turn: Floats,
    ) -> None:  # fmt: skip
        role, heading, weight = look
        key = (role, heading, view.ratio, view.theme.name)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            image = self._symbols.unit(view.theme, role, view.ratio, heading=heading)
            pixmap = self._pixmaps[key] = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(1.0)
        scale = _size(view) / view.ratio
        self._sprites.draw(painter, pixmap, np.column_stack([x, y]), turn, scale, weight)

    def _route(self, painter: QPainter, view: View, xy: Floats) -> None:
        line = view.points(xy)
        for role, part, wide in (("map.halo", 0.8, 8.0), ("accent", 1.0, 4.0)):
            pen = QPen(view.theme.faded(role, part), wide)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(line)

    def _reached(self, painter: QPainter, view: View, xy: Floats, n: int) -> None:
        painter.setPen(QPen(view.theme.faded("accent", 0.9 - 0.25 * n), 1.5))
        painter.setBrush(view.theme.faded("accent", 0.05))
        painter.drawPolygon(view.points(xy))

    def _tool(self, painter: QPainter, view: View, drawn: Drawn) -> None:
        if not drawn.places:
            return
        line = view.points(np.array(drawn.ring))
        painter.setPen(QPen(view.theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(
            view.theme.faded("accent", 0.12) if drawn.encloses else Qt.BrushStyle.NoBrush
        )
        if drawn.encloses:
            painter.drawPolygon(line)
        else:
            painter.drawPolyline(line)
        painter.setBrush(view.theme.colour("accent"))
        painter.setPen(Qt.PenStyle.NoPen)
        if drawn.tool in ("measure", "area", "closure"):
            for place in view.points(np.array(drawn.places)).toList():
                painter.drawEllipse(place, 3.5, 3.5)
        said = measured(drawn)
        if said:
            end = view.points(np.array(drawn.places[-1:])).toList()[0]
            self.label(painter, view, end.x() + 12, end.y() - 18, said, "accent")


def _size(view: View) -> float:
    """Give how large units are drawn: small where the whole city is seen."""
    return float(np.interp(view.camera.zoom, (10.0, 13.0), (0.42, 1.0)))


def scale_bar(metres_a_point: float, room: float = 120.0) -> tuple[float, float]:
    """Give how long a scale's bar is in points, and how many metres that is: a round number."""
    most = room * metres_a_point
    ten = 10 ** math.floor(math.log10(most))
    metres = max(s * ten for s in STEPS if s * ten <= most)
    return metres / metres_a_point, metres


def distance(metres: float) -> str:
    """Give a length in words."""
    if metres >= 1_000:
        return text("map.km", n=f"{metres / 1_000:.4g}")
    return text("map.metres", n=f"{metres:.0f}")


def measured(drawn: Drawn) -> str:
    """Give what a drawing measures, in words."""
    if drawn.tool in ("measure", "closure") and len(drawn.places) > 1:
        return distance(drawn.metres())
    if drawn.tool == "circle" and len(drawn.places) > 1:
        return text("map.radius", length=distance(drawn.metres()))
    if drawn.encloses and (ground := drawn.square_metres()):
        return text("map.square_km", n=f"{ground / 1e6:.3g}")
    return ""


def _rings(
    painter: QPainter, view: View, live: Live, seen: Sequence[int], x: Floats, y: Floats
) -> None:
    """Draw round each old fix the circle in which the unit may be by now."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(view.theme.faded("fresh.stale", 0.6), 1.2, Qt.PenStyle.DotLine))
    metres = view.camera.metres
    for n in seen:
        age = live.units[n].age
        if STALE_S / 4 < age < LOST_S:
            reach = min(13 + age * RING_MPS / metres, RING_MOST)
            painter.drawEllipse(QPointF(float(x[n]), float(y[n])), reach, reach)


def _tracks(painter: QPainter, view: View, live: Live) -> None:
    """Draw where units have come from: the older, the fainter."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for way, wide in ((live.track, 3.0), *((tail, 1.8) for tail in live.tails)):
        if way is None or len(way) < 2:
            continue
        points = view.points(way).toList()
        for n, (one, two) in enumerate(pairwise(points), 1):
            part = 0.25 + 0.6 * n / len(points)
            painter.setPen(QPen(view.theme.faded("lost", part), wide))
            painter.drawLine(one, two)


def _chosen(painter: QPainter, view: View, live: Live) -> None:
    if live.chosen is None:
        return
    x, y = view.at(np.array(live.chosen[0]), np.array(live.chosen[1]))
    at = QPointF(float(x), float(y))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for reach, part in ((20.0, 0.35), (14.0, 1.0)):
        painter.setPen(QPen(view.theme.faded(live.chosen_role, part), 2.2))
        painter.drawEllipse(at, reach, reach)


def _cross(painter: QPainter, view: View) -> None:
    x, y = view.width / 2, view.height / 2
    painter.setPen(QPen(view.theme.colour("accent"), 1.4))
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        painter.drawLine(QPointF(x + 5 * dx, y + 5 * dy), QPointF(x + 15 * dx, y + 15 * dy))

"""The still part of a map as one picture, larger than the view: drawn by a worker, then only moved.

Ground, areas, warmth, points or clusters, names: in this order. The picture's points are whole
pixels of the world at its zoom, so that it is placed without being resampled.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from console.domain.datum import Floats
from console.maps.mercator import WORLD
from console.maps.package import TileId
from console.maps.vector import Label
from ui.kit.arrays import draw_points, filled
from ui.kit.mapcamera import Camera
from ui.kit.mapsymbols import Symbols
from ui.kit.maptiles import Pictures, Wanted
from ui.kit.mapwords import Room, Words, placed
from ui.kit.theme import Theme
from ui.models.mapmarks import HEAT_STEP, Cluster, Marks, Patch, Shown, clusters, warmth

MARGIN = 256
CELL = 72.0
SPRITES = 2_500
"""More points than this in one picture are drawn as dots."""
BUDGET_S = 0.35
"""A picture that takes longer is shown with what it has, and drawn again at once."""
BUDGET_MOST_S = 2.0
"""Of a view that keeps still, each picture may take as long as the last, up to this."""
FADED = 0.4
BAND = 128
"""So many rows of a picture are scaled in one call: a millisecond or two's work."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be drawn: the view in points, pixels a point, the look, what stands on it."""

    number: int
    camera: Camera
    width: int
    height: int
    ratio: float
    theme: Theme
    shown: Shown
    ground: bool = True


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture and where it belongs: its left and top edge in points of the world at its zoom."""

    request: Request
    image: QImage
    left: float
    top: float
    scale: float
    whole: bool
    clusters: tuple[Cluster, ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class _Canvas:
    painter: QPainter
    request: Request
    left: float
    top: float
    scale: float
    wide: float
    high: float
    rest: Callable[[], None]
    room: Room = field(default_factory=Room)

    def at(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return x * self.scale - self.left, y * self.scale - self.top


class Studio:
    """Draws scenes, one at a time, on whichever worker asks."""

    def __init__(self, pictures: Pictures, family: str) -> None:
        self.pictures = pictures
        self._words = Words(family, pictures.turn.rest)
        self._symbols = Symbols(family)

    def draw(
        self, request: Request, ended: float = BUDGET_S, under: "Scene | None" = None
    ) -> Scene:
        """Draw a scene; where a tile is not there in time, what lies ``under`` it shows through.

        ``under``: the scene of before, if it is of the same look. Where it is of the same view and
        not whole, tiles get as long as all of it took: what is drawn anew each time is the less.
        """
        if under is not None and under.request.theme is not request.theme:
            under = None
        if under is not None and not under.whole and under.request.camera == request.camera:
            ended = max(ended, min(under.seconds, BUDGET_MOST_S))
        began = time.perf_counter()
        self.pictures.turn.begin()
        ratio = request.ratio
        zoom, pixels = self._level(request.camera.zoom, ratio)
        scale = pixels * 2.0**zoom / ratio
        wide = round((request.width + 2 * MARGIN) * ratio)
        high = round((request.height + 2 * MARGIN) * ratio)
        left = round(request.camera.x * scale * ratio - wide / 2)
        top = round(request.camera.y * scale * ratio - high / 2)
        image = filled(wide, high, request.theme.colour("map.beyond").rgb())
        painter = QPainter(image)
        if under is not None and not self._there(request, zoom, pixels, (left, top, wide, high)):
            _lay_under(painter, under, scale * ratio, left, top, self.pictures.turn.rest)
        try:
            whole, labels = self._ground(
                painter, request, zoom, pixels, left, top, wide, high, began + ended
            )
            painter.scale(ratio, ratio)
            canvas = _Canvas(
                painter, request, left / ratio, top / ratio, scale, wide / ratio, high / ratio,
                self.pictures.turn.rest,
            )  # fmt: skip
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _patches(canvas, request.shown.patches)
            if request.shown.heat is not None:
                _heat(canvas, request.shown.heat)
            found = self._points(canvas)
            words = [*_named(canvas), *placed(labels, scale, canvas.left, canvas.top)]
            self._words.write(
                painter, request.theme, request.camera.zoom, ratio, words, canvas.room
            )
        finally:
            painter.end()
        image.setDevicePixelRatio(ratio)
        seconds = time.perf_counter() - began
        return Scene(request, image, left / ratio, top / ratio, scale, whole, tuple(found), seconds)

    def _there(
        self, request: Request, zoom: int, pixels: int, box: tuple[int, int, int, int]
    ) -> bool:
        """Tell whether all tiles are drawn already."""
        camera = request.camera.zoom
        return all(
            self.pictures.held(Wanted((zoom, c, r), pixels, camera, request.ratio, request.theme))
            for c, r in _tiles_in(pixels, *box)
        )

    def _level(self, zoom: float, ratio: float) -> tuple[int, int]:
        """Give the zoom of the tiles, and how many pixels wide they are drawn."""
        least = self.pictures.source.about.low
        level = int(np.clip(round(zoom - 0.8), least, 22))
        return level, max(16, round(WORLD * 2 ** (zoom - level) * ratio))

    def _ground(
        self, painter: QPainter, request: Request, zoom: int, pixels: int, left: int, top: int,
        wide: int, high: int, until: float,
    ) -> tuple[bool, list[tuple[TileId, Label]]]:  # fmt: skip
        """Draw the tiles, those in the middle first; say whether all are there."""
        if not request.ground:
            return True, []
        tiles = _tiles_in(pixels, left, top, wide, high)
        middle = ((left + wide / 2) / pixels - 0.5, (top + high / 2) / pixels - 0.5)
        tiles.sort(key=lambda t: (t[0] - middle[0]) ** 2 + (t[1] - middle[1]) ** 2)
        homes: set[TileId] = set()
        labels: list[tuple[TileId, Label]] = []
        whole = True
        for c, r in tiles:
            if not 0 <= r < 1 << zoom or not 0 <= c < 1 << zoom:
                continue
            wanted = Wanted((zoom, c, r), pixels, request.camera.zoom, request.ratio, request.theme)
            image = self.pictures.held(wanted)
            if image is None:
                if time.perf_counter() > until:
                    whole = False
                    continue
                image = self.pictures.draw(wanted)
            self.pictures.turn.rest()
            painter.drawImage(c * pixels - left, r * pixels - top, image)
            home, names = self.pictures.labels((zoom, c, r))
            if home not in homes:
                labels += [(home, label) for label in names]
            homes.add(home)
        return whole, labels

    def _points(self, canvas: _Canvas) -> list[Cluster]:
        zoom, found = canvas.request.camera.zoom, list[Cluster]()
        for marks in canvas.request.shown.marks:
            if zoom < marks.least or not len(marks):
                continue
            x, y = canvas.at(marks.x, marks.y)
            inside = (x > -20) & (x < canvas.wide + 20) & (y > -20) & (y < canvas.high + 20)
            within = np.nonzero(inside)[0]
            if zoom < marks.cluster:
                groups = clusters(marks, within, CELL / canvas.scale)
                alone = [g for g in groups if g.count > 1]
                self._clusters(canvas, alone)
                found += alone
                within = _lonely(marks, within, alone)
            self._marks(canvas, marks, x, y, within)
        return found

    def _clusters(self, canvas: _Canvas, groups: Sequence[Cluster]) -> None:
        request = canvas.request
        for group in sorted(groups, key=lambda g: g.count):
            x, y = group.x * canvas.scale - canvas.left, group.y * canvas.scale - canvas.top
            image = self._symbols.cluster(request.theme, group.symbol, group.count, request.ratio)
            _stamp(canvas.painter, image, x, y, request.ratio)
            half = image.width() / request.ratio / 2 - 2
            canvas.room.take(QRectF(x - half, y - half, 2 * half, 2 * half))

    def _marks(
        self, canvas: _Canvas, marks: Marks, x: Floats, y: Floats, within: NDArray[np.intp]
    ) -> None:
        if len(within) > SPRITES:
            _dots(canvas, marks, x, y, within)
            return
        request = canvas.request
        if marks.reach is not None and marks.angle is not None and request.camera.zoom >= 14.5:
            _views(canvas, marks, x, y, within)
        # The gravest last: it lies on top.
        for n in within[np.argsort(-marks.look[within], kind="stable")].tolist():
            canvas.rest()
            symbol = marks.symbols[int(marks.look[n])]
            image = self._symbols.mark(request.theme, symbol, request.ratio)
            dim = marks.dim is not None and bool(marks.dim[n])
            canvas.painter.setOpacity(FADED if dim else 1.0)
            _stamp(canvas.painter, image, float(x[n]), float(y[n]), request.ratio)
            if marks.badge is not None and marks.badge[n]:
                badge = self._symbols.badge(
                    request.theme, int(marks.badge[n]), symbol.size, request.ratio
                )
                _stamp(canvas.painter, badge, float(x[n]), float(y[n]), request.ratio)
        canvas.painter.setOpacity(1.0)


def _tiles_in(pixels: int, left: int, top: int, wide: int, high: int) -> list[tuple[int, int]]:
    return [
        (c, r)
        for c in range(left // pixels, (left + wide) // pixels + 1)
        for r in range(top // pixels, (top + high) // pixels + 1)
    ]


def _lay_under(
    painter: QPainter, under: Scene, scale: float, left: int, top: int, rest: Callable[[], None]
) -> None:
    """Draw an earlier scene where it belongs, however large it was; ``scale`` is in pixels.

    Python is held while Qt scales: it is done in bands, and the worker may ``rest`` between.
    """
    grow = scale / under.scale
    ratio = under.image.devicePixelRatio()
    wide, high = under.image.width() / ratio * grow, under.image.height() / ratio * grow
    x, y = under.left * grow - left, under.top * grow - top
    room = painter.viewport()
    for begin in range(max(0, int(y)), min(room.height(), int(np.ceil(y + high))), BAND):
        rest()
        painter.setClipRect(0, begin, room.width(), BAND)
        painter.drawImage(QRectF(x, y, wide, high), under.image)
    painter.setClipping(False)


def _lonely(marks: Marks, within: NDArray[np.intp], groups: Sequence[Cluster]) -> NDArray[np.intp]:
    """Give the points that are in no cluster."""
    if not groups:
        return within
    grouped = np.zeros(len(marks), bool)
    grouped[np.concatenate([g.held for g in groups])] = True
    return within[~grouped[within]]


def _dots(canvas: _Canvas, marks: Marks, x: Floats, y: Floats, within: NDArray[np.intp]) -> None:
    """Draw many points at once; of those on one spot only the gravest is seen, and drawn."""
    look, theme = marks.look[within], canvas.request.theme
    near = canvas.request.camera.zoom >= 15
    size = 5.0 if not near else max(3.0, 0.55 * min(s.size for s in marks.symbols))
    spot = (y[within] // (size / 2)).astype(np.int64) * 40_000 + (x[within] // (size / 2)).astype(
        np.int64
    )
    order = np.lexsort((look, spot))
    fresh = np.ones(len(order), bool)
    fresh[1:] = spot[order][1:] != spot[order][:-1]
    within, look = within[order[fresh]], look[order[fresh]]
    for n in range(len(marks.symbols) - 1, -1, -1):
        mine = within[look == n]
        if len(mine):
            symbol = marks.symbols[n]
            pen = QPen(theme.colour(symbol.role), max(size, 0.5 * symbol.size if near else 0.0))
            canvas.painter.setPen(pen)
            draw_points(canvas.painter, np.column_stack([x[mine], y[mine]]), canvas.rest)


def _views(canvas: _Canvas, marks: Marks, x: Floats, y: Floats, within: NDArray[np.intp]) -> None:
    """Draw what cameras see."""
    if marks.turn is None or marks.reach is None or marks.angle is None:
        return
    theme, metres = canvas.request.theme, canvas.request.camera.metres
    canvas.painter.setPen(QPen(theme.faded("accent", 0.5), 1))
    canvas.painter.setBrush(theme.faded("accent", 0.13))
    for n in within.tolist():
        turn, far, wide = float(marks.turn[n]), float(marks.reach[n]), float(marks.angle[n])
        if np.isfinite(turn) and far > 0:
            r = far / metres
            box = QRectF(float(x[n]) - r, float(y[n]) - r, 2 * r, 2 * r)
            canvas.painter.drawPie(box, round((90 - turn - wide / 2) * 16), round(wide * 16))


def _patches(canvas: _Canvas, patches: Sequence[Patch]) -> None:
    theme = canvas.request.theme
    for patch in _seen(canvas, patches):
        canvas.rest()
        pen = QPen(theme.colour(patch.role), patch.width)
        if patch.dashed:
            pen.setDashPattern([5, 3])
        canvas.painter.setPen(pen)
        canvas.painter.setBrush(
            theme.faded(patch.role, patch.fill) if patch.fill else Qt.BrushStyle.NoBrush
        )
        for ring in patch.rings:
            x, y = canvas.at(ring[:, 0], ring[:, 1])
            points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
            if patch.fill:
                canvas.painter.drawPolygon(QPolygonF(points))
            else:
                canvas.painter.drawPolyline(QPolygonF(points))


def _seen(canvas: _Canvas, patches: Sequence[Patch]) -> Iterator[Patch]:
    """Give the areas and lines that reach into the picture."""
    left, top = canvas.left / canvas.scale, canvas.top / canvas.scale
    box = left, top, left + canvas.wide / canvas.scale, top + canvas.high / canvas.scale
    zoom = canvas.request.camera.zoom
    return (patch for patch in patches if patch.least <= zoom and patch.meets(box))


def _named(canvas: _Canvas) -> Iterator[tuple[float, float, Label]]:
    """Give the names of areas, each under the upper edge of its own."""
    for patch in _seen(canvas, canvas.request.shown.patches):
        if patch.name and patch.fill and len(patch.rings):
            x, y = canvas.at(patch.rings[0][:, 0], patch.rings[0][:, 1])
            yield (
                float((x.min() + x.max()) / 2),
                float(y.min()) + 14,
                Label(patch.name, "patch", "", 0, 0),
            )


def _heat(canvas: _Canvas, marks: Marks) -> None:
    columns, rows = int(canvas.wide // HEAT_STEP) + 1, int(canvas.high // HEAT_STEP) + 1
    x, y = canvas.at(marks.x, marks.y)
    heat = warmth(x / HEAT_STEP, y / HEAT_STEP, columns, rows)
    theme = canvas.request.theme
    roles = ("severity.IV", "severity.IV", "severity.III", "severity.II", "severity.I")
    parts = np.array([0.0, 0.28, 0.45, 0.62, 0.78])
    at = np.linspace(0, 1, len(roles))
    colours = np.array([[c.blueF(), c.greenF(), c.redF()] for c in map(theme.colour, roles)])
    alpha = np.interp(heat, at, parts)
    pixels: NDArray[np.float64] = np.empty((rows, columns, 4))
    for n in range(3):
        pixels[..., n] = np.interp(heat, at, colours[:, n]) * alpha
    pixels[..., 3] = alpha
    body = np.ascontiguousarray((pixels * 255).astype(np.uint8))
    image = QImage(body.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    canvas.painter.drawImage(QRectF(0, 0, columns * HEAT_STEP, rows * HEAT_STEP), image)


def _stamp(painter: QPainter, image: QImage, x: float, y: float, ratio: float) -> None:
    """Draw a picture round a point, on whole pixels."""
    left = round((x - image.width() / ratio / 2) * ratio) / ratio
    top = round((y - image.height() / ratio / 2) * ratio) / ratio
    painter.drawImage(QPointF(left, top), image)

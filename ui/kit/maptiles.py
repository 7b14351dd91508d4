"""Tiles as pictures: vector tiles drawn in the look that is worn, raster tiles as they come.

Pictures are made on workers and kept by what they show; the screen's thread only ever places them.
A picture has whole pixels, so that tiles lie side by side without a seam at any zoom.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QTransform

from console.domain.datum import Floats
from console.maps.package import TileId
from console.maps.source import Source
from console.maps.vector import BadTile, Label, Shape, Tile, decode
from ui.kit import arrays, mapstyle
from ui.kit.mapdegrees import FORMAT, assembled
from ui.kit.mapstyle import Line
from ui.kit.mapturn import Turn
from ui.kit.theme import Theme

KEPT_BYTES = 260_000_000
KEPT_TILES = 240
DIM, DIM_NIGHT = "map.beyond", 0.55
UNIT = 4_096.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture of a tile: which, how many pixels wide, at which zoom, in which look."""

    id: TileId
    pixels: int
    zoom: float
    ratio: float
    theme: Theme

    @property
    def key(self) -> tuple[object, ...]:
        return (*self.id, self.pixels, round(self.zoom, 3), self.theme.name)


class Pictures:
    """Draws tiles of one source and keeps what it drew; any thread may ask.

    Where a source that answers late has nothing yet, what lies ``under`` it is seen. ``over``: what
    is laid on it, as the names that a service gives apart; while they are not there, those of
    ``under`` serve.
    """

    def __init__(
        self, source: Source, under: Source | None = None, turn: Turn | None = None,
        over: Source | None = None,
    ) -> None:  # fmt: skip
        self.source = source
        self.turn = turn or Turn()
        self._under = Pictures(under, turn=self.turn) if under is not None else None
        self._over = Pictures(over, turn=self.turn) if over is not None else None
        self._lock = threading.Lock()
        self._drawn: OrderedDict[tuple[object, ...], QImage] = OrderedDict()
        self._bytes = 0
        self._read: OrderedDict[TileId, Tile | QImage | None] = OrderedDict()

    def held(self, wanted: Wanted) -> QImage | None:
        """Give a picture that is there already."""
        with self._lock:
            found = self._drawn.get(wanted.key)
            if found is not None:
                self._drawn.move_to_end(wanted.key)
            return found

    def draw(self, wanted: Wanted) -> QImage:
        """Give a picture, drawn now if it is not there; what the source lacks is bare ground."""
        found = self.held(wanted)
        if found is None:
            found, whole = self._draw(wanted)
            if whole:
                self._keep(wanted, found)
        return found

    def labels(self, id: TileId) -> tuple[TileId, Sequence[Label]]:
        """Give the names on a tile, and the data's tile that they are placed in."""
        home, _ = self.home(id)
        tile = self.tile(home)
        bare = tile is None or (self._over is not None and self._over.tile(home) is None)
        if self._under is not None and bare:
            return self._under.labels(id)
        return home, tile.labels if isinstance(tile, Tile) else ()

    def _draw(self, wanted: Wanted) -> tuple[QImage, bool]:
        """Give a picture, and whether all of it is there that may come."""
        home, box = self.home(wanted.id)
        tile = self.tile(home)
        over = self._over.tile(home) if self._over is not None else None
        if tile is None and self._under is not None:
            return self._under.draw(wanted), False
        image = QImage(wanted.pixels, wanted.pixels, QImage.Format.Format_RGB32)
        image.fill(wanted.theme.colour("map.beyond"))
        painter = QPainter(image)
        try:
            if isinstance(tile, Tile):
                _paint(painter, tile, wanted, box, self.turn.rest)
            elif tile is not None:
                _place(painter, tile, wanted, box, over if isinstance(over, QImage) else None)
        finally:
            painter.end()
        whole = (tile is not None or not self.source.late) and (
            over is not None or self._over is None
        )
        return image, whole

    def home(self, id: TileId) -> tuple[TileId, Box]:
        """Give the tile that has the data for a tile, and which part of it that tile is."""
        zoom, x, y = id
        deeper = max(0, zoom - self.source.about.high)
        n = 1 << deeper
        home = (zoom - deeper, x >> deeper, y >> deeper)
        left, top = (x - (home[1] << deeper)) / n, (y - (home[2] << deeper)) / n
        return home, (left, top, left + 1 / n, top + 1 / n)

    def tile(self, id: TileId) -> Tile | QImage | None:
        """Give what the source has for a tile, read and ready to be drawn; None: nothing, yet."""
        with self._lock:
            if id in self._read:
                self._read.move_to_end(id)
                return self._read[id]
        tile = self._fetched(id)
        with self._lock:
            if tile is not None or not self.source.late:
                self._read[id] = tile
            while len(self._read) > KEPT_TILES:
                self._read.popitem(last=False)
        return tile

    def _fetched(self, id: TileId) -> Tile | QImage | None:
        about = self.source.about
        if about.matrix == "c":
            return assembled(id, self.source.tile)
        body = self.source.tile(id)
        return _opened(body, about.form) if body else None

    def _keep(self, wanted: Wanted, image: QImage) -> None:
        with self._lock:
            self._drawn[wanted.key] = image
            self._bytes += image.sizeInBytes()
            while self._bytes > KEPT_BYTES:
                _, old = self._drawn.popitem(last=False)
                self._bytes -= old.sizeInBytes()


def _opened(body: bytes, form: str) -> Tile | QImage | None:
    if form == "pbf":
        try:
            return decode(body)
        except BadTile:
            return None
    image = QImage.fromData(body)
    if image.isNull():
        return None
    return image.convertToFormat(FORMAT if image.hasAlphaChannel() else QImage.Format.Format_RGB32)


def _place(painter: QPainter, image: QImage, wanted: Wanted, box: Box, over: QImage | None) -> None:
    """Draw a raster tile and what lies on it, darkened at night: both were made for paper."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    left, top, right, foot = box
    for each in (image, over) if over is not None else (image,):
        side = each.width()
        part = QRectF(left * side, top * side, (right - left) * side, (foot - top) * side)
        painter.drawImage(QRectF(0, 0, wanted.pixels, wanted.pixels), each, part)
    if wanted.theme.dark:
        shade = wanted.theme.faded(DIM, DIM_NIGHT)
        painter.fillRect(0, 0, wanted.pixels, wanted.pixels, shade)


def _paint(
    painter: QPainter, tile: Tile, wanted: Wanted, box: Box, rest: Callable[[], None]
) -> None:
    scale = wanted.pixels / (box[2] - box[0]) / UNIT
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(
        QTransform(scale, 0, 0, scale, -box[0] * UNIT * scale, -box[1] * UNIT * scale)
    )
    slack = (box[2] - box[0]) * 0.05
    room = (box[0] - slack, box[1] - slack, box[2] + slack, box[3] + slack)
    _areas(painter, tile.shapes, wanted, room, rest)
    _lines(painter, tile.shapes, wanted, room, rest)


def _areas(
    painter: QPainter, shapes: Sequence[Shape], wanted: Wanted, room: Box, rest: Callable[[], None]
) -> None:
    rules = mapstyle.sheet().area
    told = [(mapstyle.areas(s.kind, s.sort), s) for s in shapes if s.area]
    for rule, shape in sorted(
        ((r, s) for r, s in told if r is not None), key=lambda pair: rules.index(pair[0])
    ):
        if wanted.zoom < rule.least:
            continue
        rest()
        path = path_of(shape, room)
        path.setFillRule(Qt.FillRule.OddEvenFill)
        painter.setPen(Qt.PenStyle.NoPen)
        if rule.edge and wanted.zoom >= rule.least + 1:
            edge = QPen(wanted.theme.colour(rule.edge), wanted.ratio)
            edge.setCosmetic(True)
            painter.setPen(edge)
        painter.setBrush(mapstyle.brush(wanted.theme, rule))
        painter.drawPath(path)


def _lines(
    painter: QPainter, shapes: Sequence[Shape], wanted: Wanted, room: Box, rest: Callable[[], None]
) -> None:
    rules = mapstyle.sheet().line
    told: list[tuple[Line, QPainterPath]] = []
    for shape in shapes:
        rule = None if shape.area else mapstyle.lines(shape.kind, shape.sort)
        if rule is not None and wanted.zoom >= rule.least:
            told += [(rule, path) for path in paths_of(shape, room)]
    told.sort(key=lambda pair: rules.index(pair[0]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rule, path in told:
        rest()
        if (under := mapstyle.casing(wanted.theme, rule, wanted.zoom, wanted.ratio)) is not None:
            painter.strokePath(path, under)
    for rule, path in told:
        rest()
        painter.strokePath(path, mapstyle.pen(wanted.theme, rule, wanted.zoom, wanted.ratio))


def path_of(shape: Shape, room: Box) -> QPainterPath:
    """Give the path of what of a shape is in a part of the tile, in UNITs of the tile."""
    return _path(*_within(shape, room))


def paths_of(shape: Shape, room: Box) -> Iterator[QPainterPath]:
    """Give the same as several paths, each stroked in short time: Qt holds Python meanwhile."""
    points, sizes = _within(shape, room)
    ends = np.cumsum(sizes)
    for part in arrays.parts_of(sizes):
        first = int(ends[part.start - 1]) if part.start else 0
        yield _path(points[first : ends[part.stop - 1]], sizes[part])


def _within(shape: Shape, room: Box) -> tuple[Floats, NDArray[np.intp]]:
    """Give the points of those lines that are in a part of the tile, and how many each has."""
    xy, starts = shape.xy, shape.starts
    if not len(starts):
        return np.zeros((0, 2)), np.zeros(0, np.intp)
    low, high = np.minimum.reduceat(xy, starts), np.maximum.reduceat(xy, starts)
    keep = (high[:, 0] >= room[0]) & (low[:, 0] <= room[2])
    keep &= (high[:, 1] >= room[1]) & (low[:, 1] <= room[3])
    sizes = np.diff(np.append(starts, len(xy)))
    return xy[np.repeat(keep, sizes)].astype(np.float64) * UNIT, sizes[keep]


def _path(points: Floats, sizes: NDArray[np.intp]) -> QPainterPath:
    joined = np.ones(len(points), np.int32)
    joined[np.cumsum(sizes) - 1] = 0
    return arrays.path_of(points, joined)

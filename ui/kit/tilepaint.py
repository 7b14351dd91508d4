"""Paints one tile of the wall: its picture, its name, and whether the picture may be believed."""

from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap

from console.video.truth import Standing
from ui.kit.theme import Theme
from ui.kit.tilewords import WordPainter, letter, levels, lines_of
from ui.models.face import Face

AS_IT_IS = 1.02
EDGE = 2
CHOSEN = 3
DIM = {Standing.FROZEN: 0.62, Standing.LOST: 0.80, Standing.LATE: 0.0}
"""How much of the shade lies over a picture that is no longer true."""
SMOOTH = QPainter.RenderHint.SmoothPixmapTransform
Pixels = tuple[memoryview, int, int]
"""A picture in whole lines of four bytes a pixel, and its width and height."""


class Picture(NamedTuple):
    """A picture and which part of it is shown, of which size.

    ``owner`` keeps its memory while it is painted.
    """

    image: QImage
    part: QRectF
    size: tuple[float, float]
    owner: Pixels


def inside(tile: QRect, width: int, height: int) -> QRect:
    """Give where a picture of this shape lies in a tile: whole, in the middle."""
    if not width or not height:
        return tile
    scale = min(tile.width() / width, tile.height() / height)
    if 1.0 < scale <= AS_IT_IS:
        scale = 1.0  # to copy is a fifth of the work of stretching by a pixel
    wide, high = round(width * scale), round(height * scale)
    return QRect(tile.x() + (tile.width() - wide) // 2, tile.y() + (tile.height() - high) // 2,
                 wide, high)  # fmt: skip


def filling(tile: QRect, width: int, height: int) -> QRect:
    """Give the same, but in the corner where the picture fills its tile but for a line or two."""
    goal = inside(tile, width, height)
    if max(tile.width() - goal.width(), tile.height() - goal.height()) <= EDGE:
        goal.moveTo(tile.topLeft())
    return goal


@dataclass(slots=True)
class Drawn:
    """How a tile was painted last: words change seldom, pictures always.

    ``bar``: its words, and where they begin; its picture has the ``room`` above. ``goal``: where
    its picture of ``size`` lies, which may have been ``copied`` ``at`` its corner as it is, or
    stretched over its ``frame``, ``smooth`` or not. ``live``: the part
    of the tile that the next picture changes; ``still``: none of it, because words change with it.
    """

    face: Face
    rect: QRect
    room: QRect = field(default_factory=QRect)
    bar: QPixmap | None = None
    bar_at: QPoint = field(default_factory=QPoint)
    goal: QRect = field(default_factory=QRect)
    at: QPoint = field(default_factory=QPoint)
    frame: QRectF = field(default_factory=QRectF)
    size: tuple[float, float] = (0.0, 0.0)
    copied: bool = False
    smooth: bool = False
    live: QRect = field(default_factory=QRect)
    still: bool = True


class TilePainter:
    """Paints tiles with one painter, in the colours of a theme.

    ``drawn``: how each was painted last, by its number; to be emptied when colours change.
    """

    def __init__(
        self, painter: QPainter, theme: Theme, ratio: float, drawn: dict[int, Drawn], *,
        smooth: bool,
    ) -> None:  # fmt: skip
        self._painter = painter
        self._font = painter.font()
        self._theme = theme
        self._ratio = ratio
        self._drawn = drawn
        self._smooth = smooth

    def tile(self, rect: QRect, face: Face, picture: Picture | None, number: int = 0) -> None:
        """Paint one tile, all of it."""
        before = self._drawn.get(number)
        drawn = self._drawn[number] = Drawn(face, QRect(rect))
        if before is not None and before.face == face and before.rect == rect:
            drawn.room, drawn.bar, drawn.bar_at = before.room, before.bar, before.bar_at
        else:
            self._words(drawn)
        self._whole(drawn, picture)
        if face.standing is not None:
            self._veil(rect, face.standing, has_picture=picture is not None)
        if face.headline:
            words = WordPainter(self._painter, self._theme, self._font)
            words.middle(drawn.room, face, letter(rect))
        if drawn.bar is not None:
            self._painter.drawPixmap(drawn.bar_at, drawn.bar)
        line = self._edge(rect, face)
        veiled = face.headline or DIM.get(face.standing or Standing.LIVE)
        if picture is not None and not (veiled or face.figures or face.replay):
            drawn.live = drawn.goal & rect.adjusted(line, line, -line, -line)
            drawn.still = drawn.live.isEmpty()

    def _words(self, drawn: Drawn) -> None:
        """Draw the bar of words, and give the picture the room above it."""
        rect = drawn.rect
        lines = lines_of(drawn.face, rect, self._font)
        drawn.room = rect.adjusted(0, 0, 0, -lines.high)
        drawn.bar_at = QPoint(rect.x(), rect.bottom() - lines.high + 1)
        if not lines.high:
            return
        drawn.bar = bar = QPixmap(QSize(rect.width(), lines.high) * self._ratio)
        bar.setDevicePixelRatio(self._ratio)
        bar.fill(self._theme.colour("shade"))  # opaque: what lies below is not painted at all
        painter = QPainter(bar)
        whole = QRect(0, 0, rect.width(), lines.high)
        WordPainter(painter, self._theme, self._font).bar(whole, drawn.face, lines)
        painter.end()

    def _whole(self, drawn: Drawn, picture: Picture | None) -> None:
        """Paint a picture, and the surround where it does not reach."""
        rect, shade = drawn.rect, self._theme.colour("shade")
        if picture is None:
            self._painter.fillRect(rect, shade)
            return
        drawn.size = picture.size
        drawn.goal = goal = filling(drawn.room, round(drawn.size[0]), round(drawn.size[1]))
        if goal != rect:
            self._painter.fillRect(rect, shade)
        drawn.at, drawn.frame = goal.topLeft(), QRectF(goal)
        whole = picture.part.size().toSize() == picture.image.size()
        drawn.copied = whole and self._ratio == 1.0 and goal.size() == picture.image.size()
        same = round(goal.width() * self._ratio) == round(drawn.size[0])
        drawn.smooth = self._smooth and not same
        _put(self._painter, drawn, picture)

    def _veil(self, rect: QRect, standing: Standing, *, has_picture: bool) -> None:
        part = DIM.get(standing, 0.0)
        if part and has_picture:
            self._painter.fillRect(rect, self._theme.faded("shade", part))
        if standing is Standing.LOST:
            pen = QPen(self._theme.faded("lost", 0.35), max(1.0, rect.height() / 180))
            self._painter.setPen(pen)
            self._painter.drawLine(rect.topLeft(), rect.bottomRight())
            self._painter.drawLine(rect.topRight(), rect.bottomLeft())

    def _edge(self, rect: QRect, face: Face) -> int:
        """Paint the frame; give how far into the tile it goes."""
        pen = QPen(self._theme.colour("hairline"), 1)
        if face.replay:
            pen = QPen(self._theme.colour("accent"), 3)
        elif face.standing is Standing.LOST:
            pen = QPen(self._theme.colour("lost"), 1, Qt.PenStyle.DashLine)
        elif level := levels().get(face.level):
            pen = QPen(self._theme.colour(level.role), 2)
        self._painter.setPen(pen)
        self._painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if face.chosen:
            self._painter.setPen(QPen(self._theme.colour("focus"), CHOSEN))
            self._painter.drawRect(rect.adjusted(1, 1, -2, -2))
        return CHOSEN if face.chosen else pen.width()


def again(painter: QPainter, drawn: Drawn, picture: Picture) -> bool:
    """Paint only what a new picture changes; False where it lies otherwise than the last."""
    if drawn.size != picture.size:
        return False
    # Within one rectangle a picture is copied; within many it is filled in.
    painter.setClipRect(drawn.live)
    _put(painter, drawn, picture)
    return True


def _put(painter: QPainter, drawn: Drawn, picture: Picture) -> None:
    if drawn.copied:
        painter.drawImage(drawn.at, picture.image)
        return
    painter.setRenderHint(SMOOTH, drawn.smooth)
    painter.drawImage(drawn.frame, picture.image, picture.part)

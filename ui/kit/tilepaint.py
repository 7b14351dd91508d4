"""Paints one tile of the wall: its picture, its name, and whether the picture may be believed."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap

from console.video.truth import Standing
from ui.kit.delegates import FILLED, shape
from ui.kit.theme import Theme
from ui.models.face import Face
from ui.models.hands import Hand

SMALL, LARGE = 11, 24
AS_IT_IS = 1.02
EDGE = 2
BAR = 1.9
"""How high the bar of words is, in heights of their letters."""
DIM = {Standing.FROZEN: 0.62, Standing.LOST: 0.80, Standing.LATE: 0.0}
"""How much of the shade lies over a picture that is no longer true."""
LOOKS: dict[Standing, tuple[str, str]] = {
    Standing.WAITING: ("sand", "text.second"),
    Standing.LATE: ("chevron", "warning"),
    Standing.CONSTANT: ("bars", "warning"),
    Standing.COVERED: ("square", "warning"),
    Standing.BLACK: ("disc", "warning"),
    Standing.FROZEN: ("bars", "warning"),
    Standing.LOST: ("cross", "lost"),
}
"""The shape and the role in which a standing is told; a live picture needs neither."""
LEVELS = {"I": "diamond", "II": "triangle", "III": "square", "IV": "ring"}
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and which part of it is shown. ``owner`` keeps its memory while it is painted."""

    image: QImage
    part: QRectF
    owner: object


def letter(tile: QRect) -> int:
    """Give the height of letters (px) for a tile."""
    return max(SMALL, min(LARGE, round(min(tile.height() * 0.062, tile.width() * 0.035))))


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


@dataclass(slots=True)
class _Drawn:
    """The bar of words of a tile, as it was drawn last: words change seldom, pictures always."""

    face: Face
    rect: QRect
    bar: QPixmap


class Bars:
    """Keeps what is drawn of bars of words, by tile."""

    def __init__(self) -> None:
        self._drawn: dict[int, _Drawn] = {}

    def clear(self) -> None:
        """Forget all: colours or letters have changed."""
        self._drawn.clear()

    def of(self, number: int, face: Face, rect: QRect) -> QPixmap | None:
        """Give what was drawn of this face in this place, if it was the last."""
        found = self._drawn.get(number)
        return found.bar if found and found.face == face and found.rect == rect else None

    def put(self, number: int, face: Face, rect: QRect, bar: QPixmap) -> None:
        self._drawn[number] = _Drawn(face, rect, bar)


class TilePainter:
    """Paints tiles with one painter, in the colours of a theme."""

    def __init__(
        self, painter: QPainter, theme: Theme, ratio: float, bars: Bars, *, smooth: bool
    ) -> None:
        self._screen = self._painter = painter
        self._font = QFont(painter.font())
        self._theme = theme
        self._ratio = ratio
        self._bars = bars
        self._smooth = smooth
        self._shade = theme.colour("shade")
        self._hairline = QPen(theme.colour("hairline"), 1)

    def tile(self, rect: QRect, face: Face, picture: Picture | None, number: int = 0) -> None:
        """Paint one tile."""
        if picture is None or not self._picture(rect, picture):
            self._behind(rect, picture)
        size = letter(rect)
        if face.standing is not None:
            self._veil(rect, face.standing, has_picture=picture is not None)
        if face.headline:
            self._write(size)
            self._middle(rect, face, size)
        if face.name or face.above:
            self._words(rect, face, size, number)
        self._edge(rect, face)

    def _write(self, size: int) -> None:
        self._font.setPixelSize(size)
        self._painter.setFont(self._font)

    def _words(self, rect: QRect, face: Face, size: int, number: int) -> None:
        """Paint the bar of words; drawn anew only when it says something else."""
        lines = 1 + bool(face.above) + bool(face.replay) + bool(face.hand)
        high = lines * round(size * BAR)
        top = rect.bottom() - high + 1
        bar = self._bars.of(number, face, rect)
        if bar is None:
            bar = QPixmap(round(rect.width() * self._ratio), round(high * self._ratio))
            bar.setDevicePixelRatio(self._ratio)
            bar.fill(self._theme.faded("shade", 0.78))
            self._painter = QPainter(bar)
            self._write(size)
            self._bar(QRect(0, 0, rect.width(), high), face, size)
            self._painter.end()
            self._painter = self._screen
            self._bars.put(number, face, QRect(rect), bar)
        self._painter.drawPixmap(rect.x(), top, bar)

    def _behind(self, rect: QRect, picture: Picture | None) -> None:
        """Paint the surround, then the picture that does not fill its tile."""
        self._painter.fillRect(rect, self._shade)
        if picture is not None:
            self._draw(inside(rect, round(picture.part.width()), round(picture.part.height())),
                       picture)  # fmt: skip

    def _picture(self, rect: QRect, picture: Picture) -> bool:
        """Paint a picture that fills its tile but for a line or two; False when it does not."""
        goal = inside(rect, round(picture.part.width()), round(picture.part.height()))
        right, below = rect.width() - goal.width(), rect.height() - goal.height()
        if not (0 <= right <= EDGE and 0 <= below <= EDGE):
            return False
        goal.moveTo(rect.topLeft())
        self._draw(goal, picture)
        if right:
            self._painter.fillRect(goal.right() + 1, rect.y(), right, rect.height(), self._shade)
        if below:
            self._painter.fillRect(rect.x(), goal.bottom() + 1, rect.width(), below, self._shade)
        return True

    def _draw(self, goal: QRect, picture: Picture) -> None:
        same = round(goal.width() * self._ratio) == round(picture.part.width())
        if same and self._ratio == 1.0 and goal.size() == picture.image.size():
            self._painter.drawImage(goal.topLeft(), picture.image)
            return
        self._painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, self._smooth and not same
        )
        self._painter.drawImage(QRectF(goal), picture.image, picture.part)

    def _veil(self, rect: QRect, standing: Standing, *, has_picture: bool) -> None:
        part = DIM.get(standing, 0.0)
        if part and has_picture:
            self._painter.fillRect(rect, self._theme.faded("shade", part))
        if standing is Standing.LOST:
            pen = QPen(self._theme.faded("lost", 0.35), max(1.0, rect.height() / 180))
            self._painter.setPen(pen)
            self._painter.drawLine(rect.topLeft(), rect.bottomRight())
            self._painter.drawLine(rect.topRight(), rect.bottomLeft())

    def _middle(self, rect: QRect, face: Face, size: int) -> None:
        name, role = _look(face.standing, "text.caption")
        large = QFont(self._painter.font())
        large.setPixelSize(round(size * 1.25))
        metrics, small = QFontMetrics(large), self._painter.fontMetrics()
        glyph = round(size * 1.1) if name else 0
        gap = glyph // 2
        room = rect.width() - 4 * size
        headline = metrics.elidedText(face.headline, Qt.TextElideMode.ElideRight, room)
        detail = small.elidedText(face.detail, Qt.TextElideMode.ElideRight, room)
        wide = max(metrics.horizontalAdvance(headline) + glyph + gap,
                   small.horizontalAdvance(detail)) + 2 * size  # fmt: skip
        high = round(size * (4.6 if detail else 2.8))
        box = QRect(0, 0, wide, high)
        box.moveCenter(rect.center())
        self._painter.fillRect(box, self._theme.faded("shade", 0.82))
        first = QRect(box.x(), box.y() + size // 2, box.width(), round(size * 1.9))
        x = first.center().x() - (metrics.horizontalAdvance(headline) - glyph - gap) // 2
        if name:
            self._shape(name, role, QPointF(x - glyph - gap, first.center().y() - glyph / 2), glyph)
        small_font = QFont(self._painter.font())
        self._painter.setFont(large)
        self._painter.setPen(self._theme.colour(role))
        self._painter.drawText(QRect(x, first.y(), first.width(), first.height()), int(LEFT),
                               headline)  # fmt: skip
        self._painter.setFont(small_font)
        if detail:
            self._painter.setPen(self._theme.colour("text"))
            second = QRect(box.x(), first.bottom(), box.width(), round(size * 1.7))
            self._painter.drawText(second, int(CENTRE), detail)

    def _bar(self, rect: QRect, face: Face, size: int) -> None:
        """Paint the name and its marks below; over them, why an alarm or the spot is here.

        Not at the top: there cameras write their own name and time.
        """
        high = round(size * BAR)
        bar = QRect(rect.x(), rect.bottom() - high + 1, rect.width(), high)
        if face.replay:
            self._then(QRect(rect.x(), rect.y(), rect.width(), high), face, size)
        inner = bar.adjusted(size // 2, 0, -size // 2, 0)
        wide = self._marks(inner, face, size)
        x = inner.x()
        if face.pinned:
            self._shape("square", "accent", QPointF(x, bar.center().y() - size * 0.35),
                        round(size * 0.7))  # fmt: skip
            x += size
        room = inner.width() - wide - size - (x - inner.x())
        metrics = self._painter.fontMetrics()
        words = metrics.elidedText(face.name, Qt.TextElideMode.ElideMiddle, max(room, size))
        self._painter.setPen(self._theme.colour("text"))
        self._painter.drawText(QRect(x, bar.y(), max(room, size), high), int(LEFT), words)
        if face.above:
            self._above(bar.translated(0, -high), face, size)
        if face.hand is not None:
            self._hand(bar.translated(0, -high * (2 if face.above else 1)), face.hand, size)

    def _hand(self, bar: QRect, hand: Hand, size: int) -> None:
        """Say who steers this camera: in the colour of what is chosen where it is this seat."""
        if hand.mine:
            self._painter.fillRect(bar, self._theme.colour("accent"))
        inner = bar.adjusted(size // 2, 0, -size // 2, 0)
        words = self._painter.fontMetrics().elidedText(
            hand.words, Qt.TextElideMode.ElideRight, inner.width()
        )
        self._painter.setPen(self._theme.colour("accent.text" if hand.mine else "warning"))
        self._painter.drawText(inner, int(LEFT), words)

    def _marks(self, inner: QRect, face: Face, size: int) -> int:
        """Paint what stands at the right of the bar; give how wide it is."""
        right = "  ".join(part for part in (face.zoom, face.figures, face.mark) if part)
        if not right:
            return 0
        wide = self._painter.fontMetrics().horizontalAdvance(right)
        name, role = _look(face.standing, "text.second")
        self._painter.setPen(self._theme.colour(role if face.mark else "text.second"))
        self._painter.drawText(inner, int(RIGHT), right)
        if not name or not face.mark:
            return wide
        at = QPointF(inner.right() - wide - size * 1.1, inner.center().y() - size * 0.38)
        self._shape(name, role, at, round(size * 0.8))
        return wide + round(size * 1.2)

    def _above(self, bar: QRect, face: Face, size: int) -> None:
        x = bar.x() + size // 2
        if face.level in LEVELS:
            glyph = round(size * 0.8)
            role = f"severity.{face.level}"
            self._shape(LEVELS[face.level], role, QPointF(x, bar.center().y() - glyph / 2), glyph)
            x += round(size * 1.3)
        room = bar.right() - x - size // 2
        words = self._painter.fontMetrics().elidedText(
            face.above, Qt.TextElideMode.ElideRight, room
        )
        self._painter.setPen(self._theme.colour("text.second"))
        self._painter.drawText(QRect(x, bar.y(), room, bar.height()), int(LEFT), words)

    def _then(self, bar: QRect, face: Face, size: int) -> None:
        """Say across the whole tile that this is not now."""
        self._painter.fillRect(bar, self._theme.colour("accent"))
        glyph = round(size * 0.8)
        at = QPointF(bar.x() + size * 0.6, bar.center().y() - glyph / 2)
        self._shape("again", "accent.text", at, glyph)
        self._painter.setPen(self._theme.colour("accent.text"))
        words = self._painter.fontMetrics().elidedText(
            face.replay, Qt.TextElideMode.ElideRight, bar.width() - 3 * size
        )
        self._painter.drawText(bar.adjusted(2 * size, 0, 0, 0), int(LEFT), words)

    def _edge(self, rect: QRect, face: Face) -> None:
        if face.replay:
            self._painter.setPen(QPen(self._theme.colour("accent"), 3))
        elif face.standing is Standing.LOST:
            self._painter.setPen(QPen(self._theme.colour("lost"), 1, Qt.PenStyle.DashLine))
        elif face.level in LEVELS:
            self._painter.setPen(QPen(self._theme.colour(f"severity.{face.level}"), 2))
        else:
            self._painter.setPen(self._hairline)
        self._painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if face.chosen:
            self._painter.setPen(QPen(self._theme.colour("focus"), 3))
            self._painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _shape(self, name: str, role: str, at: QPointF, size: int) -> None:
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.translate(at)
        self._painter.scale(size / 10, size / 10)
        if name in FILLED:
            self._painter.fillPath(shape(name), self._theme.colour(role))
        else:
            self._painter.strokePath(shape(name), QPen(self._theme.colour(role), 1.6))
        self._painter.restore()


def _look(standing: Standing | None, usual: str) -> tuple[str, str]:
    """Give the shape and the role in which a standing is told."""
    return ("", usual) if standing is None else LOOKS.get(standing, ("", usual))

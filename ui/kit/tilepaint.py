"""Paints one tile of the wall: its picture, its name, and whether the picture may be believed."""

from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap

from console.video.truth import Standing
from ui.kit.delegates import FILLED, shape
from ui.kit.theme import Theme
from ui.models.face import Face
from ui.models.hands import Hand

SMALL, LARGE = 11, 24
AS_IT_IS = 1.02
EDGE = 2
CHOSEN = 3
BAR = 1.9
"""How high the bar of words is, in heights of their letters."""
TIGHT = 1.45
"""The same of a line of two that belong together."""
MOST = 1 / 3
"""No more of a tile than this is given to words for the sake of a second line."""
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


class Picture(NamedTuple):
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


def filling(tile: QRect, width: int, height: int) -> QRect:
    """Give the same, but in the corner where the picture fills its tile but for a line or two."""
    goal = inside(tile, width, height)
    if max(tile.width() - goal.width(), tile.height() - goal.height()) <= EDGE:
        goal.moveTo(tile.topLeft())
    return goal


@dataclass(slots=True)
class Drawn:
    """How a tile was painted last: words change seldom, pictures always.

    ``bar``: its words, and where they begin. ``goal``: where its picture of ``size`` lies, which
    may have been ``copied`` there as it is. ``live``: the part of the tile that the next picture
    changes, empty where words change with it.
    """

    face: Face
    rect: QRect
    bar: QPixmap | None = None
    bar_at: QPoint = field(default_factory=QPoint)
    goal: QRect = field(default_factory=QRect)
    at: QPoint = field(default_factory=QPoint)
    size: tuple[float, float] = (0.0, 0.0)
    copied: bool = False
    live: QRect = field(default_factory=QRect)


class TilePainter:
    """Paints tiles with one painter, in the colours of a theme.

    ``drawn``: how each was painted last, by its number; to be emptied when colours change.
    """

    def __init__(
        self, painter: QPainter, theme: Theme, ratio: float, drawn: dict[int, Drawn], *,
        smooth: bool,
    ) -> None:  # fmt: skip
        self._screen = self._painter = painter
        self._theme = theme
        self._ratio = ratio
        self._drawn = drawn
        self._smooth = smooth

    def tile(self, rect: QRect, face: Face, picture: Picture | None, number: int = 0) -> None:
        """Paint one tile, all of it."""
        before = self._drawn.get(number)
        drawn = self._drawn[number] = Drawn(face, QRect(rect))
        if before is not None and before.face == face and before.rect == rect:
            drawn.bar, drawn.bar_at = before.bar, before.bar_at
        self._whole(drawn, picture)
        size = letter(rect)
        if face.standing is not None:
            self._veil(rect, face.standing, has_picture=picture is not None)
        if face.headline:
            self._write(size)
            self._middle(rect, face, size)
        if face.name or face.above or face.why:
            self._words(drawn, size)
        line = self._edge(rect, face)
        veiled = face.headline or DIM.get(face.standing or Standing.LIVE)
        if picture is not None and not (veiled or face.figures or face.replay):
            foot = line if drawn.bar is None else rect.bottom() + 1 - drawn.bar_at.y()
            drawn.live = drawn.goal & rect.adjusted(line, line, -line, -foot)

    def again(self, drawn: Drawn, picture: Picture) -> bool:
        """Paint only what a new picture changes; False where it lies otherwise than the last."""
        part = picture.part
        if drawn.size != (part.width(), part.height()):
            return False
        if drawn.copied:
            self._painter.drawImage(drawn.at, picture.image)
        else:
            self._draw(drawn.goal, picture)
        return True

    def _write(self, size: int) -> None:
        font = QFont(self._screen.font())
        font.setPixelSize(size)
        self._painter.setFont(font)

    def _words(self, drawn: Drawn, size: int) -> None:
        """Paint the bar of words; drawn anew only when it says something else."""
        face, rect = drawn.face, drawn.rect
        if drawn.bar is None:
            high = (1 + bool(face.replay) + bool(face.hand)) * round(size * BAR)
            above = self._above_lines(face, size, rect.width(), round(rect.height() * MOST) - high)
            high += _high(above, size)
            drawn.bar_at = QPoint(rect.x(), rect.bottom() - high + 1)
            drawn.bar = bar = QPixmap(round(rect.width() * self._ratio), round(high * self._ratio))
            bar.setDevicePixelRatio(self._ratio)
            bar.fill(self._theme.colour("shade"))  # opaque: what lies below is not painted at all
            self._painter = QPainter(bar)
            self._write(size)
            self._bar(QRect(0, 0, rect.width(), high), face, above, size)
            self._painter.end()
            self._painter = self._screen
        self._painter.drawPixmap(drawn.bar_at, drawn.bar)

    def _whole(self, drawn: Drawn, picture: Picture | None) -> None:
        """Paint a picture, and the surround where it does not reach."""
        rect, shade = drawn.rect, self._theme.colour("shade")
        if picture is None:
            self._painter.fillRect(rect, shade)
            return
        drawn.size = picture.part.width(), picture.part.height()
        drawn.goal = goal = filling(rect, round(drawn.size[0]), round(drawn.size[1]))
        if goal != rect:
            self._painter.fillRect(rect, shade)
        drawn.at = goal.topLeft()
        whole = picture.part.size().toSize() == picture.image.size()
        drawn.copied = whole and self._ratio == 1.0 and goal.size() == picture.image.size()
        if drawn.copied:
            self._painter.drawImage(drawn.at, picture.image)
        else:
            self._draw(goal, picture)

    def _draw(self, goal: QRect, picture: Picture) -> None:
        same = round(goal.width() * self._ratio) == round(picture.part.width())
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

    def _above_lines(self, face: Face, size: int, wide: int, most: int) -> tuple[str, ...]:
        """Give what stands over the name: one line, or two where one would be cut.

        ``most``: how high both may be, in all.
        """
        parts = tuple(part for part in (face.above, face.why) if part)
        self._write(size)
        joined = "  ".join(parts)
        room = wide - _glyph_room(face, size) - size // 2
        fits = self._painter.fontMetrics().horizontalAdvance(joined) <= room
        return (joined,) if len(parts) > 1 and (fits or _high(parts, size) > most) else parts

    def _bar(self, rect: QRect, face: Face, above: tuple[str, ...], size: int) -> None:
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
        over = _high(above, size)
        self._above(QRect(bar.x(), bar.y() - over, bar.width(), over), face, above, size)
        if face.hand is not None:
            self._hand(bar.translated(0, -over - high), face.hand, size)

    def _hand(self, bar: QRect, hand: Hand, size: int) -> None:
        """Say who steers this camera: in the colour of what is chosen where it is this seat.

        One that may move on without a hand is told in the colour of a warning.
        """
        if hand.unsure or hand.mine:
            self._painter.fillRect(bar, self._theme.colour("warning" if hand.unsure else "accent"))
        inner = bar.adjusted(size // 2, 0, -size // 2, 0)
        words = self._painter.fontMetrics().elidedText(
            hand.words, Qt.TextElideMode.ElideRight, inner.width()
        )
        self._painter.setPen(
            self._theme.colour("accent.text" if hand.unsure or hand.mine else "warning")
        )
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

    def _above(self, bar: QRect, face: Face, above: tuple[str, ...], size: int) -> None:
        if not above:
            return
        high = bar.height() // len(above)
        if face.level in LEVELS:
            glyph = round(size * 0.8)
            role, y = f"severity.{face.level}", bar.y() + (high - glyph) / 2
            self._shape(LEVELS[face.level], role, QPointF(bar.x() + size // 2, y), glyph)
        x = bar.x() + _glyph_room(face, size)
        room = bar.right() - x - size // 2
        self._painter.setPen(self._theme.colour("text.second"))
        for n, line in enumerate(above):
            words = self._painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room)
            self._painter.drawText(QRect(x, bar.y() + n * high, room, high), int(LEFT), words)

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

    def _edge(self, rect: QRect, face: Face) -> int:
        """Paint the frame; give how far into the tile it goes."""
        pen = QPen(self._theme.colour("hairline"), 1)
        if face.replay:
            pen = QPen(self._theme.colour("accent"), 3)
        elif face.standing is Standing.LOST:
            pen = QPen(self._theme.colour("lost"), 1, Qt.PenStyle.DashLine)
        elif face.level in LEVELS:
            pen = QPen(self._theme.colour(f"severity.{face.level}"), 2)
        self._painter.setPen(pen)
        self._painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if face.chosen:
            self._painter.setPen(QPen(self._theme.colour("focus"), CHOSEN))
            self._painter.drawRect(rect.adjusted(1, 1, -2, -2))
        return CHOSEN if face.chosen else pen.width()

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


def _high(above: tuple[str, ...], size: int) -> int:
    """Give how high the lines are that stand over the name."""
    return len(above) * round(size * (TIGHT if len(above) > 1 else BAR))


def _glyph_room(face: Face, size: int) -> int:
    """Give where words begin that stand after the shape of a level."""
    return size // 2 + (round(size * 1.3) if face.level in LEVELS else 0)


def _look(standing: Standing | None, usual: str) -> tuple[str, str]:
    """Give the shape and the role in which a standing is told."""
    return ("", usual) if standing is None else LOOKS.get(standing, ("", usual))

"""The words of a tile: which of them have room, in a bar below its picture, and in its middle.

They never lie over a picture that can be believed: at its edges cameras write their own place and
time, by which a person sees that it is the camera that was meant.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from console.video.truth import Standing
from ui.kit.delegates import FILLED, shape
from ui.kit.theme import Theme
from ui.models import columns
from ui.models.columns import Standing as Level
from ui.models.face import Face
from ui.models.hands import Hand

SMALL, LARGE = 11, 24
BAR, TIGHT = 1.8, 1.35
"""How high a line of words is, in heights of its letters: alone, and each of more after it."""
MOST = 1 / 3
"""No more of a tile's height than this is given to words for the sake of more lines."""
HEADLINE, LOUD, WIDE = 1.25, 2.0, 0.7
"""How large the words in the middle are; those of a picture that is not true, where they take no
more than this part of its width."""
SAID_LOUD = frozenset((Standing.COVERED, Standing.BLACK, Standing.FROZEN, Standing.LOST))
SAID_FILLED = frozenset((Standing.CONSTANT,))
"""Marked on a plate of its colour: there is a picture, but it looks as if it were live."""
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
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
UNMARKED = "routine"
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WRAPPED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


@cache
def levels() -> Mapping[str, Level]:
    """Give the shape and the role of each level, as in tables; what is routine is not marked."""
    scale = columns.read().scale["level"]
    return {name: level for name, level in scale.items() if name != UNMARKED}


def letter(tile: QRect) -> int:
    """Give the height of letters (px) for a tile."""
    return max(SMALL, min(LARGE, round(min(tile.height() * 0.062, tile.width() * 0.035))))


class Lines(NamedTuple):
    """The bar of a tile: letters of ``size``, ``high`` in all (px).

    ``over``: for what it is here, on a line of its own; ``why``: why this camera, the same;
    ``beside``: that beside the name, where it has room there.
    """

    size: int
    high: int
    over: str = ""
    why: str = ""
    beside: str = ""


def lines_of(face: Face, tile: QRect, font: QFont) -> Lines:
    """Choose what of a tile's words stands in its bar: the fullest that is not cut."""
    size = letter(tile)
    if not (face.name or face.above or face.why):
        return Lines(size, 0)
    metrics = QFontMetrics(sized(font, size))
    extra = bool(face.replay) + bool(face.hand)
    most = 1 + max(0, int((tile.height() * MOST / size - BAR * (1 + extra)) / TIGHT))
    over = face.above if most > 1 else ""
    room = tile.width() - size * 2 - metrics.horizontalAdvance(face.name + _right(face))
    room -= round(size * 1.2) * (bool(face.mark) + face.pinned)
    beside = _first(face.why[:2], metrics, room) if face.name else ""
    why = ""
    if face.why and not beside:
        if most > 1 + bool(over):
            why = _first(face.why, metrics, tile.width() - _indent(face, size) - size // 2)
            why = why or face.why[-1]
        else:
            beside = _first(face.why, metrics, room)
    lines = bool(face.name) + bool(over) + bool(why)
    high = round(size * (BAR + TIGHT * (lines - 1))) + extra * round(size * BAR)
    return Lines(size, high, over, why, beside)


def room_of(face: Face, tile: QRect, font: QFont) -> QSize:
    """Give how large (px) the picture of a tile may be: what its words leave of it."""
    return QSize(tile.width(), max(1, tile.height() - lines_of(face, tile, font).high))


def sized(font: QFont, size: int) -> QFont:
    made = QFont(font)
    made.setPixelSize(size)
    return made


class WordPainter:
    """Paints the words of one tile, in the colours of a theme."""

    def __init__(self, painter: QPainter, theme: Theme, font: QFont) -> None:
        self._painter = painter
        self._theme = theme
        self._font = font

    def bar(self, rect: QRect, face: Face, lines: Lines) -> None:
        """Paint the bar: what is seen again, who steers, for what and why, and the name last."""
        size, y = lines.size, rect.y()
        self._write(size)
        if face.replay:
            y += self._then(QRect(rect.x(), y, rect.width(), round(size * BAR)), face, size)
        if face.hand is not None:
            y += self._hand(QRect(rect.x(), y, rect.width(), round(size * BAR)), face.hand, size)
        y += round(size * (BAR - TIGHT) / 2)
        indent = _indent(face, size) if lines.over else size // 2
        if lines.over:
            self._level(QRect(rect.x(), y, rect.width(), round(size * TIGHT)), face, size)
        for words, role in ((lines.over, "text"), (lines.why, "text.second")):
            if words:
                line = QRect(rect.x() + indent, y, rect.width() - indent, round(size * TIGHT))
                self._line(line.adjusted(0, 0, -size // 2, 0), words, role)
                y += line.height()
        if face.name:
            self._name(QRect(rect.x(), y, rect.width(), round(size * TIGHT)), face, lines)

    def middle(self, rect: QRect, face: Face, size: int) -> None:
        """Say in the middle of a tile, as large as it fits, why there is no picture to believe."""
        name, role = LOOKS.get(face.standing or Standing.LIVE, ("", "text.caption"))
        room = QRect(0, 0, max(size, rect.width() - 3 * size), rect.height())
        large = self._headline(face, round(room.width() * WIDE), size)
        metrics, small = QFontMetrics(large), QFontMetrics(sized(self._font, size))
        glyph = round(large.pixelSize() * 0.9) if name else 0
        gap = round(glyph * 0.6)
        head = metrics.boundingRect(room.adjusted(0, 0, -glyph - gap, 0), WRAPPED, face.headline)
        body = small.boundingRect(room, WRAPPED, face.detail) if face.detail else QRect()
        if head.height() + body.height() + 2 * size > rect.height():
            body = QRect()
        box = QRect(0, 0, max(head.width() + glyph + gap, body.width()) + 2 * size,
                    head.height() + body.height() + round(size * 1.2))  # fmt: skip
        box.moveCenter(rect.center())
        self._painter.fillRect(box, self._theme.faded("shade", 0.82))
        head.moveTopLeft(box.topLeft())
        head.translate((box.width() - head.width() + glyph + gap) // 2, round(size * 0.6))
        if name:
            at = QPointF(head.x() - glyph - gap, head.center().y() - glyph / 2)
            self._shape(name, role, at, glyph)
        self._say(head, WRAPPED, face.headline, role, large)
        if not body.isEmpty():
            below = QRect(box.x(), head.bottom() + 1, box.width(), body.height())
            self._say(below.adjusted(size, 0, -size, 0), WRAPPED, face.detail, "text",
                      sized(self._font, size))  # fmt: skip

    def _headline(self, face: Face, room: int, size: int) -> QFont:
        """Give the largest letters in which a headline is one line; it may be more in the least."""
        least = round(size * HEADLINE)
        loud = round(size * LOUD) if face.standing in SAID_LOUD else least
        for pixels in range(loud, least, -1):
            made = sized(self._font, pixels)
            if QFontMetrics(made).horizontalAdvance(face.headline) <= room:
                return made
        return sized(self._font, least)

    def _say(self, rect: QRect, how: int, words: str, role: str, font: QFont) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour(role))
        self._painter.drawText(rect, how, words)

    def _name(self, line: QRect, face: Face, lines: Lines) -> None:
        """Paint the name, why it is here beside it, and its marks at the right."""
        size, x = lines.size, line.x() + lines.size // 2
        inner = line.adjusted(size // 2, 0, -size // 2, 0)
        wide = self._marks(inner, face, size)
        if not lines.over:
            x += self._level(line, face, size)
        if face.pinned:
            at = QPointF(x, line.center().y() - size * 0.35)
            self._shape("square", "accent", at, round(size * 0.7))
            x += size
        room = max(size, inner.right() - wide - x - (size // 2 if wide else 0))
        metrics = self._painter.fontMetrics()
        words = metrics.elidedText(face.name, Qt.TextElideMode.ElideMiddle, room)
        self._painter.setPen(self._theme.colour("text"))
        self._painter.drawText(QRect(x, line.y(), room, line.height()), int(LEFT), words)
        if lines.beside:
            after = metrics.horizontalAdvance(words) + size
            self._painter.setPen(self._theme.colour("text.second"))
            beside = QRect(x + after, line.y(), max(size, room - after), line.height())
            self._painter.drawText(beside, int(LEFT), lines.beside)

    def _line(self, line: QRect, words: str, role: str) -> None:
        metrics = self._painter.fontMetrics()
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        self._painter.setPen(self._theme.colour(role))
        self._painter.drawText(line, int(LEFT), words)

    def _level(self, line: QRect, face: Face, size: int) -> int:
        """Paint the shape of a level, where there is one; give how much room that takes."""
        level = levels().get(face.level)
        if level is None:
            return 0
        glyph = round(size * 0.8)
        at = QPointF(line.x() + size // 2, line.y() + (line.height() - glyph) / 2)
        self._shape(level.glyph, level.role, at, glyph)
        return round(size * 1.3)

    def _hand(self, bar: QRect, hand: Hand, size: int) -> int:
        """Say who steers this camera: in the colour of what is chosen where it is this seat.

        One that may move on without a hand is told in the colour of a warning.
        """
        if hand.unsure or hand.mine:
            self._painter.fillRect(bar, self._theme.colour("warning" if hand.unsure else "accent"))
        inner = bar.adjusted(size // 2, 0, -size // 2, 0)
        metrics = self._painter.fontMetrics()
        words = metrics.elidedText(hand.words, Qt.TextElideMode.ElideRight, inner.width())
        role = "accent.text" if hand.unsure or hand.mine else "warning"
        self._painter.setPen(self._theme.colour(role))
        self._painter.drawText(inner, int(LEFT), words)
        return bar.height()

    def _then(self, bar: QRect, face: Face, size: int) -> int:
        """Say across the whole tile that this is not now."""
        self._painter.fillRect(bar, self._theme.colour("accent"))
        glyph = round(size * 0.8)
        at = QPointF(bar.x() + size * 0.6, bar.center().y() - glyph / 2)
        self._shape("again", "accent.text", at, glyph)
        self._painter.setPen(self._theme.colour("accent.text"))
        metrics = self._painter.fontMetrics()
        room = bar.width() - 3 * size
        words = metrics.elidedText(face.replay, Qt.TextElideMode.ElideRight, room)
        self._painter.drawText(bar.adjusted(2 * size, 0, 0, 0), int(LEFT), words)
        return bar.height()

    def _marks(self, inner: QRect, face: Face, size: int) -> int:
        """Paint what stands at the right of the bar; give how wide it is."""
        right = _right(face)
        if not right:
            return 0
        wide = self._painter.fontMetrics().horizontalAdvance(right)
        name, role = LOOKS.get(face.standing or Standing.LIVE, ("", "text.second"))
        whole = wide + round(size * 1.2) if face.mark and name else wide
        if face.standing in SAID_FILLED and face.mark:
            left = inner.right() - whole - size // 2
            plate = QRect(left, inner.y(), whole + size, inner.height())
            self._painter.fillRect(plate, self._theme.colour(role))
            role = "accent.text"
        self._painter.setPen(self._theme.colour(role if face.mark else "text.second"))
        self._painter.drawText(inner, int(RIGHT), right)
        if face.mark and name:
            at = QPointF(inner.right() - wide - size * 1.1, inner.center().y() - size * 0.38)
            self._shape(name, role, at, round(size * 0.8))
        return whole

    def _write(self, size: int) -> None:
        self._painter.setFont(sized(self._font, size))

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


def _right(face: Face) -> str:
    return "  ".join(part for part in (face.zoom, face.figures, face.mark) if part)


def _first(ways: Iterable[str], metrics: QFontMetrics, room: int) -> str:
    """Give the first way of saying it that fits; "" where none does."""
    return next((words for words in ways if metrics.horizontalAdvance(words) <= room), "")


def _indent(face: Face, size: int) -> int:
    """Give where words begin that stand after the shape of a level."""
    return size // 2 + (round(size * 1.3) if face.level in levels() else 0)

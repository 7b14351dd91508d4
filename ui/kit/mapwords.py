"""Names on a map: each where nothing stands yet, the more important first, with a halo round it."""

from collections import OrderedDict
from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from console.maps.package import TileId
from console.maps.vector import Label
from ui.kit import fonts, mapstyle
from ui.kit.theme import Theme

HALO = 3.2
PAD = 3.0
KEPT = 1_500
CELL = 32.0
AGAIN = 260.0
"""The same name does not stand again within so many points."""
MOVED, ASIDE = 0, ((0, 0), (0, -24), (0, 24), (0, -44), (0, 44), (58, 0), (-58, 0), (0, 64))
"""The foremost names may stand a little aside, where their own place is taken."""
FLAT = 4.0
"""A name along a line turned less than this many degrees is written straight."""


class Room:
    """What of a picture is taken already, as boxes in a coarse grid."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, int], list[QRectF]] = {}

    def take(self, box: QRectF) -> bool:
        """Take a box, if it is free; say whether it was."""
        cells = [
            (c, r)
            for c in range(int(box.left() // CELL), int(box.right() // CELL) + 1)
            for r in range(int(box.top() // CELL), int(box.bottom() // CELL) + 1)
        ]
        if any(box.intersects(held) for cell in cells for held in self._taken.get(cell, ())):
            return False
        for cell in cells:
            self._taken.setdefault(cell, []).append(box)
        return True


class Words:
    """Writes names; keeps their pictures. Used by one worker at a time."""

    def __init__(self, family: str, rest: Callable[[], None]) -> None:
        self._family = family
        self._rest = rest
        self._kept: OrderedDict[tuple[object, ...], QImage] = OrderedDict()

    def write(
        self, painter: QPainter, theme: Theme, zoom: float, ratio: float,
        labels: Iterable[tuple[float, float, Label]], room: Room,
    ) -> int:  # fmt: skip
        """Write labels (x, y in points) where there is room; say how many stand."""
        seen: dict[str, list[tuple[float, float]]] = {}
        count = 0
        for x, y, label in sorted(labels, key=lambda each: (each[2].rank, each[2].text)):
            self._rest()
            rule = mapstyle.word(label.kind)
            if rule is None or not rule.least <= zoom < rule.most:
                continue
            near = seen.setdefault(label.text, [])
            if any(abs(x - a) + abs(y - b) < AGAIN for a, b in near):
                continue
            image = self.picture(theme, label.text, rule, zoom, ratio)
            turn = label.turn if abs(label.turn) > FLAT else 0.0
            for right, down in ASIDE if label.rank <= MOVED and not turn else ASIDE[:1]:
                at = (x + right, y + down)
                if room.take(_box(image, *at, turn, ratio)):
                    near.append(at)
                    _put(painter, image, *at, turn, ratio)
                    count += 1
                    break
        return count

    def picture(
        self, theme: Theme, text: str, rule: mapstyle.Word, zoom: float, ratio: float
    ) -> QImage:
        """Give the picture of a name."""
        size = round(mapstyle.at(rule.size, zoom))
        key = (text, rule.kind, size, ratio, theme.name)
        found = self._kept.get(key)
        if found is None:
            font = fonts.font(self._family, size)
            font.setBold(rule.bold)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, rule.space)
            found = self._kept[key] = haloed(theme, text, font, rule.role, ratio)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found


def haloed(theme: Theme, text: str, font: QFont, role: str, ratio: float) -> QImage:
    """Draw words with a halo in the colour of the ground."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(PAD, QFontMetricsF(font).ascent() + PAD, font, text)
    box = path.boundingRect()
    wide, high = box.right() + 2 * PAD, box.bottom() + 2 * PAD
    image = QImage(
        int(np.ceil(wide * ratio)), int(np.ceil(high * ratio)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )  # fmt: skip
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    pen = QPen(theme.faded("map.halo", 0.85), HALO)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, theme.colour(role))
    painter.end()
    return image


def placed(
    labels: Iterable[tuple[TileId, Label]], scale: float, left: float, top: float
) -> Iterable[tuple[float, float, Label]]:
    """Give labels with their place in a picture: ``scale`` points wide is the world."""
    for (zoom, column, row), label in labels:
        span = scale / (1 << zoom)
        yield (column + label.x) * span - left, (row + label.y) * span - top, label


def _box(image: QImage, x: float, y: float, turn: float, ratio: float) -> QRectF:
    wide, high = image.width() / ratio, image.height() / ratio
    angle = np.radians(turn)
    c, s = abs(np.cos(angle)), abs(np.sin(angle))
    box_wide, box_high = float(wide * c + high * s), float(wide * s + high * c)
    return QRectF(x - box_wide / 2, y - box_high / 2, box_wide, box_high)


def _put(painter: QPainter, image: QImage, x: float, y: float, turn: float, ratio: float) -> None:
    wide, high = image.width() / ratio, image.height() / ratio
    if not turn:
        painter.drawImage(QRectF(round(x - wide / 2), round(y - high / 2), wide, high), image)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(QPointF(x, y))
    painter.rotate(turn)
    painter.drawImage(QRectF(-wide / 2, -high / 2, wide, high), image)
    painter.restore()

"""Pictures in memory as Qt paints them: made once for each piece of memory, not each time."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from console.video.board import BUFFERS, BYTES
from ui.kit.tilepaint import Picture, Pixels

FORMAT = QImage.Format.Format_RGB32


def shot(pixels: Pixels, part: QRectF | None = None) -> Picture:
    """Give a picture as it can be painted: all of it, or a part."""
    data, width, height = pixels
    image = QImage(data, width, height, width * BYTES, FORMAT)
    part = part or QRectF(0, 0, width, height)
    return Picture(image, part, (part.width(), part.height()), pixels)


class Shots:
    """The pictures of tiles, kept as long as their pixels are of the same memory and size."""

    def __init__(self) -> None:
        self._kept: dict[int, dict[int, Picture]] = {}

    def of(self, number: int, pixels: Pixels) -> Picture:
        """Give a tile's picture: the same as before, for the same object."""
        kept = self._kept.get(number)
        # What is kept keeps its pixels, so that no other object can have their identity.
        found = kept.get(id(pixels)) if kept else None
        return found or self._made(number, pixels)

    def clear(self) -> None:
        """Let go of all memory."""
        self._kept.clear()

    def _made(self, number: int, pixels: Pixels) -> Picture:
        made = shot(pixels)
        before = self._kept.get(number, {})
        alike = [old for old in before.values() if _alike(old.owner, pixels)]
        self._kept[number] = {id(p.owner): p for p in (*alike[1 - BUFFERS :], made)}
        return made


def _alike(one: Pixels, other: Pixels) -> bool:
    """Tell whether two pictures are of the same size in the same memory."""
    return one[0].obj is other[0].obj and one[1:] == other[1:]

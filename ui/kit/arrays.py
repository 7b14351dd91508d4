"""Numbers to painters without a loop: points, sprites and lines, by the means of pyqtgraph."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from pyqtgraph.Qt import internals
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from console.domain.datum import Floats

_paths: Any = pyqtgraph.functions
_internals: Any = internals
AT_ONCE = 1_500
"""So many points are drawn in one call: a millisecond's work."""
STROKED = 400
"""So many corners of lines are stroked in one call: a millisecond or two's work."""


def filled(wide: int, high: int, rgb: int) -> QImage:
    """Give a picture (pixels) in one opaque colour (0xffrrggbb).

    Qt holds Python while it fills, 20 ms for a large screen's picture; numpy does not.
    """
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    np.frombuffer(image.bits(), np.uint32)[:] = rgb
    return image


def path_of(xy: Floats, joined: NDArray[Any]) -> QPainterPath:
    """Give a path through points (n × 2); where ``joined`` is 0 the line breaks after the point."""
    if not len(xy):
        return QPainterPath()
    return _paths.arrayToQPath(xy[:, 0], xy[:, 1], connect=joined, finiteCheck=False)


def parts_of(sizes: NDArray[np.intp], most: int = STROKED) -> Iterator[slice]:
    """Give which of the lines, so many corners each, go into one path: about ``most`` corners."""
    part = (np.cumsum(sizes) - 1) // most
    edges = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(sizes)]
    return (slice(a, b) for a, b in pairwise(edges) if b > a)


def draw_points(painter: QPainter, xy: Floats, rest: Callable[[], None]) -> None:
    """Draw points (n × 2) with the painter's pen, a few at a time.

    Python is held while Qt draws: between two parts the worker may ``rest``.
    """
    for begin in range(0, len(xy), AT_ONCE):
        rest()
        part = xy[begin : begin + AT_ONCE]
        array = _internals.PrimitiveArray(QPointF, 2)
        array.resize(len(part))
        array.ndarray()[:] = part
        painter.drawPoints(*array.drawargs())


class Sprites:
    """Draws one picture at many places, turned and weakened; keeps its room."""

    def __init__(self) -> None:
        self._array = _internals.PrimitiveArray(QPainter.PixmapFragment, 10)

    def draw(
        self, painter: QPainter, picture: QPixmap, xy: Floats, turn: Floats, scale: float,
        weight: float,
    ) -> None:  # fmt: skip
        """Draw a picture of pixels round each of the places (n × 2), turned by degrees."""
        self._array.resize(len(xy))
        held = self._array.ndarray()
        held[:, 0:2], held[:, 2:4], held[:, 4:6] = xy, 0, picture.width()
        held[:, 6:8], held[:, 8], held[:, 9] = scale, turn, weight
        draw: Any = painter.drawPixmapFragments
        draw(*self._array.drawargs(), picture)

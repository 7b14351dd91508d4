"""Puts tiles of the `c` matrix where they belong on a map in Web Mercator, row by row."""

from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QImage

from console.maps.degrees import SIDE, rows_under
from console.maps.package import TileId

FORMAT = QImage.Format.Format_ARGB32_Premultiplied
Get = Callable[[TileId], bytes | None]


def assembled(id: TileId, get: Get) -> QImage | None:
    """Give a tile of the `w` matrix out of those of the `c` matrix; None until all are there.

    What is clear in them is clear in it.
    """
    zoom, column, _ = id
    rows = rows_under(id)
    bodies = [get((zoom, column, rows.first + n)) for n in range(rows.many)]
    parts = [_pixels(body) for body in bodies if body]
    held = [part for part in parts if part is not None]
    if len(held) < rows.many:
        return None
    stack = np.vstack(held).astype(np.float32)
    # A row's middle is half a pixel below its upper edge.
    at = np.clip(rows.at - 0.5, 0, len(stack) - 1)
    above = at.astype(np.int64)
    below = np.minimum(above + 1, len(stack) - 1)
    part = (at - above).astype(np.float32)[:, None, None]
    made = np.ascontiguousarray(
        np.rint(stack[above] * (1 - part) + stack[below] * part).astype(np.uint8)
    )
    image = QImage(made.data, SIDE, SIDE, SIDE * 4, FORMAT)
    return image.copy()  # the array goes


def _pixels(body: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None:
    """Give a tile's pixels, 256 × 256 × 4; None when it is none."""
    image = QImage.fromData(body)
    if image.isNull():
        return None
    if (image.width(), image.height()) != (SIDE, SIDE):
        image = image.scaled(SIDE, SIDE)
    image = image.convertToFormat(FORMAT)
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, SIDE, 4).copy()

"""Makes pictures in three planes small and coloured by libyuv, straight into where they are shown.

libyuv is quick where a picture becomes 3/4, 1/2, 3/8 or 1/4 of itself, and where only its rows
become fewer, or only its columns. So each goes one of three ways: as it is; by such a step, what
hangs over by next to nothing being cut off; or by rows first and columns last, after such a step
where it becomes smaller than half: between two pixels no third is looked at.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from av.video.reformatter import ColorRange

from console.video.board import BYTES, Goal, Pixels
from console.video.libyuv import (
    BILINEAR,
    BOX,
    FULL_601,
    FULL_709,
    LIMITED_601,
    LIMITED_709,
    Library,
)

STEPS = tuple(Fraction(n, 8) for n in (2, 3, 4, 6, 8))
NEARLY = 0.015
"""So small a part of a side is next to nothing."""
REACH = 2.02
"""So many pixels at most become one between two of them."""
ALIGNED = 64
SPACES = ((LIMITED_601, FULL_601, (2, 5, 6)), (LIMITED_709, FULL_709, (1,)))
"""The colour spaces of each matrix as H.273 numbers them; what says nothing (2) is in BT.601."""
Size = tuple[int, int]
Places = tuple[int, int, int, int, int, int]
"""The addresses and strides of three planes, in the order in which libyuv takes them."""


def _matrices() -> Iterator[tuple[tuple[str, int, int], str]]:
    """Give what a frame says of its form, colour space and range, and the matrix that is meant."""
    for limited, full, spaces in SPACES:
        for space in spaces:
            yield ("yuv420p", space, int(ColorRange.UNSPECIFIED)), limited
            yield ("yuv420p", space, int(ColorRange.MPEG)), limited
            yield ("yuv420p", space, int(ColorRange.JPEG)), full
            yield ("yuvj420p", space, int(ColorRange.JPEG)), full


MATRICES = dict(_matrices())


@dataclass(frozen=True, slots=True)
class Way:
    """How a picture becomes smaller: the sizes it has in turn, and whether columns come last."""

    sizes: tuple[Size, ...]
    columns: bool = False


def way(native: Size, wanted: Size) -> Way | None:
    """Give the way from one size to another; None where there is no good one."""
    steps = [size for part in STEPS if (size := _part(native, part)) and _covers(size, wanted)]
    if not steps:
        return None
    least = steps[0]
    if _covers(wanted, least, NEARLY):
        return Way(() if least == native else (least,))
    begin = native if _covers(wanted, native, 1 - 1 / REACH) else least
    if not _covers(wanted, begin, 1 - 1 / REACH):
        return None
    sizes = (begin, (begin[0], wanted[1]))
    return Way(tuple(size for size in dict.fromkeys(sizes) if size != native), columns=True)


def _part(size: Size, part: Fraction) -> Size | None:
    """Give a part of a size; None where not all its planes have just so many pixels."""
    if part != 1 and any(side * part % 2 for side in size):
        return None
    return int(size[0] * part), int(size[1] * part)


def _covers(one: Size, other: Size, lacking: float = 0.0) -> bool:
    """Tell whether a size is as large as another, but for the part of it that may lack."""
    return all(a >= b * (1 - lacking) for a, b in zip(one, other, strict=True))


class _Scratch(threading.local):
    """Memory of a thread, for all its streams in turn: what was used just now is still in cache."""

    def __init__(self) -> None:
        self.pixels: Pixels = np.empty(0, np.uint8)
        self._base = 0

    def at(self, size: int) -> int:
        """Give the address of ``pixels``, of which there are so many at least."""
        if size > self.pixels.size:
            # And some beyond: libyuv looks at the pixel beside the last one.
            whole = np.empty(size + 2 * ALIGNED, np.uint8)
            begin = -whole.ctypes.data % ALIGNED
            self.pixels = whole[begin : begin + size]
            self._base = self.pixels.ctypes.data
        return self._base


_scratch = _Scratch()


class _Room:
    """Where the planes of a picture lie in the scratch: brightness, below it colours abreast."""

    def __init__(self, size: Size, begin: int) -> None:
        self.size = width, height = size
        self.begin = begin
        self.stride = _rounded(width, 2 * ALIGNED)
        self.below = begin + self.stride * height
        self.end = self.below + self.stride * _half(height)

    def places(self, base: int) -> Places:
        stride, below = self.stride, base + self.below
        return base + self.begin, stride, below, stride, below + stride // 2, stride

    def brightness(self, scratch: Pixels) -> Pixels:
        width, height = self.size
        return scratch[self.begin : self.below].reshape(height, self.stride)[:, :width]


def scaler_for(library: Library, native: Size, wanted: Size) -> "Scaler | None":
    """Give what makes pictures of one size into those of another; None: there is no good way."""
    through = way(native, wanted)
    return Scaler(library, native, wanted, through) if through else None


class Scaler:
    """Makes pictures of one size into pictures of another, of whichever stream."""

    def __init__(self, library: Library, native: Size, wanted: Size, through: Way) -> None:
        self._library = library
        self._matrices = {said: library.matrices[name] for said, name in MATRICES.items()}
        self._native = native
        self.size = wanted
        self._rooms: list[_Room] = []
        end = 0
        for size in through.sizes:
            self._rooms.append(_Room(size, end))
            end = self._rooms[-1].end
        last = through.sizes[-1] if through.sizes else native
        # Even, so that colours stay where they are.
        self._cut = tuple((a - b) // 4 * 2 for a, b in zip(last, wanted, strict=True))
        self._columns = last[0] if through.columns else 0
        self._line = _rounded(self._columns * BYTES, ALIGNED)
        self._coloured = end
        self._need = end + self._line * wanted[1]

    def draw(self, frame: Any, goal: Goal) -> bool:
        """Draw a frame of libav; False if it is none that can be drawn so, or has no room there."""
        matrix = self._matrices.get((frame.format.name, frame.colorspace, frame.color_range))
        places = self._places(frame) if matrix else None
        width, height = self.size
        if places is None or goal.pixels.size < width * height * BYTES:
            return False
        library, base, size = self._library, _scratch.at(self._need), self._native
        failed = 0
        for room in self._rooms:
            made = room.places(base)
            failed |= library.scale(*places, *size, *made, *room.size, BOX)
            places, size = made, room.size
        line = width * BYTES
        if columns := self._columns:
            rows = base + self._coloured, self._line
            failed |= library.colour(*places, *rows, matrix, columns, height)
            failed |= library.stretch(
                *rows, columns, height, goal.address, line, width, height, BILINEAR
            )
        else:
            places = _cut(places, *self._cut)
            failed |= library.colour(*places, goal.address, line, matrix, width, height)
        return not failed

    def brightness(self, frame: Any) -> Pixels:
        """Give the brightness, made smaller, of the frame that this thread drew just now."""
        if self._rooms:
            return self._rooms[-1].brightness(_scratch.pixels)
        plane, (width, height) = frame.planes[0], self._native
        return np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:height, :width]

    def _places(self, frame: Any) -> Places | None:
        """Give where the planes of a frame lie; None unless they hold all that will be read."""
        width, height = self._native
        planes = frame.planes
        if len(planes) != 3 or frame.width != width or frame.height != height:
            return None
        y, u, v = planes
        places = y.buffer_ptr, y.line_size, u.buffer_ptr, u.line_size, v.buffer_ptr, v.line_size
        across, down = _half(width), _half(height)
        if (
            _holds(y, places[1], width, height)
            and _holds(u, places[3], across, down)
            and _holds(v, places[5], across, down)
        ):
            return places
        return None


def _holds(plane: Any, stride: int, width: int, height: int) -> bool:
    """Tell whether a plane has so many pixels, its lines one below the other."""
    return stride >= width and plane.buffer_size >= stride * (height - 1) + width


def _cut(places: Places, x: int, y: int) -> Places:
    """Leave out so many pixels, an even number, on the left and above."""
    brightness, stride, u, u_stride, v, v_stride = places
    x2, y2 = x // 2, y // 2
    return (
        brightness + y * stride + x, stride,
        u + y2 * u_stride + x2, u_stride,
        v + y2 * v_stride + x2, v_stride,
    )  # fmt: skip


def _half(side: int) -> int:
    return (side + 1) // 2


def _rounded(size: int, to: int) -> int:
    return -(-size // to) * to

"""libyuv, where this machine has it: found once, and of it only what is used.

It makes pictures small and gives them their colours in a third to two thirds of the time that
libav's swscale takes, which does the same where there is no libyuv.
"""

import ctypes
import sys
from collections.abc import Callable, Iterator, Mapping
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BILINEAR, BOX = 2, 3
"""Filters, as libyuv numbers them: between two pixels, and the mean of those that become one."""
LIMITED_601, FULL_601 = "kYuvI601Constants", "kYuvJPEGConstants"
LIMITED_709, FULL_709 = "kYuvH709Constants", "kYuvF709Constants"
"""The matrices from planes to colours: BT.601 or BT.709, brightness from 16 to 235 or 0 to 255.

Of the limited BT.709 libyuv takes blue 2 times where it is 2.11 times: the fullest blue is off
by 10 of 255. Else it is nearer to the standards than swscale, which rounds down."""
_SONAME = "libyuv.so.0"
_DLLS = ("libyuv.dll", "yuv.dll")
_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_PLANE = (_POINTER, _INT)
_SIZE = (_INT, _INT)


@dataclass(frozen=True, slots=True)
class Library:
    """Functions that take addresses, strides in bytes, and sizes; each gives 0 when it is done.

    ``scale``: I420Scale(y, stride, u, stride, v, stride, width, height, and the same of the goal,
    filter). ``colour``: I420ToARGBMatrix(y, stride, u, stride, v, stride, goal, stride, matrix,
    width, height); a goal's bytes are blue, green, red, 255. ``stretch``: ARGBScale(pixels, stride,
    width, height, and the same of the goal, filter). ``matrices``: addresses, by name.
    """

    name: str
    scale: Callable[..., int]
    colour: Callable[..., int]
    stretch: Callable[..., int]
    matrices: Mapping[str, int]


@cache
def libyuv() -> Library | None:
    """Give this machine's libyuv; None where there is none, or one that lacks what is used."""
    return next((found for name in _names() if (found := opened(name))), None)


def opened(name: str) -> Library | None:
    """Open a shared library as libyuv; None where it is none."""
    try:
        lib = ctypes.CDLL(name)
        scale, colour, stretch = lib.I420Scale, lib.I420ToARGBMatrix, lib.ARGBScale
        # A name that is not there: AttributeError of a function, ValueError of a table.
        matrices = {
            each: ctypes.addressof(ctypes.c_ubyte.in_dll(lib, each))
            for each in (LIMITED_601, FULL_601, LIMITED_709, FULL_709)
        }
    except (OSError, AttributeError, ValueError):
        return None
    scale.argtypes = (*_PLANE * 3, *_SIZE, *_PLANE * 3, *_SIZE, _INT)
    colour.argtypes = (*_PLANE * 3, *_PLANE, _POINTER, *_SIZE)
    stretch.argtypes = (*_PLANE, *_SIZE, *_PLANE, *_SIZE, _INT)
    for function in (scale, colour, stretch):
        function.restype = _INT
    return Library(name, scale, colour, stretch, matrices)


def _names() -> Iterator[str]:
    """Give what it may be called: the program's own copy first, then the system's."""
    names = _DLLS if sys.platform == "win32" else (_SONAME,)
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        yield from (str(Path(bundle) / name) for name in names)
    yield from names
    found = find_library("yuv")
    if found is not None:
        yield found

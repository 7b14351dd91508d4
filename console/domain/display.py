"""A large display and who stands before it: from these, how high every letter must be.

Character height h = 2·D·tan(θ/2) at the farthest viewer: at least 16′ of arc for Latin letters and
figures (NUREG-0700, 1.3.1), 20′ for Chinese. Lengths in mm, sizes in pixels of the screen.
"""

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import shaped

LATIN_ARC, HAN_ARC = 16.0, 20.0
"""The least height at the eye, in minutes of arc."""
FOLDER = "displays"


class Display(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A screen: its size in pixels and in mm, and the farthest viewer in mm.

    ``touch``: hands reach it, so that instructions may be given on it.
    """

    name: str
    name_en: str
    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    viewer_mm: float
    touch: bool = False

    @property
    def pitch(self) -> float:
        """Give how many mm a pixel is high."""
        return self.height_mm / self.height_px

    def pixels(self, arc: float) -> float:
        """Give how many pixels high something is that the farthest viewer sees under this arc."""
        height = 2 * self.viewer_mm * math.tan(math.radians(arc / 60) / 2)
        return height / self.pitch

    @property
    def latin_px(self) -> float:
        """Give the least height of a capital or figure, in pixels."""
        return self.pixels(LATIN_ARC)

    @property
    def han_px(self) -> float:
        """Give the least height of a Chinese character, in pixels."""
        return self.pixels(HAN_ARC)


def read_display(table: Mapping[str, Any], file: str, words: str = "") -> Display:
    """Read a display; BadData names what cannot be the measure of a screen."""
    display = shaped(table, Display, file, words)
    for name in ("width_px", "height_px", "width_mm", "height_mm", "viewer_mm"):
        if not 0 < getattr(display, name) < 1e6:
            raise BadData(file, name, "more than 0 is wanted")
    ratio = (display.width_mm / display.width_px) / display.pitch
    if not 0.9 < ratio < 1.1:
        raise BadData(file, "width_mm", f"pixels would not be square: {ratio:.2f} to 1")
    return display


def display_of(file: Path) -> Display:
    """Read a display from a file of one's own."""
    try:
        words = file.read_text("utf-8")
        return read_display(tomllib.loads(words), str(file), words)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadData(str(file), "", str(error)) from error


def displays() -> list[Display]:
    """Read the displays that come with the program."""
    return [read_display(resources.table(name), name) for name in resources.names(FOLDER)]


def nearest(width: int, height: int) -> Display:
    """Give the display that comes with the program and is likest to so many pixels."""

    def unlike(each: Display) -> float:
        return abs(math.log(each.height_px / height)) + abs(
            math.log((each.width_px / each.height_px) / (width / height))
        )

    return min(displays(), key=unlike)

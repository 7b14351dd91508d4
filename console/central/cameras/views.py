"""What each demo camera shows: its own name and time over one of a few shared loops, or a trouble.

``troubles`` are the ordinary ones of a city's cameras: no light, a covered lens, a picture that
stands still while packets go on, a line that goes silent, one that dies and comes back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from console.central.cameras import scenery
from console.central.cameras.loops import Loop, encode

Trouble = Literal["", "black", "covered", "frozen", "silent", "dying", "dead"]
Quality = Literal["main", "sub"]
SIZES: dict[str, tuple[int, int, int]] = {"sub": (640, 360, 15), "main": (1280, 720, 20)}
"""Width, height and frames a second of each stream."""
SECONDS = 4
STILL = 2
BLACK, COVER = (4, 4, 5), (74, 66, 58)
CYCLE_S, DEAD_S = 150, 45
"""A dying camera is away for so long in each cycle."""


@dataclass(frozen=True, slots=True)
class View:
    """One camera: the words it burns in, and what is the matter with it."""

    name: str
    scene: int = 0
    trouble: Trouble = ""


def loop_of(view: View, quality: Quality) -> Loop:
    """Give the loop that a view goes round in: encoded at the first asking, once for all."""
    kind = view.trouble if view.trouble in ("black", "covered", "frozen") else "plain"
    return _loop(view.scene % len(scenery.SCENES) if kind in ("plain", "frozen") else 0, kind,
                 quality)  # fmt: skip


def scene_of(view: View) -> scenery.Scenery:
    """Give the place that a view shows."""
    return scenery.SCENES[view.scene % len(scenery.SCENES)]


def away(view: View, number: int, now: float) -> bool:
    """Tell whether a camera is gone at this moment (s since 1970)."""
    if view.trouble == "dying":
        return (now + number * 37) % CYCLE_S < DEAD_S
    return view.trouble == "dead"


@cache
def _loop(scene: int, kind: str, quality: Quality) -> Loop:
    width, height, fps = SIZES[quality]
    place = scenery.SCENES[scene]
    held: dict[str, Callable[[], scenery.Picture]] = {
        "black": lambda: scenery.flat(BLACK, width, height),
        "covered": lambda: scenery.flat(COVER, width, height),
        "frozen": lambda: scenery.still(place, width, height),
    }
    if kind in held:
        return encode([held[kind]()] * (STILL * fps), fps)
    return encode(scenery.frames(place, width, height, fps, SECONDS), fps)

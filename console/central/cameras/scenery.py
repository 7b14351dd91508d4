"""Draws what the demo's cameras see: invented streets, rivers and squares in which things move."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from console.base import resources

Picture = NDArray[np.uint8]
"""Rows of RGB pixels: height, width, 3."""
FONT = "fonts/NotoSansSC-Bold.ttf"
TOP = 0.28
"""Above this part of the height nothing moves: there a camera writes its name and the time."""
SOFT = 2
"""Drawn so many times larger and then shrunk: edges as a lens gives them."""


@dataclass(frozen=True, slots=True)
class Scenery:
    """One invented place. ``moving``: colours of what goes by, from the far lane to the near."""

    seed: int
    sky: tuple[int, int, int]
    far: tuple[int, int, int]
    ground: tuple[int, int, int]
    mark: tuple[int, int, int]
    moving: tuple[tuple[int, int, int], ...]
    size: float = 1.0


SCENES = (
    Scenery(11, (168, 184, 198), (112, 118, 126), (84, 88, 92), (200, 202, 196),
            ((196, 60, 54), (236, 236, 232), (48, 84, 140), (40, 42, 46), (214, 176, 60))),
    Scenery(23, (190, 196, 196), (120, 132, 118), (96, 128, 150), (118, 150, 170),
            ((240, 240, 236), (70, 72, 76), (150, 96, 60)), 1.9),
    Scenery(37, (34, 40, 56), (46, 50, 62), (40, 42, 48), (150, 146, 120),
            ((250, 236, 170), (230, 60, 50), (250, 240, 200), (220, 70, 60)), 0.9),
    Scenery(41, (204, 206, 204), (140, 134, 124), (164, 158, 148), (186, 180, 170),
            ((60, 64, 80), (170, 70, 70), (60, 120, 90), (230, 226, 220), (90, 80, 130),
             (200, 150, 70)), 0.5),
    Scenery(53, (150, 172, 160), (84, 112, 84), (78, 82, 80), (214, 208, 150),
            ((232, 232, 230), (188, 52, 48), (52, 110, 160)), 1.3),
    Scenery(67, (128, 136, 148), (90, 94, 104), (64, 68, 74), (180, 184, 186),
            ((246, 210, 70), (60, 62, 66), (236, 238, 240), (150, 40, 44)), 1.1),
)  # fmt: skip


class Painter:
    """Paints one place at one size: any moment of a loop that closes on itself."""

    def __init__(self, scene: Scenery, width: int, height: int) -> None:
        self._scene = scene
        self._size = width, height
        self._ground = _ground(scene, width, height)
        # Bytes go round at 256: no colour here is so near the ends that grain takes it over.
        grain = np.random.default_rng(scene.seed).integers(-3, 4, (height, width, 1))
        whole = np.repeat(grain.astype(np.uint8), 3, axis=2)
        self._grains = [np.roll(whole, shift, axis=1) for shift in (0, 37, 91, 150)]

    def picture(self, n: int, count: int) -> Picture:
        """Give the n-th of so many pictures of the loop."""
        picture = self._ground.copy()
        draw: Any = ImageDraw.Draw(picture)
        for box, colour in _moving(self._scene, *self._size, n / count):
            _thing(draw, box, colour)
        return np.asarray(picture) + self._grains[n % len(self._grains)]


def frames(scene: Scenery, width: int, height: int, fps: int, seconds: int) -> Iterator[Picture]:
    """Give every frame of a loop that closes on itself."""
    painter, count = Painter(scene, width, height), fps * seconds
    for n in range(count):
        yield painter.picture(n, count)


def still(scene: Scenery, width: int, height: int) -> Picture:
    """Give one picture that never changes."""
    return next(frames(scene, width, height, 1, 1))


def flat(colour: tuple[int, int, int], width: int, height: int) -> Picture:
    """Give a picture of one colour: no light, or a covered lens."""
    return np.full((height, width, 3), colour, np.uint8)


def named(picture: Picture, name: str) -> Picture:
    """Write a name into the upper left of a picture."""
    return _written(picture, name, right=False)


def timed(picture: Picture, time: str) -> Picture:
    """Write a time into the upper right of a picture."""
    return _written(picture, time, right=True)


def _written(picture: Picture, words: str, *, right: bool) -> Picture:
    made = Image.fromarray(picture)
    draw: Any = ImageDraw.Draw(made)
    size = max(14, picture.shape[1] // 32)
    font = _font(size)
    x = picture.shape[1] - draw.textlength(words, font=font) - size // 2 if right else size // 2
    y, edge = size // 3, max(1, size // 18)
    for across, down in ((edge, edge), (-edge, edge), (edge, -edge), (-edge, -edge)):
        draw.text((x + across, y + down), words, font=font, fill=(0, 0, 0))
    draw.text((x, y), words, font=font, fill=(255, 255, 255))
    return np.asarray(made)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resources.path(FONT)), size)


def _ground(scene: Scenery, width: int, height: int) -> Image.Image:
    wide, high = width * SOFT, height * SOFT
    made = Image.new("RGB", (wide, high), scene.sky)
    draw: Any = ImageDraw.Draw(made)
    chance = Random(scene.seed)  # noqa: S311 - a picture keeps no secret
    horizon = int(high * 0.42)
    x = 0
    while x < wide:
        broad = chance.randint(wide // 18, wide // 8)
        tall = chance.randint(high // 14, high // 4)
        shade = chance.randint(-14, 14)
        colour = tuple(max(0, min(255, part + shade)) for part in scene.far)
        draw.rectangle((x, horizon - tall, x + broad, horizon), fill=colour)
        for row in range(horizon - tall + high // 40, horizon - high // 60, high // 28):
            for column in range(x + wide // 90, x + broad - wide // 90, wide // 60):
                lit = tuple(min(255, part + 26) for part in colour)
                draw.rectangle((column, row, column + wide // 160, row + high // 60), fill=lit)
        x += broad
    draw.rectangle((0, horizon, wide, high), fill=scene.ground)
    for lane in range(1, 4):
        y = horizon + int((high - horizon) * (lane / 4) ** 1.2)
        for dash in range(0, wide, wide // 10):
            draw.rectangle((dash, y, dash + wide // 22, y + lane * 2), fill=scene.mark)
    return made.resize((width, height), Image.Resampling.BOX)


def _moving(
    scene: Scenery, width: int, height: int, part: float
) -> Iterator[tuple[tuple[float, float, float, float], tuple[int, int, int]]]:
    """Give what goes by after this part of the loop: each comes in where it went out."""
    lanes = len(scene.moving)
    for lane, colour in enumerate(scene.moving):
        depth = (lane + 1) / lanes
        high = height * (0.05 + 0.10 * depth) * scene.size
        long = high * 1.9 if scene.size > 0.7 else high * 0.45
        y = height * (0.46 + 0.48 * depth**1.15) - high / 2
        rounds, way = 1 + lane % 2, 1 if lane % 2 else -1
        for other in range(2):
            at = (part * rounds + other / 2 + lane * 0.17) % 1.0
            x = (at if way > 0 else 1 - at) * (width + 2 * long) - long
            yield (x - long / 2, y, x + long / 2, min(height - 1, y + high)), colour


def _thing(draw: Any, box: tuple[float, float, float, float], colour: tuple[int, int, int]) -> None:
    left, top, right, bottom = box
    if bottom <= top or right <= left:
        return
    high, long = bottom - top, right - left
    draw.ellipse((left, bottom - high * 0.18, right, bottom + high * 0.12), fill=(30, 32, 34))
    draw.rounded_rectangle((left, top + high * 0.35, right, bottom - high * 0.1), high * 0.12,
                           fill=colour)  # fmt: skip
    roof = tuple(int(part * 0.72) for part in colour)
    draw.rounded_rectangle((left + long * 0.2, top, right - long * 0.2, top + high * 0.5),
                           high * 0.14, fill=roof)  # fmt: skip

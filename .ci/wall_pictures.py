"""Pictures of the wall with every state of a camera on it, made from a running demo centre."""

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass

from ready import ROOT

sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image

from console.base import resources
from console.base.settings import Settings
from console.central.cameras.views import CYCLE_S, DEAD_S, View, away
from console.central.drill_cameras import FILE as DEMO
from console.video.eyes import Eye
from drawn import arguments, tell, window
from ui import app
from ui.app import Seat, Start
from ui.models.surroundings import Surroundings
from ui.windows.wall import Wall

FOLDER = ROOT / ".ci" / "pictures"
NUMBER = re.compile(r"/cam/(\d+)/")
FIRST_S, JUDGED_S, STOPPED_S = 6.0, 18.0, 7.0
"""How long the catalogue takes; until all are judged; how long the dying camera has been away."""
ORDER = ("dying", "frozen", "black", "dead", "covered", "", "silent")
COLOURS = 256


@dataclass(frozen=True)
class Shot:
    """One picture of the window; ``small``: the size it is kept in. ``lines``: run before it."""

    file: str
    size: tuple[int, int]
    theme: str
    language: str
    layout: str
    small: tuple[int, int] = (0, 0)
    lines: tuple[str, ...] = ()
    large: bool = False


SHOTS = (
    Shot("wall.png", (1600, 900), "night", "zh_CN", "grid16"),
    Shot("wall/alarms_night.png", (1920, 1080), "night", "zh_CN", "grid16", lines=("wall.trunks",)),
    Shot("wall/replay_night.png", (1920, 1080), "night", "zh_CN", "grid16", lines=("wall.replay",)),
    Shot("wall/steps_day_en.png", (1920, 1080), "day", "en", "grid9", large=True),
    Shot("wall/wall36_4k_day_en.png", (3840, 2160), "day", "en", "grid36", (1600, 900)),
    Shot("wall/wall36_night_en.png", (1920, 1080), "night", "en", "grid36"),
)


def main() -> int:
    """Make them all, or those that are named."""
    asked = arguments("wall_pictures.py", __doc__, "file", "these alone")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            centre=asked.centre, user="dispatcher", data=folder, lock_minutes=0, sound=False
        )
        start = Start(settings, asked.people["dispatcher"], window="wall")
        shots = [s for s in SHOTS if not asked.file or s.file in asked.file]
        return app.run(start, lambda seat: draw(seat, shots))


async def draw(seat: Seat, shots: list[Shot]) -> int:
    """Draw one after the other at one wall."""
    await seat.open()
    wall = seat.station
    if not isinstance(wall, Wall) or not seat.frame.seated:
        return 1
    await asyncio.sleep(FIRST_S)
    for shot in shots:
        await shown(seat, wall, shot)
        keep(seat, shot)
        for line in reversed(shot.lines):
            wall.run(line)
    return 0


async def shown(seat: Seat, wall: Wall, shot: Shot) -> None:
    """Put one camera of each sort on the wall, and wait until the dying one has just stopped."""
    room = wall.room
    seat.frame.resize(*shot.size)
    for line in (f"theme.set {shot.theme}", f"language.set {shot.language}",
                 f"wall.layout {shot.layout}"):  # fmt: skip
        wall.run(line)
    plain = [t.number + 1 for t in room.model.tiles if t.role == "plain"]
    cameras, wait = chosen(list(room.catalogue.eyes.values()), time.time())
    for tile, camera in zip(plain, cameras, strict=False):
        wall.run(f"wall.show {camera} {tile}")
    room.follow(followed(seat, room.catalogue.eyes))
    if shot.large:
        await asyncio.sleep(JUDGED_S)
        room.view.enlarge(0)
        wait = STOPPED_S
    await asyncio.sleep(wait)
    if shot.lines:
        room.view.tiles.choose(plain[ORDER.index("")] - 1)
        for line in shot.lines:
            wall.run(line)
        await asyncio.sleep(1.5)
    wall.bar.put_away()
    wall.bar.hide()


def chosen(eyes: list[Eye], now: float) -> tuple[list[str], float]:
    """Give codes of cameras, one of each trouble first, and how long (s) until one has stopped."""
    sorts: dict[str, list[tuple[int, Eye]]] = {}
    for number, eye in sorted(numbered(eyes), key=lambda pair: pair[0]):
        sorts.setdefault(trouble_of(number), []).append((number, eye))
    dying = min(
        (pair for pair in sorts["dying"] if until_away(pair[0], now) > JUDGED_S),
        key=lambda pair: until_away(pair[0], now),
    )
    first = [dying[1] if sort == "dying" else sorts[sort][0][1] for sort in ORDER]
    rest = [eye for _, eye in sorts[""][1:]]
    return [eye.code for eye in [*first, *rest]], until_away(dying[0], now) + STOPPED_S


def trouble_of(number: int) -> str:
    """Give what is the matter with a camera of the demo; "" where nothing is."""
    plagues = resources.table(DEMO)["trouble"]
    found = (p["trouble"] for p in plagues if number % p["every"] == p["first"] % p["every"])
    return next(found, "")


def followed(seat: Seat, eyes: dict[str, Eye]) -> str:
    """Give an open incident that some cameras see; "" where there is none."""
    around = Surroundings(seat.core)
    rows = seat.core.find(around.open)
    return next((around.id(row) for row in rows if len(around.seers(row, eyes, {})) > 1), "")


def numbered(eyes: list[Eye]) -> Iterator[tuple[int, Eye]]:
    for eye in eyes:
        found = NUMBER.search(eye.main)
        if found:
            yield int(found[1]), eye


def until_away(number: int, now: float) -> float:
    """Give in how many seconds a dying camera goes; after it is back, where it is away now."""
    view = View("", trouble="dying")
    return next(
        float(s) for s in range(CYCLE_S + DEAD_S)
        if away(view, number, now + s) and not away(view, number, now + s - 1)
    )  # fmt: skip


def keep(seat: Seat, shot: Shot) -> None:
    """Write the window as a picture of few colours."""
    whole = window(seat)
    if any(shot.small):
        whole = whole.resize(shot.small, Image.Resampling.LANCZOS)
    file = FOLDER / shot.file
    few = whole.quantize(COLOURS, Image.Quantize.FASTOCTREE, kmeans=1, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    tell(file)


if __name__ == "__main__":
    sys.exit(main())

"""Draws the real window to a picture from live data: for reports, tests, and bare machines."""

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from ui.app import Seat
from ui.windows.workstation import Workstation

PATIENCE_S = 60.0
STEP_S = 0.1
SETTLE_S = 1.5
NOT_SEATED = 3
LARGE = 2_000
"""A picture this high is of a screen that shows everything twice as large."""


@dataclass(frozen=True, slots=True)
class Shot:
    """What picture is wanted."""

    file: Path
    size: tuple[int, int] = (1920, 1080)
    after: float = 3.0
    lines: tuple[str, ...] = ()
    queue: str = ""
    select: str = ""


def size_of(said: str) -> tuple[int, int]:
    """Read a size: 1920x1080."""
    wide, _, high = said.lower().partition("x")
    return int(wide), int(high)


def scale_of(size: tuple[int, int]) -> float:
    """Give how many pixels a point takes on a screen of this size."""
    return 2.0 if size[1] >= LARGE else 1.0


async def draw(seat: Seat, shot: Shot) -> int:
    """Sign in, wait for the data, do what was asked for, draw; give the exit status."""
    scale = seat.frame.devicePixelRatio()
    seat.frame.resize(*(round(side / scale) for side in shot.size))
    await seat.open()
    if seat.core.settings.user and not seat.frame.seated:
        sys.stderr.write(f"{seat.frame.sign_in.said.text()}\n")
        return NOT_SEATED
    await _until_filled(seat)
    await asyncio.sleep(shot.after)
    if shot.queue:
        seat.station.run(f"queue.open {shot.queue}")
        await asyncio.sleep(SETTLE_S)
    if shot.select:
        _select(seat, shot.select)
        await asyncio.sleep(SETTLE_S)
    for line in shot.lines:
        seat.station.run(line)
        await asyncio.sleep(SETTLE_S)
    shot.file.parent.mkdir(parents=True, exist_ok=True)
    if not seat.frame.grab().save(str(shot.file)):
        return 1
    sys.stdout.write(f"{shot.file}\n")
    return 0


async def _until_filled(seat: Seat) -> None:
    """Wait until the first fill is done, or say nothing more can be waited for."""
    waited = 0.0
    while waited < PATIENCE_S:
        link = seat.core.link()
        if not seat.core.person.user or (link.as_of and not link.filling[1]):
            return
        await asyncio.sleep(STEP_S)
        waited += STEP_S


def _select(seat: Seat, said: str) -> None:
    station = seat.station
    grid = station.panels.queue.grid if isinstance(station, Workstation) else None
    if said.isdigit() and len(said) < 5:
        if grid is not None and int(said) < grid.table.rowCount():
            grid.select(grid.table.row_at(int(said))[0])
    else:
        seat.station.run(f"card.open {said}")

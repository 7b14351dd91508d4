"""The wall beside bare decoders in one run: CPU a tile, lateness, latency, enlarging, reconnects.

Real RTSP over loopback, 640x360 H.264 at 15 frames a second; decoding, scaling and painting count.
Qt's own player is not in PySide6-Essentials, so it cannot be put beside it here.
"""

import os
import statistics
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from console.base.clock import SystemClock
from console.central.cameras.views import View
from console.video.choose import Budget
from console.video.layout import Cell, Layout
from console.video.pool import Inside, Pool
from console.video.stream import Trouble, Wish
from console.video.truth import LATE_S
from tests.bench.cameras import Server, cpu_of, ffmpeg_cost, memory_of, null_cost
from tests.bench.test_queue_view import LATEST_MS, Late, wait
from tests.cameras import CameraTown
from tests.ui.pictures import eye
from ui.kit import fonts, icons, theme
from ui.kit.theme import Look
from ui.kit.tiles import Tiles
from ui.models.face import Face
from ui.models.wall import WallModel

pytestmark = [pytest.mark.bench, pytest.mark.timeout(400)]

SIZE = (1_920, 1_080)
SECONDS, WARM_MS = 5.0, 6_000
AGAINST_NULL, AGAINST_FFMPEG = 2.0, 1.5
"""Bounds for a shared machine. PyAV alone costs some 0.85 of `ffmpeg -f null`."""
GAP_S = 0.15


class Wall:
    """A wall of so many tiles that plays and paints as the window does, without the window."""

    def __init__(self, app, server, count):
        side = next(n for n in range(1, 9) if n * n >= count)
        cells = tuple(
            Cell(x=n % side / side, y=n // side / side, width=1 / side, height=1 / side)
            for n in range(count)
        )
        fonts.dress(app)
        self.pool = Pool(2)
        self.model = WallModel(self.pool, SystemClock(), Budget(1e6, 1e6))
        look = Look(app, icons.draw, theme.read("night"))
        self.tiles = Tiles(
            look, self._pixels, lambda n: Face(name=f"{n}号机位"), lambda _n: "", lambda _n: ""
        )
        self.model.know(
            eye(f"{n}", main=server.url(n, "main"), sub=server.url(n)) for n in range(count)
        )
        self.fresh = [0] * count
        self.model.fresh.connect(self._count)
        self.model.fresh.connect(self.tiles.show_fresh)
        self.tiles.sized.connect(self.model.resized)
        self.model.lay_out(Layout(name="bench", number=1, cells=cells))
        self.tiles.resize(*SIZE)
        self.tiles.lay_out(cells)
        for n in range(count):
            self.model.put(n, f"{n}")
        self.tiles.show()
        self.model.start()

    def _pixels(self, number):
        channel = self.model.tiles[number].channel
        return channel.picture() if channel else None

    def _count(self, numbers):
        for number in numbers:
            self.fresh[number] += 1

    @property
    def decoded(self):
        return sum(tile.vitals.seq for tile in self.model.tiles)

    def cpu(self):
        return cpu_of(os.getpid(), *self.pool.processes)

    def close(self):
        self.model.close()
        self.tiles.close()
        self.tiles.deleteLater()


@pytest.fixture(scope="module")
def server():
    made = Server(36)
    yield made
    made.close()


def say(words: str) -> None:
    sys.stdout.write(f"\n{words}")


@pytest.mark.parametrize("count", [16, 25, 36])
def test_a_tile_costs_little_more_than_decoding_alone_and_is_never_late(qapp, server, count):
    machine = Late()
    null = null_cost(server, count, SECONDS, idle=wait)
    noise = machine.p99()
    bare = ffmpeg_cost(server, count, SECONDS)
    wall = Wall(qapp, server, count)
    wait(WARM_MS)
    began, before, was = wall.cpu(), list(wall.fresh), wall.decoded
    ages: list[float] = []
    late, ends = Late(), time.perf_counter() + SECONDS
    while time.perf_counter() < ends:
        wait(100)
        now = SystemClock().monotonic()
        ages += [now - t.vitals.frame for t in wall.model.tiles if t.vitals.frame]
    shown, decoded = sum(wall.fresh) - sum(before), wall.decoded - was
    cost = (wall.cpu() - began) / max(1, decoded)
    latencies = [t.vitals.latency_ms for t in wall.model.tiles if t.vitals.latency_ms is not None]
    memory = (memory_of(os.getpid()) + sum(map(memory_of, wall.pool.processes))) / count
    p99, latency = late.p99(), statistics.median(latencies)
    old = sum(age > LATE_S for age in ages) / len(ages)
    wall.close()
    beside = f", {cost / bare:.2f} x ffmpeg -f null" if bare else " (no ffmpeg here)"
    say(
        f"{count} tiles: {cost * 1e3:.2f} CPU ms a picture, {cost / null:.2f} x PyAV to null"
        f"{beside}; a second {decoded / SECONDS / count:.1f} decoded, "
        f"{shown / SECONDS / count:.1f} painted; 10 ms timer late p99 {p99:.1f} ms "
        f"({noise:.1f} without a wall); camera to demuxer {latency:.0f} ms (median); "
        f"{memory:.1f} MB a tile, all processes; {old:.1%} of looks found a frame older than "
        f"{LATE_S} s"
    )
    assert cost < null * AGAINST_NULL
    assert bare is None or cost < bare * AGAINST_FFMPEG
    assert p99 < LATEST_MS + noise  # a machine that is late by itself says nothing of us
    assert latency < 500


def enlarged(wall: Wall, number: int) -> float:
    """Enlarge a tile until its main stream is there; give the longest gap between its pictures."""
    came = [time.perf_counter()]

    def note(numbers: list[int]) -> None:
        if number in numbers:
            came.append(time.perf_counter())

    wall.model.fresh.connect(note)
    wall.model.enlarge(number)
    wall.tiles.enlarge(number)
    tile, ends = wall.model.tiles[number], time.perf_counter() + 30
    while tile.channel.shown.quality != "main" and time.perf_counter() < ends:
        wait(20)
    wait(1_000)
    wall.model.fresh.disconnect(note)
    assert tile.channel.shown.quality == "main"
    wall.model.enlarge(None)
    wall.tiles.enlarge(None)
    wait(2_000)
    return max(b - a for a, b in pairwise(came))


def test_enlarging_leaves_no_gap_and_brings_the_main_stream(qapp, server):
    wall = Wall(qapp, server, 16)
    wait(WARM_MS)
    enlarged(wall, 1)  # the first asking encodes the demo's main loop, which no camera has to do
    gaps = [enlarged(wall, number) for number in (7, 13)]
    wall.close()
    said = ", ".join(f"{gap:.2f}" for gap in gaps)
    say(f"enlarging: longest gap between pictures {said} s (15 frames a second: 0.07)")
    assert min(gaps) <= GAP_S


class Coming:
    """A few cameras that die and come back together, and threads that play them."""

    def __init__(self, count: int) -> None:
        self.town = CameraTown({n: View(f"{n}", 0, "black") for n in range(count)})
        self.inside = Inside(SystemClock())
        self.slots = [
            self.inside.begin(Wish(address=self.town.url(n), width=160, height=90))
            for n in range(count)
        ]

    def turn(self) -> None:
        """Let all die, and all come back."""
        for number in range(len(self.slots)):
            self.town.trouble(number, "dead")
        self._until(lambda slot, _seq: self.inside.vitals(slot).trouble is not Trouble.NONE)
        for number in range(len(self.slots)):
            self.town.trouble(number, "black")
        self._until(lambda slot, seq: self.inside.vitals(slot).seq > seq)

    def held(self) -> tuple[float, int, int]:
        """Give memory in MB, threads and open files of this process."""
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        files = len(list(Path("/proc/self/fd").iterdir()))
        return pages * 4096 / 1e6, threading.active_count(), files

    @property
    def reconnects(self) -> int:
        return sum(self.inside.vitals(slot).reconnects for slot in self.slots)

    def close(self) -> None:
        self.inside.close()
        self.town.close()

    def _until(self, met) -> None:
        ends = time.monotonic() + 60
        for slot, seq in [(slot, self.inside.vitals(slot).seq) for slot in self.slots]:
            while not met(slot, seq):
                assert time.monotonic() < ends
                time.sleep(0.02)


def test_reconnects_leave_nothing_behind():
    coming = Coming(6)
    for _ in range(3):
        coming.turn()
    before, began = coming.held(), time.monotonic()
    for _ in range(6):
        coming.turn()
    after, reconnects = coming.held(), coming.reconnects
    coming.close()
    say(
        f"{reconnects} reconnects in {time.monotonic() - began:.0f} s: memory {before[0]:.0f} to "
        f"{after[0]:.0f} MB, threads {before[1]} to {after[1]}, files {before[2]} to {after[2]}"
    )
    assert after[0] < before[0] + 25
    assert after[1] <= before[1] + 1
    assert after[2] <= before[2] + 3

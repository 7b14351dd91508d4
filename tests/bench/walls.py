"""A wall that plays and paints as the window does, for what measures it."""

import os
import sys
import time

from console.base.clock import SystemClock
from console.video.choose import Budget
from console.video.layout import Cell, Layout
from console.video.pool import Pool
from tests.bench.cameras import cpu_of
from tests.ui.pictures import eye
from ui.kit import fonts, icons, theme
from ui.kit.theme import Look
from ui.kit.tiles import Tiles
from ui.models.face import Face
from ui.models.wall import WallModel

SIZE = (1_920, 1_080)
SECONDS, WARM_MS = 5.0, 6_000
OPENED_S, STEADY = 30.0, 20


class Wall:
    """A wall of so many tiles that plays and paints as the window does, without the window."""

    def __init__(self, app, server, count, *, timed=False):
        self.painted, self._seen, self._timed = [], {}, timed
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

    def warm(self, idle):
        """Wait (``idle``: ms) until every camera plays: to open one is no picture's cost."""
        idle(WARM_MS)
        ends = time.monotonic() + OPENED_S
        while any(tile.vitals.seq < STEADY for tile in self.model.tiles):
            assert time.monotonic() < ends, "a camera does not come"
            idle(200)

    def _pixels(self, number):
        tile = self.model.tiles[number]
        if self._timed:
            self._time(number, tile.vitals)
        return tile.picture()

    def _time(self, number, vitals):
        if vitals.seq != self._seen.get(number) and vitals.latency_ms is not None:
            # By the camera's own clock to the demuxer, and on from there: this picture is painted.
            here = SystemClock().monotonic() - max(0.0, min(vitals.packet, vitals.frame))
            self.painted.append(vitals.latency_ms + here * 1_000)
            self._seen[number] = vitals.seq

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


def say(words: str) -> None:
    sys.stdout.write(f"\n{words}")

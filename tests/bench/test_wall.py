"""The wall beside bare decoders and Qt's own player in one run: CPU, lateness, latency, memory.

Real RTSP over loopback, 640x360 H.264 at 15 frames a second; decoding, scaling and painting count.
"""

import os
import statistics
import time

import pytest
from PySide6.QtCore import QTimer
from shiboken6 import delete

from console.base.clock import SystemClock
from console.video.truth import Standing
from tests.bench.cameras import Server, ffmpeg_cost, memory_of, null_cost, qt_cost
from tests.bench.test_cockpit import lines, outfit, page_of_charts
from tests.bench.test_queue_view import (
    A_SECOND,
    BEAT_MS,
    LATEST_MS,
    ROWS,
    Late,
    changes,
    grid,
    wait,
)
from tests.bench.walls import SECONDS, Wall, say
from tests.ui.rows import row
from ui.models.pagefeed import Shown

pytestmark = [pytest.mark.bench, pytest.mark.timeout(400)]

__all__ = ["outfit"]
AGAINST_FFMPEG = 1.3
PAINTED_MS, OLD_S = 100, 0.5


@pytest.fixture(scope="module")
def server():
    made = Server(36)
    yield made
    made.close()


@pytest.mark.parametrize("count", [16, 25, 36])
def test_a_tile_costs_little_more_than_decoding_alone(qapp, server, count):
    null = null_cost(server, count, SECONDS, idle=wait)
    bare = ffmpeg_cost(server, count, SECONDS)
    qt = qt_cost(server, count, SECONDS, idle=wait)
    wall = Wall(qapp, server, count)
    wall.warm(wait)
    began, before, was = wall.cpu(), list(wall.fresh), wall.decoded
    wait(round(SECONDS * 1_000))
    shown, decoded = sum(wall.fresh) - sum(before), wall.decoded - was
    cost = (wall.cpu() - began) / max(1, decoded)
    memory = (memory_of(os.getpid()) + sum(map(memory_of, wall.pool.processes))) / count
    wall.close()
    if bare:  # before and after: a shared machine is not as fast in one minute as in the next
        bare = statistics.mean((bare, ffmpeg_cost(server, count, SECONDS) or bare))
    beside = f"{cost / bare:.2f} x ffmpeg -f null" if bare else "no ffmpeg here"
    theirs = f"{qt[0] / cost:.1f} times ours, {qt[1]:.1f} a second" if qt else "not here (libpulse)"
    say(
        f"{count} tiles: {cost * 1e3:.2f} CPU ms a picture, {beside}, {cost / null:.2f} x PyAV to "
        f"null; Qt's own player: {theirs}; a second {decoded / SECONDS / count:.1f} decoded, "
        f"{shown / SECONDS / count:.1f} painted; {memory:.1f} MB a tile, all processes"
    )
    if bare is None:
        pytest.skip("no ffmpeg to hold it against")
    assert cost <= bare * AGAINST_FFMPEG


def test_pictures_are_painted_soon_and_none_that_is_old_passes_for_live(qapp, server):
    wall = Wall(qapp, server, 36, timed=True)
    wall.warm(wait)
    wall.painted.clear()
    looks = old = 0
    ends = time.perf_counter() + SECONDS
    while time.perf_counter() < ends:
        wait(50)
        now = SystemClock().monotonic()
        live = [t.vitals.frame for t in wall.model.tiles if t.standing is Standing.LIVE]
        looks, old = looks + len(live), old + sum(now - frame > OLD_S for frame in live)
    painted = sorted(wall.painted)
    wall.close()
    median, p95 = statistics.median(painted), painted[int(len(painted) * 0.95)]
    say(
        f"36 tiles, camera to paint: median {median:.0f} ms, p95 {p95:.0f} ms; "
        f"{old} of {looks} looks found a frame older than {OLD_S} s that passed for live"
    )
    assert median <= PAINTED_MS
    assert not old


def test_the_timer_keeps_its_time_beside_a_busy_queue_and_a_page(qapp, qtbot, server, outfit):
    machine = Late()
    wait(3_000)
    noise = machine.p99()
    rows = [row(n, SystemClock().now()) for n in range(ROWS)]
    queue, page = grid(qapp, qtbot, rows), page_of_charts(outfit)
    page.show()
    figures = [lines(n) for n in range(5)]
    wall = Wall(qapp, server, 36)
    wall.warm(wait)
    beats, timer = iter(range(10**9)), QTimer()

    def beat():
        n = next(beats)
        queue.table.show(changes(rows, n, 3_600_000))
        if n % 10 == 0:
            page.show_soon(Shown("p", {f"t{i}": figures[n // 10 % 5] for i in range(12)}, {}))

    timer.timeout.connect(beat)
    timer.start(BEAT_MS)
    best = 999.0
    for _ in range(3):  # the calmest of three: what other programs do on this machine is not ours
        late = Late()
        wait(round(SECONDS * 1_000))
        best = min(best, late.p99())
        say(
            f"10 ms timer, 36 tiles, {A_SECOND:,} changes a second, 12 charts: p99 "
            f"{late.p99():.1f} ms, worst {max(late.delays):.0f} ms ({noise:.1f} without)"
        )
    timer.stop()
    wall.close()
    delete(page)
    assert best <= LATEST_MS

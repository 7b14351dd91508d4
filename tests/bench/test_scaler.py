"""A picture made small and coloured by libyuv beside the same by swscale, in one run."""

import statistics
import time

import pytest

from console.base.clock import SystemClock
from console.video.board import Board, Slot
from console.video.canvas import Canvas
from console.video.libyuv import libyuv
from console.video.memory import plain
from tests.bench.walls import say
from tests.frames import scene

pytestmark = pytest.mark.bench

NATIVE, STREAMS, ROUNDS, TURNS = (640, 360), 16, 40, 7
ROOMS = [(480, 270), (478, 268), (382, 214), (320, 180), (318, 178), NATIVE]
AGAINST_SWSCALE = {(480, 270): 0.6}
SLOWEST = 0.85


class Wall:
    """Streams that are shown in turn, as one thread shows them."""

    def __init__(self, frames, find):
        board, clock = Board(plain(Board.size())), SystemClock()
        memory = [plain(Slot.bytes_for(NATIVE[0] * NATIVE[1])) for _ in frames]
        self.frames = frames
        self.shown = [Canvas(Slot(board, n, each), clock, find) for n, each in enumerate(memory)]

    def cost(self, room):
        """Give the CPU milliseconds of one picture."""
        began = time.process_time()
        for _ in range(ROUNDS):
            for canvas, frame in zip(self.shown, self.frames, strict=True):
                canvas.show(frame, room, 0)
        return (time.process_time() - began) / ROUNDS / len(self.frames) * 1e3


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: f"{room[0]}x{room[1]}")
def test_libyuv_costs_a_part_of_swscale(room):
    if libyuv() is None:
        pytest.skip("no libyuv on this machine")
    frames = [scene(*NATIVE, seed=n % 4) for n in range(STREAMS)]
    ours, theirs = Wall(frames, libyuv), Wall(frames, lambda: None)
    ours.cost(room), theirs.cost(room)
    pairs = [(ours.cost(room), theirs.cost(room)) for _ in range(TURNS)]
    ratio = statistics.median(our / their for our, their in pairs)
    our, their = (min(costs) for costs in zip(*pairs, strict=True))
    say(f"{room}: libyuv {our:.3f} CPU ms a picture, swscale {their:.3f}: {ratio:.2f} of it")
    assert ratio <= AGAINST_SWSCALE.get(room, SLOWEST)

"""A call of libav that never comes back is left behind; the stream begins anew, others go on."""

import threading

import av
import pytest

from console.base.clock import SystemClock
from console.video import pictures, player, runner, stream
from console.video.board import Board, Slot
from console.video.memory import plain
from console.video.runner import Runner
from console.video.stream import Trouble, Wish


@pytest.fixture
def board():
    made = Board(plain(Board.size()))
    for n in range(4):
        made.clear(n)
    return made


def wish(address):
    return Wish(address=address, width=160, height=90)


def memory():
    return plain(Slot.bytes_for(160 * 90))


def test_whoever_hangs_is_left_behind_and_the_stream_comes_all_the_same(
    board, town, until, monkeypatch
):
    hangs, free = threading.Event(), threading.Event()
    opens = av.open

    def open_once(*words, **named):
        if not hangs.is_set():
            hangs.set()
            free.wait(30)
        return opens(*words, **named)

    monkeypatch.setattr(player.av, "open", open_once)
    made = Runner(board, SystemClock(), hung_s=0.2)
    made.begin(0, memory(), Wish(address=town.url(1), width=160, height=90, udp=True))
    try:
        until(lambda: hangs.is_set() and made.tend() is None and made.left == 1)
        until(lambda: board.vitals(0).seq > 0)
        assert not made.worn_out
    finally:
        free.set()
        made.close()


def test_when_one_hangs_that_many_share_a_thread_with_all_of_them_begin_anew(
    board, town, until, monkeypatch
):
    hangs, free = threading.Event(), threading.Event()
    takes = pictures.Pictures.take

    def take_once(self, *words, **named):
        if not hangs.is_set() and board.vitals(0).seq and board.vitals(1).seq:
            hangs.set()
            free.wait(30)
        takes(self, *words, **named)

    monkeypatch.setattr(runner, "LANES_MOST", 1)
    monkeypatch.setattr(pictures.Pictures, "take", take_once)
    made = Runner(board, SystemClock(), hung_s=0.2)
    made.begin(0, memory(), wish(town.url(1)))
    made.begin(1, memory(), wish(town.url(0)))
    try:
        until(hangs.is_set)
        until(lambda: made.tend() is None and made.left == 2)
        before = board.vitals(0).seq, board.vitals(1).seq
        until(lambda: board.vitals(0).seq > before[0] and board.vitals(1).seq > before[1])
        assert {board.vitals(n).trouble for n in (0, 1)} == {Trouble.NONE}
    finally:
        free.set()
        made.close()


def test_one_thread_takes_what_it_can_before_another_is_begun_on_half_the_cores(
    board, town, until, monkeypatch
):
    monkeypatch.setattr(runner.os, "cpu_count", lambda: 4)
    monkeypatch.setattr(stream, "FULL", 1)
    made = Runner(board, SystemClock())
    for n in range(4):
        made.begin(n, memory(), wish(town.url(1)))
    until(lambda: all(board.vitals(n).seq for n in range(4)))
    assert sorted(lane.load for lane in made._lanes) == [2, 2], "neither has room for all"
    made.close()
    monkeypatch.setattr(stream, "FULL", 4)
    made = Runner(board, SystemClock())
    for n in range(4):
        made.begin(n, memory(), wish(town.url(1)))
    until(lambda: made._lanes and made._lanes[0].load == 4)
    assert len(made._lanes) == 1
    made.close()


def test_a_stream_that_ends_leaves_no_thread(board, town, until):
    made = Runner(board, SystemClock())
    for _ in range(3):
        made.begin(1, memory(), wish(town.url(1)))
        before = board.vitals(1).seq
        until(lambda seen=before: board.vitals(1).seq > seen)
        made.change(1, wish(town.url(1)))
        made.end(1)
    made.close()
    assert not [t for t in threading.enumerate() if t.name.startswith(("stream", "lane"))]


def test_too_many_left_behind_wear_a_process_out(board):
    made = Runner(board, SystemClock())
    made.left = runner.LEFT_MOST
    assert made.worn_out
    made.close()

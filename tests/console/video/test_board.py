"""Decoder and screen never write and read the same buffer; the newest picture is the one shown."""

import ctypes
from copy import copy

import numpy as np
import pytest

from console.video import board
from console.video.board import Board, Slot
from console.video.memory import plain
from console.video.stream import Look, Trouble


@pytest.fixture
def slot():
    numbers = Board(plain(Board.size()))
    numbers.clear(3)
    return Slot(numbers, 3, plain(Slot.bytes_for(4 * 2)))


def rows(value):
    return np.full((2, 4 * 4 + 8), value, np.uint8)  # decoders pad their lines


def test_there_is_no_picture_before_the_first(slot):
    assert slot.picture() is None


def test_the_newest_picture_is_shown_at_its_own_size(slot):
    slot.write(rows(1), 4, 2)
    slot.write(rows(2), 3, 2)
    data, width, height = slot.picture()
    assert (width, height, set(data)) == (3, 2, {2})


def test_a_buffer_in_the_same_size_is_the_same_object_each_time_it_is_shown(slot):
    seen = []
    for value in range(12):
        slot.write(rows(value), 4, 2)
        seen.append(slot.picture())
        assert set(seen[-1][0]) == {value}
    assert len({id(each) for each in seen}) == board.BUFFERS - 1
    slot.write(rows(12), 3, 2)
    assert slot.picture() not in seen
    assert slot.picture() is slot.picture()


class Watched:
    """A row that is looked at after each number that is written into it."""

    def __init__(self, row, look) -> None:
        self._row, self._look = row, look

    def __getitem__(self, column):
        return self._row[column]

    def __setitem__(self, column, value):
        self._row[column] = value
        self._look()

    def release(self):
        self._row.release()


def test_a_picture_of_another_size_is_never_half_of_the_one_before(slot):
    def look():
        if (shown := reader.picture()) is not None:
            data, width, height = shown
            assert (len(data), set(data)) == (width * height * 4, {width})

    reader = copy(slot)
    slot._row = Watched(slot._row, look)
    for n in range(12):
        width = 2 + n % 3
        slot.write(np.full((2, 16), width, np.uint8), width, 2)


def test_what_is_being_read_is_not_written_over(slot):
    slot.write(rows(1), 4, 2)
    held, _, _ = slot.picture()
    for value in range(2, 9):
        slot.write(rows(value), 4, 2)
        assert set(held) == {1}
    assert set(slot.picture()[0]) == {8}


def test_a_picture_is_seen_when_it_is_published_and_not_before(slot):
    slot.write(rows(1), 4, 2)
    for value in range(2, 9):
        held, _, _ = slot.picture()
        goal = slot.goal()
        goal.pixels[:] = value
        assert set(held) == set(slot.picture()[0]) == {value - 1}
        slot.publish(goal, 4, 2)
        assert set(held) == {value - 1}
        assert set(slot.picture()[0]) == {value}


def test_a_goal_is_memory_at_its_own_address_and_outlives_its_slot(slot):
    goal = slot.goal()
    slot.close()
    ctypes.memset(goal.address, 7, goal.pixels.size)
    assert set(goal.pixels) == {7}
    with pytest.raises((IndexError, ValueError)):
        slot.goal()


def test_what_is_known_of_a_stream_comes_back_as_it_was_noted():
    numbers = Board(plain(Board.size()))
    numbers.clear(5)
    slot = Slot(numbers, 5, plain(Slot.bytes_for(4 * 2)))
    assert numbers.vitals(5).latency_ms is None
    slot.note(board.FRAME, 1_500_000)
    slot.note(board.TAKEN, 1_767_578_400_000)
    slot.note(board.RATE, 1_493)
    slot.note(board.LATENCY, 68)
    slot.note(board.TROUBLE, int(Trouble.SILENT))
    slot.note(board.LOOK, int(Look.BLACK))
    slot.note(board.CODEC, board.CODECS.index("hevc"))
    slot.add(board.RECONNECTS)
    found = numbers.vitals(5)
    assert (found.frame, found.rate, found.latency_ms) == (1.5, 14.93, 68)
    assert (found.trouble, found.look, found.codec) == (Trouble.SILENT, Look.BLACK, "hevc")
    assert (found.reconnects, found.taken_ms) == (1, 1_767_578_400_000)
    assert numbers.seqs()[5] == 0

"""A picture is made for Qt once for each piece of memory, and memory is let go with what it was."""

import weakref

import pytest
from PySide6.QtCore import QRectF

from console.video.board import BUFFERS
from ui.kit.shots import Shots, shot

SIZE = (4, 2)


class Memory(bytearray):
    """Memory of which a test can tell whether it is still held."""


def pixels(memory, width=4, height=2):
    return memoryview(memory)[: width * height * 4], width, height


@pytest.fixture
def memory():
    return Memory(4 * 2 * 4)


def test_the_same_object_gives_the_same_picture_and_shows_what_is_in_memory_now(memory):
    shots, shown = Shots(), pixels(memory)
    made = shots.of(0, shown)
    memory[:4] = bytes([1, 2, 3, 0])
    assert shots.of(0, shown) is made
    assert made.image.pixelColor(0, 0).getRgb()[:3] == (3, 2, 1)
    assert (made.size, made.part) == (SIZE, QRectF(0, 0, *SIZE))


def test_tiles_keep_pictures_of_their_own_and_of_each_buffer(memory):
    shots, buffers = Shots(), [pixels(memory) for _ in range(BUFFERS)]
    made = [[shots.of(tile, each) for each in buffers] for tile in range(2)]
    assert made == [[shots.of(tile, each) for each in buffers] for tile in range(2)]
    assert made[0][0] is not made[1][0]


def test_no_more_is_kept_than_a_stream_has_buffers(memory):
    shots, first = Shots(), pixels(memory)
    made = shots.of(0, first)
    held = [shots.of(0, pixels(memory)) for _ in range(BUFFERS)]
    assert shots.of(0, first) is not made
    assert len({id(each) for each in held}) == BUFFERS


def test_another_size_takes_the_place_of_what_was_kept(memory):
    shots, first = Shots(), pixels(memory)
    made = shots.of(0, first)
    small = shots.of(0, pixels(memory, 2, 2))
    assert small.size == (2, 2)
    assert shots.of(0, first) is not made


@pytest.mark.parametrize("how", ["another stream", "cleared"])
def test_memory_that_is_no_longer_shown_is_let_go(how):
    shots, memory = Shots(), Memory(4 * 2 * 4)
    gone = weakref.ref(memory)
    shots.of(0, pixels(memory))
    del memory
    assert gone() is not None
    if how == "cleared":
        shots.clear()
    else:
        shots.of(0, pixels(Memory(4 * 2 * 4)))
    assert gone() is None


def test_a_part_is_shown_as_it_is_asked_for(memory):
    part = QRectF(1, 0, 2, 1)
    made = shot(pixels(memory), part)
    assert (made.part, made.size) == (part, (2.0, 1.0))

"""Loops are encoded once; each camera's own caption stands in them, and decodes without a fault."""

from itertools import pairwise

import av
import numpy as np
import pytest

from console.central.cameras.loops import Caption, encode, strip_of
from console.central.cameras.scenery import SCENES, flat, frames

FPS = 15
SIZE = (320, 180)


@pytest.fixture(scope="module")
def loop():
    return encode(frames(SCENES[0], *SIZE, FPS, 2), FPS)


def decoded(loop, tops, rounds=1):
    decoder = av.CodecContext.create("h264", "r")
    found = []
    for _ in range(rounds):
        for n, unit in enumerate(loop.units):
            parts = (loop.sps, loop.pps, tops(n), *unit.rest)
            data = b"".join(b"\0\0\0\1" + part for part in parts)
            found += [f.to_ndarray(format="rgb24") for f in decoder.decode(av.Packet(data))]
    return found


def test_there_is_a_key_frame_in_every_second(loop):
    assert [n for n, unit in enumerate(loop.units) if unit.key] == [0, FPS]


def test_a_caption_stands_in_the_upper_strip_until_the_next_key_frame(loop):
    strip = strip_of(SIZE[1])
    caption = Caption(loop)
    colours = {0: (200, 40, 40), 1: (40, 40, 200)}
    made: dict[int, bytes] = {}

    def top(n):
        second = n // FPS
        if loop.units[n].key:
            made[second] = caption.slice(flat(colours[second], SIZE[0], strip), second)
            return made[second]
        return loop.same[n % FPS]

    shown = decoded(loop, top)
    assert len(shown) == len(loop.units)
    for n, picture in enumerate(shown):
        wanted = np.array(colours[n // FPS])
        assert np.abs(picture[: strip - 2].mean(axis=(0, 1)) - wanted).max() < 12, n
        assert picture[strip + 20 :].std() > 10


def test_a_loop_goes_round_without_a_seam(loop):
    caption = Caption(loop)
    ground = loop.ground

    def top(n):
        return caption.slice(ground, n // FPS) if loop.units[n].key else loop.same[n % FPS]

    shown = decoded(loop, top, rounds=3)
    assert len(shown) == 3 * len(loop.units)
    for one, again in ((shown[len(loop.units) + 7], shown[2 * len(loop.units) + 7]),):
        assert np.abs(one.astype(int) - again).mean() < 1


def test_things_move_from_frame_to_frame(loop):
    caption = Caption(loop)
    shown = decoded(
        loop,
        lambda n: caption.slice(loop.ground, n // FPS) if loop.units[n].key else loop.same[n % FPS],
    )
    assert all((a != b).any() for a, b in pairwise(shown))


def test_a_loop_of_half_a_second_is_a_mistake():
    with pytest.raises(ValueError, match="even number"):
        encode([flat((0, 0, 0), *SIZE)] * 7, FPS)

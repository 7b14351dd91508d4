"""libyuv draws what swscale draws, only finer, and never reads or writes beside its memory."""

import dataclasses
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from console.video.board import BUFFERS, Goal
from console.video.scaler import Way, scaler_for, way
from console.video.swscale import Swscale
from tests.frames import (
    BT601,
    BT709,
    BT2020,
    FULL,
    LIMITED,
    decoded,
    raw,
    rings,
    scene,
    upside_down,
)

SENTINEL = 0xA5
HALF = (32, 18)
NATIVES = [(640, 360), (704, 576), (352, 288), (854, 480), (1280, 720), (641, 361), (639, 358)]


def goal_of(size, spare=4_096):
    """Give a goal with room for just so many pixels, in the middle of what must not be touched."""
    whole = np.full(size[0] * size[1] * 4 + 2 * spare, SENTINEL, np.uint8)
    inner = whole[spare : len(whole) - spare]
    return whole, Goal(0, inner, inner.ctypes.data)


def drawn(by, frame, size):
    whole, goal = goal_of(size)
    assert by.draw(frame, goal)
    assert set(whole[:4_096]) | set(whole[-4_096:]) == {SENTINEL}
    return goal.pixels.reshape(size[1], size[0], 4)[:, :, :3].astype(int)


def area(rows, size):
    """Give the exact mean of the green that lies under each pixel of a smaller picture."""

    def weights(many, few):
        edges = np.linspace(0, many, few + 1)
        starts = np.arange(many)
        overlap = np.minimum(edges[1:, None], starts + 1) - np.maximum(edges[:-1, None], starts)
        return overlap.clip(0) * few / many

    across, down = weights(rows.shape[1], size[0]), weights(rows.shape[0], size[1])
    return down @ rows[:, :, 1] @ across.T


@pytest.mark.parametrize(("native", "wanted", "found"), [
    ((640, 360), (640, 360), Way(())),
    ((640, 360), (638, 358), Way(())),
    ((641, 361), (640, 360), Way(())),
    ((640, 360), (480, 270), Way(((480, 270),))),
    ((640, 360), (478, 268), Way(((480, 270),))),
    ((640, 360), (318, 178), Way(((320, 180),))),
    ((1920, 1080), (478, 268), Way(((480, 270),))),
    ((640, 360), (382, 214), Way(((640, 214),), columns=True)),
    ((640, 360), (238, 132), Way(((320, 180), (320, 132)), columns=True)),
    ((704, 576), (330, 270), Way(((352, 288), (352, 270)), columns=True)),
    ((854, 480), (428, 240), Way(((854, 240),), columns=True)),
    ((854, 480), (318, 178), None),
    ((640, 360), (642, 360), None),
    ((3840, 2160), (320, 180), None),
])  # fmt: skip
def test_the_way_is_the_shortest_that_looks_at_every_pixel(native, wanted, found):
    assert way(native, wanted) == found


@pytest.mark.parametrize(("space", "reach", "most"), [
    (BT601, LIMITED, 5), (BT601, FULL, 3), (BT709, FULL, 3),
    (BT709, LIMITED, 12),  # libyuv takes blue 2 times where it is 2.11 times
])  # fmt: skip
def test_colours_are_those_of_swscale(yuv, space, reach, most):
    chance = np.random.default_rng(3)
    patches = chance.integers(0, 256, (9, 16, 3), np.uint8).repeat(40, 0).repeat(40, 1)
    for frame in (decoded(patches, space, reach), scene(640, 360, space=space, reach=reach)):
        assert (frame.colorspace, frame.color_range) == (space, reach)
        size = frame.width, frame.height
        ours = drawn(scaler_for(yuv, size, size), frame, size)
        apart = np.abs(ours - drawn(Swscale(size), frame, size))
        assert apart.max() <= most
        assert apart[:, :, 1:].max() <= 5
        assert apart.mean() < 2.5


@pytest.mark.parametrize("size", [(480, 270), (384, 216), (320, 180), (240, 136)])
def test_a_picture_made_small_is_the_one_that_swscale_makes(yuv, size):
    frame = scene(640, 360, seed=2)
    ours = drawn(scaler_for(yuv, (640, 360), size), frame, size)
    assert np.abs(ours - drawn(Swscale(size), frame, size)).mean() < 4


@pytest.mark.parametrize("picture", [rings, lambda *size: None], ids=["rings", "street"])
@pytest.mark.parametrize(("native", "size"), [
    ((640, 360), (480, 270)), ((640, 360), (384, 216)), ((640, 360), (320, 180)),
    ((640, 360), (240, 136)), ((704, 576), (328, 270)), ((1280, 720), (480, 270)),
    ((1280, 720), (384, 216)), ((1920, 1080), (240, 134)),
])  # fmt: skip
def test_it_is_nearer_to_the_mean_of_what_it_covers_than_swscale(yuv, native, size, picture):
    made = picture(*native)
    frame = scene(*native) if made is None else decoded(made)
    pairs = (
        (scaler_for(yuv, native, native), scaler_for(yuv, native, size)),
        (Swscale(native), Swscale(size)),
    )
    ours, theirs = (
        np.square(drawn(by, frame, size)[:, :, 1] - area(drawn(whole, frame, native), size)).mean()
        for whole, by in pairs
    )
    assert ours < theirs


def test_what_hangs_over_is_cut_off_and_the_rest_stays_where_it_is(yuv):
    frame = raw(640, 360)
    whole = drawn(scaler_for(yuv, (640, 360), (480, 270)), frame, (480, 270))
    for width, height in ((478, 268), (474, 266)):
        part = drawn(scaler_for(yuv, (640, 360), (width, height)), frame, (width, height))
        x, y = (480 - width) // 4 * 2, (270 - height) // 4 * 2
        assert (part == whole[y : y + height, x : x + width]).all()


@pytest.mark.parametrize("native", NATIVES)
def test_every_size_is_drawn_and_no_byte_beside_it(yuv, native):
    chance = np.random.default_rng(7)
    frame = raw(*native)
    for part in (*chance.uniform(0.1, 1.0, 20), 1.0):
        size = max(2, int(native[0] * part)), max(2, int(native[1] * part))
        by = scaler_for(yuv, native, size)
        if by is not None:
            drawn(by, frame, size)
            assert by.brightness(frame).shape[0] >= size[1]


def test_the_brightness_is_that_of_the_picture(yuv):
    frame = scene(640, 360)
    for size in ((640, 360), (480, 270), (384, 216), (240, 136)):
        by = scaler_for(yuv, (640, 360), size)
        drawn(by, frame, size)
        rows = by.brightness(frame)
        assert rows.mean() == pytest.approx(Swscale(size).brightness(frame).mean(), abs=0.7)


def planes(*sizes):
    return tuple(
        SimpleNamespace(buffer_ptr=1, line_size=stride, buffer_size=size) for stride, size in sizes
    )


def told(**facts):
    kind = SimpleNamespace(name=facts.pop("form", "yuv420p"))
    sound = {
        "width": 64, "height": 36, "format": kind, "colorspace": BT601, "color_range": LIMITED,
        "planes": planes((64, 64 * 36), (32, 32 * 18), (32, 32 * 18)),
    }  # fmt: skip
    return SimpleNamespace(**(sound | facts))


@pytest.mark.parametrize("facts", [
    {"width": 66}, {"height": 38}, {"form": "yuv422p"}, {"form": "nv12"}, {"colorspace": BT2020},
    {"form": "yuvj420p", "color_range": LIMITED}, {"planes": planes((64, 64 * 36))},
    {"planes": planes((-64, 64 * 36), (-32, 32 * 18), (-32, 32 * 18))},
    {"planes": planes((62, 62 * 36), (32, 32 * 18), (32, 32 * 18))},
    {"planes": planes((64, 64 * 35), (32, 32 * 18), (32, 32 * 18))},
    {"planes": planes((64, 64 * 36), (32, 32 * 17), (32, 32 * 18))},
    {"planes": planes((64, 64 * 36), (32, 32 * 18), (30, 30 * 18))},
])  # fmt: skip
def test_what_does_not_hold_what_will_be_read_is_left_to_swscale(facts):
    by, calls = silent()
    assert by.draw(told(), goal_of(HALF)[1])
    assert len(calls) == 2
    assert not by.draw(told(**facts), goal_of(HALF)[1])
    assert len(calls) == 2


class EveryMatrix(dict):
    def __missing__(self, _name):
        return 1


def silent():
    """Give a scaler whose library only notes that it was called."""
    calls = []

    def call(*words):
        calls.append(words)
        return 0

    library = SimpleNamespace(scale=call, colour=call, stretch=call, matrices=EveryMatrix())
    return scaler_for(library, (64, 36), HALF), calls


def test_a_goal_that_is_too_small_is_not_written_to():
    by, calls = silent()
    assert not by.draw(told(), goal_of((32, 16))[1])
    assert not calls


def test_a_call_that_fails_is_told(yuv):
    broken = dataclasses.replace(yuv, colour=lambda *_words: -1)
    assert not scaler_for(broken, (640, 360), (480, 270)).draw(
        raw(640, 360), goal_of((480, 270))[1]
    )


def test_lines_told_from_the_last_one_on_are_left_to_swscale(yuv):
    frame = upside_down(scene(320, 180))
    assert frame.planes[0].line_size < 0
    assert not scaler_for(yuv, (320, 180), (160, 90)).draw(frame, goal_of((160, 90))[1])


def test_threads_do_not_write_into_each_others_scratch(yuv):
    sizes = ((480, 270), (382, 214), (238, 132))
    frames = [raw(640, 360, seed) for seed in range(BUFFERS)]
    right = [
        drawn(scaler_for(yuv, (640, 360), size), frame, size)
        for frame, size in zip(frames, sizes, strict=True)
    ]
    wrong = []

    def go(n):
        by = scaler_for(yuv, (640, 360), sizes[n])
        wrong.extend(n for _ in range(60) if (drawn(by, frames[n], sizes[n]) != right[n]).any())

    threads = [threading.Thread(target=go, args=(n,)) for n in range(BUFFERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []

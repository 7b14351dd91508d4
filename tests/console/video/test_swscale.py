"""Whatever its form, a picture is made as small as is wanted, and its brightness with it."""

import numpy as np
import pytest
from av.video.frame import VideoFrame

from console.video.board import Board, Slot
from console.video.memory import plain
from console.video.swscale import Swscale
from tests.frames import scene, upside_down


def drawn(frame, size):
    slot = Slot(Board(plain(Board.size())), 0, plain(Slot.bytes_for(size[0] * size[1])))
    goal = slot.goal()
    assert Swscale(size).draw(frame, goal)
    return goal.pixels[: size[0] * size[1] * 4].reshape(size[1], size[0], 4)


@pytest.mark.parametrize("size", [(64, 36), (48, 26), (32, 20)])
@pytest.mark.parametrize("form", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "nv12", "bgr24"])
def test_every_form_keeps_its_colours_in_every_size(form, size):
    picture = np.full((36, 64, 3), (180, 90, 40), np.uint8)
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=form)
    blue, green, red, _ = drawn(frame, size)[10, 20].astype(int)
    assert np.abs(np.array((red, green, blue)) - (180, 90, 40)).max() <= 4
    assert Swscale(size).brightness(frame).shape == size[::-1]


def test_lines_that_are_told_from_the_last_one_on_come_out_the_right_way_up():
    frame = scene(320, 180)
    turned = drawn(upside_down(frame), (160, 90))
    assert np.abs(turned[::-1].astype(int) - drawn(frame, (160, 90))).mean() < 3

"""A picture is made to fit its room, and its colours stay what they are."""

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from console.base.clock import ManualClock
from console.video.board import Board, Slot
from console.video.canvas import Canvas, fitted
from console.video.memory import plain


def test_a_picture_fits_in_its_room_in_its_own_proportions():
    assert fitted((640, 360), (320, 320)) == (320, 180)
    assert fitted((640, 360), (5_000, 5_000)) == (640, 360)
    assert fitted((704, 576), (320, 180)) == (216, 180)
    assert fitted((640, 360), (479, 270)) == (472, 270), "nearly as large as its tile"
    assert np.prod(fitted((640, 360), (1, 1))) == 16


def shown(frame, room):
    numbers = Board(plain(Board.size()))
    slot = Slot(numbers, 0, plain(Slot.bytes_for(64 * 36)))
    Canvas(slot, ManualClock()).show(frame, room, 0)
    data, width, height = slot.picture()
    return np.frombuffer(data, np.uint8).reshape(height, width, 4)


@pytest.mark.parametrize("width", [*range(44, 64, 2), 64])
def test_a_picture_is_painted_to_its_last_pixel_whatever_its_width(width):
    picture = np.full((36, width, 3), (180, 90, 40), np.uint8)
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
    seen = shown(frame, (64, 36))[:, :, :3].astype(int)
    assert np.abs(seen - seen[10, 20]).max() <= 4
    smaller = shown(frame, (width - 10, 36))[:, :, :3].astype(int)
    assert np.abs(smaller - smaller[10, 20]).max() <= 4


@pytest.mark.parametrize("room", [(64, 36), (48, 26)])
@pytest.mark.parametrize("form", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "nv12"])
def test_colours_are_the_same_in_every_form_and_size(form, room):
    picture = np.full((36, 64, 3), (180, 90, 40), np.uint8)
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=form)
    blue, green, red, _ = shown(frame, room)[10, 20].astype(int)
    assert np.abs(np.array((red, green, blue)) - (180, 90, 40)).max() <= 4


@pytest.mark.parametrize("room", [(64, 36), (48, 26)])
def test_a_camera_that_uses_all_that_a_byte_can_say_is_not_made_brighter(room):
    picture = np.full((36, 64, 3), 30, np.uint8)
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format="yuv420p", dst_color_range="JPEG"
    )
    frame.color_range = ColorRange.JPEG
    assert np.abs(shown(frame, room)[10, 20, :3].astype(int) - 30).max() <= 3

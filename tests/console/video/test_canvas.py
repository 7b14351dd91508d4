"""A picture is made to fit its room, and its colours stay what they are, whoever makes it small."""

import dataclasses

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from console.base.clock import ManualClock
from console.video.board import Board, Slot
from console.video.canvas import Canvas, fitted
from console.video.libyuv import libyuv
from console.video.memory import plain
from console.video.stream import Look
from console.video.swscale import ACROSS
from tests.frames import raw, scene, upside_down

WAYS = pytest.mark.parametrize("find", [libyuv, lambda: None], ids=["libyuv", "swscale"])
ROOMS = pytest.mark.parametrize("room", [(64, 36), (48, 26), (32, 18)])


def test_a_picture_fits_in_its_room_in_its_own_proportions():
    assert fitted((640, 360), (320, 320)) == (320, 180)
    assert fitted((640, 360), (5_000, 5_000)) == (640, 360)
    assert fitted((704, 576), (320, 180)) == (220, 180)
    assert fitted((704, 576), (320, 180), ACROSS) == (216, 180)
    assert fitted((640, 360), (479, 270)) == (478, 270), "nearly as large as its tile"
    assert fitted((640, 360), (479, 270), ACROSS) == (472, 270)
    assert np.prod(fitted((640, 360), (1, 1))) == 4


class Shown:
    """A canvas, and what is to be seen of it."""

    def __init__(self, find, pixels=64 * 36):
        self.clock = ManualClock()
        self.board = Board(plain(Board.size()))
        self.slot = Slot(self.board, 0, plain(Slot.bytes_for(pixels)))
        self.canvas = Canvas(self.slot, self.clock, find)

    def show(self, frame, room):
        self.canvas.show(frame, room, 0)
        return self.picture()

    def picture(self):
        data, width, height = self.slot.picture()
        return np.frombuffer(data, np.uint8).reshape(height, width, 4)

    @property
    def vitals(self):
        return self.board.vitals(0)


@WAYS
@pytest.mark.parametrize("width", [*range(44, 64, 2), 64])
def test_a_picture_is_painted_to_its_last_pixel_whatever_its_width(find, width):
    picture = np.full((36, width, 3), (180, 90, 40), np.uint8)
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p")
    for room in ((64, 36), (width - 10, 36)):
        seen = Shown(find).show(frame, room)[:, :, :3].astype(int)
        assert np.abs(seen - seen[10, 20]).max() <= 4


@WAYS
@ROOMS
@pytest.mark.parametrize("form", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "nv12"])
def test_colours_are_the_same_in_every_form_and_size(find, form, room):
    picture = np.full((36, 64, 3), (180, 90, 40), np.uint8)
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=form)
    blue, green, red, _ = Shown(find).show(frame, room)[10, 20].astype(int)
    assert np.abs(np.array((red, green, blue)) - (180, 90, 40)).max() <= 4


@WAYS
@ROOMS
def test_a_camera_that_uses_all_that_a_byte_can_say_is_not_made_brighter(find, room):
    picture = np.full((36, 64, 3), 30, np.uint8)
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format="yuv420p", dst_color_range="JPEG"
    )
    frame.color_range = ColorRange.JPEG
    assert np.abs(Shown(find).show(frame, room)[10, 20, :3].astype(int) - 30).max() <= 3


@WAYS
def test_a_stream_that_changes_its_size_or_form_on_the_way_goes_on(find):
    seen = Shown(find, 640 * 360)
    frames = [scene(640, 360), upside_down(scene(640, 360)), scene(352, 288), raw(641, 361),
              scene(640, 360).reformat(format="nv12"), scene(640, 360)]  # fmt: skip
    for n, frame in enumerate(frames, 1):
        picture = seen.show(frame, (478, 268))
        vitals = seen.vitals
        assert (vitals.seq, vitals.width, vitals.height) == (n, *picture.shape[1::-1])
        assert (vitals.native_width, vitals.native_height) == (frame.width, frame.height)
    first, turned = (Shown(find, 640 * 360).show(each, (480, 270))[:, :, :3] for each in frames[:2])
    assert np.abs(first.astype(int) - turned[::-1]).mean() < 4


@WAYS
def test_a_picture_that_has_no_room_is_not_shown(find):
    seen = Shown(find)
    seen.canvas.show(scene(128, 72), (128, 72), 0)
    assert seen.slot.picture() is None
    assert seen.show(scene(128, 72), (64, 36)).shape == (36, 64, 4)


@WAYS
def test_a_tile_made_larger_or_smaller_has_the_next_picture_in_its_size(find):
    seen, frame = Shown(find, 640 * 360), scene(640, 360)
    for room, size in (((480, 270), (480, 270)), ((382, 214), (382, 214)),
                       ((960, 540), (640, 360)), ((318, 178), (318, 178))):  # fmt: skip
        shape = seen.show(frame, room).shape
        assert shape[0] == size[1]
        assert size[0] - ACROSS < shape[1] <= size[0]


def test_a_picture_half_made_is_never_seen():
    seen, during = None, []

    def watched():
        library = libyuv()
        if library is None:
            pytest.skip("no libyuv on this machine")

        def colour(*words):
            during.append(seen.picture()[5, 5].tolist() if seen.vitals.seq else None)
            return library.colour(*words)

        return dataclasses.replace(library, colour=colour)

    seen = Shown(watched)
    pictures = [
        seen.show(VideoFrame.from_ndarray(np.full((36, 64, 3), shade, np.uint8)).reformat(
            format="yuv420p"), (48, 26))[5, 5].tolist()
        for shade in (40, 90, 140, 190, 240)
    ]  # fmt: skip
    assert len({tuple(each) for each in pictures}) == 5
    assert during == [None, *pictures[:-1]]


@WAYS
@pytest.mark.parametrize("room", [(640, 360), (480, 270), (382, 214), (120, 68)])
def test_a_dark_picture_is_seen_to_be_dark_in_every_size(find, room):
    seen = Shown(find, 640 * 360)
    seen.show(scene(640, 360), room)
    assert seen.vitals.look is not Look.BLACK
    seen.clock.turn(2_000)
    black = VideoFrame.from_ndarray(np.full((360, 640, 3), 5, np.uint8)).reformat(format="yuv420p")
    seen.show(black, room)
    assert seen.vitals.look is Look.BLACK

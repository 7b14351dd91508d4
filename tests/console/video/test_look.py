"""Black, covered and unchanging pictures are told apart from those that show something."""

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from console.central.cameras import scenery
from console.central.cameras.scenery import SCENES, flat, frames, named, timed
from console.video.look import CONSTANT_S, Sameness, luma_of, seen
from console.video.stream import Look

WIDTH, HEIGHT = 320, 180


def luma(picture):
    return luma_of(VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuv420p"))


def written(picture, time="2026-01-05 10:00:00"):
    return timed(named(picture, "云芷路口"), time)


@pytest.mark.parametrize(("colour", "look"), [((4, 4, 5), Look.BLACK), ((74, 66, 58), Look.COVERED),
                                              ((250, 250, 250), Look.COVERED)])  # fmt: skip
def test_no_light_and_a_covered_lens_are_seen_in_spite_of_the_caption(colour, look):
    assert seen(luma(written(flat(colour, WIDTH, HEIGHT)))) is look


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: str(s.seed))
def test_a_place_is_plain_by_day_and_by_night(scene):
    assert seen(luma(written(scenery.still(scene, WIDTH, HEIGHT)))) is Look.PLAIN


def test_brightness_is_that_of_the_eye():
    assert luma(flat((255, 255, 255), WIDTH, HEIGHT)).max() == 255
    green, blue = (luma(flat(c, WIDTH, HEIGHT)).max() for c in ((0, 255, 0), (0, 0, 255)))
    assert green > 4 * blue


def test_who_uses_all_that_a_byte_can_say_is_taken_at_his_word():
    picture = np.full((HEIGHT, WIDTH), 30, np.uint8)
    frame = VideoFrame.from_ndarray(picture, format="gray")
    assert luma_of(frame).max() == (30 - 16) * 255 // 219
    frame.color_range = ColorRange.JPEG
    assert luma_of(frame).max() == 30


def test_a_picture_that_never_changes_is_constant_after_a_while():
    same, still = Sameness(), luma(written(scenery.still(SCENES[0], WIDTH, HEIGHT)))
    assert same.judged(still, 100.0) is not Look.CONSTANT
    assert same.judged(still, 100.0 + CONSTANT_S - 0.1) is not Look.CONSTANT
    assert same.judged(still, 100.0 + CONSTANT_S) is Look.CONSTANT


def test_until_anything_changes_a_picture_that_is_new_is_not_judged():
    same, still = Sameness(), scenery.still(SCENES[0], WIDTH, HEIGHT)
    assert same.judged(luma(written(still)), 100.0) is Look.UNJUDGED
    assert same.judged(luma(written(still)), 101.0) is Look.UNJUDGED
    assert same.judged(luma(written(still, "2026-01-05 10:00:09")), 102.0) is Look.PLAIN
    assert same.judged(luma(written(still, "2026-01-05 10:00:09")), 103.0) is Look.PLAIN


def test_a_picture_made_larger_goes_on_being_the_same_until_it_changes():
    same, still = Sameness(), scenery.still(SCENES[0], WIDTH, HEIGHT)
    small, large = luma(still[: HEIGHT // 2, : WIDTH // 2]), luma(written(still))
    same.judged(small, 100.0)
    assert same.judged(small, 100.0 + CONSTANT_S) is Look.CONSTANT
    assert same.judged(large, 101.0 + CONSTANT_S) is Look.CONSTANT
    assert same.judged(large, 102.0 + CONSTANT_S) is Look.CONSTANT
    other = luma(written(still, "2026-01-05 10:00:09"))
    assert same.judged(other, 103.0 + CONSTANT_S) is Look.PLAIN


def test_a_clock_that_goes_on_is_enough_of_a_change():
    same, ground = Sameness(), scenery.still(SCENES[0], WIDTH, HEIGHT)
    told = [
        same.judged(luma(written(ground, f"2026-01-05 10:00:{n:02d}")), 100.0 + n)
        for n in range(30)
    ]
    assert told == [Look.UNJUDGED] + [Look.PLAIN] * 29


def test_whatever_moves_is_a_change():
    same = Sameness()
    shown = [luma(picture) for picture in frames(SCENES[3], WIDTH, HEIGHT, 10, 2)]
    told = [same.judged(each, 100.0 + n) for n, each in enumerate(shown)]
    assert Look.CONSTANT not in told
    assert told[-1] is Look.PLAIN

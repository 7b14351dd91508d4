"""A camera looks where hands turned it, goes back to its places, and shows what is there."""

import numpy as np
import pytest

from console.central.cameras.scenery import SCENES, Painter
from console.central.cameras.turning import TILT_MOST, ZOOM_MOST, Aim, Turning, looked
from console.domain.steering import Motion, Place


@pytest.fixture(scope="module")
def picture():
    return Painter(SCENES[0], 160, 90).picture(3, 60)


def test_it_turns_while_a_motion_lasts_and_then_stays():
    turning = Turning()
    turning.steer(Motion(pan=1, tilt=-1, zoom=1, speed=8), 10.0)
    moved = turning.aim(12.0)
    assert 0 < moved.pan < 0.5
    assert moved.tilt < 0
    assert moved.zoom > 1.5
    turning.steer(Motion(), 12.0)
    assert turning.aim(99.0) == moved


def test_it_goes_no_further_than_it_can():
    turning = Turning()
    turning.steer(Motion(tilt=1, zoom=1, focus=1, iris=-1, speed=8), 0.0)
    assert turning.aim(60.0) == Aim(0.0, TILT_MOST, ZOOM_MOST, 1.0, -1.0)


def test_places_are_kept_gone_to_and_forgotten():
    turning = Turning()
    turning.steer(Motion(pan=-1), 0.0)
    turning.steer(Motion(), 2.0)
    there = turning.aim(2.0)
    turning.steer(Place(do="save", number=7), 2.0)
    turning.steer(Place(do="call", number=1), 3.0)
    assert turning.aim(3.0).home
    turning.steer(Place(do="call", number=7), 4.0)
    assert turning.aim(4.0) == there
    turning.steer(Place(do="drop", number=7), 4.0)
    turning.steer(Place(do="call", number=1), 4.0)
    turning.steer(Place(do="call", number=7), 4.0)
    assert turning.aim(4.0).home, "nowhere to go to"


def test_at_home_all_is_as_it_was_painted(picture):
    assert (looked(picture, Aim()) == picture).all()


@pytest.mark.parametrize("aim", [
    Aim(pan=0.2), Aim(tilt=0.2), Aim(tilt=-0.2), Aim(zoom=3), Aim(focus=0.8), Aim(iris=-0.8),
    Aim(zoom=4, tilt=0.3),
])  # fmt: skip
def test_every_turn_is_seen(picture, aim):
    seen = looked(picture, aim)
    assert seen.shape == picture.shape
    assert np.abs(seen.astype(int) - picture).mean() > 2

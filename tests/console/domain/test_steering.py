"""A wish to steer says whether it is still, and whether it is sound."""

from console.domain.steering import Motion, Place, Steer


def test_a_motion_is_still_when_nothing_moves():
    assert Motion().still
    assert not Motion(iris=-1).still


def test_numbers_that_do_not_exist_are_not_sound():
    assert Motion(pan=-1, tilt=1, speed=8).sound
    assert not Motion(pan=5).sound
    assert not Motion(speed=0).sound
    assert Place(do="save", number=255).sound
    assert not Place(do="save", number=256).sound


def test_a_wish_is_one_sound_thing():
    pan, call = Motion(pan=1), Place(do="call", number=1)
    assert Steer(camera="c", motion=pan).wish == pan
    assert Steer(camera="c", place=call).wish == call
    assert Steer(camera="c").wish is None
    assert Steer(camera="c", motion=pan, place=call).wish is None
    assert Steer(camera="c", motion=Motion(pan=7)).wish is None

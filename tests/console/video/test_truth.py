"""A picture is live, late, frozen or lost by its frames alone; short blips are not news."""

import pytest

from console.video.stream import Look, Trouble, Vitals
from console.video.truth import FROZEN_S, LOST_S, STEADY_S, Health, Standing, standing


def since(age, **facts):
    return standing(Vitals(seq=5, asked=10.0, frame=100.0, **facts), 100.0 + age)


@pytest.mark.parametrize(("age", "wanted"), [
    (0.0, Standing.LIVE), (0.39, Standing.LIVE), (0.41, Standing.LATE), (FROZEN_S, Standing.LATE),
    (FROZEN_S + 0.01, Standing.FROZEN), (LOST_S, Standing.FROZEN), (LOST_S + 0.01, Standing.LOST),
])  # fmt: skip
def test_a_picture_ages(age, wanted):
    assert since(age) is wanted


def test_key_frames_alone_come_less_often_and_freeze_all_the_same():
    assert since(2.0, keys_only=True) is Standing.LIVE
    assert since(FROZEN_S + 0.1, keys_only=True) is Standing.FROZEN


@pytest.mark.parametrize(("look", "wanted"), [
    (Look.BLACK, Standing.BLACK), (Look.COVERED, Standing.COVERED),
    (Look.CONSTANT, Standing.CONSTANT),
])  # fmt: skip
def test_a_picture_that_shows_nothing_says_so_while_it_is_live(look, wanted):
    assert since(0.1, look=look) is wanted
    assert since(FROZEN_S + 1, look=look) is Standing.FROZEN


def test_what_never_came_is_waited_for_and_then_lost():
    assert standing(Vitals(), 100.0) is Standing.WAITING, "nobody has asked for it yet"
    assert standing(Vitals(asked=100.0), 101.0) is Standing.WAITING
    assert standing(Vitals(asked=100.0), 100.0 + LOST_S + 1) is Standing.LOST
    denied = Vitals(asked=100.0, trouble=Trouble.DENIED)
    assert standing(denied, 101.0) is Standing.LOST


def test_a_blip_is_no_news_and_an_outage_is_told_once():
    health = Health()
    assert not health.heard(Standing.WAITING, 0.0)
    assert health.heard(Standing.LIVE, 1.0)
    assert not health.heard(Standing.FROZEN, 20.0)
    assert not health.heard(Standing.LIVE, 24.0)
    assert not health.heard(Standing.LOST, 30.0)
    assert not health.heard(Standing.LOST, 30.0 + STEADY_S - 1)
    assert health.heard(Standing.LOST, 30.0 + STEADY_S)
    assert health.good is False
    assert not health.heard(Standing.LOST, 99.0)


def test_a_camera_that_comes_back_must_stay_before_that_is_told():
    health = Health(good=False)
    assert not health.heard(Standing.LIVE, 1.0)
    assert not health.heard(Standing.BLACK, 5.0)
    assert not health.heard(Standing.LIVE, 6.0)
    assert health.heard(Standing.LIVE, 6.0 + STEADY_S)

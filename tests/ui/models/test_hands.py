"""A tile says who steers, how long still, and who asks: as their own seat sees it."""

from console.domain.steering import Hold
from ui.models.hands import hand_of, hands_of

NOW = 1_000_000


def hold(**facts):
    return Hold(camera="c", user="li", name="李明", until=NOW + 20_500, **facts)


def test_another_s_hold_says_who_and_how_long():
    found = hand_of(hold(), "me", NOW)
    assert "李明" in found.words
    assert "21" in found.words
    assert not found.mine


def test_one_who_asks_is_told_how_long_to_wait_and_the_holder_by_whom():
    asked = hold(asked_by="wang", asked_name="王敏", asked_until=NOW + 8_000)
    mine, theirs = hand_of(asked, "li", NOW), hand_of(asked, "wang", NOW)
    assert mine.mine
    assert mine.asked
    assert "王敏" in mine.words
    assert "8" in theirs.words
    assert not theirs.mine


def test_one_s_own_says_what_the_keys_are():
    found = hands_of([hold()], "li", NOW)["c"]
    assert found.mine
    assert "Esc" in found.words


def test_a_stop_that_is_not_confirmed_comes_first_whoever_has_the_camera():
    again, unsure = (hand_of(hold(stop=stop), "li", NOW) for stop in ("again", "unsure"))
    assert (again.mine, again.unsure) == (True, False)
    assert (unsure.mine, unsure.unsure) == (True, True)
    assert "停止未确认" in unsure.words
    left = hand_of(Hold(camera="c", user="li", name="李明", stop="unsure"), "li", NOW)
    assert (left.mine, left.unsure) == (False, True)
    assert "李明" in left.words

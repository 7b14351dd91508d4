"""One seat steers a camera at a time: it is asked for, given, kept, taken over, and let go."""

import pytest

from console.base.errors import Refused
from console.domain.holding import Hand, Holds, Rules

RULES = Rules(hold_s=30, answer_s=10, motion_s=3, return_s=60, home=1, stop_again_s=(1,),
              stop_unsure=3, rank={}, level={})  # fmt: skip
LI, WANG = Hand("li", "李", "S1", 20), Hand("wang", "王", "S2", 20)
LEAD = Hand("lead", "值班长", "S9", 40)


@pytest.fixture
def holds():
    return Holds(RULES)


def test_whoever_uses_it_has_it_as_long_as_they_go_on(holds):
    holds.use("c", LI, 0)
    holds.use("c", LI, 25_000)
    with pytest.raises(Refused, match=r"steered\(person=李, seconds=15\)"):
        holds.use("c", WANG, 40_000)
    assert holds.use("c", WANG, 55_000).user == "wang"


def test_other_cameras_are_nobody_s_business(holds):
    holds.use("c", LI, 0)
    assert holds.use("d", WANG, 0).user == "wang"
    assert {h.camera for h in holds.standing(1)} == {"c", "d"}


def test_whoever_asks_waits_for_an_answer_and_has_it_without_one(holds):
    holds.use("c", LI, 0)
    assert holds.ask("c", WANG, 1_000).user == "li"
    held = holds.use("c", LI, 5_000)
    assert (held.asked_by, held.asked_until) == ("wang", 11_000), "going on is no answer"
    with pytest.raises(Refused):
        holds.use("c", WANG, 10_999)
    assert holds.use("c", WANG, 11_000).user == "wang"


def test_one_that_is_kept_is_kept(holds):
    holds.use("c", LI, 0)
    holds.ask("c", WANG, 1_000)
    assert holds.keep("c", LI, 2_000).asked_by == ""
    with pytest.raises(Refused):
        holds.use("c", WANG, 12_000)


def test_one_that_is_given_is_free(holds):
    holds.use("c", LI, 0)
    assert holds.give("c", LI, 1_000).user == "li"
    assert holds.of("c", 1_000) is None
    assert holds.ask("c", WANG, 1_000).user == "wang"
    holds.ask("c", LI, 1_000)
    holds.give("c", WANG, 1_000)
    assert holds.of("c", 1_000).user == "li", "whoever asked has it"


def test_a_higher_rank_need_not_wait_and_a_second_who_asks_is_told_of_the_first(holds):
    holds.use("c", LI, 0)
    holds.ask("c", WANG, 0)
    with pytest.raises(Refused, match="asked_before"):
        holds.ask("c", Hand("zhao", rank=20), 0)
    assert holds.ask("c", LEAD, 0).user == "lead"
    assert holds.ask("c", LI, 0).user == "lead"


def test_nobody_gives_or_keeps_what_is_another_s(holds):
    holds.use("c", LI, 0)
    for do in (holds.give, holds.keep):
        with pytest.raises(Refused, match="not_steering"):
            do("c", WANG, 0)


def test_what_nobody_uses_is_over_once(holds):
    holds.use("c", LI, 0)
    holds.use("d", LI, 0)
    holds.ask("d", WANG, 0)
    assert [h.camera for h in holds.over(10_000)] == ["d"]
    assert holds.of("d", 10_000).user == "wang"
    holds.give("d", WANG, 10_000)
    assert [h.camera for h in holds.over(30_000)] == ["c"]
    assert holds.over(30_000) == []

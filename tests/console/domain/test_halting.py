"""A stop that failed is tried again after waits, until it came or somebody steers the camera."""

import pytest

from console.base.errors import BadData
from console.domain.halting import LEASE_S, checked
from console.domain.holding import Hand

LI = Hand("li", "李", "S1", 20)


@pytest.fixture
def halts():
    return checked((1, 2, 60), 3, "steering.toml")


def test_it_waits_longer_each_time_and_the_last_wait_stays(halts):
    now, waited = 100.0, []
    halts.begin("c", LI, now)
    for _ in range(5):
        before = now
        while not (due := halts.due(now)):
            now += 0.5
        waited.append(now - before)
        halts.failed(due[0], now)
    assert waited == [1, 2, 60, 60, 60]


def test_it_counts_as_unconfirmed_after_the_third_failure_and_is_told_once(halts):
    assert not halts.begin("c", LI, 0)
    (halt,) = halts.standing()
    assert halts.mark("c") == "again"
    assert [halts.failed(halt, 0) for _ in range(3)] == [False, True, False]
    assert halts.mark("c") == "unsure"
    halts.came(halt)
    assert halts.mark("c") == ""


def test_one_that_is_under_way_is_not_tried_twice_but_is_when_nothing_is_heard_of_it(halts):
    halts.begin("c", LI, 0)
    assert len(halts.due(1)) == 1
    assert halts.due(2) == []
    assert len(halts.due(1 + LEASE_S)) == 1


def test_what_is_heard_late_of_a_stop_says_nothing_once_somebody_has_steered(halts):
    halts.begin("c", LI, 0)
    before = halts.end("c")
    assert not halts.failed(before, 1)
    assert halts.standing() == []
    halts.begin("c", LI, 1, before)
    halts.came(before)
    assert [halt.failed for halt in halts.standing()] == [2]
    assert halts.end("d") is None


@pytest.mark.parametrize(("waits", "unsure", "key"), [
    ((), 3, "stop_again_s"), ((0, 1), 3, "stop_again_s"), ((2, 1), 3, "stop_again_s"),
    ((1,), 0, "stop_unsure"),
])  # fmt: skip
def test_what_is_wrong_in_the_rules_is_named(waits, unsure, key):
    with pytest.raises(BadData, match=key):
        checked(waits, unsure, "steering.toml")

"""A seat counts its alarms, holds back in a flood what can wait, and foretells broken limits."""

import pytest

from console.advise.load import Alarm, Limits, Meter, grouped, read_limits, will_break

LIMITS = Limits(
    urgencies=("flash",), window_s=600, fine=1, most=2, flood=10, ends=5, ahead_s=3600, pace_s=3600
)
MINUTE = 60_000


@pytest.fixture
def meter():
    return Meter(LIMITS)


def alarms(count, severe=False, first=0, place="A"):
    return [Alarm(f"{place}{first + n}", n, place, "T", severe) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "state"),
    [(0, "calm"), (1, "calm"), (2, "busy"), (3, "over"), (10, "over"), (11, "flood")],
)
def test_the_state_follows_the_alarms_of_ten_minutes(meter, count, state):
    meter.came(alarms(count), 0)
    assert meter.load(0).state == state
    assert meter.load(11 * MINUTE).state == "calm"


def test_in_a_flood_what_can_wait_is_held_grouped_and_counted(meter):
    meter.came(alarms(10), 0)
    told, held = meter.came([*alarms(3, first=20), *alarms(2, place="B")], MINUTE)
    assert told == []
    assert len(held) == 5
    load = meter.load(MINUTE)
    assert load.waiting == 5
    assert [(g.place, len(g.ids)) for g in load.held] == [("A", 3), ("B", 2)]


def test_a_severe_alarm_is_never_held(meter):
    meter.came(alarms(20), 0)
    told, held = meter.came(alarms(4, severe=True, first=50), MINUTE)
    assert (len(told), held) == (4, [])


def test_what_is_no_alarm_is_not_counted_but_waits_in_a_flood_too(meter):
    work = [Alarm(f"w{n}", n, "A", "T", counts=False) for n in range(30)]
    assert meter.came(work, 0) == (work, [])
    assert meter.load(0).count == 0
    meter.came(alarms(11), 0)
    more = [Alarm("late", 1, "A", "T", counts=False)]
    assert meter.came(more, 1) == ([], more)
    assert meter.load(1).count == 11


def test_a_flood_ends_below_five_and_gives_back_what_it_held(meter):
    meter.came(alarms(12), 0)
    meter.came(alarms(5, first=30), 5 * MINUTE)
    assert meter.let_go(11 * MINUTE) == ()
    assert meter.load(11 * MINUTE).state == "flood"
    groups = meter.let_go(16 * MINUTE)
    assert sum(len(g.ids) for g in groups) == 7
    assert meter.let_go(16 * MINUTE) == ()
    assert meter.load(16 * MINUTE).waiting == 0


def test_what_somebody_has_dealt_with_is_held_no_more(meter):
    meter.came(alarms(12), 0)
    meter.done(["A10"])
    assert meter.load(0).waiting == 1


def test_groups_are_by_place_and_cause():
    found = grouped([Alarm("1", 2, "A", "x"), Alarm("2", 1, "A", "x"), Alarm("3", 1, "A", "y")])
    assert [(g.cause, g.ids) for g in found] == [("x", ("2", "1")), ("y", ("3",))]


def test_limits_that_will_break_are_foretold_by_the_pace():
    dues = [(10 * MINUTE, "a"), (12 * MINUTE, "b"), (40 * MINUTE, "c")]
    assert will_break(dues, 0, 10 * MINUTE) == ["b"]
    assert will_break(dues, 0, 5 * MINUTE) == []
    assert will_break(dues, 0, None) == ["a", "b", "c"]
    assert will_break([(-1, "over")], 0, None) == []


def test_the_limits_are_data():
    assert read_limits().flood > read_limits().most

"""A clock loses no time and invents none, whatever is done to it, and stands as the limits say."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base import resources
from console.base.clock import CentreClock, ManualClock
from console.base.errors import Refused
from console.domain import deadline
from console.domain.calendar import EPOCH, MILLISECOND, read_calendar
from console.domain.deadline import Deadline, Standing
from console.domain.limit import HOUR, parse_limit

MINUTE = 60_000
DAY = 24 * HOUR
CN = read_calendar(resources.table("calendars/cn.toml"), "cn.toml")
LIMITS = ["30s", "30m", "2h", "2d", "2uh", "4wh", "0.5wd", "5wd", "15wd"]


def at(words):
    wall = datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return (wall - EPOCH) // MILLISECOND


def own(limit, start, end):
    """Give the time between two instants as the limit counts it."""
    return CN.work_between(start, end) if parse_limit(limit).working else end - start


limits = st.sampled_from(LIMITS)
instants = st.integers(at("2025-12-20 00:00"), at("2026-10-20 00:00"))


@pytest.mark.parametrize(
    ("limit", "due", "soon"),
    [
        # Started on Friday 13 February 2026 at 17:00; Saturday 14 is worked, then off until 23.
        ("30s", "2026-02-13 17:00", None),
        ("30m", "2026-02-13 17:30", "2026-02-13 17:24"),
        ("24h", "2026-02-14 17:00", None),
        ("5d", "2026-02-18 17:00", "2026-02-17 17:00"),
        ("2uh", "2026-02-13 19:00", None),
        ("1wh", "2026-02-13 18:00", "2026-02-13 17:48"),
        ("2wh", "2026-02-14 09:00", "2026-02-14 08:36"),
        ("10wh", "2026-02-24 09:00", "2026-02-14 17:00"),
        ("1wd", "2026-02-14 17:00", "2026-02-14 15:24"),
        ("5wd", "2026-02-27 17:00", "2026-02-26 17:00"),
        ("1工作日", "2026-02-14 17:00", "2026-02-14 15:24"),
    ],
)
def test_each_unit_is_due_when_counting_by_hand_says(limit, due, soon):
    clock = deadline.start(limit, at("2026-02-13 17:00"), CN)
    assert clock.due == at(due) + (30_000 if limit == "30s" else 0)
    if soon:
        assert clock.soon == at(soon)
    assert clock.limit == str(parse_limit(limit))


def test_a_limit_that_is_none_starts_nothing():
    with pytest.raises(Refused, match=r"refused\.limit"):
        deadline.start("soon", at("2026-03-02 09:00"), CN)


@given(limits, instants)
def test_due_soon_begins_exactly_when_a_fifth_is_left(limit, start):
    clock = deadline.start(limit, start, CN)
    total = parse_limit(limit).length(CN.day_length)
    assert deadline.remaining(clock, start, CN) == total
    assert deadline.remaining(clock, clock.soon, CN) * 5 == total
    assert deadline.remaining(clock, clock.soon - 1, CN) * 5 > total
    assert deadline.standing(clock, clock.soon, CN) is Standing.DUE_SOON
    assert deadline.standing(clock, clock.soon - 1, CN) is Standing.NORMAL
    assert deadline.standing(clock, clock.due, CN) is Standing.DUE_SOON
    assert deadline.standing(clock, clock.due + 1, CN) is Standing.OVERDUE
    assert deadline.remaining(clock, clock.due, CN) == 0


@given(limits, instants)
def test_badly_overdue_begins_at_half_the_limit_or_a_day_over(limit, start):
    clock = deadline.start(limit, start, CN)
    badly = deadline.badly_at(clock, CN)
    total = parse_limit(limit).length(CN.day_length)
    over = -deadline.remaining(clock, badly, CN)
    assert badly - clock.due == DAY or over * 2 == total
    assert badly - clock.due <= DAY
    assert over * 2 <= total
    assert deadline.standing(clock, badly, CN) is Standing.BADLY_OVERDUE
    assert deadline.standing(clock, badly - 1, CN) is Standing.OVERDUE


@pytest.mark.parametrize(
    ("limit", "badly"),
    [
        ("30m", "2026-09-30 17:45"),
        ("5wd", "2026-10-11 17:00"),  # 20 working hours over would be later than a day
        ("2wh", "2026-09-30 18:00"),
        ("4wh", "2026-10-01 17:00"),  # the second hour would come only after the holiday
    ],
)
def test_badly_overdue_by_hand_over_national_day(limit, badly):
    start = {"30m": "2026-09-30 17:00", "5wd": "2026-09-28 17:00"}.get(limit)
    # The working hours are due at 17:00 on the last day before the holiday.
    start = start or {"2wh": "2026-09-30 15:00", "4wh": "2026-09-30 11:00"}[limit]
    clock = deadline.start(limit, at(start), CN)
    assert deadline.badly_at(clock, CN) == at(badly)


@given(
    limits,
    st.lists(instants, min_size=1, max_size=8, unique=True).map(sorted),
    st.none() | st.integers(0, 7),
)
def test_pauses_lose_no_time_and_invent_none(limit, times, extended_after):
    clock = deadline.start(limit, times[0], CN)
    total = parse_limit(limit).length(CN.day_length)
    used = 0
    for i, (first, last) in enumerate(pairwise(times)):
        if i == extended_after:
            clock = deadline.extend(clock, limit, first, CN)
            total *= 2
        if i % 2:
            assert deadline.remaining(clock, last, CN) == total - used
            assert deadline.standing(clock, last, CN) is Standing.PAUSED
            clock = deadline.resume(clock, last, CN)
        else:
            used += own(limit, first, last)
            clock = deadline.pause(clock, last, CN)
            assert clock.spent == used
    assert deadline.remaining(clock, times[-1], CN) == total - used
    if not clock.paused:
        assert own(limit, clock.soon, clock.due) * 5 == total


@given(limits, instants, st.integers(0, 60 * DAY))
def test_a_pause_taken_back_at_once_changes_nothing(limit, start, later):
    clock = deadline.start(limit, start, CN)
    now = start + later
    back = deadline.resume(deadline.pause(clock, now, CN), now, CN)
    assert deadline.remaining(back, now, CN) == deadline.remaining(clock, now, CN)
    if deadline.remaining(clock, now, CN):
        assert (back.due, back.soon) == (clock.due, clock.soon)


def test_a_paused_case_over_spring_festival_is_due_as_counted_by_hand():
    clock = deadline.start("5wd", at("2026-02-12 10:00"), CN)
    assert clock.due == at("2026-02-26 10:00")
    paused = deadline.pause(clock, at("2026-02-13 10:00"), CN)
    assert deadline.remaining(paused, at("2026-03-30 10:00"), CN) == 4 * 8 * HOUR
    resumed = deadline.resume(paused, at("2026-02-28 09:00"), CN)
    # Saturday 28 is worked; then Monday 2 to Thursday 5 March.
    assert resumed.due == at("2026-03-05 09:00")
    assert resumed.spent == 8 * HOUR
    assert resumed.paused == 0


def test_pausing_twice_resuming_twice_and_stopping_twice_is_as_good_as_once():
    start = at("2026-03-02 09:00")
    clock = deadline.start("4wh", start, CN)
    assert deadline.resume(clock, start + HOUR, CN) is clock
    paused = deadline.pause(clock, start + HOUR, CN)
    assert deadline.pause(paused, start + 2 * HOUR, CN) is paused
    stopped = deadline.stop(paused, start + 2 * HOUR)
    assert deadline.stop(stopped, start + 3 * HOUR) is stopped
    assert deadline.pause(stopped, start + 3 * HOUR, CN) is stopped
    assert deadline.resume(stopped, start + 3 * HOUR, CN) is stopped


def test_a_seat_whose_clock_lags_gives_a_case_no_more_time():
    start = at("2026-03-02 09:00")
    clock = deadline.start("2h", start, CN)
    paused = deadline.pause(clock, start - HOUR, CN)
    assert paused.spent == 0
    assert deadline.remaining(paused, start, CN) == 2 * HOUR
    assert deadline.resume(paused, start - 2 * HOUR, CN).due == start + HOUR
    resumed = deadline.resume(deadline.pause(clock, start + HOUR, CN), start + 2 * HOUR, CN)
    assert deadline.pause(resumed, start + HOUR + MINUTE, CN).spent == HOUR


def test_what_is_stopped_in_time_is_met_and_later_is_missed():
    start = at("2026-03-02 09:00")
    clock = deadline.start("2h", start, CN)
    met, missed = (deadline.stop(clock, clock.due + late) for late in (0, 1))
    assert deadline.standing(met, start + 9 * DAY, CN) is Standing.MET
    assert deadline.standing(missed, start + 9 * DAY, CN) is Standing.MISSED
    assert deadline.remaining(met, start + 9 * DAY, CN) == 0
    assert deadline.remaining(missed, start + 9 * DAY, CN) == -1


def test_what_is_stopped_in_a_pause_is_judged_as_it_was_when_the_pause_began():
    start = at("2026-03-02 09:00")
    clock = deadline.start("2h", start, CN)
    paused = deadline.pause(clock, start + HOUR, CN)
    stopped = deadline.stop(paused, start + 9 * HOUR)
    assert deadline.standing(stopped, start + DAY, CN) is Standing.MET
    assert deadline.remaining(stopped, start + DAY, CN) == HOUR
    late = deadline.stop(deadline.pause(clock, start + 3 * HOUR, CN), start + 9 * HOUR)
    assert deadline.standing(late, start + DAY, CN) is Standing.MISSED


def test_a_clock_begun_again_has_its_whole_limit_and_no_history():
    start = at("2026-03-02 09:00")
    clock = deadline.extend(deadline.start("2h", start, CN), "1h", start, CN)
    clock = deadline.stop(deadline.pause(clock, start + HOUR, CN), start + 2 * HOUR)
    again = deadline.restart(clock, start + DAY, CN)
    assert again == deadline.start("2h", start + DAY, CN)


def test_an_extension_counts_from_when_it_was_due_and_over_the_holiday():
    clock = deadline.start("2wd", at("2026-09-28 17:00"), CN)
    longer = deadline.extend(clock, "12wh", at("2026-09-30 10:00"), CN)
    assert longer.due == at("2026-10-09 11:00")
    assert longer.extended == "12wh"
    # A fifth of 28 working hours is 5 h 36 min.
    assert longer.soon == at("2026-10-08 15:24")
    assert deadline.remaining(longer, clock.due, CN) == 12 * HOUR


def test_an_extension_granted_in_a_pause_counts_when_it_ends():
    start = at("2026-03-02 09:00")
    paused = deadline.pause(deadline.start("2h", start, CN), start + HOUR, CN)
    longer = deadline.extend(paused, "30m", start + 2 * HOUR, CN)
    assert deadline.remaining(longer, start + 3 * HOUR, CN) == 90 * MINUTE
    assert deadline.resume(longer, start + 3 * HOUR, CN).due == start + 3 * HOUR + 90 * MINUTE


@pytest.mark.parametrize(
    ("limit", "by", "key"),
    [
        ("2h", "121m", "refused.extension_too_long"),
        ("1wd", "1.01wd", "refused.extension_too_long"),
        ("1wd", "8.5wh", "refused.extension_too_long"),
        ("1wd", "1h", "refused.extension_unit"),
        ("1h", "1wh", "refused.extension_unit"),
        ("1h", "much", "refused.limit"),
    ],
)
def test_an_extension_that_is_too_long_or_counts_otherwise_is_refused(limit, by, key):
    start = at("2026-03-02 09:00")
    with pytest.raises(Refused) as refused:
        deadline.extend(deadline.start(limit, start, CN), by, start, CN)
    assert refused.value.key == key


def test_an_extension_may_be_as_long_as_the_limit_but_only_once():
    start = at("2026-03-02 09:00")
    clock = deadline.extend(deadline.start("1wd", start, CN), "8wh", start, CN)
    assert clock.due == at("2026-03-04 09:00")
    with pytest.raises(Refused) as refused:
        deadline.extend(clock, "1wh", start, CN)
    assert refused.value.key == "refused.extended_already"


def test_a_clock_that_has_ended_is_not_extended():
    start = at("2026-03-02 09:00")
    stopped = deadline.stop(deadline.start("1wd", start, CN), start + HOUR)
    with pytest.raises(Refused) as refused:
        deadline.extend(stopped, "1wh", start + HOUR, CN)
    assert refused.value.key == "refused.clock_stopped"


def test_a_limit_of_the_greatest_length_ends():
    clock = deadline.start("9999wd", at("2026-03-02 09:00"), CN)
    assert own("9999wd", clock.started, clock.due) == 9999 * CN.day_length


def test_a_deadline_survives_a_restart_and_a_wall_clock_set_back_an_hour():
    machine = ManualClock(now=at("2026-03-02 09:00"))
    centre = CentreClock(machine)
    centre.heard(machine.monotonic(), machine.monotonic(), machine.now())
    kept = msgspec.json.encode(deadline.start("4wh", centre.now(), CN))

    machine.turn(3 * HOUR + 12 * MINUTE)
    machine.set_wall(machine.now() - HOUR)
    clock = msgspec.json.decode(kept, type=Deadline)
    assert centre.now() == at("2026-03-02 12:12")
    assert deadline.standing(clock, centre.now(), CN) is Standing.NORMAL

    # The program is started again with the wrong wall clock, and hears the centre.
    again = CentreClock(machine)
    again.heard(machine.monotonic(), machine.monotonic(), at("2026-03-02 14:12"))
    assert deadline.standing(clock, again.now(), CN) is Standing.DUE_SOON
    machine.turn(3 * HOUR)
    assert deadline.standing(clock, again.now(), CN) is Standing.BADLY_OVERDUE
    assert again.trouble() == "clock.far"


def test_a_running_clock_is_small_on_the_wire():
    clock = deadline.start("2h", 0, CN)
    assert msgspec.json.encode(clock) == (
        b'{"limit":"2h","started":0,"due":7200000,"soon":5760000}'
    )

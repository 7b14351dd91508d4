"""The centre's time is kept whatever the wall clock says, and a clock that is wrong is noticed."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.clock import ANSWERS, CentreClock, Clock, ManualClock, SystemClock

MINUTE = 60_000
HOUR = 60 * MINUTE


def answer(clock, machine, ahead, *, there=0, back=0):
    """Hear the centre, whose clock is ``ahead`` ms of the wall, over a line with delays."""
    sent = machine.monotonic()
    machine.turn(there)
    says = machine.now() + ahead
    machine.turn(back)
    clock.heard(sent, machine.monotonic(), says)


def test_the_system_clock_goes_on():
    clock = SystemClock()
    assert abs(clock.now() - time.time_ns() // 1_000_000) < 60_000
    first = clock.monotonic()
    assert clock.monotonic() >= first
    assert clock.boot_id == SystemClock().boot_id


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="only Linux has it")
def test_on_linux_the_running_time_includes_sleep():
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= SystemClock().monotonic() <= time.clock_gettime(time.CLOCK_BOOTTIME)


def test_elsewhere_the_ordinary_monotonic_clock_and_an_id_of_its_own_will_do(tmp_path):
    clock = SystemClock(running=None, boot_id=tmp_path / "missing")
    before = time.monotonic()
    assert before <= clock.monotonic() <= time.monotonic()
    assert len(clock.boot_id) == 36
    assert clock.boot_id != SystemClock(boot_id=Path(tmp_path / "missing")).boot_id


def test_before_the_centre_is_heard_the_wall_clock_of_the_start_stands_in():
    machine = ManualClock()
    clock: Clock = CentreClock(machine)
    start = machine.now()
    machine.turn(5_000)
    machine.set_wall(0)
    assert clock.now() == start + 5_000
    assert clock.uncertainty_ms == 0


@given(
    st.integers(-(10**7), 10**7),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 2_000)), min_size=1, max_size=40),
)
def test_the_centres_time_is_known_to_within_what_is_said(ahead, delays):
    machine = ManualClock()
    clock = CentreClock(machine)
    for there, back in delays:
        answer(clock, machine, ahead, there=there, back=back)
        machine.turn(1_000)
        assert abs(clock.now() - (machine.now() + ahead)) <= clock.uncertainty_ms


def test_the_quickest_of_the_last_sixteen_answers_counts():
    machine = ManualClock()
    clock = CentreClock(machine)
    answer(clock, machine, 500, there=1, back=1)
    assert clock.uncertainty_ms == 2
    for _ in range(ANSWERS - 1):
        answer(clock, machine, 500, there=0, back=100)
    assert clock.uncertainty_ms == 2
    assert clock.now() == machine.now() + 500
    answer(clock, machine, 500, there=0, back=100)
    assert clock.uncertainty_ms == 51
    assert clock.now() == machine.now() + 500 - 50


def test_the_wall_clock_set_back_an_hour_moves_nothing_and_is_said():
    machine = ManualClock()
    clock = CentreClock(machine)
    answer(clock, machine, 0)
    assert clock.trouble() == ""
    before = clock.now()
    machine.set_wall(machine.now() - HOUR)
    machine.turn(1_000)
    assert clock.now() == before + 1_000
    assert clock.trouble() == "clock.jumped"
    assert clock.wall() == machine.now()
    machine.set_wall(machine.now() + HOUR)
    assert clock.trouble() == ""


@pytest.mark.parametrize(("jump", "trouble"), [(2_000, ""), (2_001, "clock.jumped")])
def test_a_jump_of_more_than_two_seconds_is_a_jump(jump, trouble):
    machine = ManualClock()
    clock = CentreClock(machine)
    machine.set_wall(machine.now() + jump)
    assert clock.trouble() == trouble
    assert clock.trouble() == trouble


def test_a_wall_clock_that_drifts_little_by_little_is_no_jump():
    machine = ManualClock()
    clock = CentreClock(machine)
    for _ in range(10):
        machine.turn(HOUR)
        machine.set_wall(machine.now() + 1_000)
        assert clock.trouble() == ""


def test_a_wall_clock_that_is_put_right_is_no_trouble():
    machine = ManualClock()
    clock = CentreClock(machine)
    answer(clock, machine, 10 * MINUTE)
    assert clock.trouble() == "clock.far"
    machine.set_wall(machine.now() + 10 * MINUTE)
    assert clock.trouble() == ""


@pytest.mark.parametrize("ahead", [5 * MINUTE + 1, -5 * MINUTE - 1])
def test_more_than_five_minutes_off_the_centre_is_far(ahead):
    machine = ManualClock()
    clock = CentreClock(machine)
    answer(clock, machine, ahead)
    assert clock.trouble() == "clock.far"
    again = CentreClock(machine)
    answer(again, machine, ahead - ahead // abs(ahead))
    assert again.trouble() == ""


def test_a_sleep_that_the_running_time_counts_changes_nothing():
    machine = ManualClock()
    clock = CentreClock(machine)
    answer(clock, machine, 300)
    machine.turn(8 * HOUR)
    assert clock.now() == machine.now() + 300
    assert clock.trouble() == ""


def test_a_sleep_that_the_running_time_misses_is_said_and_healed_by_one_answer():
    machine = ManualClock()
    clock = CentreClock(machine)
    answer(clock, machine, 0, there=1, back=1)
    machine.set_wall(machine.now() + 8 * HOUR)
    assert clock.trouble() == "clock.jumped"
    answer(clock, machine, 0, there=200, back=200)
    assert clock.now() == machine.now()
    assert clock.uncertainty_ms == 201
    assert clock.trouble() == ""


def test_a_centre_whose_clock_was_set_is_followed_at_once():
    machine = ManualClock()
    clock = CentreClock(machine)
    answer(clock, machine, 0, there=1, back=1)
    answer(clock, machine, 90_000, there=300, back=300)
    assert clock.now() == machine.now() + 90_000

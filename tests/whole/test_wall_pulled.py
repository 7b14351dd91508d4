"""Whatever is pulled out, a camera, a whole server, a decoding process: the others play on."""

import os
import signal
import time

import pytest

from console.base.clock import SystemClock
from console.central.cameras.views import View
from console.video.pool import Pool
from console.video.stream import Wish
from console.video.truth import Standing, standing
from tests.cameras import CameraTown

pytestmark = pytest.mark.timeout(180)


def until(met, seconds=60.0):
    ends = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < ends, "it did not come to pass"
        time.sleep(0.05)


@pytest.fixture
def wall():
    towns = [CameraTown({n: View(f"{n}", n, "black") for n in range(2)}) for _ in range(2)]
    pool = Pool(2)
    slots = {
        (t, n): pool.begin(Wish(address=town.url(n), width=160, height=90))
        for t, town in enumerate(towns) for n in range(2)
    }  # fmt: skip
    until(lambda: all(pool.vitals(slot).seq > 2 for slot in slots.values()))
    yield towns, pool, slots
    pool.close()
    for town in towns:
        town.close()


def go_on(pool, slots):
    before = [pool.vitals(slot).seq for slot in slots]
    until(lambda: all(pool.vitals(s).seq > b + 3 for s, b in zip(slots, before, strict=True)))


def test_a_camera_that_is_pulled_stops_no_other_and_says_so(wall):
    towns, pool, slots = wall
    towns[0].trouble(0, "dead")
    others = [slot for key, slot in slots.items() if key != (0, 0)]
    go_on(pool, others)
    until(lambda: standing(pool.vitals(slots[0, 0]), SystemClock().monotonic())
          in (Standing.FROZEN, Standing.LOST))  # fmt: skip
    go_on(pool, others)
    towns[0].trouble(0, "black")
    go_on(pool, slots.values())


def test_a_server_that_is_pulled_stops_no_other(wall):
    towns, pool, slots = wall
    for number in range(2):
        towns[0].trouble(number, "dead")
    go_on(pool, [slots[1, 0], slots[1, 1]])


def test_a_decoding_process_that_is_killed_is_replaced_and_all_come_back(wall):
    _, pool, slots = wall
    os.kill(pool.processes[0], signal.SIGKILL)
    until(lambda: pool.tend() or pool.restarts == 1)
    go_on(pool, slots.values())
    assert len(pool.processes) == 2

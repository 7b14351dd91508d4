"""Pictures come at the pace of their own times."""

import threading

from console.base.clock import SystemClock
from console.video.pace import Pace


def test_a_picture_waits_for_its_turn_and_a_stop_ends_the_waiting():
    clock, stop = SystemClock(), threading.Event()
    pace = Pace(clock, stop)
    began = clock.monotonic()
    pace.wait(100.0)
    pace.wait(100.2)
    assert clock.monotonic() - began >= 0.2
    stop.set()
    pace.wait(1_000.0)
    assert clock.monotonic() - began < 100

"""An account has so many turns, and gets them back as time passes; others keep their own."""

from console.base.clock import ManualClock
from console.central.intake.bounds import Pace as Allowed
from console.central.intake.pace import Pace


def test_turns_run_out_and_come_back():
    clock = ManualClock()
    pace = Pace(clock, Allowed(burst=3, per_second=2))
    assert [pace.wait_ms("a") for _ in range(3)] == [0, 0, 0]
    assert 0 < pace.wait_ms("a") <= 500
    assert pace.wait_ms("b") == 0
    clock.turn(1_000)
    assert [pace.wait_ms("a") for _ in range(2)] == [0, 0]
    assert pace.wait_ms("a") > 0

"""What a stream weighs is learnt from what comes: up soon, down slowly, and not for a little."""

from console.base.clock import ManualClock
from console.video.stream import Vitals
from console.video.weights import LOOK_S, Weights


def weights():
    clock = ManualClock()
    return Weights(clock.monotonic), clock


def test_nothing_is_known_of_what_was_not_played():
    held, _ = weights()
    assert not held.hear("a", "sub", Vitals())
    assert held.of("a") == {}


def test_it_rises_soon_falls_slowly_and_does_not_move_for_a_little():
    held, _ = weights()
    assert held.hear("a", "sub", Vitals(kbits=1_000))
    assert not held.hear("a", "sub", Vitals(kbits=1_150))
    assert held.hear("a", "sub", Vitals(kbits=3_000))
    assert held.of("a") == {"sub": 2.4}
    assert held.hear("a", "sub", Vitals(kbits=400))
    assert held.of("a")["sub"] > 2.0
    held.hear("a", "main", Vitals(kbits=8_000))
    assert set(held.of("a")) == {"main", "sub"}


def test_it_is_looked_at_now_and_then():
    held, clock = weights()
    assert not held.due
    clock.turn(round(LOOK_S * 1_000))
    assert held.due
    assert not held.due

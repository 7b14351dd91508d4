"""A camera that is lost for good is told of once, and its return; blips are not."""

from console.base.clock import ManualClock
from console.video.truth import Standing
from ui.models.outages import Outages


def test_an_outage_and_its_end_are_told_and_a_first_good_picture_is_not(qapp):
    clock, told = ManualClock(), []
    outages = Outages(clock)
    outages.told.connect(lambda camera, good: told.append((camera, good)))

    def hear(standing, seconds):
        outages.hear("a", standing)
        clock.turn(seconds * 1_000)

    hear(Standing.LIVE, 5)
    hear(Standing.FROZEN, 3)
    hear(Standing.LIVE, 5)
    assert told == []
    assert outages.healthy == {"a": True}
    hear(Standing.LOST, 11)
    hear(Standing.LOST, 1)
    assert told == [("a", False)]
    hear(Standing.LIVE, 11)
    hear(Standing.LIVE, 1)
    assert told == [("a", False), ("a", True)]

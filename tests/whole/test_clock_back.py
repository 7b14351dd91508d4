"""A wall clock set back an hour moves no limit, no order, no session; it is only told of."""

from contextlib import closing

import pytest

from console.base.clock import SystemClock
from tests.fault_line import Fault, fault_line
from tests.whole.processes import RealDesk, centre_process, real_desk, until

HOUR = 3_600_000


class Wall(SystemClock):
    """This machine's clock, as somebody has set it."""

    def __init__(self, astray: int = 0) -> None:
        super().__init__()
        self.astray = astray

    def now(self) -> int:
        return super().now() + self.astray


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    with centre_process(tmp_path_factory.mktemp("centre")) as centre:
        yield centre


@pytest.fixture
def line(centre):
    with fault_line(centre.port) as line:
        yield line


def entry_of(desk, act: str):
    found = [e for e in desk.api.history("incident", "I1") if e.act == act]
    return found[0]


def test_set_back_while_the_line_is_up(tmp_path, line):
    wall = Wall()
    with real_desk(tmp_path, line.url, clock=wall) as desk:
        until(desk.is_up)
        first = desk.take("I1", "note", note="before")
        until(lambda: not desk.store.outbox())
        wall.astray = -HOUR
        assert desk.clock.trouble() == "clock.jumped"
        assert abs(desk.clock.now() - SystemClock().now()) < 2_000
        second = desk.take("I1", "note", note="after")
        until(lambda: not desk.store.outbox())
        one, two = entry_of(desk, first), entry_of(desk, second)
        assert one.at <= two.at
        assert two.device_at < one.device_at - HOUR // 2
        assert desk.sessions.knows("all")
        wall.astray = 0
        assert desk.clock.trouble() == ""


def test_set_back_off_line_then_started_anew(tmp_path, line):
    with real_desk(tmp_path, line.url) as desk:
        until(desk.is_up)
        first = desk.take("I1", "note", note="one")
        until(lambda: not desk.store.outbox())
    line.set(Fault(refuses=True), cut=True)
    wall = Wall(-HOUR)
    with closing(RealDesk(tmp_path, line.url, "all", system_clock=wall)) as desk:
        shown = desk.store.get("incident", "I1")
        second = desk.take("I1", "note", note="two")
        assert desk.notes()[-1] == "two"
        assert desk.store.get("incident", "I1").updated_at >= shown.updated_at
        assert desk.clock.uncertainty_ms == 0
        line.heal()
        desk.pump.nudge()
        until(lambda: not desk.store.outbox(), what="an empty outbox")
        until(desk.is_up)
        assert abs(desk.clock.now() - SystemClock().now()) < 2_000
        assert desk.clock.trouble() == "clock.far"
        one, two = entry_of(desk, first), entry_of(desk, second)
        assert one.at <= two.at, "what came later took effect earlier"
        assert desk.sessions.knows("all")


def test_the_centres_own_clock_set_back_stops_nobody(tmp_path, centre):
    """A step of an hour ahead of the centre's clock takes effect now; nothing is refused for it."""
    with real_desk(tmp_path, centre.url) as desk:
        until(desk.is_up)
        desk.clock.heard(desk.clock.monotonic(), desk.clock.monotonic(), desk.clock.now() + HOUR)
        ahead = desk.take("I1", "note", note="ahead")
        until(lambda: not desk.store.outbox())
        assert abs(entry_of(desk, ahead).at - SystemClock().now()) < 10_000

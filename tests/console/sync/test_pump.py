"""The pump says soon how the line is, sends what waits when it is back, closes at once."""

from contextlib import closing

import pytest

from console.base.clock import SystemClock
from console.central.build import build
from console.domain.access import Access
from console.gateways import central
from console.store import files
from console.sync import pump
from console.sync.link import SIGNED_OUT, UP
from tests.fault_line import Fault, fault_line
from tests.whole.processes import WAIT, RealDesk, centre_process, real_desk, until
from tests.whole.simulation import EAST, ROLES, WEST


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    with centre_process(tmp_path_factory.mktemp("centre")) as centre:
        yield centre


@pytest.fixture
def line(centre):
    with fault_line(centre.port) as line:
        yield line


@pytest.fixture
def desk(tmp_path, line):
    with real_desk(tmp_path, line.url) as desk:
        until(desk.is_up)
        yield desk


def test_a_step_at_one_desk_is_shown_at_another(tmp_path, centre, desk):
    with real_desk(tmp_path / "b", centre.url, "both") as other:
        desk.take("I1", "note", note="from one to the other")
        until(lambda: "from one to the other" in other.notes(), what="the note at the other desk")
        until(lambda: not desk.store.outbox(), what="an empty outbox")


def test_a_cut_line_is_down_and_what_was_done_meanwhile_goes_when_it_is_back(desk, line):
    line.set(Fault(refuses=True), cut=True)
    until(lambda: desk.pump.link().state == "down", what="a line that is down")
    assert desk.pump.link().why == "sync.why.unreached"
    act = desk.take("I2", "note", note="off line")
    assert "off line" in desk.notes("I2")
    assert [w.act.id for w in desk.store.outbox()] == [act]
    line.heal()
    desk.pump.nudge()
    until(lambda: not desk.store.outbox(), what="an empty outbox")
    until(desk.is_up)


def test_by_itself_too_the_line_comes_back(desk, line):
    line.set(Fault(refuses=True), cut=True)
    until(lambda: desk.pump.link().tries >= 1)
    desk.take("I2", "note", note="sent without being asked")
    line.heal()
    until(lambda: not desk.store.outbox(), 40, "an empty outbox")
    until(desk.is_up, 40)


def test_a_half_open_line_is_noticed_by_its_silence(tmp_path, line, monkeypatch):
    monkeypatch.setattr(central, "SILENCE_S", 1.5)
    with real_desk(tmp_path, line.url) as desk:
        until(desk.is_up)
        line.set(Fault(silent=True))
        until(lambda: desk.pump.link().state != UP, what="a line that is not up")
        assert desk.pump.link().why == "sync.why.silent"
        line.heal()
        until(desk.is_up, 40)


def test_where_streams_are_swallowed_the_feed_is_polled(tmp_path, centre, line, monkeypatch):
    monkeypatch.setattr(central, "FIRST_S", 0.5)
    line.set(Fault(holds_streams=True, path="/sync/v1/stream"))
    with (
        real_desk(tmp_path, line.url) as desk,
        real_desk(tmp_path / "b", centre.url, "both") as other,
    ):
        until(lambda: any(b"prefer: wait=" in r.lower() for r in line.requests), what="a poll")
        other.take("I1", "note", note="by a poll")
        until(lambda: "by a poll" in desk.notes(), what="the note")
        assert desk.is_up()


def test_answers_that_are_lost_and_requests_that_come_twice_change_nothing(desk, line):
    for n, fault in enumerate((Fault(loses_answer=True, times=1, path="/acts"),
                               Fault(twice=True, times=1, path="/acts"),
                               Fault(cut_after=40, times=1, path="/acts"))):  # fmt: skip
        line.set(fault)
        desk.take("I2", "note", note=f"once {n}")
        until(lambda: not desk.store.outbox(), what="an empty outbox")
    assert [t for t in desk.notes("I2") if t.startswith("once")] == ["once 0", "once 1", "once 2"]


def test_who_has_not_signed_in_is_told_so_and_nothing_is_tried(tmp_path, line):
    desk = RealDesk(tmp_path, line.url, "all")
    try:
        until(lambda: desk.pump.link().state == SIGNED_OUT)
        assert line.requests == []
        desk.sign_in()
        until(desk.is_filled)
    finally:
        desk.close()


def test_who_may_see_less_than_before_forgets_the_rest_and_knows_it(tmp_path, centre, line):
    built = build(centre.folder, SystemClock())
    with real_desk(tmp_path, line.url, "both") as desk, closing(built):
        until(desk.is_up)
        assert desk.store.get("incident", "I2") is not None
        built.people.change(Access(user="both", roles=ROLES, scopes=(EAST,)))
        until(lambda: _nudged(desk).store.get("incident", "I2") is None, what="I2 forgotten")
        until(desk.is_filled)
        until(lambda: desk.sessions.person("both").scopes == (EAST,), what="their new rights")
        built.people.change(Access(user="both", roles=ROLES, scopes=(EAST, WEST)))
        until(lambda: _nudged(desk).store.get("incident", "I2") is not None, what="I2 back")


def _nudged(desk: RealDesk) -> RealDesk:
    desk.pump.nudge()
    WAIT.wait(0.3)
    return desk


@pytest.mark.parametrize("fault", [Fault(), Fault(silent=True), Fault(refuses=True)])
def test_closing_does_not_wait_for_the_network(tmp_path, line, fault):
    with real_desk(tmp_path, line.url) as desk:
        until(desk.is_up)
        line.set(fault)
        desk.take("I1", "note", note="never mind")
        began = SystemClock().monotonic()
        desk.work.close()
        assert SystemClock().monotonic() - began < 5


@pytest.mark.logs_trouble
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_itself_does_not_leave_the_lamp_green(desk, monkeypatch):
    def broken(*args, **rest):
        raise ZeroDivisionError

    monkeypatch.setattr(desk.engine, "pull", broken)
    desk.pump.nudge()
    until(lambda: desk.pump.link().why == "sync.why.stopped")
    assert desk.pump.link().state != UP


@pytest.mark.logs_trouble
def test_a_cache_that_differs_is_filled_anew_while_the_feed_is_followed(
    tmp_path, centre, monkeypatch
):
    monkeypatch.setattr(pump, "LOOK_S", 0.1)
    monkeypatch.setattr(pump, "FIRST_CHECK_S", 0.0)
    monkeypatch.setattr(pump, "CHECK_S", 0.5)
    monkeypatch.setattr(pump, "CHECK_AGAIN_S", 0.5)
    with real_desk(tmp_path, centre.url) as desk:
        until(desk.is_up)
        with files.transaction(desk.store._cache._writer) as db:
            db.execute("DELETE FROM incident WHERE id = 'I1'")
        until(lambda: desk.store.get("incident", "I1"), 20, "the row that was missing")
        until(desk.is_up)

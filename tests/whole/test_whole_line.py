"""Desks at work over real sockets that fail in every way come to agree with their centre."""

import random

import pytest

from console.base.ids import new_id
from tests.fault_line import Fault, fault_line
from tests.whole.processes import WAIT, centre_process, real_desk, until
from tests.whole.test_kill_console import check

FAULTS = [
    Fault(latency_s=0.05), Fault(refuses=True), Fault(twice=True, times=3),
    Fault(loses_answer=True, times=3), Fault(cut_after=60, times=3), Fault(cut_after=900, times=3),
    Fault(late_s=0.5, times=2, path="/acts"), Fault(says=b"HTTP/1.1 200 OK\r\n\r\n<html>", times=3),
    Fault(loses_answer=True, times=2, path="/acts"), Fault(silent=True, times=1, path="/acts"),
]  # fmt: skip
ROUNDS = 40


@pytest.mark.timeout(900)
def test_what_was_done_arrives_once_and_in_order_whatever_the_lines_did(tmp_path):
    chance = random.Random(12345)
    taken: dict[str, tuple[str, str]] = {}
    with (
        centre_process(tmp_path / "centre") as centre,
        fault_line(centre.port) as one,
        fault_line(centre.port) as two,
        real_desk(tmp_path / "a", one.url, "all") as first,
        real_desk(tmp_path / "b", two.url, "both") as second,
    ):
        lines = {first: one, second: two}
        for n in range(ROUNDS):
            for desk, line in lines.items():
                line.set(chance.choice([*FAULTS, Fault()]), cut=chance.random() < 0.3)
                incident = new_id()
                act = desk.take(incident, "create", title="t", scope="320102", type="EC01")
                taken[act] = (incident, "create")
                for k in range(3):
                    act = desk.take(incident, "note", note=f"n{n}-{k}")
                    taken[act] = (incident, f"n{n}-{k}")
            WAIT.wait(chance.uniform(0.0, 0.3))
            if chance.random() < 0.3:
                first.pump.nudge()
                second.pump.nudge()
        for desk, line in lines.items():
            line.heal()
            desk.pump.nudge()
        for desk in lines:
            until(lambda desk=desk: not desk.store.outbox(), 60, "an empty outbox")
        incidents = {incident for incident, _ in taken.values()}
        until(lambda: _all(first, incidents) == _all(second, incidents), 60, "desks that agree")
        told = _all(first, incidents)
        check(centre, taken)
    assert None not in told.values()


def _all(desk, incidents):
    return {each: desk.store.confirmed("incident", each) for each in incidents}

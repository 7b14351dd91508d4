"""A centre killed at 200 random moments loses no step that a desk took, and does none twice."""

import os
import random

import pytest

from console.base.ids import new_id
from tests.whole.processes import WAIT, CentreProcess, RealDesk, until
from tests.whole.test_kill_console import check
from tests.whole.zygote import Zygote

KILLS = 200 if os.environ.get("CI") else 40


@pytest.mark.skipif(os.name == "nt", reason="a fork server needs POSIX")
@pytest.mark.timeout(1800)
def test_no_step_is_lost_and_none_is_done_twice(tmp_path):
    chance = random.Random(4711)
    (tmp_path / "centre").mkdir()
    centre = CentreProcess(tmp_path / "centre")
    zygote = Zygote("centre", tmp_path / "said.txt")
    desks = [RealDesk(tmp_path / user, centre.url, user) for user in ("all", "both", "east")]
    taken: dict[str, tuple[str, str]] = {}
    try:
        zygote.start(folder=str(centre.folder), port=str(centre.port))
        until(centre.is_there, 60, "a centre")
        for desk in desks:
            desk.sign_in()
            until(desk.is_filled, what="a filled desk")
        for n in range(KILLS):
            _work(desks, taken, chance, n)
            zygote.kill()
            _work(desks, taken, chance, n + KILLS)
            zygote.start(folder=str(centre.folder), port=str(centre.port))
            until(centre.is_there, 60, "a centre")
            for desk in desks:
                desk.pump.nudge()
        until(lambda: not any(d.store.outbox() for d in desks), 60, "empty outboxes")
        zygote.kill()
    finally:
        zygote.close()
        for desk in desks:
            desk.close()
    assert len(taken) > 2 * KILLS
    check(centre, taken)


def _work(desks, taken, chance, n) -> None:
    """Each desk opens an incident and notes on it, for a moment."""
    for desk in desks:
        incident = new_id()
        act = desk.take(incident, "create", title="kill", scope="320102", type="EC01")
        taken[act] = (incident, "create")
        for k in range(2):
            act = desk.take(incident, "note", note=f"n{n}-{k}")
            taken[act] = (incident, f"n{n}-{k}")
    WAIT.wait(chance.uniform(0.0, 0.12))

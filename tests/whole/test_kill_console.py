"""A console killed at 200 random moments loses no step that it took, and none is done twice."""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from console.base.clock import SystemClock
from console.central.build import build
from tests.whole.processes import WAIT, CentreProcess, RealDesk, centre_process, until
from tests.whole.zygote import Zygote

KILLS = 200 if os.environ.get("CI") else 40


def accepted(folder: Path) -> dict[str, tuple[str, str]]:
    """Give what consoles said they had taken: act → its record and its note."""
    lines = (folder / "accepted.txt").read_text("utf-8").splitlines()
    assert not [line for line in lines if line.startswith("TROUBLE")]
    return {act: (record, said) for act, record, said in (line.split() for line in lines)}


def check(centre: CentreProcess, taken: dict[str, tuple[str, str]]) -> None:
    """Every act that was taken is in the centre's log once, and its note once on its record."""
    built = build(centre.folder, SystemClock())
    with built.centre.ledger.reading() as line:
        found = Counter(r[0] for r in line.exec_driver_sql("SELECT act FROM log").all())
    assert [act for act in taken if found[act] != 1] == []
    for record in {record for record, _ in taken.values()}:
        notes = [note.text for note in built.centre.get("incident", record).notes]
        assert len(notes) == len(set(notes)), "done twice"
        told = [said for on, said in taken.values() if on == record and said != "create"]
        assert notes[: len(told)] == told, "not in the order in which they were taken"
    built.close()


@pytest.mark.skipif(os.name == "nt", reason="a fork server needs POSIX")
@pytest.mark.timeout(1800)
def test_no_step_is_lost_and_none_is_done_twice(tmp_path):
    chance = random.Random(4711)
    with centre_process(tmp_path / "centre") as centre:
        zygote = Zygote("console", tmp_path / "said.txt")
        try:
            for n in range(KILLS):
                zygote.start(folder=str(tmp_path), url=centre.url, user="all", n=str(n))
                # Some while it opens its files, most while it works and sends.
                WAIT.wait(chance.uniform(0.02, 0.45))
                zygote.kill()
        finally:
            zygote.close()
        taken = accepted(tmp_path)
        assert len(taken) > KILLS, "they hardly worked"
        desk = RealDesk(tmp_path / "desk", centre.url, "all")
        try:
            assert desk.store.trouble() == ()
            desk.pump.nudge()
            until(lambda: not desk.store.outbox(), 60, "an empty outbox")
        finally:
            desk.close()
        check(centre, taken)

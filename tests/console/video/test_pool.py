"""Workers decode beside the screen; one that is killed is replaced; none outlives its window."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from console.base.clock import SystemClock
from console.video import stream
from console.video.board import SLOTS
from console.video.pool import FEW, Decoding, Full, Inside, Pool, decoding_for
from console.video.stream import Wish
from tests.drivers import ROOT


def wish(town, number=1, **facts):
    return Wish(address=town.url(number), **({"width": 160, "height": 90} | facts))


@pytest.fixture(params=["inside", "pool"])
def decoding(request):
    made = Inside(SystemClock()) if request.param == "inside" else Pool(1)
    yield made
    made.close()


def test_pictures_come_grow_smaller_and_end(town, decoding, until):
    slot = decoding.begin(wish(town))
    until(lambda: decoding.picture(slot) is not None)
    assert decoding.picture(slot)[1:] == (160, 90)
    assert decoding.seqs()[slot] == decoding.vitals(slot).seq
    decoding.change(slot, wish(town, width=96, height=54))
    until(lambda: decoding.vitals(slot).width == 96)
    decoding.end(slot)
    assert decoding.picture(slot) is None
    again = decoding.begin(wish(town))
    until(lambda: decoding.picture(again) is not None)


def test_a_worker_that_is_killed_is_replaced_and_its_streams_go_on(town, until, monkeypatch):
    monkeypatch.setattr(stream, "FULL", 1)  # so that the two are in different workers
    pool = Pool(2)
    try:
        first, second = pool.begin(wish(town)), pool.begin(wish(town, 0))
        until(lambda: pool.vitals(first).seq and pool.vitals(second).seq)
        os.kill(pool.processes[0], signal.SIGKILL)
        until(lambda: pool.tend() is None and pool.restarts == 1)
        before = pool.vitals(first).seq, pool.vitals(second).seq
        until(lambda: pool.vitals(first).seq > before[0] and pool.vitals(second).seq > before[1])
    finally:
        pool.close()


def test_workers_are_gone_when_their_window_is_killed(until):
    program = (
        "import sys, time; from console.video.pool import Pool; p = Pool(1);"
        "print(*p.processes, flush=True); sys.stdin.read()"
    )
    window = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    worker = int(window.stdout.readline())
    window.kill()
    window.wait()
    for each in (window.stdin, window.stdout):
        each.close()
    until(lambda: not _lives(worker))


def test_there_are_so_many_slots_and_no_more(decoding, monkeypatch):
    monkeypatch.setattr(decoding, "_playing", dict.fromkeys(range(SLOTS)))
    with pytest.raises(Full):
        decoding._free()
    decoding._playing.clear()


def _lives(pid: int) -> bool:
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(("tiles", "kind"), [(FEW, Inside), (FEW + 1, Pool)])
def test_few_tiles_need_no_process_of_their_own(tiles, kind):
    made: Decoding = decoding_for(tiles, SystemClock())
    assert isinstance(made, kind)
    made.close()

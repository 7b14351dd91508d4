"""The program: one command serves, a signal ends it, a kill loses nothing that was answered."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
import requests

from console.base.clock import SystemClock
from console.base.errors import Refused
from console.base.work import Threads
from console.central.build import build
from console.central.self_test import free_port
from console.central.serve import ask_for, look_after
from console.domain.access import system
from console.wire import APPLIED, Verdicts, pack
from console.wire import Acts as ActsBody
from tests.centre_driver import PASSWORD, PEOPLE, Caller, act, birth
from tests.drivers import ROOT


class Program:
    """`python -m console.central serve`, as a process of its own."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> "Program":
        words = ["serve", "--data", str(self.data), "--port", str(self.port)]
        self.child = subprocess.Popen(
            [sys.executable, "-m", "console.central", *words], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.url in self.child.stdout.readline().decode()
        return self

    def end(self, how: int) -> int:
        self.child.send_signal(how)
        code = self.child.wait(20)
        self.child.stdout.close()
        return code

    @property
    def built(self):
        return self

    @property
    def centre(self):
        answer = requests.get(f"{self.url}/sync/v1/hello", timeout=5)
        return msgspec.convert(msgspec.json.decode(answer.content), type=_Hello)


class _Hello(msgspec.Struct):
    epoch: str
    head: int


@pytest.fixture
def data(tmp_path):
    made = build(tmp_path, SystemClock())
    made.people.put(PEOPLE["lead"], PASSWORD)
    made.close()
    return tmp_path


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_at_once_and_well(data, how):
    program = Program(data).start()
    caller = Caller(program, "lead", "d1")
    assert caller.do(act("lead", birth())).verdicts[0].verdict == APPLIED
    began = time.monotonic()
    assert program.end(how) == 0
    assert time.monotonic() - began < 10
    caller.close()


def test_a_second_centre_on_the_port_says_so_in_one_line_and_leaves_the_first_alone(
    data, tmp_path_factory
):
    program = Program(data).start()
    other = tmp_path_factory.mktemp("other") / "centre"
    words = ["serve", "--data", str(other), "--port", str(program.port)]
    second = subprocess.run(
        [sys.executable, "-m", "console.central", *words], cwd=ROOT, capture_output=True, timeout=60
    )
    (said,) = second.stderr.decode().splitlines()
    assert str(program.port) in said
    assert (second.returncode, second.stdout) == (2, b"")
    assert not other.exists()
    assert program.centre.epoch
    program.end(signal.SIGTERM)
    assert Program(data).start().end(signal.SIGTERM) == 0


def test_a_port_that_cannot_be_had_is_refused_with_the_reason():
    with pytest.raises(Refused) as refused:
        ask_for("203.0.113.7", 8642)
    assert refused.value.key == "refused.port"


def test_what_was_answered_before_a_kill_is_there_after_it(data):
    program = Program(data)
    answered, epochs = [], set()
    for _ in range(3):
        caller = Caller(program.start(), "lead", "d1")
        epochs.add(program.centre.epoch)
        for _ in range(5):
            made = act("lead", birth())
            assert caller.do(made).verdicts[0].verdict == APPLIED
            answered.append(made)
        program.end(signal.SIGKILL)
        caller.close()
    caller = Caller(program.start(), "lead", "d1")
    answer = caller.post("/sync/v1/acts", pack(ActsBody(acts=answered)))
    verdicts = msgspec.json.decode(answer.content, type=Verdicts).verdicts
    assert {v.verdict for v in verdicts} == {APPLIED}
    assert sorted(v.pos for v in verdicts) == list(range(1, 16))
    assert program.centre.head == 15
    assert len(epochs) == 1
    program.end(signal.SIGTERM)
    caller.close()


def test_an_account_is_made_from_the_command_line(tmp_path):
    words = ["person", "anna", "--role", "dispatch", "--scope", "320102", "--data", str(tmp_path)]
    line = [sys.executable, "-m", "console.central", *words]
    done = subprocess.run(line, cwd=ROOT, input=b"long-enough\n", env=dict(os.environ))
    assert done.returncode == 0
    short = subprocess.run(line, cwd=ROOT, input=b"short\n", capture_output=True)
    assert short.returncode == 2
    assert "8" in short.stderr.decode()
    made = build(tmp_path, SystemClock())
    assert made.people.check("anna", "long-enough").scopes == ("320102",)
    made.close()


def test_what_is_due_is_looked_after_while_it_serves(lite, clock):
    case = birth(limit="1m")
    lite.centre.load([act("x", case)], system())
    clock.turn(86_400_000)
    work = Threads()
    look_after(lite.centre, work)
    work.close()
    assert lite.centre.tend() == 0


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_one_process_hears_what_another_wrote(store, request, tmp_path, clock):
    place = tmp_path if store == "sqlite" else request.getfixturevalue("fresh_postgres_url")
    here, there = build(place, clock), build(place, clock)
    work = Threads()
    look_after(here.centre, work)
    there.centre.load([act("x", birth())], system())
    assert here.centre.wait_for_news(0, 20) == 1
    work.close()
    here.close()
    there.close()

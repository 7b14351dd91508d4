"""A worker does what lines say, and is gone when they end."""

import io
import subprocess

import msgspec

from console.base.clock import SystemClock
from console.video import worker
from console.video.board import Board, Slot
from console.video.memory import shared
from console.video.runner import Runner
from console.video.stream import Wish
from console.video.worker import Order, command, obey
from tests.drivers import ROOT


class Lines(io.RawIOBase):
    """Lines that come one after the other, each when what it waits for has happened."""

    def __init__(self, lines) -> None:
        self._lines = lines

    def __iter__(self):
        return iter(self._lines)


def test_a_worker_begins_changes_and_ends_streams(town, until):
    board_memory = shared(Board.size())
    numbers = Board(board_memory)
    numbers.clear(2)
    pixels = shared(Slot.bytes_for(160 * 90))
    wish = Wish(address=town.url(1), width=160, height=90)
    runner = Runner(numbers, SystemClock())

    def lines():
        yield msgspec.json.encode(Order(2, wish, pixels.name, pixels.size))
        until(lambda: numbers.vitals(2).seq > 0)
        smaller = msgspec.structs.replace(wish, width=80, height=45)
        yield msgspec.json.encode(Order(2, smaller))
        until(lambda: numbers.vitals(2).width == 80)
        yield msgspec.json.encode(Order(2))

    obey(runner, Lines(lines()))
    runner.close()
    assert numbers.vitals(2).seq > 0


def test_a_stream_that_ended_before_it_was_begun_ends_no_other(town, until):
    board_memory = shared(Board.size())
    numbers = Board(board_memory)
    numbers.clear(2)
    gone, pixels = (shared(Slot.bytes_for(160 * 90)) for _ in range(2))
    name = gone.name
    gone.close()
    wish = Wish(address=town.url(1), width=160, height=90)
    runner = Runner(numbers, SystemClock())

    def lines():
        yield msgspec.json.encode(Order(1, wish, name, gone.size))
        yield msgspec.json.encode(Order(1, wish))
        yield msgspec.json.encode(Order(1))
        yield msgspec.json.encode(Order(2, wish, pixels.name, pixels.size))
        until(lambda: numbers.vitals(2).seq > 0)
        yield msgspec.json.encode(Order(2))

    obey(runner, Lines(lines()))
    runner.close()
    assert numbers.vitals(2).seq > 0


def test_a_worker_is_gone_when_its_input_closes():
    memory = shared(Board.size())
    child = subprocess.Popen(command(memory.name), stdin=subprocess.PIPE, cwd=ROOT)
    child.stdin.close()
    assert child.wait(20) == 0
    memory.close()


def test_one_file_starts_its_worker_by_a_flag(monkeypatch):
    monkeypatch.setattr(worker.sys, "frozen", True, raising=False)
    assert command("b")[1:] == [worker.FLAG, "b"]

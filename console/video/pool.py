"""Decoding for a screen: asked stream by stream, read in one glance, in workers or in threads."""

import logging
import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import msgspec

from console.base.clock import Clock
from console.video.board import SLOTS, Board, Slot
from console.video.memory import Memory, plain, shared
from console.video.runner import Runner
from console.video.stream import Vitals, Wish, place, weight
from console.video.vault import Vault
from console.video.worker import Order, command

WORKERS = 2
FEW = 4
KEEP_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "134217728",
    "MALLOC_ARENA_MAX": "1", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}  # fmt: skip
"""glibc is to keep a picture's memory for the next one, of whichever stream: asking the kernel anew
each time costs more than scaling. In large pages, decoding takes 2 to 3 % less. Other systems do
not read this."""
_log = logging.getLogger(__name__)


class Decoding(Protocol):
    """What a screen needs of whatever decodes for it. All of it is called on one thread."""

    def begin(self, wish: Wish, room: int = 0) -> int:
        """Begin a stream; give its slot, with memory for so many pixels. Full: none is free."""
        ...

    def change(self, slot: int, wish: Wish) -> None:
        """Let a stream go on in another size, or with key frames alone."""
        ...

    def end(self, slot: int) -> None: ...
    def seqs(self) -> Sequence[int]: ...
    def vitals(self, slot: int) -> Vitals: ...
    def picture(self, slot: int) -> tuple[memoryview, int, int] | None: ...
    def tend(self) -> None:
        """See to it that everything runs: to be called every second or so."""
        ...

    def close(self) -> None: ...


class Full(Exception):
    """There is no slot left."""


@dataclass(slots=True)
class _Playing:
    wish: Wish
    slot: Slot
    worker: int = 0


class _Slots:
    """What both ways of decoding share: the board, and which slot is whose."""

    def __init__(self, numbers: Memory) -> None:
        self._board = Board(numbers)
        self._playing: dict[int, _Playing] = {}

    def seqs(self) -> Sequence[int]:
        return self._board.seqs()

    def vitals(self, slot: int) -> Vitals:
        return self._board.vitals(slot)

    def picture(self, slot: int) -> tuple[memoryview, int, int] | None:
        held = self._playing.get(slot)
        return held.slot.picture() if held else None

    def _free(self) -> int:
        found = next((n for n in range(SLOTS) if n not in self._playing), None)
        if found is None:
            raise Full
        self._board.clear(found)
        return found


class Inside(_Slots):
    """Decodes in threads of this process: for few tiles, and for tests."""

    def __init__(self, clock: Clock, vault: Vault | None = None) -> None:
        super().__init__(plain(Board.size()))
        self._runner = Runner(self._board, clock, vault=vault)

    def begin(self, wish: Wish, room: int = 0) -> int:
        number = self._free()
        memory = plain(Slot.bytes_for(max(room, wish.width * wish.height)))
        self._playing[number] = _Playing(wish, Slot(self._board, number, memory))
        self._runner.begin(number, memory, wish)
        return number

    def change(self, slot: int, wish: Wish) -> None:
        held = self._playing[slot]
        held.wish = wish
        self._runner.change(slot, wish)

    def end(self, slot: int) -> None:
        if self._playing.pop(slot, None) is not None:
            self._runner.end(slot)

    def tend(self) -> None:
        self._runner.tend()

    def close(self) -> None:
        self._runner.close()


class Pool(_Slots):
    """Decodes in a few processes; one that dies is replaced, and its streams go on."""

    def __init__(
        self, workers: int = WORKERS, vault: Vault | None = None, *, hardware: bool = False
    ) -> None:
        super().__init__(shared(Board.size()))
        self._vault = vault
        self._hardware = hardware
        self._workers = [self._started() for _ in range(workers)]
        self._restarts = 0

    @property
    def restarts(self) -> int:
        """Give how often a worker had to be replaced."""
        return self._restarts

    @property
    def processes(self) -> list[int]:
        return [worker.pid for worker in self._workers]

    def begin(self, wish: Wish, room: int = 0) -> int:
        number = self._free()
        memory = shared(Slot.bytes_for(max(room, wish.width * wish.height)))
        loads = [0] * len(self._workers)
        for held in self._playing.values():
            loads[held.worker] += weight(held.wish)
        worker = place(loads, weight(wish))
        self._playing[number] = _Playing(wish, Slot(self._board, number, memory), worker)
        self._tell(number)
        return number

    def change(self, slot: int, wish: Wish) -> None:
        held = self._playing[slot]
        held.wish = wish
        self._order(held.worker, Order(slot, wish))

    def end(self, slot: int) -> None:
        held = self._playing.pop(slot, None)
        if held is not None:
            self._order(held.worker, Order(slot))
            held.slot.close()

    def tend(self) -> None:
        for n in self._numbers():
            code = self._workers[n].poll()
            if code is None:
                continue
            _log.info("a decoding process ended (%s) and is begun anew", code)
            self._restarts += 1
            _hang_up(self._workers[n])
            self._workers[n] = self._started()
            for slot, held in self._playing.items():
                if held.worker == n:
                    self._tell(slot)

    def close(self) -> None:
        for worker in self._workers:
            _hang_up(worker)
        for worker in self._workers:
            try:
                worker.wait(3)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        for held in self._playing.values():
            held.slot.close()
        self._playing.clear()
        self._board.close()

    def _numbers(self) -> range:
        return range(len(self._workers))

    def _started(self) -> "subprocess.Popen[bytes]":
        worker = subprocess.Popen(  # noqa: S603 - our own program
            command(self._board.memory.name, hardware=self._hardware),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, env=os.environ | KEEP_MEMORY,
        )  # fmt: skip
        if self._vault is not None:
            _tell(worker, Order(vault=self._vault))  # by the pipe: no key is ever on a command line
        return worker

    def _tell(self, slot: int) -> None:
        held = self._playing[slot]
        memory = held.slot.memory
        self._order(held.worker, Order(slot, held.wish, memory.name, memory.size))

    def _order(self, worker: int, order: Order) -> None:
        _tell(self._workers[worker], order)


def decoding_for(tiles: int, clock: Clock) -> Decoding:
    """Give the way of decoding for so many tiles: few need no process of their own."""
    return Inside(clock) if tiles <= FEW else Pool()


def _tell(worker: "subprocess.Popen[bytes]", order: Order) -> None:
    """Write an order; one that has just died is begun anew by `tend`, and told everything."""
    with suppress(OSError):
        if worker.stdin is not None:
            worker.stdin.write(msgspec.json.encode(order) + b"\n")
            worker.stdin.flush()


def _hang_up(worker: "subprocess.Popen[bytes]") -> None:
    """Close a worker's input: it ends then, if it has not yet."""
    if worker.stdin is not None:
        with suppress(OSError):
            worker.stdin.close()

"""A process that decodes: told what to play by lines on its input, and gone when that closes.

The input closes with the window, however that ends, so no worker outlives it.
"""

import os
import sys
import threading
from collections.abc import Sequence
from typing import IO

import msgspec
from msgspec import Struct

from console.base.clock import SystemClock
from console.video.board import Board
from console.video.hardware import Hardware
from console.video.memory import Memory, opened
from console.video.runner import Runner
from console.video.stream import Wish
from console.video.vault import Vault

ROUND_S = 1.0
FLAG, HARDWARE = "--video-worker", "--hardware"
"""By which a program that is one file knows that it is to be a worker; and that a worker may let
graphics hardware decode."""
WORN_OUT = 3


class Order(Struct, frozen=True, omit_defaults=True):
    """What a worker is told: ``memory`` is named when a stream begins, empty when it only changes.

    Without a wish the stream ends. With a ``vault`` it says where last minutes are kept.
    """

    slot: int = -1
    wish: Wish | None = None
    memory: str = ""
    size: int = 0
    vault: Vault | None = None


def command(board: str, *, hardware: bool = False) -> list[str]:
    """Give the words that start a worker, from a tree and from one file alike."""
    words = [board, *([HARDWARE] if hardware else [])]
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG, *words]
    return [sys.executable, "-m", "console.video.worker", *words]


def main(words: Sequence[str]) -> int:
    """Decode until the input closes."""
    hardware = Hardware() if HARDWARE in words else None
    numbers = Board(opened(words[0], Board.size()))
    runner = Runner(numbers, SystemClock(), hardware=hardware)
    ended = threading.Event()

    def tend() -> None:
        while not ended.wait(ROUND_S):
            runner.tend()
            if runner.worn_out:
                os._exit(WORN_OUT)

    # The main thread waits for orders in a read that nothing else can end.
    threading.Thread(target=tend, daemon=True).start()  # noqa: TID251 - this is its whole process
    code = 1
    try:
        obey(runner, sys.stdin.buffer)
        code = 0
    finally:
        ended.set()
        # A call of libav may hang for good: nobody waits for it.
        os._exit(code)


def obey(runner: Runner, orders: IO[bytes]) -> None:
    """Do what is told, line by line, until there are no more lines."""
    held: dict[int, Memory] = {}
    read = msgspec.json.Decoder(Order)
    for line in orders:
        order = read.decode(line)
        if order.vault is not None:
            runner.record(order.vault)
        elif order.wish is None:
            runner.end(order.slot)
            held.pop(order.slot, None)
        elif order.memory:
            runner.end(order.slot)
            try:
                held[order.slot] = opened(order.memory, order.size)
            except (OSError, ValueError):
                continue  # it has ended meanwhile: the order that says so is on its way
            runner.begin(order.slot, held[order.slot], order.wish)
        else:
            runner.change(order.slot, order.wish)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

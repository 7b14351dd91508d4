"""Pictures and what is known of them, in memory that decoder and screen share.

One board of numbers for all streams, so that the screen reads what is new in one glance; three
buffers of pixels for each stream, so that neither waits for the other: the decoder writes into the
one that is neither shown nor being read, and names it last of all.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from console.video.memory import Memory
from console.video.stream import Kept, Look, Trouble, Vitals

SLOTS = 160
BUFFERS = 3
NUMBER, WIDE, HIGH = 0xFF, 8, 32
"""What is shown is one number, so that nobody reads half of it: a buffer, and above it its size."""
BYTES = 4
"""Of a pixel: blue, green, red, and one that is not looked at."""
UNKNOWN_MS = -1_000_000
MICRO = 1_000_000
SEQ, SHOWN, READING, WIDTH, HEIGHT, NATIVE_WIDTH, NATIVE_HEIGHT = range(7)
ASKED, FRAME, PACKET, TAKEN, LATENCY, RATE, KBITS = range(7, 14)
OPENED, RECONNECTS, TROUBLE, LOOK, CODEC, KEYS_ONLY, KEPT, HARDWARE, COLUMNS = range(14, 23)
CODECS = ("", "h264", "hevc", "mjpeg", "mpeg4", "vp8", "vp9", "av1", "mpeg2video", "other")
Pixels = NDArray[np.uint8]
Numbers = NDArray[np.int64]
Shown = tuple[memoryview, int, int]
"""A picture on the screen, in whole lines, and its width and height."""
TROUBLES, SIGHTS, KEEPING = tuple(Trouble), tuple(Look), tuple(Kept)
"""By number: a tenth of the work of asking the class for each."""


class Board:
    """The numbers of all streams."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        whole: Any = np.frombuffer(memory.data, np.int64, SLOTS * COLUMNS)
        self.numbers: Numbers = whole.reshape(SLOTS, COLUMNS)
        self._seqs = memory.data[: self.size()].cast("q")[SEQ::COLUMNS]

    @classmethod
    def size(cls) -> int:
        return SLOTS * COLUMNS * 8

    def clear(self, slot: int) -> None:
        self.numbers[slot] = 0
        self.numbers[slot, LATENCY] = UNKNOWN_MS

    def seqs(self) -> Sequence[int]:
        """Give how many pictures each stream has had: each as it is when it is read."""
        return self._seqs

    def vitals(self, slot: int) -> Vitals:
        row: list[int] = self.numbers[slot].tolist()
        return Vitals(
            seq=row[SEQ], width=row[WIDTH], height=row[HEIGHT], native_width=row[NATIVE_WIDTH],
            native_height=row[NATIVE_HEIGHT], asked=row[ASKED] / MICRO, frame=row[FRAME] / MICRO,
            packet=row[PACKET] / MICRO, taken_ms=row[TAKEN],
            latency_ms=None if row[LATENCY] == UNKNOWN_MS else row[LATENCY],
            rate=row[RATE] / 100, kbits=row[KBITS], opened=row[OPENED],
            reconnects=row[RECONNECTS], trouble=TROUBLES[row[TROUBLE]], look=SIGHTS[row[LOOK]],
            codec=CODECS[row[CODEC]], keys_only=bool(row[KEYS_ONLY]), kept=KEEPING[row[KEPT]],
            hardware=bool(row[HARDWARE]),
        )  # fmt: skip

    def close(self) -> None:
        del self.numbers
        self._seqs.release()
        self.memory.close()


class Goal(NamedTuple):
    """A buffer that a picture is put down in. Who holds it holds its memory."""

    number: int
    pixels: Pixels
    address: int

    def put(self, rows: Pixels, width: int, height: int) -> None:
        """Put a picture down: rows of bytes, each at least ``width`` pixels long."""
        line = width * BYTES
        self.pixels[: height * line].reshape(height, line)[:] = rows[:height, :line]


class Slot:
    """One stream's place: a row of the board and three buffers of pixels."""

    def __init__(self, board: Board, number: int, memory: Memory) -> None:
        self.number = number
        self.memory = memory
        begin = number * COLUMNS * 8
        # One number of an array costs twice as much to read or write as one of a memoryview.
        self._row = board.memory.data[begin : begin + COLUMNS * 8].cast("q")
        self._room = memory.size // BUFFERS
        self._given: list[Shown | None] = [None] * BUFFERS
        whole: Pixels = np.frombuffer(memory.data, np.uint8)
        goals = [_goal(n, whole[n * self._room : (n + 1) * self._room]) for n in range(BUFFERS)]
        # By the buffer that is shown and by the one that is read.
        self._free = [
            [next(g for g in goals if g.number not in (shown, read)) for read in range(BUFFERS)]
            for shown in range(BUFFERS)
        ]

    @staticmethod
    def bytes_for(pixels: int) -> int:
        return BUFFERS * pixels * BYTES

    # ---- the decoder's side

    @property
    def seq(self) -> int:
        return self._row[SEQ]

    @property
    def latency(self) -> int:
        return self._row[LATENCY]

    def note(self, column: int, value: int) -> None:
        self._row[column] = value

    def add(self, column: int) -> None:
        self._row[column] += 1

    def goal(self) -> Goal:
        """Give the buffer that is neither shown nor read: nobody sees it until `publish`."""
        return self._free[self._row[SHOWN] & NUMBER][self._row[READING]]

    def publish(self, goal: Goal, width: int, height: int) -> None:
        """Show what was put down there: lines of just so many pixels."""
        row = self._row
        row[WIDTH], row[HEIGHT] = width, height
        row[SHOWN] = goal.number | width << WIDE | height << HIGH
        row[SEQ] += 1

    def write(self, rows: Pixels, width: int, height: int) -> None:
        """Put a picture down and show it: rows of bytes, each at least ``width`` pixels long."""
        goal = self.goal()
        goal.put(rows, width, height)
        self.publish(goal, width, height)

    # ---- the screen's side

    def picture(self) -> Shown | None:
        """Give the newest picture and its size; it stays as it is until the next is asked for.

        The same buffer in the same size is the same object: what is made of it can be kept.
        """
        row = self._row
        if not row[SEQ]:
            return None
        shown = row[SHOWN]
        row[READING] = which = shown & NUMBER
        while row[SHOWN] != shown:  # a newer one came just now
            shown = row[SHOWN]
            row[READING] = which = shown & NUMBER
        width, height = shown >> WIDE & 0xFFFFFF, shown >> HIGH
        given = self._given[which]
        if given is None or given[1] != width or given[2] != height:
            begin = which * self._room
            data = self.memory.data[begin : begin + width * height * BYTES]
            given = self._given[which] = (data, width, height)
        return given

    def close(self) -> None:
        self._free.clear()
        self._given.clear()
        self._row.release()
        self.memory.close()


def _goal(number: int, pixels: Pixels) -> Goal:
    return Goal(number, pixels, pixels.ctypes.data)

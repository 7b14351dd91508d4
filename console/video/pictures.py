"""What is done with each packet of a stream: counted, decoded, shown, and kept for a while."""

import threading
from dataclasses import dataclass
from enum import Enum
from typing import Any

import av
from av.error import FFmpegError, InvalidDataError

from console.base.clock import Clock
from console.video import board
from console.video.board import UNKNOWN_MS, Slot
from console.video.canvas import Canvas, micro
from console.video.hardware import Hardware
from console.video.pace import Pace
from console.video.stream import Wish
from console.video.tape import Tape

WINDOW_S = 2.0
SMALL = 0.75
SMOOTHED = frozenset(("h264", "hevc"))
LARGE = 1_280 * 720
"""Pixels from which on it is worth while to let graphics hardware decode."""
PATIENCE = 50
"""A device that gives no picture for so many packets does not decode this stream."""
FAR_MS = 10_000
"""A camera whose clock is so far from ours tells us nothing of how late its pictures are."""


class Turn(Enum):
    """What becomes of a packet.

    Of several that came at once the newest alone is a picture to see: the others are decoded for
    its sake. Before the newest key frame not even that is needed.
    """

    SHOWN = 0
    DECODED = 1
    PASSED = 2


class _Way(Enum):
    """How a stream is decoded."""

    PLAIN = 0
    LIGHT = 1
    HARDWARE = 2


@dataclass(slots=True)
class _Window:
    """What came within the last moments."""

    began: float = 0.0
    frames: int = 0
    octets: int = 0


class Pictures:
    """One stream's, on their way from the line to the slot."""

    def __init__(
        self, slot: Slot, clock: Clock, stop: threading.Event, tape: Tape | None = None,
        hardware: Hardware | None = None,
    ) -> None:  # fmt: skip
        self._slot = slot
        self._clock = clock
        self._stop = stop
        self._tape = tape
        self._hardware = hardware
        self._canvas = Canvas(slot, clock)
        self._window = _Window()
        self._codec = ""
        self._extra: bytes | None = None
        self._decoder: Any = None
        self._way = _Way.PLAIN
        self._keys_only = self._awaits_key = False
        self._width = self._pixels = self._since = 0

    def begin(self, context: Any, source: Any = None) -> None:
        """Go on with another decoder of libav; ``source``: the stream it is of, if it has one."""
        context.thread_count = 1
        context.thread_type = "SLICE"
        self._codec, self._extra = str(context.name), context.extradata
        self._decoder, self._way, self._awaits_key = context, _Way.PLAIN, False
        self._width, self._pixels = context.width, context.width * context.height
        codec = self._codec if self._codec in board.CODECS else "other"
        self._slot.note(board.CODEC, board.CODECS.index(codec))
        self._slot.note(board.KEYS_ONLY, int(self._keys_only))
        self._slot.note(board.HARDWARE, 0)
        self._slot.add(board.OPENED)
        self._window = _Window(self._clock.monotonic())
        if self._tape is not None:
            self._tape.begin(source, self._codec, self._extra or b"")

    def take(self, packet: Any, wish: Wish, now: float, pace: Pace | None = None,
             turn: Turn = Turn.SHOWN) -> None:  # fmt: skip
        """Take one packet; ``now``: when it came (monotonic). ``pace`` holds back what has time."""
        key = packet.is_keyframe
        self._slot.note(board.PACKET, micro(now))
        self._count(packet.size, now)
        if wish.keys_only != self._keys_only:
            self._leave_out(keys_only=wish.keys_only)
        if turn is Turn.PASSED:
            self._awaits_key = True
        elif key or not (self._keys_only or self._awaits_key):
            if key:  # where one is passed over, no decoder is made for it
                self._awaits_key = False
                self._choose(wish.width)
            for frame in self._decoded(packet):
                self._window.frames += 1
                if turn is Turn.SHOWN:
                    self._show(frame, wish, pace)
        if self._tape is not None:  # last, as a container takes the packet's times for its own
            self._tape.take(packet, self._clock.now())

    def note_late(self, late: int) -> None:
        """Note by how much (ms, by the camera's own clock) pictures come late."""
        self._slot.note(board.LATENCY, late if abs(late) < FAR_MS else UNKNOWN_MS)

    def end(self) -> None:
        """Close what is being kept: the stream has ended."""
        if self._tape is not None:
            self._tape.end()

    def _show(self, frame: Any, wish: Wish, pace: Pace | None) -> None:
        if pace is not None:
            pace.wait(float(frame.time or 0.0))
        if self._stop.is_set():
            return
        self._width, self._pixels = frame.width, frame.width * frame.height
        self._canvas.show(frame, (wish.width, wish.height), self._clock.now())

    def _decoded(self, packet: Any) -> list[Any]:
        """Decode a packet. One that was damaged on its way gives nothing; a key frame mends it."""
        frames: list[Any] = []
        try:
            frames = self._decoder.decode(packet)
        except InvalidDataError:
            pass
        except FFmpegError:
            if self._way is not _Way.HARDWARE:
                raise
            self._since = PATIENCE
        if self._way is _Way.HARDWARE:
            self._since = 0 if frames else self._since + 1
            if self._since > PATIENCE:
                self._hardware = None  # for this stream; from the next key frame on
        return frames

    def _choose(self, width: int) -> None:
        """Take the decoder that suits a picture of this size; only a key frame can be its first.

        Graphics hardware decodes large pictures. Of those that are made much smaller the smoothing
        of block edges is left out: that saves a sixth of the decoding, and costs nothing that an
        eye finds (39 dB at the worst).
        """
        made = None
        if self._pixels >= LARGE and self._hardware is not None:
            if self._way is _Way.HARDWARE:
                return
            made = self._hardware.decoder(self._codec)
        light = self._codec in SMOOTHED and width <= self._width * SMALL
        way = _Way.HARDWARE if made is not None else _Way.LIGHT if light else _Way.PLAIN
        if way is self._way:
            return
        if made is None:
            made = av.CodecContext.create(self._codec, "r")
            made.options = {"skip_loop_filter": "all"} if light else {}
        made.extradata, made.thread_count = self._extra, 1
        self._decoder, self._way, self._since = made, way, 0
        self._slot.note(board.HARDWARE, int(way is _Way.HARDWARE))

    def _leave_out(self, *, keys_only: bool) -> None:
        """Leave out all but key frames; or take all again, from the next key frame on."""
        self._awaits_key = self._keys_only and not keys_only
        self._keys_only = keys_only
        self._slot.note(board.KEYS_ONLY, int(keys_only))

    def _count(self, octets: int, now: float) -> None:
        window = self._window
        window.octets += octets
        lasted = now - window.began
        if lasted >= WINDOW_S:
            self._slot.note(board.RATE, round(window.frames / lasted * 100))
            self._slot.note(board.KBITS, round(window.octets * 8 / lasted / 1000))
            self._window = _Window(now)

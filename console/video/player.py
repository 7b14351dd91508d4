"""Plays one stream into its slot: opens, decodes, makes small, and begins anew when it ends."""

import random
import struct
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import av
from av.error import (
    ExitError,
    FFmpegError,
    HTTPForbiddenError,
    HTTPNotFoundError,
    HTTPUnauthorizedError,
    InvalidDataError,
)

from console.base.clock import Clock
from console.video import board
from console.video.board import UNKNOWN_MS, Slot
from console.video.canvas import Canvas, micro
from console.video.pace import Pace
from console.video.stream import Kept, Trouble, Wish
from console.video.tape import Recorder, Tape

OPEN_S, READ_S = 3.0, 1.0
"""Reading fails at the second expiry: two seconds without a packet."""
GATE_S = 5.0
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
DENIED_WAIT_S = 60.0
"""A camera that is asked too often with a wrong password locks itself up."""
JITTER = 0.2
WINDOW_S = 2.0
SMALL = 0.75
SMOOTHED = frozenset(("h264", "hevc"))
FAR_MS = 10_000
"""A camera whose clock is so far from ours tells us nothing of how late its pictures are."""
_DENIED = (HTTPUnauthorizedError, HTTPForbiddenError)
_LIVE = {"fflags": "nobuffer", "flags": "low_delay"}
_NET = "rtsp,rtp,rtcp,udp,tcp,tls,http,https,crypto"
"""What a stream from the net may lead on to: never a file of this machine."""
_SHORT = {"probesize": "32", "analyzeduration": "0"}
_SCHEMES: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "rtsp": {**_LIVE, **_SHORT, "protocol_whitelist": _NET},
    "http": {**_LIVE, "probesize": "65536", "analyzeduration": "500000",
             "protocol_whitelist": _NET},
    "file": {},
})  # fmt: skip


class Stopped(Exception):
    """Nobody wants this stream any more."""


@dataclass(slots=True)
class _Window:
    """What came within the last moments."""

    began: float = 0.0
    frames: int = 0
    octets: int = 0


class Player:
    """One stream. ``wish`` may be changed while it runs: its size, and whether all frames come."""

    def __init__(
        self, wish: Wish, slot: Slot, clock: Clock, gate: "threading.Semaphore",
        chance: Callable[[], float] = random.random, recorder: Recorder | None = None,
    ) -> None:  # fmt: skip
        self.wish = wish
        self.stop = threading.Event()
        self.inside = 0.0
        """Since when libav has not come back (monotonic seconds), 0: it is not being waited for."""
        self._slot = slot
        self._clock = clock
        self._gate = gate
        self._chance = chance
        self._canvas = Canvas(slot, clock)
        self._window = _Window()
        self._opening = False
        self._decoder: Any = None
        self._light = False
        self._keys_only: bool | None = None
        self._tape: Tape | None = None
        if recorder is not None and wish.camera and not _local(wish):
            self._tape = Tape(recorder, wish.camera, wish.quality, self._note_kept)

    def run(self, _stopping: threading.Event) -> None:
        """Play until told to stop."""
        self._slot.note(board.ASKED, micro(self._clock.monotonic()))
        tries = 0
        while not self.stop.is_set():
            before = self._slot.seq
            trouble = self._trouble_of_playing()
            if self.stop.is_set():
                return
            self._slot.note(board.TROUBLE, int(trouble))
            tries = 0 if self._slot.seq != before else tries + 1
            self.stop.wait(self._pause(trouble, tries))
            self._slot.add(board.RECONNECTS)

    def _pause(self, trouble: Trouble, tries: int) -> float:
        if trouble is Trouble.DENIED:
            return DENIED_WAIT_S
        if trouble is Trouble.ENDED and urlsplit(self.wish.address).scheme in ("", "file"):
            return 0.0
        wait = WAITS[min(tries, len(WAITS) - 1)]
        return wait * (1 + JITTER * (2 * self._chance() - 1))

    def _trouble_of_playing(self) -> Trouble:
        try:
            self._play()
        except Stopped:
            return Trouble.NONE
        except _DENIED:
            return Trouble.DENIED
        except HTTPNotFoundError:
            return Trouble.UNKNOWN
        except ExitError:
            return Trouble.SILENT
        except InvalidDataError:
            # Who hangs up while it is being opened reads as that, too.
            return Trouble.NOBODY if self._opening and not _local(self.wish) else Trouble.UNREADABLE
        except OSError:
            return Trouble.NOBODY
        except FFmpegError:
            return Trouble.UNREADABLE
        return Trouble.ENDED

    def _play(self) -> None:
        self._opening = True
        with self._opened() as container:
            self._opening = False
            stream: Any = next(iter(container.streams.video), None)
            if stream is None:
                raise InvalidDataError(0, "no video")
            self._note_opened(stream)
            packets = container.demux(stream)
            pace = Pace(self._clock, self.stop) if _local(self.wish) else None
            try:
                while (packet := self._within(next, packets, None)) is not None:
                    self._take(packet, stream, pace)
            finally:
                if self._tape is not None:
                    self._tape.end()

    def _opened(self) -> Any:
        address = _with_password(self.wish)
        options = _options(self.wish)
        # Whoever hangs in the gate does not keep the others out for good.
        let_in = self._gate.acquire(timeout=GATE_S)
        try:
            if self.stop.is_set():
                raise Stopped
            return self._within(lambda: av.open(address, options=options, timeout=(OPEN_S, READ_S)))
        finally:
            if let_in:
                self._gate.release()

    def _within(self, call: Callable[..., Any], *words: Any) -> Any:
        """Go into libav, and note that; whoever was told to stop meanwhile goes no further."""
        self.inside = self._clock.monotonic()
        try:
            return call(*words)
        finally:
            self.inside = 0.0
            if self.stop.is_set():
                raise Stopped

    def _note_opened(self, stream: Any) -> None:
        context = self._decoder = stream.codec_context
        self._light, self._keys_only = False, None
        context.thread_count = 1
        context.thread_type = "SLICE"
        name = str(context.name)
        codec = name if name in board.CODECS else "other"
        self._slot.note(board.CODEC, board.CODECS.index(codec))
        self._slot.add(board.OPENED)
        if self._tape is not None:
            self._tape.begin(stream)
        self._window = _Window(self._clock.monotonic())

    def _take(self, packet: Any, stream: Any, pace: "Pace | None") -> None:
        now = self._clock.monotonic()
        self._slot.note(board.PACKET, micro(now))
        self._count(int(packet.size), now)
        if packet.is_keyframe or self._slot.latency == UNKNOWN_MS:
            self._note_latency(packet)
        if packet.is_keyframe:
            self._lighten(stream)
        if self._keys_only != self.wish.keys_only:
            self._leave_out(keys_only=self.wish.keys_only)
        frames: list[Any] = []
        with suppress(InvalidDataError):  # damaged on its way: the next key frame mends it
            frames = self._within(self._decoder.decode, packet)
        for frame in frames:
            if pace is not None:
                pace.wait(float(frame.time or 0.0))
            self._show(frame)
        if self._tape is not None:  # last, as a container takes the packet's times for its own
            self._tape.take(packet, self._clock.now())

    def _lighten(self, stream: Any) -> None:
        """Take a decoder that leaves the smoothing of block edges out where it is not to be seen.

        That saves a sixth of the decoding; of a picture made so much smaller it costs nothing that
        an eye finds (39 dB at the worst). Only a key frame can be the first of another decoder.
        """
        context = stream.codec_context
        light = context.name in SMOOTHED and self.wish.width <= context.width * SMALL
        if light != self._light:
            self._light, self._keys_only = light, None
            self._decoder = av.CodecContext.create(context.name, "r")
            self._decoder.extradata = context.extradata
            self._decoder.thread_count = 1
            self._decoder.options = {"skip_loop_filter": "all"} if light else {}

    def _leave_out(self, *, keys_only: bool) -> None:
        """Let the decoder leave out all but key frames, or take all of them again."""
        self._keys_only = keys_only
        self._decoder.skip_frame = "NONKEY" if keys_only else "DEFAULT"
        self._slot.note(board.KEYS_ONLY, int(keys_only))

    def _show(self, frame: Any) -> None:
        if self.stop.is_set():
            return
        self._canvas.show(frame, (self.wish.width, self.wish.height), self._clock.now())
        self._window.frames += 1

    def _count(self, octets: int, now: float) -> None:
        window = self._window
        window.octets += octets
        lasted = now - window.began
        if lasted >= WINDOW_S:
            self._slot.note(board.RATE, round(window.frames / lasted * 100))
            self._slot.note(board.KBITS, round(window.octets * 8 / lasted / 1000))
            self._window = _Window(now)

    def _note_kept(self, kept: Kept) -> None:
        self._slot.note(board.KEPT, int(kept))

    def _note_latency(self, packet: Any) -> None:
        for data in packet.iter_sidedata():
            if data.data_type == "prft":
                taken = struct.unpack_from("<q", bytes(data))[0] // 1000
                late = self._clock.now() - taken
                self._slot.note(board.LATENCY, late if abs(late) < FAR_MS else UNKNOWN_MS)


def _local(wish: Wish) -> bool:
    return urlsplit(wish.address).scheme in ("", "file")


def _options(wish: Wish) -> dict[str, str]:
    scheme = urlsplit(wish.address).scheme.removesuffix("s") or "file"
    options = dict(_SCHEMES.get(scheme, _SCHEMES["http"]))
    if scheme == "rtsp":
        options["rtsp_transport"] = "udp" if wish.udp else "tcp"
    return options


def _with_password(wish: Wish) -> str:
    """Put user and password into the address, for libav alone: this is neither shown nor logged."""
    if not wish.user:
        return wish.address
    parts = urlsplit(wish.address)
    door = f"{quote(wish.user, safe='')}:{quote(wish.password, safe='')}@"
    return urlunsplit(parts._replace(netloc=door + parts.netloc.rpartition("@")[2]))

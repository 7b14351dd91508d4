"""Plays one stream into its slot: opens, decodes, makes small, and begins anew when it ends."""

import random
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar
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
from console.video.canvas import micro
from console.video.hardware import Hardware
from console.video.lane import Lane, Rider
from console.video.live import Live
from console.video.pace import Pace
from console.video.pictures import Pictures, Turn
from console.video.rtsp.reply import Broken
from console.video.rtsp.sdp import Unfit
from console.video.rtsp.session import Denied, Refused, Session, Unknown, opened
from console.video.stream import Kept, Trouble, Wish, weight
from console.video.tape import Recorder, Tape

OPEN_S, READ_S = 3.0, 1.0
"""Reading fails at the second expiry: two seconds without a packet."""
GATE_S = 5.0
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
DENIED_WAIT_S = 60.0
"""A camera that is asked too often with a wrong password locks itself up."""
JITTER = 0.2
_TROUBLES: Mapping[type[Exception], Trouble] = MappingProxyType({
    Denied: Trouble.DENIED, HTTPUnauthorizedError: Trouble.DENIED,
    HTTPForbiddenError: Trouble.DENIED,
    Unknown: Trouble.UNKNOWN, HTTPNotFoundError: Trouble.UNKNOWN,
    Refused: Trouble.SILENT, ExitError: Trouble.SILENT, TimeoutError: Trouble.SILENT,
})  # fmt: skip
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


T = TypeVar("T")


class Stopped(Exception):
    """Nobody wants this stream any more."""


class Player:
    """One stream. ``wish`` may be changed while it runs: its size, and whether all frames come.

    ``carry`` puts a stream on a lane, and gives that.
    """

    def __init__(
        self, wish: Wish, slot: Slot, clock: Clock, gate: "threading.Semaphore",
        carry: Callable[[Rider], Lane],
        chance: Callable[[], float] = random.random, recorder: Recorder | None = None,
        hardware: Hardware | None = None,
    ) -> None:  # fmt: skip
        self.wish = wish
        self.stop = threading.Event()
        self._inside = 0.0
        self._lane: Lane | None = None
        self._slot = slot
        self._clock = clock
        self._gate = gate
        self._carry = carry
        self._chance = chance
        self._opening = False
        self._foreign = False
        tape: Tape | None = None
        if recorder is not None and wish.camera and not _local(wish):
            tape = Tape(recorder, wish.camera, wish.quality, self._note_kept)
        self._pictures = Pictures(slot, clock, self.stop, tape, hardware)

    @property
    def inside(self) -> float:
        """Since when what reads it has not come back (monotonic s), 0: it is not waited for."""
        lane = self._lane
        return lane.since if lane is not None else self._inside

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
        except tuple(_TROUBLES) as error:
            return next(trouble for kind, trouble in _TROUBLES.items() if isinstance(error, kind))
        except InvalidDataError:
            # Who hangs up while it is being opened reads as that, too.
            return Trouble.NOBODY if self._opening and not _local(self.wish) else Trouble.UNREADABLE
        except OSError:
            return Trouble.NOBODY if self._opening else Trouble.ENDED
        except (FFmpegError, Broken):
            return Trouble.UNREADABLE
        return Trouble.ENDED

    def _play(self) -> None:
        self._opening = True
        parts = urlsplit(self.wish.address)
        try:
            if parts.scheme == "rtsp" and not self.wish.udp and not self._foreign:
                try:
                    self._play_live(self._opened_live())
                except Unfit:
                    self._foreign = True  # libav may know it
            self._play_foreign()
        finally:
            self._pictures.end()

    # ---- over RTSP, on a lane with others

    def _opened_live(self) -> Session:
        wish = self.wish
        return self._let_in(
            lambda: opened(wish.address, wish.user, wish.password, OPEN_S, self._going)
        )

    def _play_live(self, session: Session) -> None:
        self._opening = False
        if self.stop.is_set():
            session.close()
            raise Stopped
        context = av.CodecContext.create(session.track.codec, "r")
        context.extradata = session.track.sets or None
        self._pictures.begin(context)
        live = Live(
            session, self._clock, self._take, self._pictures.note_late, self._check,
            weight(self.wish),
        )  # fmt: skip
        self._lane = self._carry(live)
        try:
            live.wait()
        finally:
            self._lane = None

    def _take(self, packet: Any, now: float, turn: Turn) -> None:
        self._check()
        self._pictures.take(packet, self.wish, now, turn=turn)

    def _going(self) -> bool:
        return not self.stop.is_set()

    def _check(self) -> None:
        if self.stop.is_set():
            raise Stopped

    # ---- whatever libav reads, in a thread of its own

    def _play_foreign(self) -> None:
        address, options = _with_password(self.wish), _options(self.wish)
        container: Any = self._let_in(
            lambda: av.open(address, options=options, timeout=(OPEN_S, READ_S))
        )
        with container:
            self._opening = False
            self._check()
            stream: Any = next(iter(container.streams.video), None)
            if stream is None:
                raise InvalidDataError(0, "no video")
            self._pictures.begin(stream.codec_context, stream)
            packets: Iterator[Any] = container.demux(stream)
            pace = Pace(self._clock, self.stop) if _local(self.wish) else None
            while (packet := self._within(lambda: next(packets, None))) is not None:
                self._check()
                self._note_late(packet)
                self._pictures.take(packet, self.wish, self._clock.monotonic(), pace)

    def _let_in(self, call: Callable[[], T]) -> T:
        """Open a stream, when there are not too many at it."""
        # Whoever hangs in the gate does not keep the others out for good.
        let_in = self._gate.acquire(timeout=GATE_S)
        try:
            self._check()
            return self._within(call)
        finally:
            if let_in:
                self._gate.release()

    def _within(self, call: Callable[[], T]) -> T:
        """Wait for somebody else, and note that."""
        self._inside = self._clock.monotonic()
        try:
            return call()
        finally:
            self._inside = 0.0

    def _note_late(self, packet: Any) -> None:
        if not packet.is_keyframe and self._slot.latency != UNKNOWN_MS:
            return
        for data in packet.iter_sidedata():
            if data.data_type == "prft":
                taken = struct.unpack_from("<q", bytes(data))[0] // 1000
                self._pictures.note_late(self._clock.now() - taken)

    def _note_kept(self, kept: Kept) -> None:
        self._slot.note(board.KEPT, int(kept))


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

"""Pictures out of a programme stream (ISO 13818-1) in RTP, as GB/T 28181 sends them.

Packets are put in order, those of one time are one piece, and of each piece the video is taken.
Where one was lost the picture is not guessed: nothing is given until the next key frame.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from console.video.rtp import payload

WINDOW = 32
"""So many packets are waited for one that is late."""
PIECE_MOST = 4_000_000
"""Bytes of one picture; more is no camera."""
CLOCK = 90_000
PACK, SYSTEM, MAP, END = 0xBA, 0xBB, 0xBC, 0xB9
VIDEO = range(0xE0, 0xF0)
CODECS = {0x1B: "h264", 0x24: "hevc"}
_NAL = re.compile(b"\x00\x00\x01")
_START = b"\x00\x00\x01"


@dataclass(frozen=True, slots=True)
class Piece:
    """One picture: its parts without start codes, and when it was taken (1/90000 s, going round).

    ``codec``: h264 or hevc. ``key``: decoding may begin here.
    """

    codec: str
    key: bool
    parts: tuple[bytes, ...]
    stamp: int


@dataclass(slots=True)
class _Packet:
    number: int
    stamp: int
    mark: bool
    payload: bytes


@dataclass(slots=True)
class Arrivals:
    """Puts RTP packets into pieces of a stream.

    ``lost``: how many packets never came; ``strange``: how many were none of RTP.
    """

    ssrc: int | None = None
    lost: int = 0
    strange: int = 0
    _waits: dict[int, _Packet] = field(default_factory=dict[int, _Packet])
    _next: int | None = None
    _piece: bytearray = field(default_factory=bytearray)
    _stamp: int = 0
    _whole: bool = False
    _codec: str = "h264"

    def take(self, data: bytes) -> list[Piece]:
        """Take a datagram; give the pictures that it makes whole."""
        packet = self._packet(data)
        if packet is None:
            self.strange += 1
            return []
        if self._next is None:
            self._next = packet.number
        ahead = (packet.number - self._next) & 0xFFFF
        if ahead >= 0x8000:
            return []  # it comes too late, or twice
        if ahead > 16 * WINDOW:  # the sender has begun anew
            self._jump(packet.number)
        self._waits[packet.number] = packet
        return list(self._ordered())

    def _packet(self, data: bytes) -> _Packet | None:
        begin, end, mark, number, stamp = payload(data, 0, len(data))
        if begin >= end:
            return None
        if self.ssrc is not None and int.from_bytes(data[8:12], "big") != self.ssrc:
            return None
        return _Packet(number, stamp, mark, data[begin:end])

    def _ordered(self) -> Iterator[Piece]:
        while self._waits and self._next is not None:
            here: int = self._next
            packet = self._waits.pop(here, None)
            if packet is None:
                if len(self._waits) < WINDOW:
                    return
                self._jump(min(self._waits, key=lambda n: (n - here) & 0xFFFF))
                continue
            self._next = (packet.number + 1) & 0xFFFF
            yield from self._joined(packet)

    def _jump(self, number: int) -> None:
        """Go on after a gap: what was begun is not whole."""
        self.lost += (number - (self._next or 0)) & 0xFFFF
        self._waits = {n: p for n, p in self._waits.items() if (n - number) & 0xFFFF < 0x8000}
        self._next = number
        self._piece.clear()
        self._whole = False

    def _joined(self, packet: _Packet) -> Iterator[Piece]:
        if packet.stamp != self._stamp and self._piece:
            yield from self._given()
        self._stamp = packet.stamp
        if len(self._piece) + len(packet.payload) > PIECE_MOST:
            self._piece.clear()
            self._whole = False
            return
        self._piece += packet.payload
        if packet.mark:
            yield from self._given()

    def _given(self) -> Iterator[Piece]:
        piece = bytes(self._piece)
        self._piece.clear()
        if not piece.startswith(_START) or piece[3:4] < bytes((END,)):
            self._whole = False  # its beginning was lost
            return
        codec, video = video_of(piece, self._codec)
        self._codec = codec
        parts = tuple(parts_of(video))
        if not parts:
            return
        key = any(_is_key(codec, part) for part in parts)
        self._whole = self._whole or key
        if self._whole:
            yield Piece(codec, key, parts, self._stamp)


def video_of(piece: bytes, usual: str = "h264") -> tuple[str, bytes]:
    """Give codec and video of a piece of a programme stream; what is no video is passed over."""
    codec, found, at = usual, bytearray(), 0
    while (at := piece.find(_START, at)) >= 0 and at + 4 <= len(piece):
        kind = piece[at + 3]
        if kind == PACK:
            stuffing = piece[at + 13] & 7 if len(piece) > at + 13 else 0
            at += 14 + stuffing
        elif kind == END:
            at += 4
        elif kind >= SYSTEM:
            length = _length(piece, at)
            body = piece[at + 6 : at + 6 + length]
            codec = _mapped(body, codec) if kind == MAP else codec
            if kind in VIDEO:
                found += body[3 + body[2] :] if len(body) > 2 else b""
            at += 6 + length
        else:
            at += 3
    return codec, bytes(found)


def parts_of(video: bytes) -> Iterator[bytes]:
    """Cut a byte stream (annex B) into its parts."""
    starts = [found.end() for found in _NAL.finditer(video)]
    ends = [*(start - 3 for start in starts[1:]), len(video)]
    for begin, end in zip(starts, ends, strict=False):
        part = video[begin:end].rstrip(b"\x00")
        if part:
            yield part


def _length(piece: bytes, at: int) -> int:
    """Give the length of a packet; one that says none goes on to the end."""
    if len(piece) < at + 6:
        return len(piece)
    said = struct.unpack_from(">H", piece, at + 4)[0]
    return said or len(piece) - at - 6


def _mapped(body: bytes, usual: str) -> str:
    """Give the codec that a programme stream map names."""
    if len(body) < 6:
        return usual
    at = 4 + struct.unpack_from(">H", body, 2)[0] + 2
    while at + 4 <= len(body) - 4:
        kind, stream = body[at], body[at + 1]
        if stream in VIDEO and kind in CODECS:
            return CODECS[kind]
        at += 4 + struct.unpack_from(">H", body, at + 2)[0]
    return usual


def _is_key(codec: str, part: bytes) -> bool:
    return 16 <= (part[0] >> 1 & 63) <= 21 if codec == "hevc" else part[0] & 31 == 5

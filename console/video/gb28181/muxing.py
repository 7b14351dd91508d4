"""Pictures into a programme stream (ISO 13818-1) in RTP: what a camera of GB/T 28181 sends."""

import struct
from collections.abc import Iterator, Sequence

PAYLOAD, MOST = 96, 1_400
PES_MOST = 65_000
CLOCK = 90_000
_TYPES = {"h264": 0x1B, "hevc": 0x24}
_SYSTEM = bytes.fromhex("000001BB0012800001 04E17FE0E080C0C008BDE080BFE080".replace(" ", ""))
"""Bounds of rate and buffers, as devices write them."""


class Sender:
    """One stream: gives the packets of one picture after the other. ``ssrc`` names it."""

    def __init__(self, ssrc: int, codec: str = "h264") -> None:
        self.ssrc = ssrc
        self._type = _TYPES[codec]
        self._number = 0

    def packets(self, parts: Sequence[bytes], seconds: float, *, key: bool) -> list[bytes]:
        """Give the RTP packets of a picture, taken so many seconds after the beginning."""
        stamp = round(seconds * CLOCK) & 0xFFFFFFFF
        piece = self._piece(parts, stamp, key=key)
        made: list[bytes] = []
        for begin in range(0, len(piece), MOST):
            mark = 0x80 if begin + MOST >= len(piece) else 0
            head = struct.pack(">BBHII", 0x80, PAYLOAD | mark, self._number, stamp, self.ssrc)
            made.append(head + piece[begin : begin + MOST])
            self._number = (self._number + 1) & 0xFFFF
        return made

    def _piece(self, parts: Sequence[bytes], stamp: int, *, key: bool) -> bytes:
        whole = b"".join(b"\x00\x00\x00\x01" + part for part in parts)
        head = _pack(stamp) + (_SYSTEM + self._map() if key else b"")
        return head + b"".join(_pes(whole, stamp))

    def _map(self) -> bytes:
        body = bytes((0xE0, 0xFF, 0, 0, 0, 4, self._type, 0xE0, 0, 0)) + b"\x00" * 4
        return b"\x00\x00\x01\xbc" + struct.pack(">H", len(body)) + body


def _pack(stamp: int) -> bytes:
    """Give a pack header: the clock in 33 bits between marks, and a rate."""
    clock = (
        0x44 << 40 | (stamp >> 30 & 7) << 43 | (stamp >> 15 & 0x7FFF) << 27
        | 1 << 26 | (stamp & 0x7FFF) << 11 | 1 << 10 | 1
    )  # fmt: skip
    return b"\x00\x00\x01\xba" + clock.to_bytes(6, "big") + bytes((0x01, 0x86, 0xA3, 0xF8))


def _pes(video: bytes, stamp: int) -> Iterator[bytes]:
    for begin in range(0, len(video), PES_MOST):
        head = _timed(stamp) if begin == 0 else bytes((0x80, 0, 0))
        body = head + video[begin : begin + PES_MOST]
        yield b"\x00\x00\x01\xe0" + struct.pack(">H", len(body)) + body


def _timed(stamp: int) -> bytes:
    when = 0x21 << 32 | (stamp >> 30 & 7) << 33 | (stamp >> 15 & 0x7FFF) << 17 | 1 << 16
    when |= (stamp & 0x7FFF) << 1 | 1
    return bytes((0x80, 0x80, 5)) + when.to_bytes(5, "big")

"""Cuts frames of H.264 into RTP packets (RFC 6184), and says when they were taken (RFC 3550)."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST = 1_400
"""Bytes of a packet: it passes every network in one piece."""
CLOCK = 90_000
PAYLOAD = 96
MARK = 0x80
_FU_A, _SENDER_REPORT = 28, 200
_SINCE_1900 = 2_208_988_800


@dataclass(slots=True)
class Stream:
    """One sender's count of packets. ``ssrc`` names it; numbers and times begin anywhere."""

    ssrc: int
    number: int = 0
    began: int = 0
    packets: int = 0
    octets: int = 0

    def packets_of(self, parts: Iterable[bytes], seconds: float) -> list[bytes]:
        """Give the packets of one frame that was taken so many seconds after the beginning."""
        payloads = [cut for part in parts for cut in cuts(part)]
        stamp = self._stamp(seconds)
        made: list[bytes] = []
        for n, payload in enumerate(payloads):
            last = MARK if n == len(payloads) - 1 else 0
            head = struct.pack(">BBHII", 0x80, PAYLOAD | last, self.number, stamp, self.ssrc)
            made.append(head + payload)
            self.number = (self.number + 1) & 0xFFFF
            self.octets += len(payload)
        self.packets += len(made)
        return made

    def report(self, seconds: float, wall: float) -> bytes:
        """Say which time of day (s since 1970) a frame's time was."""
        ntp = wall + _SINCE_1900
        return struct.pack(
            ">BBHIIIIII", 0x80, _SENDER_REPORT, 6, self.ssrc, int(ntp) & 0xFFFFFFFF,
            int(ntp % 1 * (1 << 32)), self._stamp(seconds), self.packets & 0xFFFFFFFF,
            self.octets & 0xFFFFFFFF,
        )  # fmt: skip

    def _stamp(self, seconds: float) -> int:
        return (self.began + round(seconds * CLOCK)) & 0xFFFFFFFF


def cuts(part: bytes) -> Iterator[bytes]:
    """Cut a part that is too long for one packet; others go as they are."""
    if len(part) <= MOST:
        yield part
        return
    head, body = part[0], part[1:]
    room = MOST - 2
    for begin in range(0, len(body), room):
        first = 0x80 if begin == 0 else 0
        last = 0x40 if begin + room >= len(body) else 0
        yield bytes((head & 0xE0 | _FU_A, first | last | head & 0x1F)) + body[begin : begin + room]


def framed(channel: int, packet: bytes) -> bytes:
    """Give a packet as it goes between the lines of an RTSP connection."""
    return b"$" + struct.pack(">BH", channel, len(packet)) + packet

"""Cuts frames into RTP packets (RFC 6184 and 7798), and says when they were taken (RFC 3550)."""

import base64
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST = 1_400
"""Bytes of a packet: it passes every network in one piece."""
CLOCK = 90_000
PAYLOAD = 96
MARK = 0x80
_FU_A, _FU, _SENDER_REPORT = 28, 49, 200
_SINCE_1900 = 2_208_988_800


@dataclass(slots=True)
class Stream:
    """One sender's count of packets. ``ssrc`` names it; numbers and times begin anywhere."""

    ssrc: int
    number: int = 0
    began: int = 0
    packets: int = 0
    octets: int = 0
    codec: str = "h264"

    def packets_of(self, parts: Iterable[bytes], seconds: float) -> list[bytes]:
        """Give the packets of one frame that was taken so many seconds after the beginning."""
        payloads = [cut for part in parts for cut in cuts(part, self.codec)]
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


def cuts(part: bytes, codec: str = "h264") -> Iterator[bytes]:
    """Cut a part that is too long for one packet; others go as they are."""
    if len(part) <= MOST:
        yield part
        return
    long = 2 if codec == "hevc" else 1
    head, body = part[:long], part[long:]
    room = MOST - long - 1
    for begin in range(0, len(body), room):
        ends = (0x80 if begin == 0 else 0) | (0x40 if begin + room >= len(body) else 0)
        if codec == "hevc":
            mark = bytes((head[0] & 0x81 | _FU << 1, head[1], ends | head[0] >> 1 & 0x3F))
        else:
            mark = bytes((head[0] & 0xE0 | _FU_A, ends | head[0] & 0x1F))
        yield mark + body[begin : begin + room]


def described(codec: str, sets: Sequence[bytes], fps: int = 0) -> bytes:
    """Describe a stream (SDP): ``sets`` are its parameter sets, in the codec's own order."""
    coded = [base64.b64encode(part).decode() for part in sets]
    if codec == "hevc":
        names = ("sprop-vps", "sprop-sps", "sprop-pps")
        said = ";".join(f"{name}={part}" for name, part in zip(names, coded, strict=False))
        kind = "H265"
    else:
        level = sets[0][1:4].hex()
        said = (
            f"packetization-mode=1;profile-level-id={level};sprop-parameter-sets={','.join(coded)}"
        )
        kind = "H264"
    lines = [
        "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=camera", "c=IN IP4 0.0.0.0", "t=0 0", "a=control:*",
        f"m=video 0 RTP/AVP {PAYLOAD}", f"a=rtpmap:{PAYLOAD} {kind}/{CLOCK}",
        f"a=fmtp:{PAYLOAD} {said}", "a=control:track0",
    ]  # fmt: skip
    if fps:
        lines.insert(-1, f"a=framerate:{fps}")
    return ("\r\n".join(lines) + "\r\n").encode()


def framed(channel: int, packet: bytes) -> bytes:
    """Give a packet as it goes between the lines of an RTSP connection."""
    return b"$" + struct.pack(">BH", channel, len(packet)) + packet

"""Takes apart what comes over a connection of RTSP: packets, reports, and answers between them."""

import struct
from typing import NamedTuple

from console.video.rtsp.reply import HEAD_MOST, Broken, Reply, read_reply
from console.video.rtsp.sdp import Track
from console.video.rtsp.units import LAPS, Unit, Units

_DOLLAR, _SENDER_REPORT, _VERSION = 0x24, 200, 2
_SINCE_1900_MS = 2_208_988_800_000


class Report(NamedTuple):
    """The camera's own time (ms since 1970) at a stamp of its stream."""

    at: float
    stamp: int


class Line:
    """One connection's incoming bytes. ``channel``: where the video goes; reports: one above."""

    def __init__(self, track: Track, channel: int, left: bytes = b"") -> None:
        self._units = Units(track.codec)
        self._payload = track.payload
        self._clock = track.clock
        self.channel = channel
        self._held = left
        self.report: Report | None = None
        self.answers: list[Reply] = []
        """The answers that came meanwhile; whoever reads them takes them out."""

    def read(self, came: bytes) -> list[Unit]:
        """Take bytes as they came; give the pictures that are whole now. May be Broken."""
        data = self._held + came if self._held else came
        at, end, made = 0, len(data), list[Unit]()
        while at + 4 <= end:
            if data[at] != _DOLLAR:
                after = self._between(data, at)
                if after is None:
                    break
                at = after
                continue
            till = at + 4 + (data[at + 2] << 8 | data[at + 3])
            if till > end:
                break
            channel = data[at + 1]
            if channel == self.channel:
                if at + 6 <= till and data[at + 5] & 0x7F == self._payload:
                    self._units.take(data, at + 4, till, made)
            elif channel == self.channel + 1:
                self._reported(data[at + 4 : till])
            at = till
        self._held = data[at:]
        return made

    def late_ms(self, unit: Unit, now: int) -> int | None:
        """Tell how long after its taking a picture came; ``now``: ms since 1970. None: unknown."""
        if self.report is None:
            return None
        ticks = (unit.stamp - self.report.stamp + LAPS // 2) % LAPS - LAPS // 2
        return round(now - self.report.at - ticks * 1_000 / self._clock)

    def _between(self, data: bytes, at: int) -> int | None:
        """Pass over an answer or a request; None: it is not whole yet."""
        if not data[at : at + 1].isalpha():
            # Some devices tell a packet too short: the next one begins where a channel is ours.
            next_one = data.find(bytes((_DOLLAR, self.channel)), at + 1)
            if next_one < 0 and len(data) - at > HEAD_MOST:
                raise Broken
            return next_one if next_one >= 0 else None
        found = read_reply(data, at)
        if found is None:
            return None
        reply, body = found
        after = body + (reply.length or 0)
        if after > len(data):
            return None
        if reply.status:
            self.answers.append(reply)
        return after

    def _reported(self, data: bytes) -> None:
        """Read a sender's report (RFC 3550 6.4.1): whose time of day a stamp was."""
        if len(data) < 20 or data[0] >> 6 != _VERSION or data[1] != _SENDER_REPORT:
            return
        seconds, parts, stamp = struct.unpack_from(">III", data, 8)
        if seconds:
            at = seconds * 1_000 + parts * 1_000 / LAPS - _SINCE_1900_MS
            self.report = Report(at, stamp)

"""Puts the packets of RTP together to pictures: H.264 (RFC 6184) and H.265 (RFC 7798).

A picture is given on with the packet that says it is its last, so nobody waits for the next one;
from a camera that says so too early it is given on when the next one's time comes.
"""

from typing import NamedTuple

from console.video.rtp import payload
from console.video.rtsp.sdp import START

UNIT_MOST = 16 << 20
"""Bytes of a picture; what goes on for longer is no picture."""
LAPS = 1 << 32
_BEGINS, _ENDS = 0x80, 0x40


class _Rules(NamedTuple):
    """How a codec's parts are told: the bytes of their head, and where in it their kind is.

    ``pictures``: kinds that hold some of a picture. ``keys``: kinds one can begin with.
    """

    head: int
    shift: int
    mask: int
    aggregate: int
    fragment: int
    pictures: frozenset[int]
    keys: frozenset[int]


_RULES = {
    "h264": _Rules(1, 0, 0x1F, 24, 28, frozenset(range(1, 6)), frozenset((5, 7))),
    "hevc": _Rules(2, 1, 0x3F, 48, 49, frozenset(range(32)), frozenset(range(16, 22))),
}


class Unit(NamedTuple):
    """One picture as it is coded (Annex B). ``stamp``: ticks of its clock, which never go round."""

    data: bytes
    key: bool
    stamp: int


class Units:
    """One stream's pictures. Packets are given by where they stand in what has been received."""

    def __init__(self, codec: str) -> None:
        self._rules = _RULES[codec]
        self._parts: list[bytes] = []
        self._size = 0
        self._slices = self._key = False
        self._joining = False
        self._by_time = False
        self._number: int | None = None
        self._stamp = 0
        self._given: int | None = None
        self.lost = 0
        """How many packets never came."""

    def take(self, data: bytes, begin: int, end: int, made: list[Unit]) -> None:
        """Take one packet of RTP (its header included); put the pictures it completes into made."""
        begin, end, mark, number, stamp = payload(data, begin, end)
        if begin >= end:
            return
        if self._number is not None and number != self._number:
            self.lost += (number - self._number) & 0xFFFF
            self._joining = False
        self._number = (number + 1) & 0xFFFF
        if stamp != self._stamp & 0xFFFFFFFF:
            if self._slices:
                self._give(made)
            self._stamp += ((stamp - self._stamp + LAPS // 2) & 0xFFFFFFFF) - LAPS // 2
        self._cut(data, begin, end)
        if self._slices and self._given == self._stamp:
            self._by_time = True  # more of a picture that was said to be whole
        if mark and self._slices and not self._by_time:
            self._give(made)

    def _give(self, made: list[Unit]) -> None:
        made.append(Unit(b"".join(self._parts), self._key, self._stamp))
        self._given = self._stamp
        self._clear()

    def _clear(self) -> None:
        self._parts.clear()
        self._size = 0
        self._slices = self._key = False

    def _put(self, kind: int, head: bytes, body: bytes) -> None:
        self._slices = self._slices or kind in self._rules.pictures
        self._key = self._key or kind in self._rules.keys
        self._add(head, body)

    def _add(self, head: bytes, body: bytes) -> None:
        self._size += len(body)
        if self._size > UNIT_MOST:
            self._clear()
            self._joining = False
            return
        self._parts.append(head)
        self._parts.append(body)

    def _cut(self, data: bytes, begin: int, end: int) -> None:
        rules = self._rules
        if end - begin <= rules.head:
            return
        kind = data[begin] >> rules.shift & rules.mask
        if kind == rules.fragment:
            self._join(data, begin, end)
        elif kind == rules.aggregate:
            for at, till in _aggregated(data, begin + rules.head, end):
                self._put(data[at] >> rules.shift & rules.mask, START, data[at:till])
        elif kind < rules.aggregate:
            self._put(kind, START, data[begin:end])

    def _join(self, data: bytes, begin: int, end: int) -> None:
        """Take a fragment of a part; one whose beginning was lost is left out."""
        rules, body = self._rules, begin + self._rules.head
        head = data[body]
        if head & _BEGINS:
            self._joining = True
            kind = head & rules.mask
            first = data[begin] & ~(rules.mask << rules.shift) | kind << rules.shift
            self._put(kind, START + bytes((first,)) + data[begin + 1 : body], data[body + 1 : end])
        elif self._joining:
            self._add(b"", data[body + 1 : end])
        if head & _ENDS:
            self._joining = False


def _aggregated(data: bytes, begin: int, end: int) -> list[tuple[int, int]]:
    """Give where each part of an aggregation stands; one that is longer than its packet ends it."""
    found: list[tuple[int, int]] = []
    while begin + 2 < end:
        long = data[begin] << 8 | data[begin + 1]
        begin += 2
        if not 0 < long <= end - begin:
            break
        found.append((begin, begin + long))
        begin += long
    return found

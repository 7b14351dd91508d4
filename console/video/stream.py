"""What is wished of a stream, and what is known of it while it plays: plain values."""

from collections.abc import Sequence
from enum import IntEnum

from msgspec import Struct


class Wish(Struct, frozen=True, kw_only=True):
    """One stream as it is wanted now. The password is apart from the address.

    ``width``, ``height``: pixels of the tile; pictures are made smaller to fit in, never larger.
    ``keys_only``: only key frames, for small and crowded tiles. ``user``: "" where none is asked.
    ``camera``: whose last minutes are kept meanwhile, "": nobody's. ``span``: from when to when
    (ms since 1970) its kept pictures are to be played again, in place of the stream.
    """

    address: str
    width: int
    height: int
    keys_only: bool = False
    udp: bool = False
    user: str = ""
    password: str = ""
    camera: str = ""
    quality: str = ""
    span: tuple[int, int] | None = None

    def __repr__(self) -> str:
        return f"Wish({self.address!r}, {self.width}x{self.height})"

    __str__ = __repr__


MAIN_WEIGHS = 6
FULL = 16
"""So many small streams are decoded one after the other in one place before another is used too:
one by one in many places, each finds the processor's cache cold, which costs a tenth more."""


def weight(wish: Wish) -> int:
    """Give how much work it is to decode a stream, in small ones (640x360, 15 a second)."""
    return MAIN_WEIGHS if wish.quality == "main" else 1


def place(loads: Sequence[int], more: int) -> int:
    """Give the first place that has room for more; where none has, the one with least to do."""
    fits = (n for n, load in enumerate(loads) if load + more <= FULL)
    return next(fits, loads.index(min(loads)))


class Trouble(IntEnum):
    """Why a stream does not come. Numbers, because they go by shared memory."""

    NONE = 0
    NOBODY = 1
    """Nobody listens there, or the name is not known."""
    DENIED = 2
    """User or password are wrong."""
    UNKNOWN = 3
    """The server knows no such stream."""
    SILENT = 4
    """The line is there, but nothing comes."""
    ENDED = 5
    """The other end hung up."""
    UNREADABLE = 6
    """What comes is no video that can be read."""
    HUNG = 7
    """The decoder did not come back; it was left behind and begun anew."""


class Look(IntEnum):
    """What a picture looks like, apart from whether it moves in time."""

    UNJUDGED = 0
    """Nothing has been seen to change so far, and not for long."""
    BLACK = 1
    COVERED = 2
    CONSTANT = 3
    PLAIN = 4


class Kept(IntEnum):
    """Whether the last minutes of a stream are kept, so that they can be seen again."""

    NOT = 0
    KEPT = 1
    NO_ROOM = 2
    """The disk is full."""
    TOO_SLOW = 3
    """The disk does not keep up."""
    UNFIT = 4
    """What the camera sends cannot be put into a container."""


class Vitals(Struct, frozen=True, kw_only=True, gc=False):
    """What is known of one stream. Instants are seconds of the monotonic clock, 0: never.

    ``latency_ms``: from the camera's clock to here; None where it is not known. ``taken_ms``: ms
    since 1970, when the last frame came. ``rate``: frames a second; ``kbits``: kbit a second.
    ``hardware``: whether graphics hardware decodes it.
    """

    seq: int = 0
    width: int = 0
    height: int = 0
    native_width: int = 0
    native_height: int = 0
    asked: float = 0.0
    frame: float = 0.0
    packet: float = 0.0
    taken_ms: int = 0
    latency_ms: int | None = None
    rate: float = 0.0
    kbits: int = 0
    opened: int = 0
    reconnects: int = 0
    trouble: Trouble = Trouble.NONE
    look: Look = Look.UNJUDGED
    codec: str = ""
    keys_only: bool = False
    kept: Kept = Kept.NOT
    hardware: bool = False

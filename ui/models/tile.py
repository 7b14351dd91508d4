"""One tile of the wall: which camera is in it, why, and what plays there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from console.base.notice import Notice
from console.video.stream import Vitals
from console.video.truth import Standing
from ui.models.channel import Channel, Playback


@dataclass(slots=True)
class Tile:
    """One tile.

    ``home``: the camera that the operator, the spot or the carousel put there; ``camera``: the one
    that is to be seen, which an alarm may have put over it. ``why``: in words, why this camera is
    here. ``granted``: False where the budget is used up; ``full``: it gets less than was wished,
    or nothing, because its line is full.
    """

    number: int
    role: str
    home: str = ""
    camera: str = ""
    why: tuple[Notice, ...] = ()
    home_why: tuple[Notice, ...] = ()
    alarm: str = ""
    level: str = ""
    pinned: bool = False
    granted: bool = True
    full: bool = False
    standing: Standing = Standing.WAITING
    size: tuple[int, int] = (320, 180)
    channel: Channel | None = field(default=None, repr=False)
    playback: Playback | None = field(default=None, repr=False)

    @property
    def vitals(self) -> Vitals:
        """Give what is known of the camera's stream."""
        return self.channel.vitals() if self.channel else Vitals()

    @property
    def taken_ms(self) -> int:
        """Give when the picture that is shown was taken: now, or then (ms since 1970, 0: none)."""
        return (self.playback.vitals() if self.playback else self.vitals).taken_ms

    def fresh(self, seqs: Sequence[int]) -> bool:
        """Tell whether there is a new picture to show; a stream behind a replay goes on."""
        new = self.channel is not None and self.channel.glance(seqs)
        return self.playback.glance(seqs) if self.playback is not None else new

    def picture(self) -> tuple[memoryview, int, int] | None:
        """Give the picture that is shown: the newest, or the one that is seen again."""
        source = self.playback or self.channel
        return source.picture() if source else None

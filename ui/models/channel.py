"""One tile's pictures: the stream on the screen, and the one that is to take its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import structs

from console.video.choose import Quality
from console.video.eyes import Eye
from console.video.pool import Decoding
from console.video.stream import Look, Trouble, Vitals, Wish

ROOM = (640, 360)
"""Memory is taken for at least this size, so that a tile may grow a little without a new stream."""
AGAIN = 1_280 * 720
"""Memory for what is seen again, in whichever size it was kept."""
Door = tuple[str, str]


@dataclass(slots=True)
class Stream:
    """A stream that plays in a slot. ``room``: pixels for which its slot has memory."""

    slot: int
    quality: Quality
    wish: Wish
    room: int


class Channel:
    """Plays one camera in one tile. What is shown stays until what follows has come.

    ``still``: its picture is known not to change. That holds over to another stream of the same
    camera, until a look at that one finds otherwise: to change a tile's size moves nothing there.
    """

    def __init__(
        self, decoding: Decoding, eye: Eye, door: Door = ("", ""), *, still: bool = False
    ) -> None:
        self.eye = eye
        self._still = still
        self._decoding = decoding
        self.door = door
        self.shown: Stream | None = None
        self.coming: Stream | None = None
        self._seq = 0

    def want(self, quality: Quality, width: int, height: int, *, keys_only: bool) -> None:
        """Play this stream at this size (pixels) from now on; Full when no slot is left."""
        wish = self._wish(quality, width, height, keys_only=keys_only)
        for stream in (self.coming, self.shown):
            if stream is not None and stream.quality == quality and width * height <= stream.room:
                if stream is self.shown:
                    self._drop_coming()
                if stream.wish != wish:
                    stream.wish = wish
                    self._decoding.change(stream.slot, wish)
                return
        self._drop_coming()
        self.coming = self._begun(quality, wish)
        if self.shown is None:
            self.shown, self.coming = self.coming, None

    def glance(self, seqs: Sequence[int]) -> bool:
        """Look whether there is a new picture; what is to follow takes over once it has come."""
        coming = self.coming
        if coming is not None and seqs[coming.slot]:
            if self.shown is not None:
                self._decoding.end(self.shown.slot)
            self.shown, self.coming, self._seq = coming, None, 0
        if self.shown is None:
            return False
        seq = seqs[self.shown.slot]
        fresh, self._seq = seq != self._seq, seq
        return fresh

    def vitals(self) -> Vitals:
        found = self._decoding.vitals(self.shown.slot) if self.shown else Vitals()
        if found.look is not Look.UNJUDGED:
            self._still = found.look is Look.CONSTANT
        elif self._still:
            return structs.replace(found, look=Look.CONSTANT)
        return found

    def picture(self) -> tuple[memoryview, int, int] | None:
        return self._decoding.picture(self.shown.slot) if self.shown else None

    def close(self) -> None:
        self._drop_coming()
        if self.shown is not None:
            self._decoding.end(self.shown.slot)
            self.shown = None

    def _drop_coming(self) -> None:
        if self.coming is not None:
            self._decoding.end(self.coming.slot)
            self.coming = None

    def _begun(self, quality: Quality, wish: Wish) -> Stream:
        room = max(wish.width * wish.height, ROOM[0] * ROOM[1])
        return Stream(self._decoding.begin(wish, room), quality, wish, room)

    def _wish(self, quality: Quality, width: int, height: int, *, keys_only: bool) -> Wish:
        address = self.eye.main if quality == "main" else self.eye.sub
        user, password = self.door
        return Wish(
            address=address, width=max(16, width), height=max(16, height), keys_only=keys_only,
            user=user, password=password, camera=self.eye.id, quality=quality,
        )  # fmt: skip


class Playback:
    """A camera's kept minutes, played again in a tile while its stream goes on behind."""

    def __init__(
        self, decoding: Decoding, camera: str, size: tuple[int, int], span: tuple[int, int]
    ) -> None:
        self.span = span
        self._decoding = decoding
        self._room = max(size[0] * size[1], AGAIN)
        self._wish = Wish(
            address="", width=max(16, size[0]), height=max(16, size[1]), camera=camera, span=span
        )
        self._slot = decoding.begin(self._wish, self._room)
        self._seq = 0

    @property
    def ended(self) -> bool:
        """Tell whether the last kept picture has been played."""
        return self.vitals().trouble is Trouble.ENDED

    def fit(self, size: tuple[int, int]) -> None:
        """Go on in another size (pixels), as far as there is memory for it."""
        less = min(1.0, (self._room / max(1, size[0] * size[1])) ** 0.5)
        width, height = (max(16, int(side * less)) for side in size)
        if (width, height) != (self._wish.width, self._wish.height):
            self._wish = structs.replace(self._wish, width=width, height=height)
            self._decoding.change(self._slot, self._wish)

    def glance(self, seqs: Sequence[int]) -> bool:
        seq = seqs[self._slot]
        fresh, self._seq = seq != self._seq, seq
        return fresh

    def vitals(self) -> Vitals:
        return self._decoding.vitals(self._slot)

    def picture(self) -> tuple[memoryview, int, int] | None:
        return self._decoding.picture(self._slot)

    def close(self) -> None:
        self._decoding.end(self._slot)

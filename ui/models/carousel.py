"""Cameras that go round in tiles: the next of each plays unseen until it takes its place there."""

from collections.abc import Callable, Sequence

from console.video.truth import Standing, standing
from ui.models.channel import Channel
from ui.models.tile import Tile

AHEAD_S = 8.0
"""So long before its turn a camera is opened."""
PATIENCE_S = 12.0
"""After so long it takes its place as what it is: by then, what does not come counts as lost."""
Open = Callable[[str], Channel | None]
"""Gives a stream of a camera, which plays nothing yet; None where it has none."""


class Carousel:
    """Whose turn it is in the tiles of a wall that go round.

    ``dwell_s``: how long each camera stays, 0: for ever. ``ahead``: by their tile, the streams that
    play unseen.
    """

    def __init__(self, opened: Open) -> None:
        self.dwell_s = 0.0
        self.ahead: dict[int, Channel] = {}
        self._open = opened
        self._cameras: tuple[str, ...] = ()
        self._next: dict[int, str] = {}
        self._turn = 0
        self._turned_at = self._opened_at = 0.0
        self._opened = False

    def rotate(self, cameras: Sequence[str]) -> bool:
        """Let these go round; tell whether they are others than before."""
        if tuple(cameras) == self._cameras:
            return False
        self._cameras = tuple(cameras)
        self._turn = 0
        return True

    def place(self, tiles: Sequence[Tile], now: float) -> None:
        """Give each tile its camera at once, and begin to count from here."""
        self.rest()
        self._turned_at = now
        for number, camera in self._due(tiles, 0).items():
            tiles[number].home, tiles[number].home_why = camera, ()

    def beat(self, tiles: Sequence[Tile], now: float) -> bool:
        """Open what is next; tell whether that is so, and there are streams to be played."""
        due = self.dwell_s and now - self._turned_at >= self.dwell_s - AHEAD_S
        if self._opened or not due:
            return False
        self._opened, self._opened_at = True, now
        self._next = self._due(tiles, 1)
        for number, camera in self._next.items():
            channel = self._open(camera) if camera != tiles[number].home else None
            if channel is not None:
                self.ahead[number] = channel
        return bool(self.ahead)

    def turned(self, tiles: Sequence[Tile], now: float) -> list[int]:
        """Let those whose picture has come take their place; give which tiles these are."""
        if not self._opened or now - self._turned_at < self.dwell_s:
            return []
        found = [n for n in self._next if not tiles[n].pinned and self._stands(n, now)]
        for number in found:
            _take(tiles[number], self._next.pop(number), self.ahead.pop(number, None), now)
        if all(tiles[n].pinned for n in self._next):
            self._opened, self._turned_at = False, now
            self._turn += len(_seats(tiles))
        return found

    def drop(self, number: int) -> None:
        """Play nothing ahead for a tile: there is no room for it, or its camera is another now."""
        channel = self.ahead.pop(number, None)
        if channel is not None:
            channel.close()

    def rest(self) -> None:
        """Play nothing ahead for now."""
        for number in list(self.ahead):
            self.drop(number)
        self._opened = False
        self._next = {}

    def _stands(self, number: int, now: float) -> bool:
        """Tell whether it is known how it stands with a tile's next camera."""
        channel = self.ahead.get(number)
        if channel is None or now - self._opened_at >= PATIENCE_S:
            return True
        return standing(channel.vitals(), now) is not Standing.WAITING

    def _due(self, tiles: Sequence[Tile], turns: int) -> dict[int, str]:
        """Give by tile whose turn it is after so many more turns; a pinned tile has none."""
        seats = _seats(tiles)
        if not self._cameras:
            return {}
        first = self._turn + turns * len(seats)
        return {
            tile.number: self._cameras[(first + n) % len(self._cameras)]
            for n, tile in enumerate(seats)
        }


def _seats(tiles: Sequence[Tile]) -> list[Tile]:
    return [t for t in tiles if t.role == "carousel" and not t.pinned]


def _take(tile: Tile, camera: str, channel: Channel | None, now: float) -> None:
    """Let a camera take its place with the picture that it has; without one, whoever plans does."""
    tile.home, tile.home_why = camera, ()
    if channel is None:
        return
    tile.camera, tile.why = camera, ()
    if tile.channel is not None:
        tile.channel.close()
    tile.channel, tile.standing = channel, standing(channel.vitals(), now)

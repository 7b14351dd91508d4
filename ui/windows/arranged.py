"""What an operator put into the tiles of each layout: kept at this seat, and put back."""

import msgspec

from console.app import Core
from console.video.layout import Layout
from ui.models.catalogue import Catalogue
from ui.models.wall import WallModel

KEPT = "wall/arranged/"


class Kept(msgspec.Struct, frozen=True):
    """Cameras by tile, and which tiles are pinned."""

    homes: dict[int, str] = {}
    pinned: tuple[int, ...] = ()


class Arranged:
    """Keeps and restores the tiles of a WallModel."""

    def __init__(self, core: Core, model: WallModel, catalogue: Catalogue) -> None:
        self._core = core
        self._model = model
        self._catalogue = catalogue

    def restore(self, layout: Layout) -> None:
        """Put back what was in the tiles of a layout; else cameras of all places."""
        kept = self._core.kept(f"{KEPT}{layout.name}")
        held = msgspec.json.decode(kept, type=Kept) if kept else None
        homes = held.homes if held else self._spread()
        for number, camera in homes.items():
            if number < len(self._model.tiles) and camera in self._catalogue.eyes:
                self._model.put(number, camera)
        for number in held.pinned if held else ():
            if number < len(self._model.tiles):
                self._model.pin(number, on=True)

    def keep(self, layout: Layout) -> None:
        """Keep what is in the tiles of a layout now."""
        tiles = [t for t in self._model.tiles if t.role == "plain" or t.pinned]
        kept = Kept({t.number: t.home for t in tiles}, tuple(t.number for t in tiles if t.pinned))
        self._core.keep(f"{KEPT}{layout.name}", msgspec.json.encode(kept))

    def _spread(self) -> dict[int, str]:
        """Give each plain tile a camera: from every district in turn."""
        tiles = [t.number for t in self._model.tiles if t.role == "plain"]
        districts = list(self._catalogue.districts().values())
        deepest = max((len(eyes) for eyes in districts), default=0)
        turn = [eyes[n] for n in range(deepest) for eyes in districts if n < len(eyes)]
        order = [eye.id for eye in turn if eye.main or eye.sub]
        return dict(zip(tiles, order, strict=False))

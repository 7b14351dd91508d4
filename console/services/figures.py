"""The figures of a display's pages: worked out on this seat's store, off the screen's thread."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from console.base.clock import Clock
from console.domain.figure import BROKEN, Figure
from console.domain.figuring import Ground, work_out
from console.domain.measured import Sensing
from console.domain.page import Tile
from console.domain.query import Viewpoint
from console.store.store import Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with the centre: the records are as it had them ``as_of`` (ms UTC)."""

    as_of: int
    up: bool


class Figures:
    """Works out tiles; from any thread, and none that a person waits on."""

    def __init__(
        self, store: Store, clock: Clock, zone: str, standing: Callable[[], Standing],
        sensing: Callable[[], Sensing],
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._standing = standing
        self._sensing = sensing

    def ground(self, me: str = "") -> Ground:
        """Give what figures of this moment are worked out on: one for a whole page."""
        standing = self._standing()
        view = Viewpoint(me=me, now=self._clock.now())
        return Ground(
            self._store.counting, self._sensing(), view, self._zone, standing.as_of, standing.up
        )  # fmt: skip

    def work_out(self, tiles: tuple[Tile, ...], me: str = "") -> dict[str, Figure]:
        """Give the figure of every tile, by its key, all of one moment."""
        ground = self.ground(me)
        return {tile.key: _worked(tile, ground) for tile in tiles}


def _worked(tile: Tile, ground: Ground) -> Figure:
    """Work one tile out; where that fails it is broken, and the others stand."""
    try:
        return work_out(tile, ground)
    except Exception:  # noqa: BLE001 - one tile is given up, whatever it was, and it is logged
        _log.exception("the figure of tile %r could not be worked out", tile.key)
        return Figure(fresh=BROKEN, why="page.why.broken")

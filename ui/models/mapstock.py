"""The components on the map: of a million what the view shows, read from disk for it alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from console.base import resources
from console.domain.datum import Cgcs2000
from console.maps.components import Component, Components, Cut
from console.maps.library import COMPONENT
from console.maps.mercator import world
from console.maps.stocktaking import FILE
from ui.models.mapmarks import Marks, Share, Symbol, inside, places_of

MOST = 60_000
"""More than this are not put into one picture; the legend says how many there are."""
MARGIN = 0.35
"""So much of the view is read beyond each of its edges."""
LISTED = 200
FAULTY = "faulty"
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a map looks at: west, south, east, north in degrees, and the zoom."""

    box: Box
    zoom: float

    def wider(self) -> "Sight":
        """Give more than is seen, so that a small move finds it there."""
        west, south, east, north = self.box
        across, up = (east - west) * MARGIN, (north - south) * MARGIN
        return replace(self, box=(west - across, south - up, east + across, north + up))

    def holds(self, other: "Sight") -> bool:
        """Tell whether all of another view is within this one."""
        west, south, east, north = self.box
        a, b, c, d = other.box
        return west <= a and south <= b and c <= east and d <= north


@dataclass(frozen=True, slots=True)
class _Lazy(Sequence[str]):
    """Codes or names that are read when somebody asks for one."""

    read: Callable[[int], str]
    size: int

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [self.read(n) for n in range(*index.indices(self.size))]
        return self.read(int(index))


class Stocks:
    """Reads components for a view.

    Symbols are by the first two digits of a class, `faulty` for what is not sound, the last for
    all others.
    """

    def __init__(self, stocks: Sequence[Components], symbols: Mapping[str, Symbol]) -> None:
        self._stocks = stocks
        self._symbols = symbols
        self._sound = frozenset(resources.table(FILE)["state"]["sound"])
        self._looks = [self._looks_of(each) for each in stocks]

    def marks(self, layer: str, sight: Sight, least: float) -> tuple[Marks, int]:
        """Give the points in a view, and how many there are in all."""
        cuts = [each.within(sight.box, MOST) for each in self._stocks]
        sizes = np.cumsum([0, *(len(c.numbers) for c in cuts)])
        lon = np.concatenate([np.zeros(0), *(c.points.lon for c in cuts)])
        lat = np.concatenate([np.zeros(0), *(c.points.lat for c in cuts)])
        x, y = world(Cgcs2000(lon, lat))
        look = np.concatenate(
            [np.zeros(0, np.int16), *map(self._look, range(len(cuts)), cuts)]
        ).astype(np.int16)

        def told(n: int, of: Callable[[Components, int], str]) -> str:
            which = int(np.searchsorted(sizes, n, side="right")) - 1
            return of(self._stocks[which], int(cuts[which].numbers[n - sizes[which]]))

        made = Marks(
            layer, COMPONENT, _Lazy(lambda n: told(n, Components.code), len(x)), x, y, look,
            tuple(self._symbols.values()), least,
            names=_Lazy(lambda n: told(n, Components.name), len(x)),
        )  # fmt: skip
        return made, sum(c.whole for c in cuts)

    def inside(self, ring: Sequence[Share]) -> tuple[list[Component], int]:
        """Give the first components in a ring (shares of the world), and how many there are."""
        corners = places_of(ring)
        lon, lat = corners.lon, corners.lat
        box = (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
        found: list[Component] = []
        count = 0
        for each in self._stocks:
            cut = each.within(box, len(each))
            held = cut.numbers[inside(ring, *world(cut.points))]
            count += len(held)
            found += [each.one(n) for n in held[: LISTED - len(found)].tolist()]
        return found, count

    def _looks_of(self, stock: Components) -> tuple[NDArray[np.int16], NDArray[np.bool_]]:
        """Give the symbol of each class of a file, and which of its states are not sound."""
        order = list(self._symbols)
        known = [s[:2] if s[:2] in self._symbols else order[-1] for s in stock.head.sorts]
        looks = np.array([order.index(k) for k in known], np.int16)
        return looks, np.array([s not in self._sound for s in stock.head.states], bool)

    def _look(self, n: int, cut: Cut) -> NDArray[np.int16]:
        looks, faulty = self._looks[n]
        if not len(cut.numbers):
            return np.zeros(0, np.int16)
        return np.where(faulty[cut.state], list(self._symbols).index(FAULTY), looks[cut.sort])

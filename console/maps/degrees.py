"""天地图's `c` matrix: tiles in degrees (EPSG:4490), beside the `w` matrix of Web Mercator.

At zoom z a tile is 360 / 2^z degrees wide and high, from 180° W and 90° N; it has 256 pixels a
side. Columns are those of the `w` matrix; only the rows lie elsewhere. Source: OGC 17-083r2,
annex D (WorldCRS84Quad), with the zoom counted as 天地图 does: its 1 is the standard's 0.
"""

from typing import Final, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import numpy as np

from console.domain.datum import Floats
from console.maps.mercator import place
from console.maps.package import Matrix, TileId

SIDE: Final = 256


class Rows(NamedTuple):
    """Which rows of the `c` matrix lie under a tile of the `w` matrix, and where its own are.

    ``first``, ``many``: the first row of tiles, and how many. ``at``: for each of the tile's 256
    rows of pixels, from the north, how many rows of pixels it lies below the first tile's edge.
    """

    first: int
    many: int
    at: Floats


def matrix_of(address: str) -> Matrix:
    """Tell by which matrix a service's address asks: `c` where its TILEMATRIXSET says so."""
    said = {name.upper(): value for name, value in parse_qsl(urlsplit(address).query)}
    return "c" if said.get("TILEMATRIXSET", "").lower() == "c" else "w"


def rows_under(id: TileId) -> Rows:
    """Give the rows of the `c` matrix under a tile of the `w` matrix, of the same column."""
    zoom, _, row = id
    y = (row + (np.arange(SIDE) + 0.5) / SIDE) / 2.0**zoom
    lat = place(np.zeros(SIDE), y).lat
    at = (90 - lat) / 360 * 2.0**zoom * SIDE
    first = int(at[0] // SIDE)
    last = min(int(at[-1] // SIDE), max(2 ** (zoom - 1), 1) - 1)
    return Rows(first, last - first + 1, at - first * SIDE)

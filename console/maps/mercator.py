"""Web Mercator in shares of the world: x from the west, y from the north, both 0 to 1.

At zoom z the world is 256 · 2^z points wide. 天地图's `w` matrix and every XYZ service use it; for
tiles of its `c` matrix see `console.maps.degrees`.
"""

import numpy as np

from console.domain.datum import EARTH_M, Cgcs2000, Floats

WORLD = 256.0
MOST_LAT = 85.0511


def world(points: Cgcs2000) -> tuple[Floats, Floats]:
    """Give points as shares of the world."""
    lat = np.radians(np.clip(points.lat, -MOST_LAT, MOST_LAT))
    return (points.lon + 180) / 360, (1 - np.arcsinh(np.tan(lat)) / np.pi) / 2


def place(x: Floats, y: Floats) -> Cgcs2000:
    """Give the places of shares of the world."""
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * np.asarray(y)))))
    return Cgcs2000(np.asarray(x) * 360 - 180, np.asarray(lat))


def metres_per_point(zoom: float, y: float) -> float:
    """Give how many metres of ground one point of the screen is, at a share y of the world."""
    lat = np.arctan(np.sinh(np.pi * (1 - 2 * y)))
    return float(2 * np.pi * EARTH_M * np.cos(lat) / (WORLD * 2**zoom))

"""Where a map looks: a place of the world, a zoom, and the points of the screen it is shown on."""

from dataclasses import dataclass, replace

import numpy as np

from console.domain.datum import Cgcs2000, Floats
from console.maps.mercator import WORLD, metres_per_point, place, world

LEAST, MOST = 7.0, 19.0
STEP = 0.5
"""One notch of the wheel."""


@dataclass(frozen=True, slots=True)
class Camera:
    """The middle of the view, in shares of the world, and the zoom: 256 · 2^zoom points across."""

    x: float
    y: float
    zoom: float

    @property
    def scale(self) -> float:
        """Give how many points of the screen the world is wide."""
        return float(WORLD * 2.0**self.zoom)

    @property
    def metres(self) -> float:
        """Give how many metres of ground one point of the screen is."""
        return metres_per_point(self.zoom, self.y)

    def shown(self, x: Floats, y: Floats, width: float, height: float) -> tuple[Floats, Floats]:
        """Give where shares of the world are in a view of this size, in points."""
        return (x - self.x) * self.scale + width / 2, (y - self.y) * self.scale + height / 2

    def share(self, x: float, y: float, width: float, height: float) -> tuple[float, float]:
        """Give the share of the world under a point of a view of this size."""
        return self.x + (x - width / 2) / self.scale, self.y + (y - height / 2) / self.scale

    def moved(self, right: float, down: float) -> "Camera":
        """Look so many points farther right and down."""
        return self.to(self.x + right / self.scale, self.y + down / self.scale)

    def to(self, x: float, y: float) -> "Camera":
        """Look elsewhere, never off the world."""
        return replace(self, x=min(max(x, 0.0), 1.0), y=min(max(y, 0.0), 1.0))

    def zoomed(self, by: float, x: float, y: float, width: float, height: float) -> "Camera":
        """Zoom by so much; what is under a point of the view stays under it."""
        at = self.share(x, y, width, height)
        near = replace(self, zoom=clipped(self.zoom + by))
        left, top = (x - width / 2) / near.scale, (y - height / 2) / near.scale
        return near.to(at[0] - left, at[1] - top)

    def fitted(self, points: Cgcs2000, width: float, height: float, most: float = 17.0) -> "Camera":
        """Look at all of some points, with a margin, and not nearer than a zoom."""
        if not len(points):
            return self
        x, y = world(points)
        wide = max(float(np.ptp(x)), 1e-9) * WORLD / max(width * 0.8, 1.0)
        high = max(float(np.ptp(y)), 1e-9) * WORLD / max(height * 0.8, 1.0)
        zoom = clipped(min(-np.log2(max(wide, high)), most))
        middle = (float(x.max() + x.min()) / 2, float(y.max() + y.min()) / 2)
        return Camera(middle[0], middle[1], zoom)

    @property
    def middle(self) -> Cgcs2000:
        return place(np.array(self.x), np.array(self.y))


def looking(lon: float, lat: float, zoom: float) -> Camera:
    """Look at a place."""
    x, y = world(Cgcs2000.of(lon, lat))
    return Camera(float(x), float(y), clipped(zoom))


def clipped(zoom: float) -> float:
    return min(max(float(zoom), LEAST), MOST)

"""What is under a hand on a map: a unit, a point of a layer, or points that stand together."""

from collections.abc import Sequence

import numpy as np

from ui.kit.mapoverlay import Live
from ui.models.mapmarks import Cluster, Shown

Share = tuple[float, float]
Found = tuple[str, str, str]
NEAR, NEAR_CLUSTER, NEAR_LINE = 12.0, 22.0, 6.0
"""How far from a thing a hand still means it, in points."""
NOTHING: Found = ("", "", "")


def under(at: Share, scale: float, zoom: float, live: Live, shown: Shown) -> Found:
    """Give kind, id and name of what is nearest to a place: a unit, a point, a line or an area."""
    x, y = at
    within = NEAR / scale
    near = np.hypot(live.x - x, live.y - y)
    if len(near) and near.min() < within:
        unit = live.units[int(near.argmin())]
        return "unit", unit.id, unit.name
    for each in reversed(shown.marks):
        n = each.nearest(x, y, within) if zoom >= each.least else -1
        if n >= 0:
            return (*each.key(n), each.names[n] if len(each.names) else "")
    for patch in reversed(shown.patches):
        if patch.kind == "shape" and zoom >= patch.least and patch.holds(x, y, NEAR_LINE / scale):
            return patch.kind, patch.id, patch.name
    return NOTHING


def cluster_at(at: Share, scale: float, clusters: Sequence[Cluster]) -> Cluster | None:
    """Give the cluster under a place."""
    x, y = at
    near = [(abs(c.x - x) + abs(c.y - y), n) for n, c in enumerate(clusters)]
    away, n = min(near, default=(1.0, -1))
    return clusters[n] if away < NEAR_CLUSTER / scale else None

"""Invented components along the roads of a map: lamps, covers, drains, trees; for demos and tests.

The same roads give the same components. Nothing here was surveyed, and the file says so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from console.base import resources
from console.domain.datum import EARTH_M, Cgcs2000, Floats
from console.domain.place import Boundaries
from console.maps.components import Component
from console.maps.graph import Graph
from console.maps.stocktaking import FILE

_DEGREE_M = np.pi / 180 * EARTH_M


def furnish(graph: Graph, boundaries: Boundaries, count: int) -> tuple[list[Component], str]:
    """Give about so many components, as often as real ones stand beside each other; and whose."""
    demo: Mapping[str, Any] = resources.table(FILE)["demo"]
    sorts: Sequence[Mapping[str, Any]] = demo["sort"]
    whole = float(graph.metres.sum())
    spread = whole * sum(1 / sort["metres"] for sort in sorts) / max(count, 1)
    found: list[Component] = []
    faulty, one_in = demo["faulty"], int(demo["one_in"])
    for sort in sorts:
        serial: dict[str, int] = {}
        points, edges = _stood(graph, sort["metres"] * spread, sort["side"])
        districts = [f.district for f in boundaries.locate(points)]
        labels = graph.label[edges].tolist()
        for (lon, lat), district, label in zip(points, districts, labels, strict=True):
            if not district:
                continue
            n = serial[district] = serial.get(district, 0) + 1
            state = faulty[n // one_in % len(faulty)] if n % one_in == 0 else str(demo["sound"])
            name = f"{graph.names[label]}{sort['name']}"
            code = f"{district}{sort['code']}{n:06d}"
            found.append(Component(code, sort["code"], name, lon, lat, sort["owner"], state))
    return found, str(demo["source"])


def _stood(graph: Graph, metres: float, side: float) -> tuple[Cgcs2000, Any]:
    """Give where things stand so many metres apart, beside the roads, with the edge of each."""
    ends: Floats = np.append(0.0, np.cumsum(graph.metres))
    marks = np.arange(metres / 2, ends[-1], metres)
    edges = np.searchsorted(ends, marks, side="right") - 1
    share = (marks - ends[edges]) / np.maximum(graph.metres[edges], 1e-9)
    first, last = graph.bend[edges], graph.bend[edges + 1] - 1
    # On which leg of the edge: legs are told apart by their share of its vertices, near enough.
    at = first + share * (last - first)
    leg = np.minimum(np.floor(at).astype(np.int64), last - 1)
    part = at - leg
    lon0, lat0 = graph.bend_lon[leg], graph.bend_lat[leg]
    east, north = graph.bend_lon[leg + 1] - lon0, graph.bend_lat[leg + 1] - lat0
    shrink = np.cos(np.radians(lat0))
    long = np.maximum(np.hypot(east * shrink, north), 1e-12)
    away = side / _DEGREE_M
    lon = lon0 + east * part + north / long * away / shrink
    lat = lat0 + north * part - east * shrink / long * away
    return Cgcs2000(np.round(lon, 7), np.round(lat, 7)), edges

"""Ways and travel times on a road graph that came with the map: no network, no guess of a service.

The graph is directed. A point enters it at the nearest place of an edge, and the leg from the
road's side is added at a walking car's pace. Times are seconds by each class' free speed
(resources/map/roads.toml), NaN where no way leads or none within the limit. Closed edges are left
out by ``closed``; the graph that came with the map is never changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse
import scipy.sparse.csgraph
import scipy.spatial
import shapely
from shapely.geometry.base import BaseGeometry

from console.domain.datum import EARTH_M, Cgcs2000, Floats
from console.maps.graph import Graph, Ints, Places, kept, lines_of, places

_geo: Any = shapely  # typed in parts only
_sparse: Any = scipy.sparse
_ways: Any = scipy.sparse.csgraph
_near: Any = scipy.spatial
LIMIT_S = 7_200.0
"""Nobody is sent from farther than two hours away."""
HULL = 0.12
SAMPLE = 6_000


@dataclass(frozen=True, slots=True)
class Route:
    """A way: its line, and by which roads (name, metres), in their order."""

    seconds: float
    metres: float
    line: Cgcs2000
    by: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where points enter the graph: edge, how far along it (0 to 1), seconds to reach it."""

    edge: Ints
    part: Floats
    seconds: Floats


class Roads:
    """Answers for one graph; safe to ask from several threads."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.date = graph.date
        self.source = graph.source

    def times_to(self, goal: Cgcs2000, starts: Cgcs2000, limit_s: float = LIMIT_S) -> Floats:
        """Give the seconds from each start to one goal: who can be there first."""
        return self._times(goal, starts, limit_s, back=True)

    def times_from(self, start: Cgcs2000, goals: Cgcs2000, limit_s: float = LIMIT_S) -> Floats:
        """Give the seconds from one start to each goal: which hospital is near."""
        return self._times(start, goals, limit_s, back=False)

    def route(self, start: Cgcs2000, goal: Cgcs2000) -> Route | None:
        """Give the quickest way between two points; None where none leads."""
        begin, end = self._enter(start), self._enter(goal)
        if np.isnan(begin.seconds[0]) or np.isnan(end.seconds[0]):
            return None
        matrix, costs = self._with(begin, back=False)
        found, before = _ways.dijkstra(
            matrix, indices=costs, limit=LIMIT_S * 2, return_predecessors=True
        )
        total, last = self._arrive(found, begin, end, back=False)
        if not np.isfinite(total[0]):
            return None
        nodes = [] if last[0] < 0 else _walked(before, int(last[0]), costs)
        return self._drawn(start, goal, begin, end, nodes, float(total[0]))

    def reach(self, start: Cgcs2000, seconds: Sequence[float]) -> list[BaseGeometry]:
        """Give the area reached within each time, the shortest first; it may be empty."""
        entry = self._enter(start)
        if np.isnan(entry.seconds[0]):
            return [shapely.Polygon() for _ in seconds]
        matrix, source = self._with(entry, back=False)
        found = _ways.dijkstra(matrix, indices=source, limit=max(seconds))[:-1]
        lon, lat, at = self._places_reached(found + entry.seconds[0])
        return [_hull(lon[at <= each], lat[at <= each]) for each in seconds]

    def closed(self, shapes: Sequence[BaseGeometry]) -> "Roads":
        """Give the same roads without the edges that a drawn line or area touches."""
        if not shapes:
            return self
        hit: Any = self._tree.query(np.array(shapes, dtype=object), predicate="intersects")
        keep = np.ones(len(self.graph.tail), bool)
        keep[hit[1]] = False
        return Roads(kept(self.graph, keep))

    # ---- private

    def _times(self, one: Cgcs2000, many: Cgcs2000, limit: float, *, back: bool) -> Floats:
        begin, ends = self._enter(one), self._enter(many)
        if np.isnan(begin.seconds[0]):
            return np.full(len(many), np.nan)
        matrix, source = self._with(begin, back=back)
        found = _ways.dijkstra(matrix, indices=source, limit=limit)
        total, _ = self._arrive(found, begin, ends, back=back)
        return np.where(total <= limit, total, np.nan)

    def _arrive(
        self, found: Floats, begin: _Entry, ends: _Entry, *, back: bool
    ) -> tuple[Floats, Ints]:
        """Give the least time to each end, and the node it comes through (-1: along one edge)."""
        graph, e, f = self.graph, ends.edge, ends.part
        whole = graph.seconds[e]
        one = graph.oneway[e]
        tail, head = graph.tail[e], graph.head[e]
        # Against a one-way road nobody goes; but who stands at its end is there already.
        by_tail = found[tail] + np.where(one & back & (f > 0), np.inf, f * whole)
        by_head = found[head] + np.where(one & (not back) & (f < 1), np.inf, (1 - f) * whole)
        total = np.minimum(by_tail, by_head)
        node = np.where(by_tail <= by_head, tail, head)
        ahead = (f - begin.part[0]) * (-1 if back else 1)
        same = (e == begin.edge[0]) & (~one | (ahead >= 0))
        along = np.where(same, np.abs(f - begin.part[0]) * whole, np.inf)
        node = np.where(along < total, -1, node)
        total = np.minimum(total, along) + begin.seconds[0] + ends.seconds
        return np.where(np.isfinite(total), total, np.nan), node

    def _with(self, entry: _Entry, *, back: bool) -> tuple[Any, int]:
        """Give the matrix with one more node: the place where a point enters."""
        graph = self.graph
        e, f = int(entry.edge[0]), float(entry.part[0])
        start, ends, seconds = self._csr_back if back else self._csr
        out = [(int(graph.head[e]), (1 - f), back), (int(graph.tail[e]), f, not back)]
        shut = bool(graph.oneway[e])
        legs = [(n, part) for n, part, against in out if not (shut and against and part > 0)]
        to = np.array([n for n, _ in legs], ends.dtype)
        took = np.array([max(part * graph.seconds[e], 1e-6) for _, part in legs])
        n = graph.nodes
        joined = (
            np.concatenate([seconds, took]),
            np.concatenate([ends, to]),
            np.append(start, start[-1] + len(legs)),
        )
        return _sparse.csr_matrix(joined, shape=(n + 1, n + 1)), n

    def _enter(self, points: Cgcs2000) -> _Entry:
        x, y = self._plane(points.lon.ravel(), points.lat.ravel())
        held = self._places
        if not len(held.edge):
            nowhere = np.full(len(points), np.nan)
            return _Entry(np.zeros(len(points), np.int64), nowhere, nowhere)
        away, at = self._entries.query(np.column_stack([x, y]))
        seconds = np.where(away <= self.graph.farthest_m, away / self.graph.access_mps, np.nan)
        return _Entry(held.edge[at], held.part[at], seconds)

    def _plane(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Give metres east and north of the middle of the graph."""
        east, north = self._middle
        scale = np.pi / 180 * EARTH_M
        return (lon - east) * scale * np.cos(np.radians(north)), (lat - north) * scale

    def _places_reached(self, found: Floats) -> tuple[Floats, Floats, Floats]:
        """Give places along edges and when each is reached; at most so many, evenly taken."""
        graph, held = self.graph, self._places
        edge, part = held.edge, held.part
        whole = graph.seconds[edge]
        by_tail = found[graph.tail[edge]] + part * whole
        by_head = found[graph.head[edge]] + np.where(graph.oneway[edge], np.inf, (1 - part) * whole)
        at = np.minimum(by_tail, by_head)
        near = np.nonzero(np.isfinite(at))[0]
        near = near[:: max(1, len(near) // SAMPLE)]
        return held.lon[near], held.lat[near], at[near]

    def _drawn(
        self, start: Cgcs2000, goal: Cgcs2000, begin: _Entry, end: _Entry, nodes: list[int],
        seconds: float,
    ) -> Route:  # fmt: skip
        pieces: list[tuple[int, float, float]] = []
        first, last = int(begin.edge[0]), int(end.edge[0])
        f, g = float(begin.part[0]), float(end.part[0])
        if not nodes:
            pieces.append((first, f, g))
        else:
            pieces.append((first, f, 1.0 if self.graph.head[first] == nodes[0] else 0.0))
            for one, two in pairwise(nodes):
                edge = self._edge_between(one, two)
                pieces.append(
                    (edge, 0.0, 1.0) if self.graph.tail[edge] == one else (edge, 1.0, 0.0)
                )
            pieces.append((last, 0.0 if self.graph.tail[last] == nodes[-1] else 1.0, g))
        return self._joined(start, goal, pieces, seconds)

    def _joined(
        self,
        start: Cgcs2000,
        goal: Cgcs2000,
        pieces: list[tuple[int, float, float]],
        seconds: float,
    ) -> Route:
        graph = self.graph
        lon, lat = [np.atleast_1d(start.lon)], [np.atleast_1d(start.lat)]
        by: list[tuple[str, float]] = []
        for edge, one, two in pieces:
            x, y = self._piece(edge, one, two)
            lon.append(x)
            lat.append(y)
            name, metres = graph.names[int(graph.label[edge])], abs(two - one) * graph.metres[edge]
            if by and by[-1][0] == name:
                by[-1] = (name, by[-1][1] + float(metres))
            else:
                by.append((name, float(metres)))
        lon.append(np.atleast_1d(goal.lon))
        lat.append(np.atleast_1d(goal.lat))
        line = Cgcs2000(np.concatenate(lon), np.concatenate(lat))
        kept = tuple((name, metres) for name, metres in by if metres >= 1)
        return Route(seconds, sum(metres for _, metres in kept), line, kept)

    def _piece(self, edge: int, one: float, two: float) -> tuple[Floats, Floats]:
        """Give the part of an edge between two shares of its length, in the way's direction."""
        graph = self.graph
        cut = slice(int(graph.bend[edge]), int(graph.bend[edge + 1]))
        lon, lat = graph.bend_lon[cut], graph.bend_lat[cut]
        x, y = self._plane(lon, lat)
        along = np.append(0.0, np.cumsum(np.hypot(np.diff(x), np.diff(y))))
        along /= max(along[-1], 1e-9)
        low, high = min(one, two), max(one, two)
        inner = along[(along > low) & (along < high)]
        at = np.concatenate([[low], inner, [high]])
        if two < one:
            at = at[::-1]
        return np.interp(at, along, lon), np.interp(at, along, lat)

    def _edge_between(self, one: int, two: int) -> int:
        start, ends, _ = self._csr
        row = slice(int(start[one]), int(start[one + 1]))
        at = int(np.nonzero(ends[row] == two)[0][0]) + row.start
        return int(self._csr_edge[at])

    @cached_property
    def _middle(self) -> tuple[float, float]:
        graph = self.graph
        if not len(graph.bend_lon):
            return 0.0, 0.0
        return float(np.mean(graph.bend_lon)), float(np.mean(graph.bend_lat))

    @cached_property
    def _arcs(self) -> tuple[Ints, Ints, Floats, Ints]:
        """Give the directed arcs, of parallel ones the quickest: from, to, seconds, edge."""
        graph = self.graph
        both = np.nonzero(~graph.oneway)[0]
        start = np.concatenate([graph.tail, graph.head[both]])
        end = np.concatenate([graph.head, graph.tail[both]])
        took = np.maximum(np.concatenate([graph.seconds, graph.seconds[both]]), 1e-6)
        edge = np.concatenate([np.arange(len(graph.tail)), both])
        order = np.lexsort((took, end, start))
        start, end, took, edge = start[order], end[order], took[order], edge[order]
        fresh = np.ones(len(start), bool)
        fresh[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
        return start[fresh], end[fresh], took[fresh], edge[fresh]

    @cached_property
    def _csr(self) -> tuple[Any, Any, Floats]:
        start, end, took, _ = self._arcs
        return _rows(start, self.graph.nodes), end.astype(np.int32), took

    @property
    def _csr_edge(self) -> Ints:
        return self._arcs[3]

    @cached_property
    def _csr_back(self) -> tuple[Any, Any, Floats]:
        start, end, took, _ = self._arcs
        order = np.lexsort((start, end))
        rows = _rows(end[order], self.graph.nodes)
        return rows, start[order].astype(np.int32), took[order]

    @cached_property
    def _places(self) -> Places:
        """Give the places at which a point may enter: those of the largest piece only."""
        graph = self.graph
        found = places(graph, *self._plane(graph.bend_lon, graph.bend_lat))
        if not len(found.edge):
            return found
        start, end, took, _ = self._arcs
        matrix = _sparse.csr_matrix((took, (start, end)), shape=(graph.nodes, graph.nodes))
        _, piece = _ways.connected_components(matrix, directed=True, connection="strong")
        largest = np.bincount(piece).argmax()
        good = (piece[graph.tail] == largest) & (piece[graph.head] == largest)
        keep = good[found.edge]
        return Places(found.lon[keep], found.lat[keep], found.edge[keep], found.part[keep])

    @cached_property
    def _entries(self) -> Any:
        return _near.cKDTree(np.column_stack(self._plane(self._places.lon, self._places.lat)))

    @cached_property
    def _tree(self) -> Any:
        return shapely.STRtree(lines_of(self.graph))


def _rows(start: Ints, nodes: int) -> Any:
    return np.append(0, np.cumsum(np.bincount(start, minlength=nodes))).astype(np.int32)


def _walked(before: Ints, last: int, source: int) -> list[int]:
    nodes = [last]
    while (prior := int(before[nodes[-1]])) != source:
        nodes.append(prior)
    return nodes[::-1]


def _hull(lon: Floats, lat: Floats) -> BaseGeometry:
    if len(lon) < 4:
        return shapely.Polygon()
    cloud = shapely.MultiPoint(np.column_stack([lon, lat]))
    return _geo.buffer(_geo.concave_hull(cloud, ratio=HULL), 0.0004)

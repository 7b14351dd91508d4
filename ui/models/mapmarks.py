"""What stands on a map: points by layer as arrays, areas, moving units; made on any thread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.domain.changes import Key
from console.domain.datum import Cgcs2000, Floats
from console.maps.mercator import place, world

Looks = NDArray[np.int16]
HEAT_STEP = 6
APART = 0.46
"""Clusters nearer to each other than this share of a cell are one."""
Boxed = tuple[float, float, float, float]
Share = tuple[float, float]
NOWHERE: Boxed = (float("inf"), float("inf"), float("-inf"), float("-inf"))
"""The box of what has no points: it meets no other."""


BADGES: tuple[tuple[str, str], ...] = (
    ("", ""), ("new", "accent"), ("overdue", "severity.I"), ("handled", "good"),
    ("waiting", "text"), ("refused", "danger"),
    ("exercise", "lost"),
)  # fmt: skip
"""What is said of a point beside its symbol, and in which colour."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a point looks: a shape, the role of its colour, its size in points."""

    shape: str
    role: str
    size: float = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The points of one layer: n places in shares of the world, each with a symbol.

    The first symbol is the gravest: a cluster wears the least that is in it. ``least``: from
    which zoom they are shown; ``cluster``: below which zoom they stand for each other. ``turn``:
    degrees from north that a symbol looks at; NaN where it looks nowhere. ``reach``: metres that
    it sees, ``angle`` how wide; ``dim``: those whose source is stale; ``badge``: which of BADGES.
    """

    layer: str
    kind: str
    ids: Sequence[str]
    x: Floats
    y: Floats
    look: Looks
    symbols: Sequence[Symbol]
    least: float = 0.0
    cluster: float = 0.0
    turn: Floats | None = None
    reach: Floats | None = None
    angle: Floats | None = None
    dim: NDArray[np.bool_] | None = None
    badge: NDArray[np.uint8] | None = None
    names: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.x)

    def nearest(self, x: float, y: float, within: float) -> int:
        """Give the number of the point nearest to a place; -1 when none is within."""
        near = np.nonzero((np.abs(self.x - x) < within) & (np.abs(self.y - y) < within))[0]
        if not len(near):
            return -1
        away = (self.x[near] - x) ** 2 + (self.y[near] - y) ** 2
        return int(near[np.argmin(away)])

    def inside(self, box: Boxed) -> NDArray[np.intp]:
        """Give the numbers of the points in a box: left, top, right, bottom."""
        left, top, right, foot = box
        held = (self.x >= left) & (self.x <= right) & (self.y >= top) & (self.y <= foot)
        return np.nonzero(held)[0]

    def key(self, n: int) -> Key:
        return self.kind, self.ids[n]


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """An area on the map: rings in shares of the world, how it looks, what it is."""

    kind: str
    id: str
    name: str
    rings: tuple[NDArray[np.float64], ...]
    role: str
    fill: float = 0.14
    dashed: bool = False
    width: float = 1.8
    least: float = 0.0
    box: Boxed = field(init=False)

    def __post_init__(self) -> None:
        points = np.concatenate([np.empty((0, 2)), *self.rings])
        ends = (*points.min(axis=0).tolist(), *points.max(axis=0).tolist()) if len(points) else ()
        object.__setattr__(self, "box", ends or NOWHERE)

    def meets(self, box: Boxed) -> bool:
        """Tell whether its extent and a box have anything in common."""
        left, top, right, foot = self.box
        return left <= box[2] and right >= box[0] and top <= box[3] and foot >= box[1]

    def holds(self, x: float, y: float, within: float) -> bool:
        """Tell whether a place is in an area, or so near to a line; all in shares of the world."""
        if not self.meets((x - within, y - within, x + within, y + within)):
            return False
        if not self.fill:
            return any(_away(ring, x, y) <= within for ring in self.rings)
        at = np.array([x]), np.array([y])
        return bool(sum(int(inside(ring.tolist(), *at)[0]) for ring in self.rings) % 2)


@dataclass(frozen=True, slots=True)
class Moving:
    """A unit where it was last seen: ``age`` in seconds, ``heading`` in degrees (NaN: unknown)."""

    id: str
    name: str
    x: float
    y: float
    heading: float
    age: float
    role: str
    shape: str


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Points that stand for each other: their middle, how many, the gravest symbol, the extent.

    ``held``: which points of the layer they are.
    """

    x: float
    y: float
    count: int
    symbol: Symbol
    layer: str
    box: Boxed
    held: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, np.intp))


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the map at one time; of the layers in ``fewer`` only so many are shown.

    ``tails``: the ways that units have come, in shares of the world.
    """

    marks: tuple[Marks, ...] = ()
    patches: tuple[Patch, ...] = ()
    units: tuple[Moving, ...] = ()
    heat: Marks | None = None
    filtered: str = ""
    counts: dict[str, int] = field(default_factory=dict[str, int])
    fewer: dict[str, int] = field(default_factory=dict[str, int])
    tails: tuple[Floats, ...] = ()


def clusters(marks: Marks, within: NDArray[np.intp], cell: float) -> list[Cluster]:
    """Put points together that are in one cell, so many shares of the world wide."""
    if not len(within):
        return []
    x, y = marks.x[within], marks.y[within]
    key = (x // cell).astype(np.int64) * 1_000_003 + (y // cell).astype(np.int64)
    _, group, count = np.unique(key, return_inverse=True, return_counts=True)
    group = group.ravel()
    order = np.argsort(group, kind="stable")
    starts = np.append(0, np.cumsum(count)[:-1])
    look = np.minimum.reduceat(marks.look[within][order], starts)
    edges = [
        f.reduceat(v[order], starts)
        for f, v in ((np.minimum, x), (np.minimum, y), (np.maximum, x), (np.maximum, y))
    ]
    sum_x, sum_y = np.bincount(group, x), np.bincount(group, y)
    found = [
        Cluster(
            float(sum_x[n] / count[n]), float(sum_y[n] / count[n]), int(count[n]),
            marks.symbols[int(look[n])], marks.layer,
            (float(edges[0][n]), float(edges[1][n]), float(edges[2][n]), float(edges[3][n])),
            within[order[starts[n] : starts[n] + count[n]]],
        )
        for n in range(len(count))
    ]  # fmt: skip
    return _apart(found, cell * APART, marks.symbols)


def _apart(found: list[Cluster], least: float, symbols: Sequence[Symbol]) -> list[Cluster]:
    """Join clusters that would lie over each other, the smaller into the larger."""
    found.sort(key=lambda c: -c.count)
    at = np.array([(c.x, c.y) for c in found])
    kept: list[int] = []
    for n, each in enumerate(found):
        away = np.hypot(*(at[kept] - at[n]).T) if kept else np.zeros(0)
        if not len(away) or away.min() >= least:
            kept.append(n)
            continue
        into = kept[int(away.argmin())]
        found[into] = _joined(found[into], each, symbols)
    return [found[n] for n in kept]


def _joined(one: Cluster, other: Cluster, symbols: Sequence[Symbol]) -> Cluster:
    gravest = min(one.symbol, other.symbol, key=list(symbols).index)
    (a, b, c, d), (e, f, g, h) = one.box, other.box
    box = (min(a, e), min(b, f), max(c, g), max(d, h))
    held = np.concatenate([one.held, other.held])
    return replace(one, count=len(held), symbol=gravest, box=box, held=held)


def warmth(x: Floats, y: Floats, columns: int, rows: int) -> NDArray[np.float32]:
    """Give how many points are near each cell of a grid, smoothed, from 0 to 1.

    ``x``, ``y``: places in cells.
    """
    at_x, at_y = x.astype(np.int64), y.astype(np.int64)
    inside = (at_x >= 0) & (at_x < columns) & (at_y >= 0) & (at_y < rows)
    flat = np.bincount(at_y[inside] * columns + at_x[inside], minlength=columns * rows)
    heat = flat.reshape(rows, columns).astype(np.float32)
    kernel = np.exp(-(np.linspace(-2.2, 2.2, 11) ** 2)).astype(np.float32)
    kernel /= kernel.sum()
    for axis in (0, 1):
        heat = np.sum(
            [np.roll(heat, n - 5, axis) * part for n, part in enumerate(kernel.tolist())], axis=0
        )
    most = float(np.percentile(heat[heat > 1e-4], 99)) if (heat > 1e-4).any() else 1.0
    return np.sqrt(np.clip(heat / most, 0, 1)).astype(np.float32)


def rings_of(shape: BaseGeometry) -> tuple[NDArray[np.float64], ...]:
    """Give the rings (or lines) of a shape in degrees as shares of the world."""
    found: list[NDArray[np.float64]] = []
    for part in getattr(shape, "geoms", [shape]):
        lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for line in lines:
            xy = np.asarray(line.coords, np.float64)[:, :2]
            found.append(np.column_stack(world(Cgcs2000(xy[:, 0], xy[:, 1]))))
    return tuple(found)


def _away(line: NDArray[np.float64], x: float, y: float) -> float:
    """Give how far a place is from a line."""
    begin, end = line[:-1], line[1:]
    way = end - begin
    long = np.maximum((way**2).sum(axis=1), 1e-30)
    part = np.clip((((x, y) - begin) * way).sum(axis=1) / long, 0, 1)
    near = begin + way * part[:, None]
    return float(np.hypot(near[:, 0] - x, near[:, 1] - y).min()) if len(way) else float("inf")


def places_of(ring: Iterable[tuple[float, float]]) -> Cgcs2000:
    """Give the places of points in shares of the world."""
    xy = np.array(list(ring), np.float64).reshape(-1, 2)
    return place(xy[:, 0], xy[:, 1])


def inside(ring: Sequence[Share], x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Tell which points are within a ring, all in shares of the world (even-odd rule)."""
    found = np.zeros(len(x), bool)
    corners = np.array(ring, np.float64)
    for (x1, y1), (x2, y2) in zip(corners[:-1].tolist(), corners[1:].tolist(), strict=True):
        if y1 == y2:
            continue
        crosses = (y1 > y) != (y2 > y)
        found ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return found

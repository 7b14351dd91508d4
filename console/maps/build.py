"""Builds a package from a harvest: vector tiles by zoom, boundaries, the road graph, the places."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.base import resources
from console.domain.datum import Cgcs2000, Floats
from console.maps import graph, package, vector
from console.maps.features import BOUNDARIES, Feature, Harvest
from console.maps.mercator import world
from console.maps.package import About, TileId

_geo: Any = shapely  # typed in parts only
FILE = "map/tiles.toml"
EDGE = 0.02
"""So much of a tile is drawn beyond its edge, so that strokes meet across tiles."""
FINE = 1 / 2_600
"""Bends smaller than this share of a tile are left out."""
LINED = frozenset(("district", "street", "grid"))
Told = Callable[[int, int], None]


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Something that matters in an emergency, or that one may look for by its name."""

    sort: str
    name: str
    lon: float
    lat: float


class Border(msgspec.Struct, frozen=True, array_like=True):
    """A boundary as a package carries it: its shape is WKB in degrees."""

    level: str
    code: str
    name: str
    shape: bytes


def build(harvest: Harvest, file: Path, told: Told = lambda _done, _all: None) -> About:
    """Build a package; ``told`` hears how many tiles of how many are done."""
    table = resources.table(FILE)
    bounds: Any = _geo.total_bounds([f.shape for f in harvest.features])
    west, south, east, north = bounds.tolist()
    about = About(
        harvest.name or file.stem, harvest.source, harvest.date, "pbf", table["low"],
        table["high"], (west, south, east, north), harvest.schematic,
    )  # fmt: skip
    package.write(file, about, _tiles(harvest, table, about, told), _parts(harvest))
    return about


def _parts(harvest: Harvest) -> dict[str, bytes]:
    borders = [
        Border(f.kind, f.code, f.name, _geo.to_wkb(f.shape))
        for f in harvest.features if f.kind in BOUNDARIES and f.code
    ]  # fmt: skip
    places = [
        Place(f.sort, f.name, round(f.shape.centroid.x, 6), round(f.shape.centroid.y, 6))
        for f in harvest.features if f.kind == "place"
    ]  # fmt: skip
    return {
        package.BOUNDARIES: zlib.compress(msgspec.msgpack.encode(borders), 9),
        package.ROADS: graph.pack(graph.build(harvest)),
        package.PLACES: zlib.compress(
            msgspec.msgpack.encode([*places, *_streets_named(harvest)]), 9
        ),
    }


def _streets_named(harvest: Harvest) -> Iterator[Place]:
    """Give every named road once for each neighbourhood it runs through, to be looked for."""
    seen: set[tuple[str, int, int]] = set()
    for f in harvest.features:
        if f.kind == "road" and f.name:
            lon, lat = f.shape.centroid.x, f.shape.centroid.y
            near = (f.name, round(lon / 0.02), round(lat / 0.02))
            if near not in seen:
                seen.add(near)
                yield Place("road", f.name, round(lon, 6), round(lat, 6))


def _tiles(
    harvest: Harvest, table: Mapping[str, Any], about: About, told: Told
) -> Iterator[tuple[TileId, bytes]]:
    drawn = _Drawn(harvest, table)
    labels = _Labels(harvest, table)
    wanted = [t for z in range(about.low, about.high + 1) for t in tiles_of(about.bounds, z)]
    for n, each in enumerate(wanted):
        told(n, len(wanted))
        tile = vector.Tile(tuple(drawn.shapes(each)), tuple(labels.of(each)))
        if tile.shapes or tile.labels:
            yield each, vector.encode(tile)


def tiles_of(bounds: Sequence[float], zoom: int) -> list[TileId]:
    """Name the tiles of a zoom that bounds (degrees) touch."""
    x, y = world(Cgcs2000.of([bounds[0], bounds[2]], [bounds[3], bounds[1]]))
    n = 1 << zoom
    (left, right), (top, foot) = (x * n).astype(int).tolist(), (y * n).astype(int).tolist()
    return [(zoom, c, r) for c in range(left, right + 1) for r in range(top, foot + 1)]


class _Drawn:
    """The shapes of a harvest in shares of the world, by kind and sort."""

    def __init__(self, harvest: Harvest, table: Mapping[str, Any]) -> None:
        self._least: dict[tuple[str, str], int] = {}
        self._shapes: dict[tuple[str, str], NDArray[np.object_]] = {}
        self._coarse: dict[tuple[tuple[str, str], int], Any] = {}
        held: dict[tuple[str, str], list[BaseGeometry]] = {}
        for f in harvest.features:
            held.setdefault((f.kind, f.sort), []).append(_lines_of(f))
        for key, shapes in held.items():
            kind, sort = key
            least = table["from"].get(f"{kind}.{sort}", table["from"].get(kind))
            if least is not None:
                self._least[key] = int(least)
                self._shapes[key] = _geo.transform(np.array(shapes, dtype=object), _shares)

    def shapes(self, id: TileId) -> Iterator[vector.Shape]:
        zoom, column, row = id
        n = 1 << zoom
        box = (
            (column - EDGE) / n, (row - EDGE) / n, (column + 1 + EDGE) / n, (row + 1 + EDGE) / n
        )  # fmt: skip
        for key, least in self._least.items():
            if zoom < least:
                continue
            shapes, tree = self._at(key, zoom)
            near = shapes[np.sort(tree.query(_geo.box(*box)))]
            if len(near):
                yield from _cut(key, _geo.clip_by_rect(near, *box), n, column, row)

    def _at(self, key: tuple[str, str], zoom: int) -> tuple[Any, Any]:
        """Give shapes as coarse as a zoom needs, with the tree to find them by."""
        if (key, zoom) not in self._coarse:
            shapes: Any = _geo.simplify(self._shapes[key], FINE / (1 << zoom))
            self._coarse[key, zoom] = (shapes, shapely.STRtree(shapes))
        return self._coarse[key, zoom]


def _lines_of(feature: Feature) -> BaseGeometry:
    return feature.shape.boundary if feature.kind in LINED else feature.shape


def _shares(degrees: Floats) -> Floats:
    return np.column_stack(world(Cgcs2000(degrees[:, 0], degrees[:, 1])))


def _cut(
    key: tuple[str, str], shapes: NDArray[np.object_], n: int, column: int, row: int
) -> Iterator[vector.Shape]:
    parts: Any = _geo.get_parts(shapes)
    for area in (False, True):
        of = parts[_geo.get_type_id(parts) == (3 if area else 1)]
        if area:
            of = _geo.get_rings(of)
        of = of[_geo.get_num_coordinates(of) > 1]
        if not len(of):
            continue
        xy = (_geo.get_coordinates(of) * n - (column, row)).astype(np.float32)
        sizes = _geo.get_num_coordinates(of)
        starts = np.append(0, np.cumsum(sizes)[:-1]).astype(np.int64)
        yield vector.Shape(key[0], key[1], area, xy, starts)


class _Labels:
    """The names of a harvest, by the zoom from which they stand."""

    def __init__(self, harvest: Harvest, table: Mapping[str, Any]) -> None:
        self._found: list[tuple[int, float, float, vector.Label]] = []
        self._high = int(table["high"])
        lines: dict[tuple[str, str, str], list[BaseGeometry]] = {}
        for f in harvest.features:
            rule = _rule(table, f)
            if not f.name or rule is None:
                continue
            if "metres" in rule:
                lines.setdefault((f.kind, f.sort, f.name), []).append(f.shape)
            else:
                late = 3 if f.kind == "water" and f.shape.area < 4e-4 else 0
                self._add(f, rule, f.shape.representative_point(), 0.0, late)
        for (kind, sort, name), shapes in lines.items():
            rule = _rule(table, Feature("road", shapes[0], sort)) if kind == "road" else None
            rule = rule or table["label"][kind]
            feature = Feature("road" if kind == "road" else "rail", shapes[0], sort, name)
            for at, turn in _along(shapes, float(rule["metres"])):
                self._add(feature, rule, at, turn)

    def _add(
        self, feature: Feature, rule: Mapping[str, Any], at: Any, turn: float, late: int = 0
    ) -> None:
        x, y = world(Cgcs2000.of(at.x, at.y))
        label = vector.Label(
            feature.name, feature.kind, feature.sort, 0, 0, turn, int(rule["rank"]) + late
        )
        least = min(int(rule["from"]) + late, self._high)
        self._found.append((least, float(x), float(y), label))

    def of(self, id: TileId) -> Iterable[vector.Label]:
        zoom, column, row = id
        n = 1 << zoom
        for least, x, y, label in self._found:
            if zoom >= least and int(x * n) == column and int(y * n) == row:
                yield vector.Label(
                    label.text, label.kind, label.sort, x * n - column, y * n - row, label.turn,
                    label.rank,
                )  # fmt: skip


def _rule(table: Mapping[str, Any], feature: Feature) -> Mapping[str, Any] | None:
    rules = table["label"]
    return rules.get(f"{feature.kind}.{feature.sort}", rules.get(feature.kind))


def _along(shapes: Sequence[BaseGeometry], metres: float) -> Iterator[tuple[Any, float]]:
    """Give places along a road at which its name stands, and how it runs there."""
    merged: Any = _geo.line_merge(_geo.multilinestrings(_geo.get_parts(np.array(shapes))))
    step = metres / 111_000
    for part in _geo.get_parts(merged):
        if part.length < step * 0.25:
            continue
        count = max(1, round(part.length / step))
        for n in range(count):
            here = part.length * (n + 0.5) / count
            one, at, two = (part.interpolate(here + d) for d in (-4e-4, 0, 4e-4))
            turn = -np.degrees(np.arctan2(two.y - one.y, (two.x - one.x) * 0.848))
            yield at, float((turn + 90) % 180 - 90)

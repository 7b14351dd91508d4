"""Streets, blocks, houses, rails and the places that matter, laid on an invented land."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.base import resources
from console.domain.datum import Floats
from console.maps.features import Feature
from console.maps.ground import Noise, Shift, blob, line, moved
from console.maps.survey import Land, Quarter

_geo: Any = shapely  # typed in parts only
Dice = np.random.Generator
WAVES = [(1_300, 46), (420, 12)]
STEP_M = 70.0
LEFT_OUT = 0.09
"""So many of the smallest streets were never built."""
PARK = 0.05
LONG_M, STEEP_M, WET_M = 17_000.0, 900.0, 250.0
HOUSES = ((3, 2), (2, 2), (4, 2), (2, 3), (1, 2))
RANKS = ("motorway", "trunk", "primary", "secondary", "tertiary", "local")


@dataclass(frozen=True, slots=True)
class _Way:
    shape: BaseGeometry
    sort: str
    name: str = ""


def build_up(land: Land) -> None:
    """Add roads, houses, parks, rails and places to a land."""
    dice = np.random.default_rng(land.sketch.seed + 1)
    wander = Noise(dice, WAVES).shift
    main = [_Way(line(land.plane.points(r.line)), r.sort, r.name) for r in land.sketch.road]
    wide: Any = _geo.buffer(_geo.unary_union([w.shape for w in main]), 34)
    taken: Any = _geo.union(_geo.buffer(land.water, 25), _geo.buffer(land.hills, 15))
    ways: list[_Way] = [*main, *_between(land)]
    for code, seed in land.seeds.items():
        quarter = _quarter(land, seed)
        names = road_names(land, code)
        room = _room(land, code, seed, quarter, taken)
        if room.is_empty:
            continue
        land.add(Feature("land", _geo.simplify(_geo.buffer(room, 40), 25), "urban"))
        laid = _Lay(seed, quarter, dice.uniform(-24, 24), wander)
        ways += laid.streets(room, names)
        ways += _edges(land, code, room)
        for kind, shape in laid.blocks(
            dice, _geo.difference(room, _geo.clip_by_rect(wide, *room.bounds))
        ):
            land.add(Feature("green" if kind == "park" else "building", shape, kind))
    roads = _meet(ways, dice)
    for way in roads:
        land.add(Feature("road", way.shape, way.sort, way.name))
    for rail in land.sketch.rail:
        land.add(Feature("rail", line(land.plane.points(rail.line)), name=rail.name))
    _places(land, dice, roads)


def road_names(land: Land, street: str) -> list[str]:
    """Give the invented road names of a street: those that the demo city's addresses have."""
    names: dict[str, Any] = resources.table(land.sketch.names.demo)["names"]
    found: list[str] = []
    for n in range(land.sketch.names.each):
        own = random.Random(int(street) * 10 + n)  # noqa: S311 - the demo draws the same names
        for key in ("community_first", "estate_last"):
            _drawn(own, names[key])
        found.append(_drawn(own, names["road_first"]) + _drawn(own, names["road_last"]))
    return list(dict.fromkeys(found))


class _Lay:
    """A bent chequer of streets round a point."""

    def __init__(self, middle: Floats, quarter: Quarter, turn: float, wander: Shift) -> None:
        self._quarter = quarter
        c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        self._turn = np.array([[c, s], [-s, c]])
        self._middle = middle
        self._wander = wander
        wide, deep = quarter.block
        self._across = int(quarter.reach * 1_000 / wide) + 1
        self._along = int(quarter.reach * 1_000 / deep) + 1

    def streets(self, room: BaseGeometry, names: Sequence[str]) -> Iterator[_Way]:
        """Give the streets of both directions, as far as there is room."""
        wide, deep = self._quarter.block
        for upright, count in ((True, self._across), (False, self._along)):
            ends = (self._along if upright else self._across) * (deep if upright else wide)
            for n in range(-count, count + 1):
                at = n * (wide if upright else deep)
                pair = [(at, -ends), (at, ends)] if upright else [(-ends, at), (ends, at)]
                named = n % self._quarter.every == 0
                name = names[(n // self._quarter.every * 2 + upright) % len(names)] if named else ""
                street = moved(_geo.LineString(self._placed(np.array(pair))), self._wander, STEP_M)
                for part in _geo.get_parts(_geo.intersection(street, room)):
                    if part.length > 120:
                        yield _Way(part, "tertiary" if named else "local", name)

    def blocks(self, dice: Dice, room: BaseGeometry) -> Iterator[tuple[str, BaseGeometry]]:
        """Give houses and parks between the streets, as far as there is room."""
        wide, deep = self._quarter.block
        shapes: list[tuple[str, BaseGeometry]] = []
        for i in range(-self._across, self._across):
            for j in range(-self._along, self._along):
                corner = np.array([i * wide, j * deep])
                if dice.random() < PARK:
                    shapes.append(("park", self._quad(corner + 14, np.array([wide, deep]) - 28)))
                elif dice.random() < self._quarter.built:
                    shapes += [("house", h) for h in self._houses(dice, corner)]
        shapely.prepare(room)
        inside: NDArray[np.bool_] = _geo.covers(room, np.array([s for _, s in shapes], object))
        yield from (shape for shape, fits in zip(shapes, inside.tolist(), strict=True) if fits)

    def _houses(self, dice: Dice, corner: Floats) -> Iterator[BaseGeometry]:
        columns, rows = HOUSES[int(dice.integers(len(HOUSES)))]
        size = (np.array(self._quarter.block) - 44) / (columns, rows)
        for c in range(columns):
            for r in range(rows):
                if dice.random() < 0.1:
                    continue
                share = dice.uniform([0.55, 0.42], [0.86, 0.74])
                at = corner + 22 + size * ((c, r) + (1 - share) * dice.uniform(0.2, 0.8, 2))
                yield self._quad(at, size * share)

    def _quad(self, at: Floats, size: Floats) -> BaseGeometry:
        ring = at + np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * size
        return _geo.Polygon(self._wander(self._placed(ring)))

    def _placed(self, points: Floats) -> Floats:
        return points @ self._turn + self._middle


def _drawn(own: random.Random, some: Sequence[str]) -> str:
    return some[int(own.random() * len(some))]


def _quarter(land: Land, seed: Floats) -> Quarter:
    far = float(np.hypot(*seed)) / 1_000
    return next(q for q in land.sketch.quarter if far <= q.within)


def _room(
    land: Land, code: str, seed: Floats, quarter: Quarter, taken: BaseGeometry
) -> BaseGeometry:
    """Give where streets may be laid: the street's own ground near its point, dry and level."""
    round_ = blob(np.random.default_rng(int(code)), seed, (quarter.reach * 2, quarter.reach * 2))
    room = _geo.intersection(land.streets[code], round_)
    return _geo.difference(room, _geo.clip_by_rect(taken, *room.bounds))


def _edges(land: Land, code: str, room: BaseGeometry) -> Iterator[_Way]:
    """Give the roads along a street's own border, where it is built up."""
    border = _geo.simplify(land.streets[code].boundary, 60)
    for part in _geo.get_parts(_geo.intersection(border, _geo.buffer(room, 12))):
        if part.length > 250:
            yield _Way(part, "secondary")


def _between(land: Land) -> Iterator[_Way]:
    """Give the roads from street to street: between neighbours, dry, and not over a hill."""
    codes = list(land.seeds)
    cloud = _geo.MultiPoint([land.seeds[c] for c in codes])
    edges: Any = _geo.get_parts(_geo.delaunay_triangles(cloud, only_edges=True))
    for edge in edges:
        if edge.length > LONG_M or edge.intersection(land.divide).length > 1:
            continue
        road = moved(edge, land.shift, 150)
        steep = road.intersection(land.hills).length
        wet = road.intersection(land.water).length
        if steep < STEEP_M and wet < WET_M and road.within(land.outline):
            far = float(np.hypot(edge.centroid.x, edge.centroid.y))
            yield _Way(road, "primary" if far < 16_000 else "secondary")


def _meet(ways: Sequence[_Way], dice: Dice) -> list[_Way]:
    """Cut all ways where they cross; a piece is of the way it lies on, the greatest first."""
    ordered: list[_Way] = sorted(ways, key=_rank)
    shapes = np.array([w.shape for w in ordered], dtype=object)
    pieces: Any = _geo.get_parts(_geo.unary_union(shapes, grid_size=0.1))
    middles: Any = _geo.line_interpolate_point(pieces, 0.5, normalized=True)
    owners: Any = shapely.STRtree(shapes).query_nearest(middles, max_distance=2.0)
    of: NDArray[np.int64] = np.full(len(pieces), len(ordered), np.int64)
    np.minimum.at(of, owners[0], owners[1])
    built = dice.random(len(pieces)) > LEFT_OUT
    found: list[_Way] = []
    for piece, n, there in zip(pieces, of.tolist(), built.tolist(), strict=True):
        way = ordered[int(n)] if n < len(ordered) else None
        if way is not None and (there or way.sort != "local"):
            found.append(_Way(piece, way.sort, way.name))
    return found


def _places(land: Land, dice: Dice, roads: Sequence[_Way]) -> None:
    for sort, spots in land.sketch.place.items():
        if spots.metres:
            _along_roads(land, sort, spots.name, spots.metres, roads)
            continue
        for code in land.seeds:
            whole = int(spots.each) + (dice.random() < spots.each % 1)
            for at in _about(land, dice, code, whole):
                name = spots.name.format(street=land.city.streets[code].name)
                land.add(Feature("place", _geo.Point(at), sort, name))


def _about(land: Land, dice: Dice, code: str, count: int) -> Iterator[Floats]:
    """Give dry places about the middle of a street."""
    reach = _quarter(land, land.seeds[code]).reach * 260
    given = 0
    for _ in range(200):
        if given == count:
            return
        at = land.seeds[code] + dice.normal(0, reach, 2)
        point = _geo.Point(at)
        if land.streets[code].contains(point) and not land.water.contains(point):
            given += 1
            yield at


def _along_roads(land: Land, sort: str, name: str, metres: float, roads: Sequence[_Way]) -> None:
    local = [w for w in roads if w.sort in ("tertiary", "local", "secondary")]
    ends = np.append(0.0, np.cumsum([w.shape.length for w in local]))
    marks = np.arange(metres / 2, ends[-1], metres)
    which = np.searchsorted(ends, marks, side="right") - 1
    for mark, n in zip(marks.tolist(), which.tolist(), strict=True):
        at: Any = _geo.line_interpolate_point(local[int(n)].shape, mark - ends[n])
        land.add(Feature("place", at, sort, name))


def _rank(way: _Way) -> int:
    return RANKS.index(way.sort)

"""The land of a schematic map, surveyed from a sketch: outline, water, hills and boundaries.

The sketch (resources/map/NAME_schematic.toml) holds what anybody knows of the city as rough points
and lines; the rest is worked out from a seed. It is no survey, and says so wherever it is shown.
Boundaries are the streets' cells (nearest street point, on each bank of a dividing river), so that
every place of the city has a district, a street and a grid; official boundaries replace them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from msgspec import Struct
from shapely.geometry.base import BaseGeometry

from console.base import resources
from console.base.shape import shaped
from console.domain.city import City, read_city
from console.domain.datum import Floats
from console.maps.features import Feature
from console.maps.ground import Noise, Plane, Shift, blob, cells, line, moved, smooth

_geo: Any = shapely  # typed in parts only
Pair = tuple[float, float]
BORDER_M, BANK_M, SEAM_M = 250.0, 150.0, 30.0


class Stream(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    width: float
    line: tuple[Pair, ...]
    divides: bool = False


class Island(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    street: str
    ring: tuple[Pair, ...]


class Round(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    at: Pair
    size: Pair
    turn: float = 0.0


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    line: tuple[Pair, ...]
    sort: str = ""


class Quarter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How streets are laid so far from the middle: within and reach in km, block in metres."""

    within: float
    reach: float
    block: Pair
    every: int
    built: float


class Spots(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many of a sort: so many in each street, or one every so many metres of road."""

    name: str
    each: float = 0.0
    metres: float = 0.0


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    demo: str
    each: int


class Sketch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person knows of a city by heart."""

    city: str
    name: str
    source: str
    date: str
    seed: int
    middle: Pair
    outline: tuple[Pair, ...]
    north: tuple[str, ...]
    river: tuple[Stream, ...]
    island: tuple[Island, ...]
    lake: tuple[Round, ...]
    hill: tuple[Round, ...]
    road: tuple[Line, ...]
    rail: tuple[Line, ...]
    quarter: tuple[Quarter, ...]
    place: dict[str, Spots]
    names: Names
    named: dict[str, str]


@dataclass(frozen=True, slots=True)
class Land:
    """The land in metres: what is water, hill and border; one cell a street, by its code."""

    sketch: Sketch
    city: City
    plane: Plane
    shift: Shift
    outline: BaseGeometry
    water: BaseGeometry
    divide: BaseGeometry
    hills: BaseGeometry
    seeds: Mapping[str, Floats]
    streets: Mapping[str, BaseGeometry]
    features: list[Feature] = field(default_factory=list[Feature])

    def add(self, feature: Feature) -> None:
        """Take a feature whose shape is in metres; what is nothing is passed over."""
        if not feature.shape.is_empty:
            shape = self.plane.degrees(feature.shape)
            self.features.append(
                Feature(feature.kind, shape, feature.sort, feature.name, feature.code)
            )


def read(name: str) -> Sketch:
    """Read the sketch of a city; BadData names the file and the key."""
    file = f"map/{name}_schematic.toml"
    return shaped(resources.table(file), Sketch, file)


def survey(sketch: Sketch) -> Land:
    """Lay out the land: outline, water, hills, and the boundaries of districts, streets, grids."""
    file = f"cities/{sketch.city}.toml"
    city = read_city(resources.table(file), file)
    dice = np.random.default_rng(sketch.seed)
    plane = Plane(sketch.middle)
    shift = Noise(dice, [(9_000, 380), (3_200, 170), (1_100, 70)]).calm(20_000, 0.22)
    outline = moved(_geo.Polygon(plane.points(sketch.outline)), shift, BORDER_M)
    waters = [*_rivers(sketch, plane), *_rounds(sketch.lake, plane, dice)]
    islands = {i.street: _island(i, plane) for i in sketch.island}
    hills = list(_rounds(sketch.hill, plane, dice))
    seeds = {s.code: plane.points(s.point) for s in city.streets.values() if any(s.point)}
    ground = _geo.unary_union(list(islands.values()))
    dry = [(n, _geo.difference(_geo.intersection(w, outline), ground)) for n, w in waters]
    great = [w for r, (_, w) in zip(sketch.river, dry, strict=False) if r.width > 200]
    land = Land(
        sketch, city, plane, shift, outline, _geo.unary_union([w for _, w in dry]),
        _geo.unary_union(great), _geo.unary_union([h for _, h in hills]), seeds,
        _streets(sketch, city, seeds, outline, islands, shift, plane),
    )  # fmt: skip
    land.add(Feature("land", outline, name=sketch.name))
    for name, shape in dry:
        land.add(Feature("water", shape, name=name))
    for name, shape in hills:
        land.add(Feature("green", _geo.difference(shape, land.water), "hill", name))
    _boundaries(land, dice)
    return land


def _rivers(sketch: Sketch, plane: Plane) -> Iterable[tuple[str, BaseGeometry]]:
    for river in sketch.river:
        yield river.name, _geo.buffer(line(plane.points(river.line)), river.width / 2)


def _rounds(
    rounds: Iterable[Round], plane: Plane, dice: np.random.Generator
) -> Iterable[tuple[str, BaseGeometry]]:
    for each in rounds:
        yield each.name, blob(dice, plane.points(each.at), each.size, each.turn)


def _island(island: Island, plane: Plane) -> BaseGeometry:
    ring = plane.points([*island.ring, island.ring[0]])
    return _geo.make_valid(_geo.Polygon(smooth(ring)))


def _streets(
    sketch: Sketch, city: City, seeds: Mapping[str, Floats], outline: BaseGeometry,
    islands: Mapping[str, BaseGeometry], shift: Shift, plane: Plane,
) -> dict[str, BaseGeometry]:  # fmt: skip
    """Share the land out among the streets, on each bank for itself; islands are their own."""
    divide = next(plane.points(r.line) for r in sketch.river if r.divides)
    sides: Any = _geo.get_parts(
        _geo.polygonize(_geo.get_parts(_geo.node(_geo.union(line(divide), outline.boundary))))
    )
    found: dict[str, BaseGeometry] = {}
    ground = _geo.unary_union(list(islands.values()))
    above = [_geo.Point(divide[len(divide) // 2] + np.array([0, 20_000])).within(s) for s in sides]
    for up in (True, False):
        side = _geo.unary_union([s for s, a in zip(sides, above, strict=True) if a == up])
        codes = [
            c for c in seeds
            if c not in islands and (city.streets[c].district in sketch.north) == up
        ]  # fmt: skip
        shares = cells(np.array([seeds[c] for c in codes]), side)
        for code, share in zip(codes, shares, strict=True):
            wandered = _geo.make_valid(moved(share, shift, BORDER_M))
            found[code] = _geo.difference(wandered, _geo.buffer(ground, BANK_M))
    for code, shape in islands.items():
        found[code] = _geo.buffer(shape, BANK_M)
    return found


def _boundaries(land: Land, dice: np.random.Generator) -> None:
    districts: dict[str, list[BaseGeometry]] = {}
    for code, shape in land.streets.items():
        street = land.city.streets[code]
        districts.setdefault(street.district, []).append(shape)
        land.add(Feature("street", shape, name=street.name, code=code))
        _grids(land, dice, code, shape)
    for code, shapes in districts.items():
        name = land.city.districts[code].name
        whole = _geo.buffer(_geo.unary_union(_geo.buffer(np.array(shapes), SEAM_M)), -SEAM_M)
        land.add(Feature("district", whole, name=name, code=code))


def _grids(land: Land, dice: np.random.Generator, code: str, shape: BaseGeometry) -> None:
    """Cut a street into grids: numbered after its code, three figures community, three grid."""
    wanted = int(np.clip(np.sqrt(shape.area / 1e6) * 5, 6, 24))
    west, south, east, north = shape.bounds
    seeds: list[Floats] = []
    while len(seeds) < wanted:
        at = dice.uniform([west, south], [east, north])
        if shape.contains(_geo.Point(at)):
            seeds.append(at)
    for n, grid in enumerate(cells(np.array(seeds), shape)):
        number = f"{code}{n // 4 + 1:03d}{n % 4 + 1:03d}"
        land.add(Feature("grid", grid, name=number, code=number))

"""Lines and areas of scenes for the demo city, drawn from its sketch: invented, and said to be."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import numpy as np
import shapely
from numpy.random import Generator
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from console.maps.ground import Plane, line
from console.maps.survey import Round, Sketch

_geo: Any = shapely  # typed in parts only
FINE_M: Final = 4.0
SECTION_M: Final = 2_500.0
LOW_FROM_M, LOW_TO_M, LOW_M = 250.0, 700.0, 420.0
"""A low-lying area lies so far from a small river, and is so large."""
SMALL_M, BANKED_M = 200.0, 90.0
"""Rivers narrower than the first flood what is low; those wider than the second have dikes."""
Named = tuple[str, BaseGeometry]
"""A name, and a shape in metres of the sketch's plane."""


def invented(sketch: Sketch) -> dict[str, bytes]:
    """Give each layer's GeoJSON by its id; the same sketch gives the same bytes."""
    plane = Plane(sketch.middle)
    draw: Mapping[str, Callable[[Sketch, Plane, Generator], Iterator[Named]]] = {
        "dike_sections": _dikes,
        "flood_prone": _low,
        "geohazard_sites": _slopes,
        "evacuation_routes": _ways_out,
        "key_areas": _crowded,
        "hazmat_corridors": _corridors,
    }
    return {
        name: _packed(sketch, plane, each(sketch, plane, np.random.default_rng(sketch.seed)))
        for name, each in draw.items()
    }


def _dikes(sketch: Sketch, plane: Plane, dice: Generator) -> Iterator[Named]:
    """Cut both banks of each larger river into sections."""
    del dice
    for river in sketch.river:
        if river.width < BANKED_M:
            continue
        middle: Any = line(plane.points(river.line))
        for side, sign in (("left", 1), ("right", -1)):
            bank = middle.offset_curve(sign * river.width / 2)
            for n, part in enumerate(_cut(bank), 1):
                yield sketch.named[f"dike_{side}"].format(name=river.name, n=n), part


def _cut(whole: Any) -> Iterator[BaseGeometry]:
    count = max(round(float(whole.length) / SECTION_M), 1)
    for n in range(count):
        yield substring(whole, n / count, (n + 1) / count, normalized=True)


def _low(sketch: Sketch, plane: Plane, dice: Generator) -> Iterator[Named]:
    """Put low-lying areas beside the small rivers."""
    for river in sketch.river:
        if river.width > SMALL_M:
            continue
        middle = line(plane.points(river.line))
        for n, part in enumerate(_cut(middle), 1):
            away = dice.uniform(LOW_FROM_M, LOW_TO_M) * dice.choice([-1, 1])
            at = part.interpolate(0.5, normalized=True)
            yield (
                sketch.named["low"].format(name=river.name, n=n),
                _blob(at.x + away, at.y + away / 2, dice.uniform(0.5, 1.0) * LOW_M, dice),
            )


def _slopes(sketch: Sketch, plane: Plane, dice: Generator) -> Iterator[Named]:
    """Give a part of the foot of each hill: a slope that somebody watches."""
    for hill in sketch.hill:
        begin = dice.uniform(0, 2 * np.pi)
        turn = begin + np.linspace(0, dice.uniform(0.5, 1.1), 12)
        foot, top = _round(hill, plane, turn, 0.98), _round(hill, plane, turn[::-1], 0.7)
        yield sketch.named["slope"].format(name=hill.name), Polygon(np.vstack([foot, top]))


def _ways_out(sketch: Sketch, plane: Plane, dice: Generator) -> Iterator[Named]:
    """Lead away from each of those slopes."""
    for hill in sketch.hill:
        begin = dice.uniform(0, 2 * np.pi)
        turn = np.array([begin + dice.uniform(0.5, 1.1) / 2])
        yield (
            sketch.named["way_out"].format(name=hill.name),
            LineString(np.vstack([_round(hill, plane, turn, part) for part in (1.0, 1.25, 1.6)])),
        )


def _crowded(sketch: Sketch, plane: Plane, dice: Generator) -> Iterator[Named]:
    """Ring the middle of the city and the shores where people gather."""
    x, y = plane.points(sketch.middle).tolist()
    yield sketch.named["crowd_middle"], _blob(x, y, 650.0, dice)
    for lake in sketch.lake[:4]:
        turn = np.linspace(0, 2 * np.pi, 40)
        yield sketch.named["crowd"].format(name=lake.name), Polygon(_round(lake, plane, turn, 1.18))


def _corridors(sketch: Sketch, plane: Plane, dice: Generator) -> Iterator[Named]:
    """Name the roads that dangerous goods may take: those around the city."""
    del dice
    for road in sketch.road:
        if road.sort in ("motorway", "trunk"):
            yield sketch.named["corridor"].format(name=road.name), line(plane.points(road.line))


def _round(hill: Round, plane: Plane, turn: Any, part: float) -> Any:
    """Give points of an ellipse, so much of its size, in metres."""
    at = plane.points(hill.at)
    wide, high = hill.size[0] * 500 * part, hill.size[1] * 500 * part
    lean = np.radians(hill.turn)
    x, y = wide * np.cos(turn), high * np.sin(turn)
    return np.column_stack(
        [at[0] + x * np.cos(lean) - y * np.sin(lean), at[1] + x * np.sin(lean) + y * np.cos(lean)]
    )


def _blob(x: float, y: float, size: float, dice: Generator) -> BaseGeometry:
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    far = size * (1 + 0.12 * np.sin(3 * turn + dice.uniform(0, 6)) + 0.08 * np.sin(5 * turn))
    return Polygon(np.column_stack([x + far * np.cos(turn), y + far * np.sin(turn)]))


def _packed(sketch: Sketch, plane: Plane, shapes: Iterator[Named]) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "source": sketch.source},
            "geometry": json.loads(_geo.to_geojson(plane.degrees(shape.simplify(FINE_M)))),
        }
        for name, shape in shapes
    ]
    held = {"type": "FeatureCollection", "features": features}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()

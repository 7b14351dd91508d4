"""Lines and areas of a scene's layer, read from a GeoJSON file that lies beside the maps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from console.base.errors import BadData
from console.domain import datum

_geo: Any = shapely  # typed in parts only
DRAWN = frozenset(("LineString", "MultiLineString", "Polygon", "MultiPolygon"))
LARGEST = 32_000_000
"""The largest file in bytes: what is larger belongs into a package."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One line or area in CGCS2000 degrees; ``id`` is unlike others of its file."""

    id: str
    name: str
    geometry: BaseGeometry


def read_shapes(file: Path, name: str = "name", crs: str = datum.CGCS2000) -> tuple[Shape, ...]:
    """Read a file in one datum; ``name``: the property that names a feature.

    BadData names the file and the feature: ``features[3].geometry``.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise BadData(str(file), "", f"larger than {LARGEST // 1_000_000} MB")
        held: object = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise BadData(str(file), "", str(error)) from error
    features = held.get("features") if isinstance(held, dict) else None  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    if not isinstance(features, list):
        raise BadData(str(file), "features", "not a GeoJSON FeatureCollection")
    return tuple(_shapes(file, features, name, crs))  # pyright: ignore[reportUnknownArgumentType]


def _shapes(file: Path, features: list[Any], name: str, crs: str) -> Iterator[Shape]:
    for n, feature in enumerate(features):
        where = f"features[{n}]"
        if not isinstance(feature, dict):
            raise BadData(str(file), where, "not a feature")
        one: dict[str, Any] = feature  # pyright: ignore[reportUnknownVariableType]
        try:
            geometry = _entered(shape_of(one["geometry"]), crs)
            facts = dict(one.get("properties") or {})
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise BadData(str(file), f"{where}.geometry", str(error)) from error
        except shapely.errors.ShapelyError as error:
            raise BadData(str(file), f"{where}.geometry", str(error)) from error
        why = _wrong(geometry)
        if why:
            raise BadData(str(file), f"{where}.geometry", why)
        yield Shape(f"{file.stem}/{n}", str(facts.get(name) or ""), geometry)


def _entered(geometry: BaseGeometry, crs: str) -> BaseGeometry:
    """Bring a geometry in a datum inside."""

    def moved(xy: Any) -> Any:
        points = datum.enter(xy[:, 0], xy[:, 1], crs)
        return np.column_stack([points.lon, points.lat])

    return _geo.transform(_geo.force_2d(geometry), moved)


def _wrong(geometry: BaseGeometry) -> str:
    """Say what is wrong with a geometry; "" when nothing is."""
    if geometry.geom_type not in DRAWN:
        return f"{geometry.geom_type}: neither a line nor an area"
    west, south, east, north = geometry.bounds
    if geometry.is_empty or not -180 <= west <= east <= 180 or not -90 <= south <= north <= 90:
        return "not in degrees"
    return "" if geometry.is_valid else str(_geo.is_valid_reason(geometry))

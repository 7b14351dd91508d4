"""Features out of files that a user has: OSM extracts (.osm, .osm.pbf, .osm.bz2) and GeoJSON.

What tags mean is told by resources/map/osm.toml. Roads of OSM meet at common nodes, and bridges do
not meet what they cross. GeoJSON is read in the datum it is labelled with. A file that cannot be
read is a BadData that names it; a feature that makes no sense is counted and left out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from console.base import resources
from console.base.errors import BadData
from console.domain import datum
from console.domain.datum import Floats
from console.maps.features import BOUNDARIES, Feature, Kind

_geo: Any = shapely  # typed in parts only
_osm: Any = osmium
FILE = "map/osm.toml"
GEOJSON = (".geojson", ".json")
OSM = (".osm", ".pbf", ".bz2", ".gz", ".xml")
KINDS: tuple[Kind, ...] = (
    "land", "water", "green", "building", "road", "rail", "place", "landmark", *BOUNDARIES,
)  # fmt: skip
ONEWAY = frozenset(("yes", "true", "1"))
Tags = Mapping[str, str]


@dataclass(slots=True)
class Gathered:
    """What files gave: the features, and how many things made no sense."""

    features: list[Feature] = field(default_factory=list[Feature])
    left_out: int = 0


def gather(files: Sequence[Path], crs: str = datum.CGCS2000) -> Gathered:
    """Read files, one after the other; ``crs``: the datum of GeoJSON ones."""
    found = Gathered()
    for file in files:
        suffix = file.suffix.lower()
        if not file.is_file():
            raise BadData(str(file), "", "no such file")
        if suffix in GEOJSON:
            _geojson(file, crs, found)
        elif suffix in OSM:
            _extract(file, found)
        else:
            raise BadData(str(file), "", f"not one of {', '.join((*OSM, *GEOJSON))}")
    return found


def features_of(tags: Tags, shape: BaseGeometry) -> Iterator[Feature]:
    """Give what a thing with these tags is; nothing when it is nothing to us."""
    table = resources.table(FILE)
    kind: Kind | None = next((k for k in KINDS if k == tags.get("kind")), None)
    if kind is not None:
        yield Feature(kind, shape, tags.get("sort", ""), _name(tags), tags.get("code", ""))
        return
    form = shape.geom_type.removeprefix("Multi")
    if form == "LineString":
        yield from _lines(tags, shape, table)
    elif form == "Polygon":
        yield from _areas(tags, shape, table)
    if form != "LineString":
        yield from _doors(tags, shape, table["door"])
    for rule in table["point"]:
        if tags.get(rule["tag"]) == rule["value"] and form != "LineString":
            yield Feature("place", shape.centroid, rule["sort"], _name(tags))
            return


def _lines(tags: Tags, shape: BaseGeometry, table: Mapping[str, Any]) -> Iterator[Feature]:
    sort = table["road"].get(tags.get("highway", ""))
    if sort is not None:
        way = tags.get("oneway", "")
        oneway = way in ONEWAY or way == "-1" or tags.get("junction") == "roundabout"
        line = shape.reverse() if way == "-1" else shape
        yield Feature("road", line, sort, _name(tags), oneway=oneway)
        return
    for rule in table["line"]:
        if tags.get(rule["tag"]) == rule["value"]:
            yield Feature(rule["kind"], shape, name=_name(tags))
            return


def _areas(tags: Tags, shape: BaseGeometry, table: Mapping[str, Any]) -> Iterator[Feature]:
    level = table["admin"].get(tags.get("admin_level", ""), tags.get("level", ""))
    border: Kind | None = next((b for b in BOUNDARIES if b == level), None)
    code = tags.get("code") or tags.get("adcode") or tags.get("ref") or _name(tags)
    if border is not None and code:
        yield Feature(border, shape, name=_name(tags), code=code)
        return
    for rule in table["area"]:
        if tags.get(rule["tag"]) == rule["value"] or (rule["value"] == "*" and rule["tag"] in tags):
            yield Feature(rule["kind"], shape, rule.get("sort", ""), _name(tags))
            return


def _doors(tags: Tags, shape: BaseGeometry, table: Mapping[str, str]) -> Iterator[Feature]:
    """Give the house number of a thing that says its street and its number."""
    street, number = tags.get(table["street"], ""), tags.get(table["number"], "")
    if street and number:
        end = "" if number.endswith(table["end"]) else table["end"]
        yield Feature("place", shape.centroid, "door", f"{street}{number}{end}")


def _name(tags: Tags) -> str:
    return tags.get("name:zh") or tags.get("name") or ""


def _geojson(file: Path, crs: str, found: Gathered) -> None:
    try:
        read: Any = json.loads(file.read_text("utf-8-sig"))
        held: list[Any] = {"FeatureCollection": read.get("features"), "Feature": [read]}[
            read["type"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadData(str(file), "", f"no GeoJSON: {error}") from error
    for n, each in enumerate(held):
        try:
            shape = _geo.make_valid(_geo.force_2d(shape_of(each["geometry"])))
            said: dict[str, Any] = each.get("properties") or {}
            tags = {name: str(value) for name, value in said.items()}
        except (KeyError, TypeError, AttributeError, ValueError, shapely.errors.ShapelyError):
            found.left_out += 1
            continue
        if shape.is_empty:
            raise BadData(str(file), f"features[{n}]", "an empty geometry")
        found.features += features_of(tags, _into(shape, crs))


def _into(shape: BaseGeometry, crs: str) -> BaseGeometry:
    """Give a shape in CGCS2000."""

    def enter(xy: Floats) -> Floats:
        points = datum.enter(xy[:, 0], xy[:, 1], crs)
        return np.column_stack([points.lon, points.lat])

    return _geo.transform(shape, enter)


def _extract(file: Path, found: Gathered) -> None:
    factory = _osm.geom.WKBFactory()
    try:
        for each in _osm.FileProcessor(str(file)).with_locations().with_areas():
            tags = _tags(each)
            if tags:
                found.left_out += _take(each, tags, factory, found)
    except RuntimeError as error:
        raise BadData(str(file), "", str(error)) from error


def _tags(each: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    tag: Any
    for tag in each.tags:
        found[tag.k] = tag.v
    return found


def _take(each: Any, tags: Tags, factory: Any, found: Gathered) -> int:
    """Take one thing of an extract; give how many were left out."""
    try:
        if each.is_node():
            body = factory.create_point(each)
        elif each.is_way():
            body = factory.create_linestring(each)
        elif each.is_area():
            body = factory.create_multipolygon(each)
        else:
            return 0
    except (RuntimeError, _osm.InvalidLocationError):
        return 1
    shape = _geo.from_wkb(body)
    if each.is_way() and each.is_closed() and "highway" not in tags:
        return 0  # it comes again as an area
    found.features += features_of(tags, shape)
    return 0

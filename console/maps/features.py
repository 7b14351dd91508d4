"""What a map is built from: one thing each, with its kind, class and name, in CGCS2000 degrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

Kind = Literal[
    "land", "water", "green", "building", "road", "rail",
    "district", "street", "grid", "place", "landmark",
]  # fmt: skip
BOUNDARIES: tuple[Kind, ...] = ("district", "street", "grid")


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the map.

    ``sort``: a road's class (motorway … local), a place's (hospital, hydrant, shelter …).
    ``oneway``: only along the line's own direction. ``code``: a boundary's code.
    """

    kind: Kind
    shape: BaseGeometry
    sort: str = ""
    name: str = ""
    code: str = ""
    oneway: bool = False


@dataclass(frozen=True, slots=True)
class Harvest:
    """Everything that sources gave: the features, who they are from, and as of which date."""

    features: Sequence[Feature]
    source: str
    date: str
    schematic: bool = False
    name: str = ""

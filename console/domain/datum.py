"""Typed coordinates: CGCS2000 inside, GCJ-02 and BD-09 at the door; to mix them is a type error.

WGS-84 and CGCS2000 differ by centimetres and are one type here. GCJ-02 (citizens' apps, most web
maps) lies 300 to 700 m beside it inside China; BD-09 (Baidu) twists GCJ-02 once more. Both are
published only as formulas that go one way; the ways back are found by fixed-point iteration, to
well under a centimetre. Longitudes and latitudes are degrees, in arrays of any one shape.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

CGCS2000, WGS84, GCJ02, BD09 = "CGCS2000", "WGS84", "GCJ-02", "BD-09"
NAMES = (CGCS2000, WGS84, GCJ02, BD09)
"""What a reference system is called at the door, as choices.toml lists them."""

EPSG = {"EPSG4490": CGCS2000, "EPSG4326": WGS84}
"""The same systems by their numbers; GCJ-02 and BD-09 have none."""

EARTH_M = 6_371_008.8
"""The mean radius of the earth, for distances."""

_AXIS, _ECC = 6_378_245.0, 0.00669342162296594323  # the ellipsoid that GCJ-02 is worked out on
_CHINA = (72.004, 137.8347, 0.8293, 55.8271)  # outside, GCJ-02 is WGS-84
_TWIST = np.pi * 3000 / 180
_STEPS, _EXACT = 12, 1e-11


@dataclass(frozen=True, slots=True)
class _Points:
    """Longitudes and latitudes of one shape; one point has the shape ()."""

    lon: Floats
    lat: Floats

    @classmethod
    def of(cls, lon: ArrayLike, lat: ArrayLike) -> Self:
        """Make points of numbers that are known to be in this system."""
        return cls(np.asarray(lon, np.float64), np.asarray(lat, np.float64))

    @property
    def one(self) -> tuple[float, float]:
        """Give the only point, as plain numbers."""
        return float(self.lon), float(self.lat)

    def __len__(self) -> int:
        return int(self.lon.size)

    def __iter__(self) -> Iterator[tuple[float, float]]:
        yield from zip(self.lon.ravel().tolist(), self.lat.ravel().tolist(), strict=True)

    def __getitem__(self, chosen: "slice | NDArray[np.intp] | NDArray[np.bool_]") -> Self:
        return type(self)(self.lon[chosen], self.lat[chosen])


class Cgcs2000(_Points):
    """What everything inside is in: CGCS2000, and WGS-84 as GPS and BeiDou give it."""

    __slots__ = ()


class Gcj02(_Points):
    """What citizens' apps and most web maps of China give."""

    __slots__ = ()


class Bd09(_Points):
    """What Baidu gives."""

    __slots__ = ()


class UnknownDatum(ValueError):
    """No such reference system; ``said`` is the word that was given."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def to_gcj02(points: Cgcs2000) -> Gcj02:
    """Give points as GCJ-02."""
    return Gcj02(*_shifted(points.lon, points.lat))


def from_gcj02(points: Gcj02) -> Cgcs2000:
    """Give points of GCJ-02 as CGCS2000, exact to well under a centimetre."""
    return Cgcs2000(*_back(_shifted, points.lon, points.lat))


def to_bd09(points: Gcj02) -> Bd09:
    """Give points of GCJ-02 as BD-09."""
    return Bd09(*_twisted(points.lon, points.lat))


def from_bd09(points: Bd09) -> Gcj02:
    """Give points of BD-09 as GCJ-02, exact to well under a centimetre."""
    return Gcj02(*_back(_twisted, points.lon, points.lat))


def named(said: str) -> str:
    """Give the name in NAMES that a word means (`gcj02`, `EPSG:4490`); UnknownDatum when none."""
    plain = "".join(c for c in said.upper() if c.isalnum())
    if plain in EPSG:
        return EPSG[plain]
    for name in NAMES:
        if plain == name.replace("-", ""):
            return name
    raise UnknownDatum(said)


def labelled(said: str) -> str:
    """Give the name of a system with its number, as coordinates are labelled that go out."""
    name = named(said)
    number = next((epsg for epsg, of in EPSG.items() if of == name), "")
    return f"{name} {number[:4]}:{number[4:]}" if number else name


def known(said: str) -> bool:
    """Tell whether a word names a reference system."""
    try:
        return bool(named(said))
    except UnknownDatum:
        return False


def enter(lon: ArrayLike, lat: ArrayLike, crs: str) -> Cgcs2000:
    """Take coordinates in at the door, from the system they are labelled with; UnknownDatum."""
    match named(crs):
        case "GCJ-02":
            return from_gcj02(Gcj02.of(lon, lat))
        case "BD-09":
            return from_gcj02(from_bd09(Bd09.of(lon, lat)))
        case _:
            return Cgcs2000.of(lon, lat)


def leave(points: Cgcs2000, crs: str) -> Pair:
    """Give coordinates out at the door, in the system that was asked for; UnknownDatum."""
    match named(crs):
        case "GCJ-02":
            out = to_gcj02(points)
            return out.lon, out.lat
        case "BD-09":
            twisted = to_bd09(to_gcj02(points))
            return twisted.lon, twisted.lat
        case _:
            return points.lon, points.lat


def metres(a: Cgcs2000, b: Cgcs2000) -> Floats:
    """Give the distances between points along the ground, in metres; shapes are broadcast."""
    high, low = np.radians(a.lat), np.radians(b.lat)
    up = np.sin((low - high) / 2) ** 2
    across = np.sin(np.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_M * np.arcsin(np.sqrt(up + np.cos(high) * np.cos(low) * across))


def _back(forth: Callable[[Floats, Floats], Pair], lon: Floats, lat: Floats) -> Pair:
    """Find where a shift came from: go back by what the shift is at the last guess."""
    x, y = lon, lat
    for _ in range(_STEPS):
        there_x, there_y = forth(x, y)
        off_x, off_y = there_x - lon, there_y - lat
        x, y = x - off_x, y - off_y
        if max(np.max(np.abs(off_x), initial=0.0), np.max(np.abs(off_y), initial=0.0)) < _EXACT:
            break
    return x, y


def _shifted(lon: Floats, lat: Floats) -> Pair:
    x, y = lon - 105.0, lat - 35.0
    wave = 20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    east += (wave + 20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    north += (wave + 20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    sine = np.sin(np.radians(lat))
    bulge = 1 - _ECC * sine * sine
    east = np.degrees(east / (_AXIS / np.sqrt(bulge) * np.cos(np.radians(lat))))
    north = np.degrees(north / (_AXIS * (1 - _ECC) / (bulge * np.sqrt(bulge))))
    west, end, south, top = _CHINA
    inside = (lon >= west) & (lon <= end) & (lat >= south) & (lat <= top)
    return np.where(inside, lon + east, lon), np.where(inside, lat + north, lat)


def _twisted(lon: Floats, lat: Floats) -> Pair:
    reach = np.hypot(lon, lat) + 2e-5 * np.sin(lat * _TWIST)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * _TWIST)
    return reach * np.cos(angle) + 0.0065, reach * np.sin(angle) + 0.006

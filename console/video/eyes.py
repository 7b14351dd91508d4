"""Cameras as the wall knows them, and which of them may see a place, with the reason in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians
from typing import Any

from console.base.notice import Level, Notice
from console.domain.rows import SHAPES, Row

_AT = {name: SHAPES["camera"].index(name) for name in SHAPES["camera"].names}
METRES = 111_320.0
"""Of a degree of latitude."""
HIGH, HIGH_REACH = "high", 3.0
"""A camera on a height sees that much farther than one in the street."""
TRADE = slice(8, 10)
"""Where a GB/T 28181 code says for which trade a camera stands."""
SEES, TURNS, OVER, MAYBE, AWAY = 3.0, 2.4, 2.0, 1.0, 0.0
FAR_WEIGHT, TRADE_WEIGHT, LOST_WEIGHT = 1.5, 0.4, 10.0


@dataclass(frozen=True, slots=True)
class Eye:
    """One camera. Degrees are CGCS2000, ``bearing`` from north; ``fov`` 0: it is not known."""

    id: str
    code: str
    name: str
    type: str
    owner: str
    district: str
    street: str
    lon: float
    lat: float
    bearing: float
    fov: float
    ptz: bool
    main: str
    sub: str

    @property
    def placed(self) -> bool:
        return bool(self.lon or self.lat)


@dataclass(frozen=True, slots=True)
class Seer:
    """A camera that may see a place, the reasons first to last, and how good it is for that."""

    eye: Eye
    metres: int
    reasons: tuple[Notice, ...]
    worth: float


def eye_of(row: Row) -> Eye:
    """Give the camera of a row of the store."""
    found: dict[str, Any] = {name: row[_AT[name]] for name in Eye.__slots__}
    found["ptz"] = bool(found["ptz"])
    return Eye(**found)


def seers(
    eyes: Iterable[Eye], point: tuple[float, float], radius: float, *,
    healthy: Mapping[str, bool | None], trades: Sequence[str] = (),
) -> list[Seer]:  # fmt: skip
    """Give the cameras within a radius (m) of a point, the best for seeing it first.

    A camera whose health is not known is taken as it is; one that is lost stands last, and says so.
    """
    found: list[Seer] = []
    for eye in eyes:
        if not eye.placed:
            continue
        metres, way = _from(eye, point)
        reach = radius * (HIGH_REACH if eye.type == HIGH else 1.0)
        if metres <= reach:
            found.append(_judged(eye, metres, way, reach, healthy.get(eye.id), trades))
    return sorted(found, key=lambda s: (-s.worth, s.metres, s.eye.id))


def _judged(
    eye: Eye, metres: float, way: float, reach: float, good: bool | None, trades: Sequence[str]
) -> Seer:
    worth, view = _view(eye, way)
    reasons = [Notice(Level.said, f"wall.why.{view}"), _said("wall.why.metres", round(metres))]
    worth -= FAR_WEIGHT * metres / max(reach, 1.0)
    if eye.code[TRADE] in trades:
        worth += TRADE_WEIGHT
        reasons.append(Notice(Level.said, "wall.why.trade"))
    if good is False:
        worth -= LOST_WEIGHT
        reasons.insert(0, Notice(Level.said, "wall.why.lost"))
    return Seer(eye, round(metres), tuple(reasons), worth)


def _said(key: str, metres: int) -> Notice:
    return Notice(Level.said, key, {"metres": metres})


def _view(eye: Eye, way: float) -> tuple[float, str]:
    """Say how well a camera looks in a direction."""
    if not eye.fov:
        return MAYBE, "unknown"
    if abs((way - eye.bearing + 180) % 360 - 180) <= eye.fov / 2:
        return SEES, "sees"
    if eye.ptz:
        return TURNS, "turns"
    return (OVER, "over") if eye.type == HIGH else (AWAY, "away")


def _from(eye: Eye, point: tuple[float, float]) -> tuple[float, float]:
    """Give how far a point is from a camera (m), and in which direction (degrees from north)."""
    east = (point[0] - eye.lon) * METRES * cos(radians(eye.lat))
    north = (point[1] - eye.lat) * METRES
    return hypot(east, north), degrees(atan2(east, north)) % 360

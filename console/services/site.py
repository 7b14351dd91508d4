"""What is at a place: cases in hand and past ones, what helps, what is in danger, warnings, plans.

All from the cache and the map's packages: the line may be cut. CGCS2000 degrees, metres.
"""

from collections import Counter
from collections.abc import Iterator
from math import cos, hypot, radians

import shapely
from msgspec import Struct

from console.advise.case import Site, Thing
from console.base import resources
from console.base.shape import shaped
from console.domain.datum import Cgcs2000, enter
from console.domain.query import parse_query
from console.domain.record import Forewarning
from console.domain.rows import SHAPES
from console.maps.library import Library
from console.services.around import Around

FILE = "advice.toml"
M_DEG, KM = 111_195.0, 1_000.0
_INCIDENT, _CAMERA = SHAPES["incident"], SHAPES["camera"]


class Reach(Struct, frozen=True, forbid_unknown_fields=True):
    """How far is looked, in metres; ``helps`` and ``exposed``: sorts of places of the map."""

    case_m: float
    back: str
    helps: dict[str, float]
    exposed: dict[str, float]
    camera_m: float


def read_reach() -> Reach:
    """Read how far is looked."""
    return shaped(resources.table(FILE)["site"], Reach, FILE)


def site_of(around: Around, maps: Library, at: tuple[float, float], type: str, level: str) -> Site:
    """Give what is at a place for a case of a type and level ("": not known yet)."""
    reach = read_reach()
    open_ones, past = _cases(around, at, reach)
    usual = past.most_common(1)
    here = Cgcs2000.of(*at)
    return Site(
        open=open_ones, past=past.total(), usual=usual[0][0] if usual else "",
        usual_count=usual[0][1] if usual else 0,
        helps=(*_near(maps, here, reach.helps), *_cameras(around, at, reach.camera_m)),
        exposed=tuple(_near(maps, here, reach.exposed)),
        warnings=tuple(_warned(around, maps, at)), plans=tuple(_plans(around, type, level)),
    )  # fmt: skip


def _box(at: tuple[float, float], metres: float) -> str:
    up = metres / M_DEG
    aside = up / cos(radians(at[1]))
    return (
        f"lon>={at[0] - aside:.6f} lon<={at[0] + aside:.6f} "
        f"lat>={at[1] - up:.6f} lat<={at[1] + up:.6f}"
    )


def _cases(around: Around, at: tuple[float, float], reach: Reach) -> tuple[int, Counter[str]]:
    """Count the open cases there, and those that ended, by type."""
    query = parse_query("incident", f"{_box(at, reach.case_m)} reported_at>@now-{reach.back}")
    opened, past = 0, Counter[str]()
    state, kind = _INCIDENT.index("state"), _INCIDENT.index("type")
    for row in around.store.find(query, around.view()):
        if row[state] in around.judge.machines["incident"].opened:
            opened += 1
        else:
            past[str(row[kind])] += 1
    return opened, past


def _near(maps: Library, here: Cgcs2000, sorts: dict[str, float]) -> Iterator[Thing]:
    """Give the nearest of each sort, as far as that is looked for, the nearest sort first."""
    found = ((sort, maps.near(sort).nearest(here, 9, within)) for sort, within in sorts.items())
    things = [Thing(sort, n[0][1].name, round(n[0][0]), len(n)) for sort, n in found if n]
    yield from sorted(things, key=lambda t: t.metres)


def _cameras(around: Around, at: tuple[float, float], within: float) -> Iterator[Thing]:
    rows = around.store.find(parse_query("camera", _box(at, within)), around.view())
    lon, lat, name = (_CAMERA.index(n) for n in ("lon", "lat", "name"))
    narrow = cos(radians(at[1]))
    away = sorted(
        (hypot((row[lon] - at[0]) * narrow, row[lat] - at[1]) * M_DEG, str(row[name]))
        for row in rows
    )
    if away and away[0][0] <= within:
        yield Thing("camera", away[0][1], round(away[0][0]), len(away))


def _warned(around: Around, maps: Library, at: tuple[float, float]) -> Iterator[str]:
    """Give the headlines of the warnings in force that hold the place."""
    opened = ",".join(sorted(around.judge.machines["warning"].opened))
    for row in around.store.find(parse_query("warning", f"state:{opened}"), around.view()):
        held = around.store.get("warning", str(row[0]))
        if isinstance(held, Forewarning) and held.standing == "actual" and _holds(held, maps, at):
            yield held.headline or held.event


def _holds(held: Forewarning, maps: Library, at: tuple[float, float]) -> bool:
    for ring in held.polygons:
        points = [enter(lon, lat, held.crs).one for lon, lat in ring]
        if len(points) > 2 and bool(shapely.Polygon(points).intersects(shapely.Point(at))):
            return True
    for lon, lat, reach in held.circles:
        middle = enter(lon, lat, held.crs).one
        across = (middle[0] - at[0]) * cos(radians(at[1]))
        if hypot(across, middle[1] - at[1]) * M_DEG <= reach * KM:
            return True
    if held.polygons or held.circles:
        return False
    district = maps.boundaries().locate(Cgcs2000.of(*at))[0].district
    return district in [code.rpartition("=")[2] for code in held.geocodes]


def _plans(around: Around, type: str, level: str) -> Iterator[str]:
    """Give the ids of plans that are proposed for cases of a type, and of such a level."""
    levels = around.city.levels
    for plan in around.plans.values():
        grave = not (level and plan.from_level) or (
            levels.index(level) <= levels.index(plan.from_level)
        )
        if type and type in plan.on and grave:
            yield plan.id

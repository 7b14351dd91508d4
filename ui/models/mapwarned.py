"""Areas of the map: of warnings, of plans at work, and the lines and areas that scenes declare."""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from console.app import Core
from console.base.text import TEXTS
from console.domain.datum import EARTH_M, Cgcs2000, enter
from console.domain.query import parse_query
from console.domain.record import Forewarning, StartedPlan
from console.maps.library import Library
from console.scenes.scene import ScenePlan, SceneShape
from ui.models.mapmarks import Patch, rings_of

FILL = 0.16
CORNERS = 64
KM = 1_000.0


def warned(core: Core, library: Library) -> list[Patch]:
    """Give the areas of all warnings in force; ``dashed``: it is an exercise or a test."""
    opened = ",".join(sorted(core.machines["warning"].opened))
    found: list[Patch] = []
    for row in core.find(parse_query("warning", f"state:{opened}")):
        held = core.get("warning", str(row[0]))
        if not isinstance(held, Forewarning):
            continue
        role = f"severity.{held.level}" if held.level else "severity.routine"
        for shape in shapes_of(held, library):
            rings = rings_of(shape)
            dashed = held.standing != "actual"
            name = held.headline or held.event
            found.append(Patch("warning", held.id, name, rings, role, FILL, dashed))
    return found


def planned(core: Core) -> list[Patch]:
    """Give the areas of the plans that are at work: the circle that each one looks after."""
    opened = ",".join(sorted(core.machines["plan"].opened))
    found: list[Patch] = []
    for row in core.find(parse_query("plan", f"state:{opened}")):
        held = core.get("plan", str(row[0]))
        if isinstance(held, StartedPlan) and held.lon and held.radius_m:
            shape = circle(Cgcs2000.of(held.lon, held.lat), held.radius_m)
            scene = core.scenes.get(held.scene)
            plan = next((p for p in scene.plans if p.id == held.plan), None) if scene else None
            name = _named(plan) if plan is not None else held.plan
            found.append(Patch("plan", held.id, name, rings_of(shape), "accent", 0.06))
    return found


def _named(plan: ScenePlan) -> str:
    return plan.name_en if TEXTS.language == "en" and plan.name_en else plan.name


def drawn(shape: SceneShape, library: Library) -> list[Patch]:
    """Give the lines and areas that a scene declares; BadData names the file and the feature."""
    return [
        Patch(
            "shape", each.id, each.name, rings_of(each.geometry), shape.role,
            shape.fill if "Polygon" in each.geometry.geom_type else 0.0, shape.dashed, shape.width,
            shape.least,
        )
        for each in library.shapes(shape.file, shape.name, shape.crs)
    ]  # fmt: skip


def shapes_of(held: Forewarning, library: Library) -> Iterator[BaseGeometry]:
    """Give the shapes of a warning in CGCS2000 degrees; none when nobody said where."""
    drawn = False
    for ring in held.polygons:
        if len(ring) > 2:
            drawn = True
            xy = np.array(ring, np.float64)
            points = enter(xy[:, 0], xy[:, 1], held.crs)
            yield shapely.Polygon(np.column_stack([points.lon, points.lat]))
    for lon, lat, reach in held.circles:
        drawn = True
        yield circle(enter(lon, lat, held.crs), reach * KM)
    if not drawn:
        for code in held.geocodes:
            area = library.boundaries().area("district", code.rpartition("=")[2])
            if area is not None:
                yield area.shape


def circle(middle: Cgcs2000, metres: float) -> BaseGeometry:
    """Give a circle on the ground, in degrees."""
    lon, lat = middle.one
    up = np.degrees(metres / EARTH_M)
    turn = np.linspace(0, 2 * np.pi, CORNERS)
    across = up / np.cos(np.radians(lat))
    return shapely.Polygon(np.column_stack([lon + across * np.cos(turn), lat + up * np.sin(turn)]))

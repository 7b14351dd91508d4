"""What is wrong with a scene: each name in it must be one that exists, each order must hold."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath

from console.base.errors import Refused
from console.domain.city import City
from console.domain.datum import NAMES as SYSTEMS
from console.domain.indicator import Indicator, fault_of
from console.domain.limit import parse_limit
from console.scenes.lists import Lists
from console.scenes.scene import EventType, Limits, Scene, ScenePlan

Fault = tuple[str, str]
"""Where (the key's path in the file) and why."""


def scene_faults(
    scene: Scene, types: Iterable[tuple[str, EventType]], city: City, lists: Lists
) -> Iterator[Fault]:
    """Give all that is wrong with a scene; ``types``: each with its place in the file."""
    yield from _depts("", scene.lead, scene.co, city)
    yield from unknown("group", [scene.group], lists.groups, "group")
    placed = list(types)
    for where, event_type in placed:
        yield from _type_faults(where, event_type, city, lists)
    codes = {t.code for _, t in placed}
    held = [i.id.partition(".")[2] for i in scene.indicators]
    yield from _twice("indicator[{}].id", held)
    yield from _twice("plan[{}].id", [p.id for p in scene.plans])
    yield from unknown("cards", scene.cards, held, "indicator")
    yield from unknown("feed.doors", scene.feed.doors, lists.doors, "door")
    yield from unknown("map.layers", scene.map.layers, lists.layers, "layer")
    yield from _shape_faults(scene)
    for n, indicator in enumerate(scene.indicators):
        yield from _indicator_faults(f"indicator[{n}]", indicator, codes, city)
    for n, plan in enumerate(scene.plans):
        yield from _plan_faults(f"plan[{n}]", plan, codes, city)


def _shape_faults(scene: Scene) -> Iterator[Fault]:
    """Give a fault for lines or areas of a layer that is not the scene's, or of a bad form."""
    shapes = scene.map.shape
    yield from _twice("map.shape[{}].layer", [shape.layer for shape in shapes])
    for n, shape in enumerate(shapes):
        where = f"map.shape[{n}]"
        yield from unknown(f"{where}.layer", [shape.layer], scene.map.layers, "layer here")
        yield from unknown(f"{where}.crs", [shape.crs], SYSTEMS, "datum")
        if PurePath(shape.file).name != shape.file or not shape.file.endswith(".geojson"):
            yield f"{where}.file", "a name that ends in .geojson, without a folder"
        if not 0 <= shape.fill <= 1:
            yield f"{where}.fill", "0 to 1"


def unknown(where: str, said: Iterable[str], known: Collection[str], what: str) -> Iterator[Fault]:
    """Give a fault for each name that is not known."""
    for each in said:
        if each not in known:
            yield where, f"no such {what}: {each!r}"


def _type_faults(where: str, event_type: EventType, city: City, lists: Lists) -> Iterator[Fault]:
    yield from _depts(where, event_type.lead, event_type.co, city)
    yield from unknown(f"{where}.level", [event_type.level], city.levels, "level")
    yield from unknown(f"{where}.sources", event_type.sources, city.sources, "source")
    yield from unknown(f"{where}.fields", event_type.fields, lists.fields, "field")
    yield from _limits(f"{where}.limits", event_type.limits)
    for n, condition in enumerate(event_type.conditions):
        yield from _limits(f"{where}.condition[{n}].limits", condition.limits)


def _indicator_faults(
    where: str, indicator: Indicator, codes: Collection[str], city: City
) -> Iterator[Fault]:
    if fault := fault_of(indicator):
        yield f"{where}.{fault[0]}", fault[1]
    if indicator.opens:
        yield from unknown(f"{where}.opens", [indicator.opens], codes, "type in this scene")
    yield from unknown(f"{where}.grades", [g.level for g in indicator.grades], city.levels, "level")


def _plan_faults(
    where: str, plan: ScenePlan, codes: Collection[str], city: City
) -> Iterator[Fault]:
    yield from unknown(f"{where}.on", plan.on, codes, "type in this scene")
    levels = [level for level in (plan.level, plan.from_level) if level]
    yield from unknown(f"{where}.level", levels, city.levels, "level")
    if not plan.step:
        yield where, "a plan needs a step"
    before = 0
    for n, step in enumerate(plan.step):
        at = f"{where}.step[{n}]"
        yield from unknown(f"{at}.owner", [step.owner], city.departments, "department")
        if step.at < before:
            yield f"{at}.at", f"before the step above it: {step.at} after {before}"
        before = step.at


def _depts(where: str, lead: str, co: Iterable[str], city: City) -> Iterator[Fault]:
    at = f"{where}." if where else ""
    yield from unknown(f"{at}lead", [lead], city.departments, "department")
    yield from unknown(f"{at}co", co, city.departments, "department")


def _limits(where: str, limits: Limits) -> Iterator[Fault]:
    for name in Limits.__struct_fields__:
        limit = getattr(limits, name)
        try:
            parse_limit(limit or "1m")
        except Refused:
            yield f"{where}.{name}", f"not a time limit: {limit!r}"


def _twice(where: str, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, each in enumerate(ids):
        if each in seen:
            yield where.format(n), f"given twice: {each!r}"
        seen.add(each)

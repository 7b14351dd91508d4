"""Reads the scenes of a city, and checks every name in them against it.

They are those of resources/scenes, with what the city has of its own: see own.py.
"""

from collections.abc import Iterable, Mapping

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from console.base.errors import BadData
from console.base.shape import shaped
from console.domain.city import City
from console.domain.indicator import Indicator
from console.domain.record import Term
from console.scenes.check import scene_faults
from console.scenes.lists import Lists, read_lists
from console.scenes.own import SCENES, Source, sources
from console.scenes.scene import (
    Condition,
    DataClass,
    EmergencyClass,
    EventType,
    Feed,
    Lifecycle,
    Limits,
    Scene,
    SceneMap,
    ScenePlan,
)


class _Sub(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    name: str
    name_en: str
    category: str | UnsetType = UNSET
    category_en: str | UnsetType = UNSET
    emergency_class: EmergencyClass | UnsetType = UNSET
    level: str | UnsetType = UNSET
    sources: tuple[str, ...] | UnsetType = UNSET
    lead: str | UnsetType = UNSET
    co: tuple[str, ...] | UnsetType = UNSET
    trigger: str | UnsetType = UNSET
    trigger_en: str | UnsetType = UNSET
    fields: tuple[str, ...] | UnsetType = UNSET
    catalog: str | UnsetType = UNSET
    limits: Limits | UnsetType = UNSET
    keywords: tuple[str, ...] = ()
    condition: tuple[Condition, ...] = ()


class _Type(_Sub, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sub: tuple[_Sub, ...] = ()


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    group: str
    name: str
    name_en: str
    lifecycle: Lifecycle
    lead: str
    co: tuple[str, ...] = ()
    description: str = ""
    description_en: str = ""
    data_class: DataClass = "internal"
    cards: tuple[str, ...] = ()
    feed: Feed = Feed()
    map: SceneMap = SceneMap()
    type: tuple[_Type, ...] = ()
    indicator: tuple[Indicator, ...] = ()
    plan: tuple[ScenePlan, ...] = ()


_INHERITED = (
    "category", "category_en", "emergency_class", "level", "sources", "lead", "co", "trigger",
    "trigger_en", "fields", "catalog", "limits",
)  # fmt: skip


def read_scenes(city: City, folder: str = SCENES) -> dict[str, Scene]:
    """Read every scene of a city, or of a folder; BadData names file, line and key."""
    scenes, faults = survey(city, folder)
    if faults:
        raise faults[0]
    return scenes


def survey(city: City, folder: str = SCENES) -> tuple[dict[str, Scene], list[BadData]]:
    """Read what can be read of a folder's scenes; give them, and all that is wrong with them."""
    lists = read_lists()
    scenes: dict[str, Scene] = {}
    faults: list[BadData] = []
    owner: dict[str, str] = {}
    for source in sources(city, folder):
        try:
            scene, wrong = _surveyed(source, city, lists)
        except BadData as bad:
            faults.append(bad)
            continue
        file = source.file
        codes = (scene.id, *(t.code for t in scene.types), *(p.id for p in scene.plans))
        faults += wrong
        faults += [
            BadData(file, c, f"given twice: also in {owner[c]}") for c in codes if c in owner
        ]
        owner |= dict.fromkeys(codes, file)
        scenes[scene.id] = scene
    return scenes, faults


def read_scene(
    table: Mapping[str, object], file: str, city: City, lists: Lists, words: str = ""
) -> Scene:
    """Read one scene; every department, level, source, layer and limit in it is one that exists."""
    scene, faults = _surveyed(Source.of(table, file, words), city, lists)
    if faults:
        raise faults[0]
    return scene


def _surveyed(source: Source | BadData, city: City, lists: Lists) -> tuple[Scene, list[BadData]]:
    if isinstance(source, BadData):
        raise source
    try:
        read = shaped(source.table, _File, source.file)
    except BadData as bad:
        raise source.fault(bad.where, bad.why) from None
    placed_types = list(_flat(read))
    same = set(_File.__struct_fields__) & set(Scene.__struct_fields__)
    scene = Scene(
        **{f: getattr(read, f) for f in same},
        types=tuple(t for _, t in placed_types),
        indicators=tuple(replace(i, id=f"{read.id}.{i.id}") for i in read.indicator),
        plans=read.plan,
    )
    found = scene_faults(scene, placed_types, city, lists)
    return scene, [source.fault(where, why) for where, why in found]


def with_terms(scenes: Mapping[str, Scene], terms: Iterable[Term]) -> dict[str, Scene]:
    """Add the types that came with records from elsewhere, each under a type that is known."""
    grown = dict(scenes)
    held = {t.code: t for s in scenes.values() for t in s.types}
    for term in (t for t in terms if t.of == "type" and t.under in held):
        above = held[term.under]
        if term.code not in held:
            child = _child(_Sub(code=term.code, name=term.name, name_en=term.name_en), above)
            held[child.code] = child
            home = grown[above.scene]
            grown[above.scene] = replace(home, types=(*home.types, child))
    return grown


def _flat(read: _File) -> Iterable[tuple[str, EventType]]:
    for n, top in enumerate(read.type):
        above = _event_type(top, read.id, "", {})
        yield f"type[{n}]", above
        for m, sub in enumerate(top.sub):
            yield f"type[{n}].sub[{m}]", _child(sub, above)


def _child(sub: _Sub, above: EventType) -> EventType:
    return _event_type(sub, above.scene, above.code, {f: getattr(above, f) for f in _INHERITED})


def _event_type(read: _Sub, scene: str, parent: str, above: dict[str, object]) -> EventType:
    said = {f: v for f in _INHERITED if (v := getattr(read, f)) is not UNSET}
    return EventType(
        code=read.code,
        name=read.name,
        name_en=read.name_en,
        scene=scene,
        parent=parent,
        keywords=read.keywords,
        conditions=read.condition,
        **(above | said),  # pyright: ignore[reportArgumentType]
    )

"""Reads resources/scenes/*.toml, and checks every name in them against the city."""

from collections.abc import Iterable, Mapping

from msgspec import UNSET, Struct, UnsetType

from console.base import resources
from console.base.errors import BadData, Refused
from console.base.shape import placed, shaped
from console.domain.city import City
from console.domain.limit import parse_limit
from console.domain.record import Term
from console.scenes.scene import Condition, EmergencyClass, EventType, Lifecycle, Limits, Scene


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
    type: tuple[_Type, ...] = ()


_INHERITED = (
    "category", "category_en", "emergency_class", "level", "sources", "lead", "co", "trigger",
    "catalog", "limits",
)  # fmt: skip


def read_scenes(city: City, folder: str = "scenes") -> dict[str, Scene]:
    """Read every scene of a folder under resources; BadData names file, line and key."""
    scenes: dict[str, Scene] = {}
    owner: dict[str, str] = {}
    for file in resources.names(folder):
        words = resources.path(file).read_text("utf-8")
        scene = read_scene(resources.table(file), file, city, words)
        for code in (scene.id, *(t.code for t in scene.types)):
            if code in owner:
                raise BadData(file, code, f"given twice: also in {owner[code]}")
            owner[code] = file
        scenes[scene.id] = scene
    return scenes


def read_scene(table: Mapping[str, object], file: str, city: City, words: str = "") -> Scene:
    """Read one scene; every department, level, source and limit in it is one that exists."""
    read = shaped(table, _File, file, words)
    placed_types = list(_flat(read))
    try:
        _check_depts("", read.lead, read.co, city)
        for where, event_type in placed_types:
            _check(where, event_type, city)
    except _Wrong as wrong:
        raise BadData(file, placed(wrong.where, words), wrong.why) from None
    facts = {f: getattr(read, f) for f in _File.__struct_fields__ if f != "type"}
    return Scene(**facts, types=tuple(t for _, t in placed_types))


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
            facts = {f: getattr(home, f) for f in Scene.__struct_fields__ if f != "types"}
            grown[above.scene] = Scene(**facts, types=(*home.types, child))
    return grown


class _Wrong(Exception):
    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why)
        self.where = where
        self.why = why


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


def _check(where: str, event_type: EventType, city: City) -> None:
    _check_depts(where, event_type.lead, event_type.co, city)
    if event_type.level not in city.levels:
        raise _Wrong(f"{where}.level", f"no such level: {event_type.level!r}")
    for source in event_type.sources:
        if source not in city.sources:
            raise _Wrong(f"{where}.sources", f"no such source: {source!r}")
    _check_limits(f"{where}.limits", event_type.limits)
    for n, condition in enumerate(event_type.conditions):
        _check_limits(f"{where}.condition[{n}].limits", condition.limits)


def _check_depts(where: str, lead: str, co: Iterable[str], city: City) -> None:
    at = f"{where}." if where else ""
    if lead not in city.departments:
        raise _Wrong(f"{at}lead", f"no such department: {lead!r}")
    for dept in co:
        if dept not in city.departments:
            raise _Wrong(f"{at}co", f"no such department: {dept!r}")


def _check_limits(where: str, limits: Limits) -> None:
    for name in Limits.__struct_fields__:
        limit = getattr(limits, name)
        if not limit:
            continue
        try:
            parse_limit(limit)
        except Refused:
            raise _Wrong(f"{where}.{name}", f"not a time limit: {limit!r}") from None

"""A scene: what one field of work calls its cases, who leads them, how long they may take.

Also what it measures, how it is fed, what its map and cameras show, and its plans (预案).

Types stand in one flat list, a type before its sub-types (三级分类); a sub-type takes from its
parent what it does not say itself. A type may have several conditions (立案条件) with own limits.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from console.domain.indicator import Indicator

Lifecycle = Literal["active", "dormant"]
"""``dormant``: sealed until an authorised order opens it."""
DataClass = Literal["internal", "personal"]
FeedMode = Literal["manual", "simulated", "poll", "push"]
EmergencyClass = Literal["", "natural", "accident", "health", "social"]


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long signing, arriving and handling may take (`15m`, `4wh`); "" is no limit."""

    sign: str = ""
    arrive: str = ""
    handle: str = ""


class Condition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """立案条件: in which case of a type other limits hold."""

    id: str
    name: str
    name_en: str
    limits: Limits


class EventType(Struct, frozen=True, kw_only=True):
    """A type of incident. ``lead`` and ``co`` may be stand-ins: see City.resolve.

    ``fields``: facts of it beyond those of every incident, named in resources/lists/fields.toml.
    """

    code: str
    name: str
    name_en: str
    scene: str
    parent: str = ""
    category: str = ""
    category_en: str = ""
    emergency_class: EmergencyClass = ""
    level: str = "routine"
    sources: tuple[str, ...] = ()
    lead: str = ""
    co: tuple[str, ...] = ()
    trigger: str = ""
    trigger_en: str = ""
    fields: tuple[str, ...] = ()
    catalog: str = ""
    limits: Limits = Limits()
    keywords: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def limits_in(self, condition: str = "") -> Limits:
        """Give the limits that hold under a condition, or those of the type itself."""
        return next((c.limits for c in self.conditions if c.id == condition), self.limits)


class Feed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a scene is fed: its way now, and the doors it may come in by (lists/doors.toml)."""

    mode: FeedMode = "manual"
    doors: tuple[str, ...] = ()


class Camera(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which cameras go up for an incident: trades (GB/T 28181), within so many m, at most so many.

    ``most`` 0: no video is fetched for this scene.
    """

    codes: tuple[str, ...] = ()
    radius_m: int = 0
    most: int = 0
    hint: str = ""
    hint_en: str = ""


class SceneShape(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"least": "from"}
):
    """One of a scene's layers that is lines or areas, read from a GeoJSON file.

    ``file`` lies in the seat's folder of maps, else among the city's own. ``name``: the property
    that names a feature; ``crs``: the file's datum. ``role``: of the theme; ``width`` in points;
    ``fill``: how much of an area is filled (0: nothing, up to 1); ``least``: from which zoom on.
    """

    layer: str
    file: str
    role: str
    name: str = "name"
    crs: str = "CGCS2000"
    width: float = 1.8
    fill: float = 0.16
    dashed: bool = False
    least: float = 0.0


class SceneMap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a scene's map opens with: layers (lists/layers.toml) and zoom (web mercator)."""

    layers: tuple[str, ...] = ()
    shape: tuple[SceneShape, ...] = ()
    zoom: int = 13
    camera: Camera = Camera()


class PlanStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One timed step of a plan: ``at`` minutes after the start, ``owner`` does it."""

    at: int
    owner: str
    action: str
    action_en: str
    output: str
    output_en: str


class ScenePlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """预案: who does what by when.

    ``on``: the types for whose incidents it is proposed, from ``from_level`` on ("": any level);
    ``when``: the same in words, where types do not say it all. ``level``: the response level.
    """

    id: str
    name: str
    name_en: str
    on: tuple[str, ...] = ()
    from_level: str = ""
    when: str = ""
    when_en: str = ""
    level: str
    exit: str
    exit_en: str
    step: tuple[PlanStep, ...]


class Scene(Struct, frozen=True, kw_only=True):
    """One scene, with its types in the order of its file.

    ``data_class``: whether it holds personal data. ``cards``: the indicators that leaders see
    first; an indicator's id is `SCENE.name`.
    """

    id: str
    group: str
    name: str
    name_en: str
    lifecycle: Lifecycle
    lead: str
    co: tuple[str, ...]
    description: str
    types: tuple[EventType, ...]
    description_en: str = ""
    data_class: DataClass = "internal"
    cards: tuple[str, ...] = ()
    feed: Feed = Feed()
    map: SceneMap = SceneMap()
    indicators: tuple[Indicator, ...] = ()
    plans: tuple[ScenePlan, ...] = ()


def types_of(scenes: Mapping[str, Scene]) -> dict[str, EventType]:
    """Give every type of these scenes, by its code."""
    return {t.code: t for s in scenes.values() for t in s.types}


def plans_of(scenes: Mapping[str, Scene]) -> dict[str, ScenePlan]:
    """Give every plan of these scenes, by its id."""
    return {p.id: p for s in scenes.values() for p in s.plans}


def indicators_of(scenes: Mapping[str, Scene]) -> dict[str, Indicator]:
    """Give every indicator of these scenes, by its id."""
    return {i.id: i for s in scenes.values() for i in s.indicators}


def dormant(scenes: Mapping[str, Scene]) -> dict[str, str]:
    """Give the scenes that are sealed by their files, and their types, each with its scene."""
    sealed = [s for s in scenes.values() if s.lifecycle == "dormant"]
    return {name: s.id for s in sealed for name in (s.id, *(t.code for t in s.types))}


def leaves(scenes: Iterable[Scene]) -> list[EventType]:
    """Give the types that an incident may be put under: those without sub-types."""
    types = [t for s in scenes for t in s.types]
    parents = {t.parent for t in types}
    return [t for t in types if t.code not in parents]

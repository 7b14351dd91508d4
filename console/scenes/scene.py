"""A scene: what one field of work calls its cases, who leads them, how long they may take.

Types stand in one flat list, a type before its sub-types (三级分类); a sub-type takes from its
parent what it does not say itself. A type may have several conditions (立案条件) with own limits.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from console.domain.indicator import Indicator

Lifecycle = Literal["active", "dormant"]
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
    """A type of incident. ``lead`` and ``co`` may be stand-ins: see City.resolve."""

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
    catalog: str = ""
    limits: Limits = Limits()
    keywords: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def limits_in(self, condition: str = "") -> Limits:
        """Give the limits that hold under a condition, or those of the type itself."""
        return next((c.limits for c in self.conditions if c.id == condition), self.limits)


class Scene(Struct, frozen=True, kw_only=True):
    """One scene, with its types and indicators in the order of its file."""

    id: str
    group: str
    name: str
    name_en: str
    lifecycle: Lifecycle
    lead: str
    co: tuple[str, ...]
    description: str
    types: tuple[EventType, ...]
    indicators: tuple[Indicator, ...] = ()


def indicators_of(scenes: Mapping[str, Scene]) -> dict[str, Indicator]:
    """Give every indicator of these scenes, by its id (`SCENE.name`)."""
    return {i.id: i for s in scenes.values() for i in s.indicators}


def types_of(scenes: Mapping[str, Scene]) -> dict[str, EventType]:
    """Give every type of these scenes, by its code."""
    return {t.code: t for s in scenes.values() for t in s.types}


def leaves(scenes: Iterable[Scene]) -> list[EventType]:
    """Give the types that an incident may be put under: those without sub-types."""
    types = [t for s in scenes for t in s.types]
    parents = {t.parent for t in types}
    return [t for t in types if t.code not in parents]

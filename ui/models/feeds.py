"""What a scene hangs on: the systems that feed it, and the linkages that join it to others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from console.app import Core
from console.base.text import TEXTS, text
from console.domain.alarm import Freshness, freshness
from console.domain.city import City
from console.domain.indicator import Indicator
from console.domain.reading import Reading
from console.domain.words import UNKNOWN, Words
from console.scenes.linkage import Linkage
from console.scenes.scene import Scene, plans_of

LOOKS: Mapping[str, tuple[str, str]] = {
    "live": ("disc", "text.second"),
    "part": ("triangle", "warning"),
    "stale": ("triangle", "warning"),
    "lost": ("cross", "lost"),
    "unknown": ("ring", "text.caption"),
}
"""How a system stands: a shape and a role; the words say it too."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A few words with a shape, and more of them on hover."""

    glyph: str
    role: str
    words: str
    told: str


def sources(core: Core, scene: Scene, words: Words, now: int) -> tuple[Chip, ...]:
    """Give each system that measures for a scene: how many of its stations speak, as of when."""
    held = core.last("indicator")
    systems: dict[str, list[tuple[Freshness | None, int]]] = {}
    for indicator in scene.indicators:
        own = [r for (of, _), r in held.items() if of == indicator.id]
        found = systems.setdefault(_system(indicator), [])
        found += [_stands(indicator, r, now) for r in own] or [(None, 0)]
    return tuple(_source(name, stations, words) for name, stations in systems.items())


def linkages(
    scene: Scene, known: Mapping[str, Linkage], scenes: Mapping[str, Scene], city: City
) -> tuple[Chip, ...]:
    """Give the linkages that a scene sets off, or that reach into it; what each does on hover."""
    types, plans = {t.code for t in scene.types}, {p.id for p in scene.plans}
    found: list[Chip] = []
    for each in known.values():
        asked = {t for w in each.when for t in w.types}
        near = {s for w in each.when if w.beside for s in w.beside.scenes}
        sets_off = bool(asked & types) or scene.id in near
        reached = bool(plans & set(each.does.activate)) or scene.id in each.does.inform
        if sets_off or reached:
            glyph = "triangle" if sets_off else "ring"
            told = "\n".join(_does(each, scenes, city, sets_off=sets_off))
            words = f"{each.id} {_either(each.name, each.name_en)}"
            found.append(Chip(glyph, "text.second", words, told))
    return tuple(found)


# ---- inside


def _either(chinese: str, english: str) -> str:
    return (english or chinese) if TEXTS.language == "en" else chinese


def _system(indicator: Indicator) -> str:
    return _either(indicator.source, indicator.source_en)


def _stands(indicator: Indicator, reading: Reading, now: int) -> tuple[Freshness, int]:
    return freshness(indicator.refresh_s, reading.at, now), reading.at


def _source(name: str, stations: list[tuple[Freshness | None, int]], words: Words) -> Chip:
    states = [f for f, _ in stations]
    live, last = states.count("live"), max(at for _, at in stations)
    if not last:
        state = "unknown"
    elif live == len(states):
        state = "live"
    elif live:
        state = "part"
    else:
        state = "stale" if "stale" in states else "lost"
    at = words.second(last) if last else UNKNOWN
    said = text(f"scene.system.{state}", name=name, live=live, all=len(states), at=at)
    told = text("scene.system.told", name=name, live=live, all=len(states), at=at)
    return Chip(*LOOKS[state], said, told)


def _does(
    linkage: Linkage, scenes: Mapping[str, Scene], city: City, *, sets_off: bool
) -> Iterator[str]:
    does, plans = linkage.does, plans_of(dict(scenes))
    yield _either(linkage.note, linkage.note_en)
    yield text("scene.link.sets_off" if sets_off else "scene.link.reached")
    if does.activate:
        names = (_either(plans[p].name, plans[p].name_en) for p in does.activate)
        yield text("scene.link.activate", names=text("panel.and").join(names))
    leads = (scenes[s].lead for s in does.inform)
    depts = [city.departments[d] for d in (*does.notify, *leads) if d in city.departments]
    if depts:
        names = dict.fromkeys(_either(d.name, d.name_en) for d in depts)
        yield text("scene.link.notify", names=text("panel.and").join(names))
    if does.pull:
        yield text("scene.link.pull")

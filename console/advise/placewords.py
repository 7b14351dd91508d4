"""Reads the parts of a Chinese address out of words: divisions, road, number, lane, building, room.

Written numbers become figures; which words end which part is data. Pure.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct

from console.advise.features import plain
from console.base import resources
from console.base.shape import shaped

FILE = "places.toml"
_NAME = r"[\u3400-\u9fff]"
LONGEST = 160
"""So many characters are read for a place."""


class Parts(Struct, frozen=True, forbid_unknown_fields=True):
    """What each part of an address ends with, and the words around it; the longer first."""

    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    districts: tuple[str, ...]
    streets: tuple[str, ...]
    communities: tuple[str, ...]
    roads: tuple[str, ...]
    estates: tuple[str, ...]
    number: tuple[str, ...]
    lane: tuple[str, ...]
    building: tuple[str, ...]
    unit: tuple[str, ...]
    floor: tuple[str, ...]
    room: tuple[str, ...]
    crossing: tuple[str, ...]
    joined: tuple[str, ...]
    relations: tuple[str, ...]
    lead: tuple[str, ...]


class Figures(Struct, frozen=True, forbid_unknown_fields=True):
    """The characters of written numbers."""

    digits: str
    also: dict[str, int]
    ten: str
    hundred: str


class Codes(Struct, frozen=True, forbid_unknown_fields=True):
    """How many figures the code of a component, or of a grid, has."""

    component: int
    grid: int


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The parts of an address; "" where it has none.

    ``text``: the words folded, with figures. ``rest``: what follows the divisions. ``cross``: the
    other road of a crossing. ``code`` with ``code_kind``: component or grid.
    """

    text: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    community: str = ""
    road: str = ""
    cross: str = ""
    number: str = ""
    lane: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    room: str = ""
    estate: str = ""
    relation: str = ""
    code: str = ""
    code_kind: str = ""
    rest: str = ""

    @property
    def crossing(self) -> bool:
        return bool(self.road and self.cross)

    @property
    def door(self) -> str:
        """Give the road and the number as a standard address has them; "" without both."""
        return f"{self.road}{self.lane or self.number}" if self.road and self.number else ""

    @property
    def standard(self) -> str:
        """Give the parts in the order of a standard address, from the province to the room."""
        parts = read_parts()
        large = (self.province, self.city, self.district, self.street, self.community, self.road)
        small = (
            (self.lane, parts.lane), (self.number, parts.number), (self.estate, ("",)),
            (self.building, parts.building), (self.unit, parts.unit), (self.floor, parts.floor),
            (self.room, parts.room),
        )  # fmt: skip
        return "".join((*large, *(f"{each}{ends[0]}" for each, ends in small if each)))


@dataclass(frozen=True, slots=True)
class _Patterns:
    divisions: tuple[tuple[str, re.Pattern[str]], ...]
    road: re.Pattern[str]
    estate: re.Pattern[str]
    figures: re.Pattern[str]
    counted: tuple[tuple[str, re.Pattern[str]], ...]
    relation: re.Pattern[str]
    crossing: re.Pattern[str]
    joined: re.Pattern[str]
    lead: re.Pattern[str]
    code: re.Pattern[str]


@lru_cache(maxsize=1)
def read_parts() -> Parts:
    """Read what the parts of an address end with."""
    return shaped(resources.table(FILE)["parts"], Parts, FILE)


@lru_cache(maxsize=1)
def _figures() -> Figures:
    return shaped(resources.table(FILE)["figures"], Figures, FILE)


@lru_cache(maxsize=1)
def _codes() -> Codes:
    return shaped(resources.table(FILE)["codes"], Codes, FILE)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    parts, figures, codes = read_parts(), _figures(), _codes()
    written = re.escape("".join((figures.digits, *figures.also, figures.ten, figures.hundred)))
    counted = {
        "building": parts.building, "unit": parts.unit, "room": parts.room, "lane": parts.lane,
        "number": parts.number, "floor": parts.floor,
    }  # fmt: skip
    divisions = {
        "province": parts.provinces, "city": parts.cities, "district": parts.districts,
        "street": parts.streets, "community": parts.communities,
    }  # fmt: skip
    ends = "|".join(_any(each) for each in counted.values())
    return _Patterns(
        divisions=tuple(
            (name, re.compile(rf"({_NAME}{{1,7}}?(?:{_any(each)}))"))
            for name, each in divisions.items()
        ),
        road=re.compile(rf"({_NAME}{{1,7}}?(?:{_any(parts.roads)}))"),
        estate=re.compile(rf"({_NAME}{{2,8}}?(?:{_any(parts.estates)}))"),
        figures=re.compile(rf"[{written}]+(?=(?:{ends}))"),
        counted=tuple(
            (name, re.compile(rf"([0-9a-z]+(?:-\d+)?)(?:{_any(each)})"))
            for name, each in counted.items()
        ),
        relation=re.compile(_any(parts.relations)),
        crossing=re.compile(_any(parts.crossing)),
        joined=re.compile(rf"(?:{_any(parts.joined)})"),
        lead=re.compile(rf"^(?:{_any(parts.lead)})"),
        code=re.compile(rf"(?<!\d)(?:\d{{{codes.component}}}|\d{{{codes.grid}}})(?!\d)"),
    )


@lru_cache(maxsize=8192)
def read_place(said: str) -> PlaceWords:
    """Read the parts of an address, or of words that name a place."""
    patterns = _patterns()
    text = patterns.figures.sub(_figure, plain(said[:LONGEST])[0])
    if not text:
        return PlaceWords()
    found: dict[str, str] = {"text": text, **_code(text, patterns)}
    rest = _divided(patterns.lead.sub("", text), patterns, found)
    found["rest"] = rest
    relation = patterns.relation.search(rest)
    found["relation"] = relation[0] if relation else ""
    rest = _roads(rest, patterns, found)
    for name, pattern in patterns.counted:
        if met := pattern.search(rest):
            found[name] = met[1]
            rest = rest[: met.start()] + rest[met.end() :]
    if estate := patterns.estate.search(rest):
        found["estate"] = estate[1]
    return PlaceWords(**found)


def _divided(text: str, patterns: _Patterns, found: dict[str, str]) -> str:
    """Take the divisions off the front, the largest first; give what is left."""
    for field, pattern in patterns.divisions:
        met = pattern.match(text)
        if met and met.end() < len(text):
            found[field] = met[1]
            text = text[met.end() :]
    return text


def _roads(rest: str, patterns: _Patterns, found: dict[str, str]) -> str:
    """Take the road, and the other one of a crossing; give what follows."""
    road = patterns.road.search(rest)
    if road is None:
        return rest
    found["road"] = road[1]
    after = rest[road.end() :]
    joined = patterns.joined.match(after)
    crosses = joined is not None or patterns.crossing.search(after)
    other = patterns.road.match(after[joined.end() if joined else 0 :]) if crosses else None
    if other is not None and other[1] not in read_parts().crossing:
        found["cross"] = other[1]
    return after


def _code(text: str, patterns: _Patterns) -> dict[str, str]:
    met = patterns.code.search(text)
    if met is None:
        return {}
    kind = "component" if len(met[0]) == _codes().component else "grid"
    return {"code": met[0], "code_kind": kind}


def _figure(met: re.Match[str]) -> str:
    """Give a written number in figures: with tens and hundreds, or figure by figure."""
    figures, word = _figures(), met[0]
    values = {c: n for n, c in enumerate(figures.digits)} | figures.also
    if not any(c in (figures.ten, figures.hundred) for c in word):
        return "".join(str(values[c]) for c in word)
    total, last = 0, 0
    for c in word:
        if c in values:
            last = values[c]
            continue
        total += (last or 1) * (10 if c == figures.ten else 100)
        last = 0
    return str(total + last)

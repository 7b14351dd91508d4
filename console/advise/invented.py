"""Makes messages with their types for the model that the product ships: nobody's real words.

A type that the demo city tells cases of is told with them; any other with its name and keywords.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped
from console.domain.city import City

DEMO, FILE = "cities/nanjing_demo.toml", "advice.toml"
EACH = 24
"""So many messages are made of every type."""
TEXT, TYPE, MOULD = "text", "type", "mould"
"""The columns of a made message; ``mould``: the sentence that it was cast from."""


class _Names(Struct, frozen=True):
    road_first: tuple[str, ...]
    road_last: tuple[str, ...]
    community_first: tuple[str, ...]
    estate_last: tuple[str, ...]
    place: tuple[str, ...]
    estate: str


class _Case(Struct, frozen=True):
    type: str
    titles: tuple[str, ...]
    details: tuple[str, ...]


class _Demo(Struct, frozen=True):
    names: _Names
    case: tuple[_Case, ...]


class _Moulds(Struct, frozen=True):
    plain: tuple[str, ...]
    told: tuple[str, ...]


class _File(Struct, frozen=True):
    invented: _Moulds


@dataclass(frozen=True, slots=True)
class Matter:
    """A type of incident, as far as it is told of: its code, name and keywords."""

    code: str
    name: str
    keywords: tuple[str, ...]


def invent(
    matters: Iterable[Matter], city: City, *, each: int = EACH, seed: int = 1
) -> list[dict[str, str]]:
    """Make messages of every type; the same for the same seed."""
    demo = shaped(resources.table(DEMO), _Demo, DEMO)
    moulds = shaped(resources.table(FILE), _File, FILE).invented
    chance = Random(seed)  # noqa: S311 - inventing keeps no secret
    cases: dict[str, list[_Case]] = {}
    for case in demo.case:
        cases.setdefault(case.type, []).append(case)
    made: list[dict[str, str]] = []
    for matter in matters:
        for n in range(each):
            words = _words(chance, demo.names, city)
            told = cases.get(matter.code)
            if told and n % 3:
                mould, said = _of_case(chance, told, moulds.told, words)
            else:
                mould, said = _of_words(chance, matter, moulds.plain, words)
            made.append({TEXT: said, TYPE: matter.code, MOULD: f"{matter.code}:{mould}"})
    return made


def _of_case(
    chance: Random, cases: Sequence[_Case], moulds: Sequence[str], words: Mapping[str, object]
) -> tuple[str, str]:
    case = chance.choice(cases)
    title, detail = chance.choice(case.titles), chance.choice(case.details)
    mould = chance.choice(moulds)
    said = mould.format(title=title.format(**words), detail=detail.format(**words))
    return f"{title}|{detail}" if "{title}" in mould else detail, said


def _of_words(
    chance: Random, matter: Matter, moulds: Sequence[str], words: Mapping[str, object]
) -> tuple[str, str]:
    word = chance.choice(matter.keywords or (matter.name,))
    other = chance.choice(matter.keywords or (matter.name,))
    mould = chance.choice(moulds)
    said = mould.format(title=matter.name, word=word, other=other, **words)
    return f"{word}|{mould}", said


def _words(chance: Random, names: _Names, city: City) -> dict[str, object]:
    community = chance.choice(names.community_first) + chance.choice(names.estate_last)
    district = chance.choice([d for d in city.districts.values() if d.streets])
    floor = chance.randint(2, 18)
    return {
        "road": chance.choice(names.road_first) + chance.choice(names.road_last),
        "no": chance.randint(1, 388), "community": community, "place": chance.choice(names.place),
        "unit": names.estate.format(community=community, n=chance.randint(1, 28), floor=floor),
        "n": chance.randint(2, 9), "hour": chance.randint(2, 11), "floor": floor,
        "district": district.name, "street": chance.choice(district.streets).name,
    }  # fmt: skip

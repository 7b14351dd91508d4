"""Makes messages with their types for the model that the product ships: nobody's real words.

A type is told of as callers would, where a file says how; with the cases that the demo city has of
it; and with its name and keywords. What tells of no case yet has a label of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from msgspec import Struct

from console.advise.model import NOTHING
from console.base import resources
from console.base.shape import shaped
from console.domain.city import City

DEMO, FILE, SAID = "cities/nanjing_demo.toml", "advice.toml", "advice_said.toml"
EACH = 14
"""So many messages are made of every type by its cases and keywords."""
TURNS = 5
"""So many times what a caller may say is told, each time with other words around it."""
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


class _Said(Struct, frozen=True, forbid_unknown_fields=True):
    """How callers put it, by type; the words around it, which tell of none; and nothing said."""

    opens: tuple[str, ...]
    ends: tuple[str, ...]
    nothing: tuple[str, ...]
    said: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Matter:
    """A type of incident, as far as it is told of: its code, name and keywords."""

    code: str
    name: str
    keywords: tuple[str, ...]


def invent(
    matters: Sequence[Matter], city: City, *, each: int = EACH, seed: int = 1
) -> list[dict[str, str]]:
    """Make messages of every type; the same for the same seed."""
    demo = shaped(resources.table(DEMO), _Demo, DEMO)
    moulds = shaped(resources.table(FILE), _File, FILE).invented
    spoken = shaped(resources.table(SAID), _Said, SAID)
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
        made += _spoken(chance, matter.code, spoken, lambda: _words(chance, demo.names, city))
    given = {matter.code for matter in matters}
    others = [p for code, said in spoken.said.items() if code not in given for p in said]
    made += _unsaid(chance, spoken, others, lambda: _words(chance, demo.names, city))
    return made


Fill = Callable[[], Mapping[str, object]]
"""Gives names and numbers for the gaps of a sentence, others each time."""


def _spoken(chance: Random, code: str, spoken: _Said, fill: Fill) -> Iterator[dict[str, str]]:
    """Tell of a type as callers do, each phrase some times with other words around it."""
    for phrase in spoken.said.get(code, ()):
        for turn in range(TURNS):
            said = _around(chance, phrase, spoken, turn).format(**fill())
            yield {TEXT: said, TYPE: code, MOULD: f"{code}:{phrase}"}


def _unsaid(
    chance: Random, spoken: _Said, others: Iterable[str], fill: Fill
) -> Iterator[dict[str, str]]:
    """Say what tells of no case: a greeting, half a sentence, an address; or of no type here."""
    for phrase in (*spoken.nothing, *others):
        for turn in range(TURNS):
            head = chance.choice(spoken.opens) if turn % 2 else ""
            said = (head + phrase).format(**fill())
            yield {TEXT: said, TYPE: NOTHING, MOULD: f"{NOTHING}:{phrase}"}


def _around(chance: Random, phrase: str, spoken: _Said, turn: int) -> str:
    """Put words around what is said, before it and after it: none at first, then more."""
    head = "".join(chance.sample(spoken.opens, min(turn, 2)))
    return head + phrase + (chance.choice(spoken.ends) if turn % 3 else "")


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

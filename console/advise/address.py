"""Reads the road, its number and the division words out of a Chinese address; pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct

from console.advise.features import plain
from console.base import resources
from console.base.shape import shaped

FILE = "advice.toml"
_NAME = r"[\u3400-\u9fff]"


class Suffixes(Struct, frozen=True, forbid_unknown_fields=True):
    """What the parts of an address end with; the longer first."""

    roads: tuple[str, ...]
    numbers: tuple[str, ...]
    estates: tuple[str, ...]
    divisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address that tell it apart; "" where it has none."""

    road: str = ""
    number: str = ""
    estate: str = ""
    key: str = ""


@lru_cache(maxsize=1)
def read_suffixes() -> Suffixes:
    """Read how the parts of an address end."""
    return shaped(resources.table(FILE)["address"], Suffixes, FILE)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    ends = read_suffixes()
    road, estate, division = (
        "|".join(map(re.escape, each)) for each in (ends.roads, ends.estates, ends.divisions)
    )
    return (
        re.compile(rf"({_NAME}{{1,7}}?(?:{road}))(\d+)?"),
        re.compile(rf"({_NAME}{{2,8}}?(?:{estate}))"),
        re.compile(rf"{_NAME}{{1,7}}?(?:{division})"),
        re.compile(r"\d+"),
    )


@lru_cache(maxsize=8192)
def parse(said: str) -> Address:
    """Read an address or a text that names a place."""
    text, _ = plain(said)
    if not text:
        return Address()
    road_of, estate_of, division_of, _ = _patterns()
    start = 0
    # The divisions stand first: a road's name does not begin with them.
    while found := division_of.match(text, start):
        if found.end() >= len(text):
            break
        start = found.end()
    road = road_of.search(text, start)
    rest = text[road.end() :] if road else text[start:]
    estate = estate_of.search(rest)
    return Address(
        road=road[1] if road else "", number=(road[2] or "") if road else "",
        estate=estate[1] if estate else "", key=text[start:],
    )  # fmt: skip

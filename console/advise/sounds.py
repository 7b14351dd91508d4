"""How alike two characters sound and look: for names that were misheard, or typed wrongly."""

from functools import lru_cache

from msgspec import Struct
from pypinyin import Style, lazy_pinyin

from console.base import resources
from console.base.shape import shaped

FILE = "places.toml"
SAME, SOUND, BLURRED, SHAPE, OTHER = 0.0, 0.12, 0.25, 0.3, 1.0
"""What it costs to take one character for another: itself, its homophone, one that an accent
makes the same, one that looks alike, any other."""


class Blurs(Struct, frozen=True, forbid_unknown_fields=True):
    """Which beginnings and ends of syllables are taken for one another."""

    first: dict[str, str]
    last: dict[str, str]


class _Shapes(Struct, frozen=True, forbid_unknown_fields=True):
    groups: tuple[str, ...]


@lru_cache(maxsize=1)
def _blurs() -> Blurs:
    return shaped(resources.table(FILE)["sounds"], Blurs, FILE)


@lru_cache(maxsize=1)
def _shapes() -> dict[str, frozenset[int]]:
    read = shaped(resources.table(FILE)["shapes"], _Shapes, FILE)
    found: dict[str, set[int]] = {}
    for n, group in enumerate(read.groups):
        for letter in group:
            found.setdefault(letter, set()).add(n)
    return {letter: frozenset(held) for letter, held in found.items()}


@lru_cache(maxsize=32_768)
def syllable(letter: str) -> str:
    """Give a character's usual reading without its tone; what has none reads as itself."""
    return lazy_pinyin(letter, style=Style.NORMAL)[0]


@lru_cache(maxsize=32_768)
def blurred(letter: str) -> str:
    """Give the reading as an accent may blur it."""
    said, blurs = syllable(letter), _blurs()
    for start in sorted(blurs.first, key=len, reverse=True):
        if said.startswith(start) and len(said) > len(start):
            said = blurs.first[start] + said[len(start) :]
            break
    for end in sorted(blurs.last, key=len, reverse=True):
        if said.endswith(end):
            return said.removesuffix(end) + blurs.last[end]
    return said


@lru_cache(maxsize=65_536)
def cost(one: str, other: str) -> float:
    """Give what it costs to take one character for another, 0 to 1."""
    if one == other:
        return SAME
    if syllable(one) == syllable(other):
        return SOUND
    if blurred(one) == blurred(other):
        return BLURRED
    shapes = _shapes()
    alike = shapes.get(one, frozenset()) & shapes.get(other, frozenset())
    return SHAPE if alike else OTHER


def looks(letter: str) -> str:
    """Give one character for all that look like this one: the key of an index."""
    groups = _shapes().get(letter)
    return f"#{min(groups)}" if groups else letter

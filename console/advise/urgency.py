"""How urgent words are: by the level of their type and by words that tell of danger; data."""

from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped

FILE = "advice.toml"


class _Sign(Struct, frozen=True, forbid_unknown_fields=True):
    urgency: str
    words: tuple[str, ...]


class _Rules(Struct, frozen=True, forbid_unknown_fields=True):
    usual: str
    by_level: dict[str, str]
    sign: tuple[_Sign, ...]
    not_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Urgent:
    """How urgent something is, the words that say so, and the level that does."""

    urgency: str = ""
    words: tuple[str, ...] = ()
    level: str = ""


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    return shaped(resources.table(FILE)["urgency"], _Rules, FILE)


def urgent(text: str, level: str = "") -> Urgent:
    """Give the gravest urgency that the words or the level of the type call for."""
    rules = _rules()
    for sign in rules.sign:
        met = tuple(word for word in sign.words if _said(text, word, rules.not_after))
        if met:
            return Urgent(sign.urgency, met)
        if rules.by_level.get(level) == sign.urgency:
            return Urgent(sign.urgency, (), level)
    return Urgent(rules.usual)


def _said(text: str, word: str, not_after: tuple[str, ...]) -> bool:
    """Tell whether a word is said, and not denied right before."""
    at = text.find(word)
    while at >= 0:
        if not text[:at].endswith(not_after):
            return True
        at = text.find(word, at + 1)
    return False

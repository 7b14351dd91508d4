"""The lists that scenes choose from, in resources/lists: groups, layers, facts of types, doors."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import placed, shaped


class Choice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the values that a fact may have."""

    id: str
    name: str
    name_en: str


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a list; of a fact of a type also what its value is, of a choice which ones."""

    id: str
    name: str
    name_en: str
    value: Literal["text", "number", "choice"] = "text"
    choices: tuple[Choice, ...] = ()


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    entry: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Every list, each in the order of its file."""

    groups: Mapping[str, Entry]
    layers: Mapping[str, Entry]
    fields: Mapping[str, Entry]
    doors: Mapping[str, Entry]


def read_lists(folder: str = "lists") -> Lists:
    """Read the lists; BadData names file, line and key."""
    return Lists(**{n: read_list(f"{folder}/{n}.toml") for n in Lists.__slots__})


@cache
def known_fields() -> Mapping[str, Entry]:
    """Give the facts that event types may have of their own, by their ids."""
    return read_list("lists/fields.toml")


def read_list(file: str) -> dict[str, Entry]:
    """Read one list; an id given twice is BadData."""
    table = resources.table(file)
    words = resources.path(file).read_text("utf-8")
    found: dict[str, Entry] = {}
    for n, entry in enumerate(shaped(table, _File, file, words).entry):
        if entry.id in found:
            raise BadData(file, placed(f"entry[{n}].id", words), f"given twice: {entry.id!r}")
        found[entry.id] = entry
    return found

"""What a scene's values come from: the common file, and what a city's own file changes in it.

A city's own file of a scene stands for the common one of its name, or beside it as one more. When
it says ``amends``, it only changes that scene: it drops types, indicators and plans by id, changes
keys of those it names again, adds those whose id is new, and says the scene's own keys anew.
Whatever is wrong is told by the file, line and key that the person wrote.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import placed, shaped
from console.domain.city import City

SCENES = "scenes"
_NAMED = {"type": "code", "indicator": "id", "plan": "id"}
"""The lists of a scene's file, and the key that tells their entries apart."""
_UNKNOWN = re.compile("unknown field `([^`]+)`")


class _Changes(Struct, frozen=True, kw_only=True):
    amends: str
    drop: tuple[str, ...] = ()
    type: tuple[dict[str, Any], ...] = ()
    indicator: tuple[dict[str, Any], ...] = ()
    plan: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A scene's table. ``file`` is the one that names it, ``words`` the text of each file.

    ``origins``: from which file and key a key of the table comes, where ``file`` says it elsewhere
    or not at all.
    """

    table: Mapping[str, Any]
    file: str
    words: Mapping[str, str]
    origins: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, table: Mapping[str, Any], file: str, words: str = "") -> "Source":
        """Give the source of a scene that one file says whole."""
        return cls(table, file, {file: words}, {})

    def fault(self, where: str, why: str) -> BadData:
        """Give the error for a key of the table, by the file, line and key that it came from."""
        if unknown := _UNKNOWN.search(why):  # said of what holds the key
            where = f"{where}.{unknown[1]}".lstrip(".")
        at = where
        while at and at not in self.origins:
            at = at[: max(at.rfind("."), at.rfind("["), 0)]
        file, said = self.origins.get(at, (self.file, at))
        return BadData(file, placed(said + where[len(at) :], self.words[file]), why)


def sources(city: City, folder: str = SCENES) -> Iterator[Source | BadData]:
    """Give the source of each scene in a folder, or what is wrong with its file.

    In the city's scenes, its own files are read with the common ones; elsewhere a folder stands
    for itself.
    """
    common = {} if folder == SCENES else {name: name for name in resources.names(folder)}
    for file in (common or city.files(SCENES)).values():
        try:
            yield from _source(file)
        except BadData as bad:
            yield bad


def _source(file: str) -> Iterator[Source | BadData]:
    table, words = resources.table(file), resources.path(file).read_text("utf-8")
    if "amends" not in table:
        yield Source.of(table, file, words)
        return
    changes = shaped(table, _Changes, file, words)
    base = f"{SCENES}/{changes.amends}.toml"
    if base == file or not resources.path(base).is_file():
        yield BadData(file, placed("amends", words), f"no such scene: {changes.amends!r}")
        return
    yield from _missing(changes, resources.table(base), file, words)
    held = {base: resources.path(base).read_text("utf-8"), file: words}
    yield _amended(Source(resources.table(base), base, held, {}), changes, table, file)


def _missing(
    changes: _Changes, base: Mapping[str, Any], file: str, words: str
) -> Iterator[BadData]:
    """Give what an amending file drops that is not there, and what it gives without a name."""
    known = {entry[key] for name, key in _NAMED.items() for entry in base.get(name, ())}
    for dropped in changes.drop:
        if dropped not in known:
            why = f"no such type, indicator or plan in {changes.amends}: {dropped!r}"
            yield BadData(file, placed("drop", words), why)
    for name, key in _NAMED.items():
        for n, entry in enumerate(getattr(changes, name)):
            if key not in entry:
                yield BadData(file, placed(f"{name}[{n}]", words), f"it has no {key}")


def _amended(base: Source, changes: _Changes, said: Mapping[str, Any], file: str) -> Source:
    table, origins = dict(base.table), dict[str, tuple[str, str]]()
    for key in said.keys() - _NAMED.keys() - {"amends", "drop"}:
        table[key] = said[key]
        origins[key] = (file, key)
    for name, key in _NAMED.items():
        entries = [
            (n, entry)
            for n, entry in enumerate(base.table.get(name, ()))
            if entry[key] not in changes.drop
        ]
        joined = [dict(entry) for _, entry in entries]
        origins |= {f"{name}[{n}]": (base.file, f"{name}[{m}]") for n, (m, _) in enumerate(entries)}
        places = {entry[key]: n for n, entry in enumerate(joined)}
        for m, entry in enumerate(getattr(changes, name)):
            n = places.get(entry.get(key), len(joined))
            if n == len(joined):
                joined.append({})
                origins[f"{name}[{n}]"] = (file, f"{name}[{m}]")
            joined[n] |= entry
            origins |= {f"{name}[{n}].{k}": (file, f"{name}[{m}].{k}") for k in entry}
        table[name] = joined
    return Source(table, base.file, base.words, origins)

"""Turns a table that was read into frozen values, or says in which line and key it is wrong."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from console.base.errors import BadData

T = TypeVar("T")

_SAID = re.compile(r"^(?P<why>.*?)(?: - at `(?P<where>[^`]*)`)?$", re.DOTALL)
_PART = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<index>\d+)\])?")


def shaped(table: Mapping[str, Any], shape: type[T], file: str, words: str = "") -> T:
    """Convert a table; BadData names the key, and the line when the file's words are given."""
    try:
        return msgspec.convert(table, shape)
    except msgspec.ValidationError as error:
        said = _SAID.match(str(error))
        where = (said["where"] or "") if said else ""
        why = said["why"] if said else str(error)
        raise BadData(file, placed(where.removeprefix("$").lstrip("."), words), why) from None


def placed(where: str, words: str = "") -> str:
    """Put the line before a key: `line 41: type[3].limits.sign`."""
    if not words or not where:
        return where
    return f"line {line_of(where, words)}: {where}"


def line_of(where: str, words: str) -> int:
    """Find the line of a key in the words of a TOML file, as near as its headings tell."""
    lines = words.splitlines()
    at, path = 0, ""
    for part in _PART.finditer(where):
        path = f"{path}.{part['name']}".lstrip(".")
        heading = f"[[{path}]]" if part["index"] else f"[{path}]"
        found = _nth(lines, at, heading, int(part["index"] or 0))
        if found is None:
            found = _key(lines, at, part["name"])
        if found is None:
            break
        at = found
    return at + 1


def _nth(lines: list[str], start: int, heading: str, index: int) -> int | None:
    hits = (n for n in range(start, len(lines)) if lines[n].strip() == heading)
    for _ in range(index):
        next(hits, None)
    return next(hits, None)


def _key(lines: list[str], start: int, name: str) -> int | None:
    key = re.compile(rf"(^|[{{,]\s*){re.escape(name)}\s*=")
    for n in range(start, len(lines)):
        if n > start and lines[n].startswith("["):
            return None
        if key.search(lines[n].strip()):
            return n
    return None

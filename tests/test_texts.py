"""The texts are whole: both languages hold the same keys, all that are used and no others."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from console.base import text
from tests.drivers import ROOT
from tests.test_shape import literals, sources, tree

SAYS = {"text", "Refused", "Conflict", "Notice"}
KEY = re.compile(r"[a-z][a-z_0-9-]*(\.[A-Za-z_0-9-]+)+")

# Beginnings of keys that are put together from data, and where the rest comes from.
DERIVED: dict[str, str] = {
    "level.": "columns of the format scale or word name them by their field",
    "urgency.": "columns of the format scale or word name them by their field",
    "source.": "columns of the format scale or word name them by their field",
    "standing.": "columns of the format scale or word name them by their field",
    "part.": "columns of the format scale or word name them by their field",
}


def keys(language: str) -> dict[str, str]:
    return text.table(language)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def used_for_certain() -> Iterator[tuple[str, str]]:
    """Give each key that code hands over to be shown, and where it does."""
    for name in sources("console", "ui"):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Call) and _called(node) in SAYS:
                for given in node.args:
                    if isinstance(given, ast.Constant) and KEY.fullmatch(str(given.value)):
                        yield str(given.value), f"{name}:{node.lineno}"


@cache
def mentioned() -> set[str]:
    """Give every string of the code and of the data files."""
    found = {said for name in sources("console", "ui") for _, said in literals(name)}
    for file in (ROOT / "resources").rglob("*.toml"):
        if "i18n" not in file.parts:
            found |= set(_strings(tomllib.loads(file.read_text("utf-8"))))
    return found


def _strings(branch: object) -> Iterator[str]:
    if isinstance(branch, str):
        yield branch
    elif isinstance(branch, dict):
        for each in branch.values():
            yield from _strings(each)
    elif isinstance(branch, list):
        for each in branch:
            yield from _strings(each)


@cache
def put_together() -> list[re.Pattern[str]]:
    """Give a pattern for each f-string that begins like a key: f"state.{kind}.{state}"."""
    found = []
    for name in sources("console", "ui"):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                pattern = "".join(
                    re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".+"
                    for each in node.values
                )
                if re.match(r"[a-z_]+\\\.", pattern):
                    found.append(re.compile(pattern))
    return found


def test_both_languages_hold_the_same_keys():
    assert set(keys("zh_CN")) == set(keys("en"))


def test_both_languages_fill_in_the_same_names():
    def names(line: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(line) if name}

    differ = [
        key for key, line in keys("zh_CN").items() if names(line) != names(keys("en").get(key, ""))
    ]
    assert differ == []


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_no_two_files_say_the_same_key(language):
    seen: dict[str, str] = {}
    twice = []
    for file in sorted((ROOT / "resources/i18n" / language).glob("*.toml")):
        for key in _dotted("", tomllib.loads(file.read_text("utf-8"))):
            if key in seen:
                twice.append(f"{key}: {seen[key]} and {file.name}")
            seen[key] = file.name
    assert twice == []


def _dotted(prefix: str, branch: dict[str, object]) -> Iterator[str]:
    for key, value in branch.items():
        if isinstance(value, dict):
            yield from _dotted(f"{prefix}{key}.", value)
        else:
            yield f"{prefix}{key}"


def test_every_key_that_is_used_exists():
    missing = {f"{place}: {key}" for key, place in used_for_certain() if key not in keys("zh_CN")}
    assert missing == set()


def test_no_key_is_unused():
    unused = [
        key
        for key in keys("zh_CN")
        if key not in mentioned()
        and not key.startswith(tuple(DERIVED))
        and not any(pattern.fullmatch(key) for pattern in put_together())
    ]
    assert unused == []

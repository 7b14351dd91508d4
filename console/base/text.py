"""Texts for people, by key, in the language of this process; looked up when shown."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from console.base import resources

LANGUAGES = ("zh_CN", "en")


@cache
def table(language: str) -> dict[str, str]:
    """Give every text of a language, by dotted key."""
    found: dict[str, str] = {}
    for path in sorted(resources.path(f"i18n/{language}").glob("*.toml")):
        _gather(found, "", _read(path))
    return found


class Texts:
    """Looks up texts; the language may change while the program runs."""

    def __init__(self, language: str = LANGUAGES[0]) -> None:
        self.language = language

    def text(self, key: str, **args: object) -> str:
        """Give the text of a key; an unknown key shows itself in brackets."""
        found = table(self.language).get(key)
        if found is None:
            return f"⟦{key}⟧"
        try:
            return found.format(**args) if args else found
        except (KeyError, IndexError):
            return found

    def has(self, key: str) -> bool:
        return key in table(self.language)


TEXTS = Texts()


def text(key: str, **args: object) -> str:
    """Give the text of a key in the language of this process."""
    return TEXTS.text(key, **args)


def speak(language: str) -> None:
    """Change the language of this process: one of LANGUAGES."""
    if language not in LANGUAGES:
        raise ValueError(language)
    TEXTS.language = language


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _gather(found: dict[str, str], prefix: str, branch: dict[str, Any]) -> None:
    for key, value in branch.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            _gather(found, f"{name}.", value)  # pyright: ignore[reportUnknownArgumentType]
        else:
            found[name] = str(value)

"""The one place that knows where data files lie: in a checkout, and in a frozen program."""

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from console.base.errors import BadData

# A frozen program says in `_MEIPASS` where it was unpacked; resources/ lies there as in a checkout.
ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))

_PLACE = re.compile(r"\s*\(at ([^)]*)\)$")


def path(name: str) -> Path:
    """Give the place of a data file or folder: `fonts/OFL.txt`, `i18n/en`. It may be missing."""
    return ROOT / "resources" / name


def table(name: str) -> dict[str, Any]:
    """Read a TOML file by its name under resources: `machines/task.toml`."""
    try:
        words = path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(name, "", str(error)) from error
    try:
        return tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        raise BadData(name, place[1] if place else "", _PLACE.sub("", str(error))) from error


def names(folder: str, suffix: str = ".toml") -> list[str]:
    """Name the files of a folder, in order, as `table` and `path` take them."""
    place = path(folder)
    if not place.is_dir():
        raise BadData(folder, "", "no such folder")
    return sorted(f"{folder}/{file.name}" for file in place.iterdir() if file.suffix == suffix)

"""python -m console pages: check the page files of the large display, one by one, and list them."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from console.base import resources
from console.base.errors import BadData
from console.base.settings import Settings
from console.base.text import text
from console.domain.city import City, read_city
from console.domain.indicator import Indicator
from console.domain.page import Page, page_files, read_page_file, read_pages
from console.scenes.read import read_scenes
from console.scenes.scene import indicators_of

DONE, WRONG, BAD_LINE = 0, 1, 2


def main(words: Sequence[str], settings: Settings) -> int:
    """Run `check [DIR]` or `list`; give the exit status."""
    match list(words):
        case ["check", *rest] if len(rest) < 2:
            return _check(settings, Path(rest[0]) if rest else None)
        case ["list"]:
            city = _city(settings)
            for page in read_pages(indicators=_indicators(city), city=city).values():
                _say(f"{page.key:14} {page.name} / {page.name_en} ({len(page.tile)})")
            return DONE
        case _:
            sys.stderr.write(text("pages.usage") + "\n")
            return BAD_LINE


def _check(settings: Settings, folder: Path | None) -> int:
    faults = list(_faults(folder, _city(settings)))
    for fault in faults:
        _say(": ".join(said for said in (fault.file, fault.where, fault.why) if said))
    _say(text("pages.wrong", count=len(faults)) if faults else text("pages.right"))
    return WRONG if faults else DONE


def _faults(folder: Path | None, city: City) -> Iterator[BadData]:
    """Give what is wrong in each file, and then with all of them together."""
    found: list[Page] = []
    indicators = _indicators(city)
    files = page_files(city) if folder is None else sorted(folder.glob("*.toml"))
    for file in files:
        try:
            found.append(read_page_file(file, indicators))
        except BadData as bad:
            yield bad
    if len(found) == len(files):
        try:
            read_pages(folder, indicators, city)
        except BadData as bad:
            yield bad


def _indicators(city: City) -> Mapping[str, Indicator]:
    return indicators_of(read_scenes(city))


def _city(settings: Settings) -> City:
    file = f"cities/{settings.city}.toml"
    return read_city(resources.table(file), file)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")

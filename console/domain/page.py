"""Pages of a large display as data: tiles, what each shows and how; from resources/pages/*.toml.

An administrator puts a page together without code; a file that is wrong says in which line and key.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from console.base import resources
from console.base.errors import BadData, Refused
from console.base.shape import placed, shaped
from console.domain.city import City
from console.domain.indicator import Indicator
from console.domain.limit import parse_limit
from console.domain.query import parse_query, real
from console.domain.rows import SHAPES

FOLDER = "pages"
COLUMNS = 12
"""Into so many columns a display of 16:9 is divided; a wider one into more."""
ANY = "*"
"""A page that names this for a scene takes the alarms that no other page takes."""
TODAY, SCORE, DOMAINS, BEYOND = "today", "score", "domains", "beyond"
Draw = Literal[
    "number",
    "lines",
    "bars",
    "distribution",
    "heat",
    "ranked",
    "multiples",
    "vitals",
    "list",
    "beyond",
    "plans",
]
NEEDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "number": (("indicator",), ("vital",), ("kind",)),
    "lines": (("indicator",),),
    "bars": (("kind", "time", "step"),),
    "distribution": (("kind", "measure"),),
    "heat": (("kind", "time", "window"),),
    "ranked": (("kind", "by"),),
    "multiples": (("indicators",),),
    "vitals": (("vital",),),
    "list": (("kind", "show"),),
    "beyond": (("vital",),),
    "plans": (("kind",),),
}
"""What each way of drawing needs to be told: one of these sets of keys."""
ONLY: Mapping[str, tuple[str, str]] = {"beyond": ("vital", BEYOND), "plans": ("kind", "plan")}
"""What some ways of drawing draw alone."""


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a tile's figure comes from: an indicator, the vital signs, or a query over records.

    Of a query: ``where`` as in a query line. ``time``: the field that ``window`` (`24h`, `7d`,
    `today`) and ``step`` are of. ``by``: a field to group by. ``met``: a line; the figure is the
    share of rows that meet it, in per cent. ``measure``: a field whose P50 and P90 are shown,
    divided by ``per``. ``show``: the columns of a list (columns.toml).
    """

    indicator: str = ""
    indicators: tuple[str, ...] = ()
    vital: str = ""
    kind: str = ""
    where: str = ""
    time: str = ""
    window: str = ""
    step: str = ""
    by: str = ""
    met: str = ""
    measure: str = ""
    per: float = 1.0
    show: tuple[str, ...] = ()
    order: str = ""


class Tile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One figure on a page. ``span`` of 12 columns; ``height``: its share of the page's height.

    ``rank``: 1 is shown before 2 where there is not room for all. ``better``: up or down, which
    side of ``target`` is good. ``unit`` of an indicator is the indicator's own; ``unit_en``: None
    where the unit is the same in English, "" where English has none.
    """

    key: str
    name: str
    name_en: str
    draw: Draw
    of: Source
    span: int = 3
    height: int = 2
    rank: int = 2
    unit: str = ""
    unit_en: str | None = None
    decimals: int = 0
    target: float | None = None
    better: Literal["", "up", "down"] = ""


class Page(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One page. ``scenes``: whose alarms bring it forward; ``dwell_s``: how long it stands."""

    key: str
    name: str
    name_en: str
    tile: tuple[Tile, ...]
    order: int = 100
    dwell_s: int = 30
    scenes: tuple[str, ...] = ()


class _Wrong(Exception):
    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why)
        self.where = where
        self.why = why


def read_page(
    table: Mapping[str, Any], file: str, words: str = "",
    indicators: Mapping[str, Indicator] | None = None,
) -> Page:  # fmt: skip
    """Read a page; BadData names line and key. ``indicators``: those that there are, if known."""
    page = shaped(table, Page, file, words)
    try:
        _check(page, indicators)
    except _Wrong as wrong:
        raise BadData(file, placed(wrong.where, words), wrong.why) from None
    return replace(page, tile=tuple(_real(tile) for tile in page.tile))


def page_files(city: City) -> list[Path]:
    """Give the files of a city's pages."""
    return [resources.path(file) for file in city.files(FOLDER).values()]


def read_pages(
    folder: Path | None = None, indicators: Mapping[str, Indicator] | None = None,
    city: City | None = None,
) -> dict[str, Page]:  # fmt: skip
    """Read every page of a folder or a city, in order; BadData names the file that is wrong."""
    place = folder or resources.path(FOLDER)
    files = sorted(place.glob("*.toml")) if place.is_dir() else []
    pages: dict[str, Page] = {}
    for file in page_files(city) if city and not folder else files:
        page = read_page_file(file, indicators)
        if page.key in pages:
            raise BadData(file.name, "key", f"two pages are called {page.key!r}")
        pages[page.key] = page
    if not pages:
        raise BadData(str(place), "", "no page in this folder")
    return dict(sorted(pages.items(), key=lambda each: (each[1].order, each[0])))


def read_page_file(file: Path, indicators: Mapping[str, Indicator] | None) -> Page:
    """Read the page of one file; BadData names it, with line and key."""
    try:
        words = file.read_text("utf-8")
        table = tomllib.loads(words)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadData(file.name, "", str(error)) from error
    return read_page(table, file.name, words, indicators)


def _real(tile: Tile) -> Tile:
    of = tile.of
    return replace(tile, of=replace(of, where=real(of.kind, of.where)))


def _check(page: Page, indicators: Mapping[str, Indicator] | None) -> None:
    if page.dwell_s < 5:
        raise _Wrong("dwell_s", "at least 5 seconds: nobody reads a page in less")
    _check_scenes(page, indicators or {})
    seen: set[str] = set()
    if not page.tile:
        raise _Wrong("tile", "a page without a tile")
    for n, tile in enumerate(page.tile):
        where = f"tile[{n}]"
        if tile.key in seen:
            raise _Wrong(f"{where}.key", f"given twice: {tile.key!r}")
        seen.add(tile.key)
        if not 1 <= tile.span <= COLUMNS:
            raise _Wrong(f"{where}.span", f"1 to {COLUMNS} columns")
        if not 1 <= tile.height <= 12:
            raise _Wrong(f"{where}.height", "1 to 12")
        _check_source(tile, f"{where}.of", indicators)


def _check_scenes(page: Page, indicators: Mapping[str, Indicator]) -> None:
    scenes = {each.scene for each in indicators.values()}
    for scene in page.scenes:
        if scenes and scene not in (*scenes, ANY):
            raise _Wrong("scenes", f"no such scene: {scene!r}")


def _check_source(tile: Tile, where: str, indicators: Mapping[str, Indicator] | None) -> None:
    of = tile.of
    if not any(all(getattr(of, name) for name in names) for names in NEEDS[tile.draw]):
        wanted = " or ".join(" and ".join(names) for names in NEEDS[tile.draw])
        raise _Wrong(where, f"to draw {tile.draw!r} it needs {wanted}")
    _check_only(tile, where)
    named = [n for n in ("indicator", "indicators", "vital", "kind") if getattr(of, n)]
    if len(named) != 1:
        raise _Wrong(where, f"one source is wanted, not {' and '.join(named)}")
    for each in (of.indicator, *of.indicators):
        if each and indicators is not None and each not in indicators:
            raise _Wrong(f"{where}.{named[0]}", f"no such indicator: {each!r}")
    if of.kind:
        _check_query(of, where)
    elif tile.better and tile.target is None:
        raise _Wrong(f"{where}", "better without a target")


def _check_query(of: Source, where: str) -> None:
    if of.kind not in SHAPES:
        raise _Wrong(f"{where}.kind", f"no such kind: {of.kind!r}")
    for name in ("where", "met"):
        try:
            parse_query(of.kind, getattr(of, name))
        except Refused as refused:
            raise _Wrong(f"{where}.{name}", str(refused)) from None
    _check_states(of, where)
    _check_fields(of, where)
    columns = resources.table("columns.toml")["columns"].get(of.kind, {})
    for key in of.show:
        if key not in columns:
            raise _Wrong(f"{where}.show", f"no such column of {of.kind}: {key!r}")
    if of.window and not of.time:
        raise _Wrong(f"{where}.window", "a window needs the field of its time")
    for name in ("window", "step"):
        _check_span(getattr(of, name), f"{where}.{name}", today=name == "window")


def _check_only(tile: Tile, where: str) -> None:
    """Check what some ways of drawing draw alone, and that a score is one that there is."""
    name, only = ONLY.get(tile.draw, ("", ""))
    if name and getattr(tile.of, name) != only:
        raise _Wrong(f"{where}.{name}", f"to draw {tile.draw!r} it is {only!r}")
    if tile.of.vital and tile.of.vital not in _vital_names():
        raise _Wrong(f"{where}.vital", f"no such score or domain: {tile.of.vital!r}")


def _vital_names() -> set[str]:
    """Give the names of the scores: the whole, the domains together and each alone."""
    domains = resources.table("vitals.toml")["domain"]
    return {SCORE, DOMAINS, BEYOND, *(domain["id"] for domain in domains)}


def _check_states(of: Source, where: str) -> None:
    """Check states: one that there is not gives no row, and a nought that looks well."""
    known = {state["name"] for state in resources.table(f"machines/{of.kind}.toml")["state"]}
    for name in ("where", "met"):
        for term in parse_query(of.kind, getattr(of, name)).terms:
            wrong = [v for v in term.values if term.field == "state" and v not in known]
            if wrong:
                raise _Wrong(f"{where}.{name}", f"{of.kind} has no state {wrong[0]!r}")


def _check_fields(of: Source, where: str) -> None:
    types = SHAPES[of.kind].types
    for name, field in _fields(of):
        if field not in types:
            raise _Wrong(f"{where}.{name}", f"{of.kind} has no field {field!r}")
        if name in ("time", "measure") and types[field] == "TEXT":
            raise _Wrong(f"{where}.{name}", f"{field!r} is no number")


def _fields(of: Source) -> Iterable[tuple[str, str]]:
    yield from ((n, v) for n in ("time", "by", "measure") if (v := getattr(of, n)))
    if of.order:
        yield "order", of.order.removeprefix("-")


def _check_span(said: str, where: str, *, today: bool) -> None:
    if not said or (today and said == TODAY):
        return
    try:
        limit = parse_limit(said)
    except Refused:
        raise _Wrong(where, f"no length of time: {said!r}, such as 24h or 7d") from None
    if limit.working:
        raise _Wrong(where, f"of all time, not of working time: {said!r}")

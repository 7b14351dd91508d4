"""How the figures of a display are written: value, unit, time, target, sample, and what changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from console.base.text import TEXTS, text
from console.domain.figure import (
    ALARM,
    BROKEN,
    LIVE,
    LOST,
    STALE,
    UNKNOWN,
    WARN,
    Behind,
    Figure,
    Point,
    misses,
)
from console.domain.page import BEYOND, DOMAINS, SCORE, Page, Tile
from ui.models.columns import Cell

NOTHING = "—"
GLYPHS = {
    "alarm": "diamond", "warn": "triangle", "missed": "chevron", "lost": "cross",
    "partial": "triangle", "stale": "ring", "broken": "cross",
}  # fmt: skip
ROLES = {
    "alarm": "danger", "warn": "warning", "missed": "warning", "lost": "lost",
    "partial": "warning", "stale": "fresh.stale", "broken": "danger",
}  # fmt: skip
"""How a tile says that something is wrong: always a shape and a word beside the colour."""
WHOLES, WHOLE = (SCORE, DOMAINS), 80
"""A score of the city that rests on less than so much of the data (%) says so before all else."""
Named = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a figure stands: a word with its shape and colour; all empty when nothing is wrong."""

    word: str = ""
    glyph: str = ""
    role: str = ""


class Line(NamedTuple):
    """One row of a list, written: its id, its cells, and what stands behind it (None: itself)."""

    id: str
    cells: tuple[Cell, ...]
    behind: Behind | None = None


def titled(of: Tile | Page) -> str:
    """Give the name of a tile or page in the language of this process."""
    return of.name_en if TEXTS.language == "en" and of.name_en else of.name


class Writing:
    """Writes figures. ``named`` says what codes are called."""

    def __init__(self, zone: str, named: Named, now: Callable[[], int]) -> None:
        self._zone = ZoneInfo(zone)
        self.named = named
        self.now = now

    def value(self, tile: Tile, value: float | None, decimals: int | None = None) -> str:
        """Give a number; what nobody knows is a dash, never 0. ``decimals``: None as it fits."""
        if value is None:
            return NOTHING
        if decimals is None or not value:
            decimals = self._decimals(tile, value)
        return self.number(value, decimals)

    def number(self, value: float, decimals: int = 0) -> str:
        said = f"{value:,.{decimals}f}"
        return said.replace("-", "\u2212")

    def edge(self, value: float) -> str:
        """Give a number as it stands at the edge of a chart: no more digits than it needs."""
        return f"{value:,.6g}".replace("-", "\u2212")

    def unit(self, tile: Tile, figure: Figure) -> str:
        if tile.unit:
            english = TEXTS.language == "en" and tile.unit_en is not None
            return str(tile.unit_en) if english else tile.unit
        return self.named("unit", tile.of.indicator) or figure.unit

    def standing(self, tile: Tile, figure: Figure) -> Standing:
        """Say what is wrong with a figure, the worst first."""
        if figure.fresh in (LOST, BROKEN):
            found = figure.fresh
        elif figure.fresh == LIVE and figure.state in (ALARM, WARN):
            found = figure.state
        elif tile.of.vital in WHOLES and figure.value is not None and figure.n < WHOLE:
            found = "partial"
        elif figure.fresh == LIVE and misses(figure.value, tile.target, tile.better):
            found = "missed"
        else:
            return Standing()
        return _stands(found)

    def standing_of(self, point: Point) -> Standing:
        """Say what is wrong with one of several, and of what is not fresh as of when it is."""
        if point.fresh == UNKNOWN:
            return Standing(text("page.why.no_reading"), "ring", "text.caption")
        if point.fresh in (LOST, STALE):
            word = text(f"page.{point.fresh}_at", at=self.moment(point.at))
            return Standing(word, GLYPHS[point.fresh], ROLES[point.fresh])
        return _stands(point.state) if point.state in ROLES else Standing()

    def role(self, figure: Figure) -> str:
        """Give the colour of a value: dim when stale, that of a lost source when lost."""
        if figure.value is None or figure.fresh in (UNKNOWN, BROKEN):
            return "text.caption"
        return {STALE: "fresh.stale", LOST: "fresh.lost"}.get(figure.fresh, "text")

    def notes(self, tile: Tile, figure: Figure) -> list[str]:
        """Give what stands under a figure: as of when, its target, its sample, what it was."""
        said = [self.as_of(figure)]
        if tile.target is not None and tile.better:
            sign = "≥" if tile.better == "up" else "≤"
            target = _of(f"{sign}{self.edge(tile.target)}", self.unit(tile, figure))
            said.append(text("page.target", target=target))
        elif figure.target is not None and figure.better:
            sign = "≥" if figure.better == "up" else "≤"
            target = _of(f"{sign}{self.edge(figure.target)}", self.unit(tile, figure))
            said.append(text("page.normal", target=target))
        if tile.draw == "ranked" and (unit := self.unit(tile, figure)):
            said.append(text("page.unit", unit=unit))
        if tile.draw == "heat" and figure.high:
            most = f"{self.number(figure.high)} {self.unit(tile, figure)}".strip()
            said.append(text("page.most", most=most))
        said.append(self.sample(tile, figure))
        return [each for each in said if each]

    def as_of(self, figure: Figure) -> str:
        if not figure.at:
            return text(figure.why) if figure.why else text("page.why.nothing")
        said = text("page.as_of", at=self.second(figure.at))
        late = {STALE: "page.stale", LOST: "page.lost"}.get(figure.fresh)
        return f"{said} {text(late)}" if late else said

    def sample(self, tile: Tile, figure: Figure) -> str:
        if tile.of.vital and tile.of.vital != BEYOND:
            return text("page.completeness", part=f"{figure.n}%")
        if tile.of.vital:
            return text("page.indicators", n=f"{figure.n:,}")
        if tile.of.indicator or tile.of.indicators:
            return text("page.sources", n=f"{figure.n:,}")
        return text("page.sample", n=f"{figure.n:,}")

    def change(self, tile: Tile, figure: Figure) -> str:
        """Say how it was in the time before: nothing when that is not known."""
        if figure.value is None or figure.before is None:
            return ""
        moved = figure.value - figure.before
        decimals = self._decimals(tile, moved)
        none = abs(moved) < 10**-decimals / 2
        sign = "" if none else "+" if moved > 0 else "\u2212"
        return text("page.before", sign=sign, by=self.number(abs(moved), decimals))

    def none(self, figure: Figure) -> str:
        """Say why there is no number, of a figure that was worked out."""
        if figure.value is not None or not figure.at:
            return ""
        return text(figure.why or "page.why.no_rows")

    def since(self, figure: Figure) -> str:
        if not figure.since or figure.state not in (ALARM, WARN):
            return ""
        return text("page.since", at=self.moment(figure.since))

    def percentiles(self, tile: Tile, figure: Figure) -> str:
        if figure.low is None or figure.high is None or tile.of.vital:
            return ""
        low, high = (self.value(tile, each) for each in (figure.low, figure.high))
        return text("page.percentiles", low=low, high=high, unit=self.unit(tile, figure))

    def point(self, tile: Tile, point: Point) -> str:
        """Give the name of a point's group."""
        of = tile.of
        if of.by:
            kind = {"dept": "dept", "lead": "dept", "district": "district", "street": "street",
                    "type": "type", "scene": "scene"}.get(of.by)  # fmt: skip
            if kind:
                return self.named(kind, point.key) or point.key or NOTHING
            return text(f"{of.by}.{point.key}") if point.key else NOTHING
        kind = "domain" if of.vital and of.vital != BEYOND else "indicator"
        return self.named(kind, point.key) or point.key

    def text(self, key: str, **args: object) -> str:
        return text(key, **args)

    def part(self, percent: float) -> str:
        """Say how much of something is known."""
        return text("page.part", part=f"{percent:.0f}%")

    def clock(self, at: int) -> str:
        return text("page.clock", t=self.local(at))

    def day(self, at: int) -> str:
        return text("page.day", t=self.local(at))

    def second(self, at: int) -> str:
        """Give an instant of today to the second, of another day with its date."""
        when = self.local(at)
        today = when.date() == self.local(self.now()).date()
        return text("page.second" if today else "page.moment", t=when)

    def moment(self, at: int) -> str:
        when = self.local(at)
        today = when.date() == self.local(self.now()).date()
        return text("page.clock" if today else "page.moment", t=when)

    def weekday(self, day: int) -> str:
        return text(f"page.weekday.{day}")

    def local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1_000, self._zone)

    def _decimals(self, tile: Tile, value: float) -> int:
        if tile.decimals:
            return tile.decimals
        if tile.of.met or tile.of.vital:
            return 1
        if tile.of.kind and not tile.of.measure:
            return 0
        size = abs(value)
        return 0 if size >= 1_000 or value == int(value) else 1 if size >= 10 else 2


def _of(number: str, unit: str) -> str:
    """Put a unit behind a number: one of Latin letters stands apart, % and Chinese do not."""
    return f"{number} {unit}" if unit[:1].isascii() and unit[:1].isalpha() else f"{number}{unit}"


def _stands(found: str) -> Standing:
    return Standing(text(f"page.standing.{found}"), GLYPHS[found], ROLES[found])

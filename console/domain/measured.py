"""Figures of what is measured: one indicator, several, those beyond their bands, the vital signs.

Each says for itself how fresh it is: of several, one that is lost is shown lost beside the others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from console.domain.figure import (
    ALARM,
    LIVE,
    LOST,
    NORMAL,
    STALE,
    UNKNOWN,
    WARN,
    Behind,
    Figure,
    Point,
    course_of,
)
from console.domain.indicator import Indicator
from console.domain.page import BEYOND, DOMAINS, SCORE, Tile
from console.domain.stretch import COURSE

GRAVEST = {ALARM: 0, WARN: 1}
"""The order of what is beyond its bands; what is lost comes after it."""


class Now(Protocol):
    """An indicator now."""

    @property
    def value(self) -> float | None: ...
    @property
    def state(self) -> str: ...
    @property
    def freshness(self) -> str: ...
    @property
    def since(self) -> int: ...
    @property
    def at(self) -> int: ...
    @property
    def sources(self) -> int: ...


class DomainNow(Protocol):
    """A domain of the vital signs now; ``completeness`` 0 to 1."""

    @property
    def id(self) -> str: ...
    @property
    def score(self) -> float | None: ...
    @property
    def completeness(self) -> float: ...


class VitalsNow(Protocol):
    """The vital signs now."""

    @property
    def score(self) -> float | None: ...
    @property
    def completeness(self) -> float: ...
    @property
    def domains(self) -> Sequence[DomainNow]: ...


@dataclass(frozen=True, slots=True)
class Sensing:
    """What is known of indicators: what each is, how it stands, its course; the vital signs."""

    known: Mapping[str, Indicator]
    now: Mapping[str, Now]
    course: Callable[[str, int], Sequence[tuple[int, float]]]
    vitals: VitalsNow | None


def measured_figure(tile: Tile, sensing: Sensing, now: int) -> Figure:
    """Give the figure of a tile that is of readings, as of an instant (ms UTC)."""
    of = tile.of
    if of.vital == BEYOND:
        return _beyond(sensing, now)
    if of.vital:
        return _vitals(tile, sensing, now)
    if of.indicators:
        points = tuple(_point(each, sensing, now) for each in of.indicators)
        live = [p.at for p in points if p.fresh == LIVE]
        held = [p.at for p in points if p.at]
        return Figure(
            # As old as the oldest of those that are live; the others say it for themselves.
            at=min(live) if live else max(held, default=0), n=len(points),
            fresh=_together([p.fresh for p in points]), points=points,
            behind=Behind(indicator=",".join(of.indicators)),
        )  # fmt: skip
    return _indicator(tile, sensing, now)


def _indicator(tile: Tile, sensing: Sensing, at: int) -> Figure:
    of = tile.of.indicator
    indicator, now = sensing.known.get(of), sensing.now.get(of)
    if indicator is None or now is None or now.value is None:
        return Figure(unit=tile.unit, why="page.why.no_reading", behind=Behind(indicator=of))
    course = sensing.course(of, at - COURSE) if tile.draw == "lines" else ()
    target, better = tile.target, tile.better
    if target is None:
        # What its file calls normal is what is aimed for.
        better = {"up": "down", "down": "up"}.get(indicator.direction, "")
        target = indicator.normal[0 if better == "up" else 1] if better else None
    return Figure(
        at=now.at, value=now.value, n=now.sources, state=now.state, fresh=now.freshness,
        since=now.since, unit=indicator.unit, decimals=indicator.decimals, target=target,
        better=better, series=course_of(course), normal=indicator.normal,
        warn=_ends(indicator.warn), alarm=_ends(indicator.alarm), behind=Behind(indicator=of),
    )  # fmt: skip


def _point(of: str, sensing: Sensing, at: int) -> Point:
    known, now = sensing.known.get(of), sensing.now.get(of)
    if known is None or now is None or now.value is None:
        return Point(key=of, value=None, fresh=UNKNOWN, behind=Behind(indicator=of))
    return Point(
        key=of, value=now.value, n=now.sources, since=now.since, fresh=now.freshness, at=now.at,
        state=now.state if now.freshness == LIVE else NORMAL, decimals=known.decimals,
        normal=known.normal, series=course_of(sensing.course(of, at - COURSE)),
        behind=Behind(indicator=of),
    )  # fmt: skip


def beyond_of(sensing: Sensing) -> list[Point]:
    """List what is beyond its bands and since when, the gravest first; then what is lost."""
    return sorted(_out(sensing), key=lambda p: (GRAVEST.get(p.state, 2), p.since, p.key))


def _beyond(sensing: Sensing, at: int) -> Figure:
    points = beyond_of(sensing)
    if not any(now.value is not None for now in sensing.now.values()):
        return Figure(why="page.why.no_reading", behind=Behind(indicator=BEYOND))
    return Figure(
        at=at, value=float(len(points)), n=len(sensing.now), fresh=LIVE, points=tuple(points),
        behind=Behind(indicator=BEYOND),
    )  # fmt: skip


def _out(sensing: Sensing) -> Iterator[Point]:
    for of, now in sensing.now.items():
        known = sensing.known.get(of)
        out = now.freshness == LIVE and now.state in GRAVEST
        if known is None or now.value is None or not (out or now.freshness == LOST):
            continue
        yield Point(
            key=of, value=now.value, n=now.sources, state=now.state if out else NORMAL,
            since=now.since if out else now.at, fresh=now.freshness, at=now.at,
            decimals=known.decimals, behind=Behind(indicator=of),
        )  # fmt: skip


def _vitals(tile: Tile, sensing: Sensing, now: int) -> Figure:
    found = sensing.vitals
    if found is None:
        return Figure(why="page.why.no_reading", behind=Behind(indicator=SCORE))
    points = tuple(
        Point(key=d.id, value=d.score, low=100 * d.completeness, n=round(100 * d.completeness),
              behind=Behind(indicator=d.id))
        for d in found.domains
    )  # fmt: skip
    wanted = next((p for p in points if p.key == tile.of.vital), None)
    value = wanted.value if wanted else found.score
    complete = wanted.low if wanted and wanted.low is not None else 100 * found.completeness
    return Figure(
        at=now, value=value, n=round(complete), low=complete,
        fresh=LIVE if value is not None else LOST, target=tile.target, better=tile.better,
        points=points if tile.of.vital in (SCORE, DOMAINS) else (),
        behind=Behind(indicator=tile.of.vital),
    )  # fmt: skip


def _together(all_: Sequence[str]) -> str:
    """Say how fresh several are: as the freshest, for each says its own."""
    return next((f for f in (LIVE, STALE, LOST) if f in all_), UNKNOWN)


def _ends(limit: "float | tuple[float, float]") -> tuple[float, ...]:
    return limit if isinstance(limit, tuple) else (limit,)

"""Works a tile's figure out: from an indicator, the vital signs, or a query over records. Pure.

A query's time is a stretch with both ends written down, so that the rows behind a number are found
again by the same line. What the centre has not said is not guessed: it is unknown, and says so.
"""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from console.domain.counting import Counting, Group
from console.domain.figure import (
    LIVE,
    LOST,
    STALE,
    UNKNOWN,
    Behind,
    Figure,
    Point,
    percentile,
    share,
)
from console.domain.limit import HOUR, parse_limit
from console.domain.measured import Sensing, measured_figure
from console.domain.page import Source, Tile
from console.domain.query import Query, Viewpoint, parse_query
from console.domain.stretch import (
    DAY,
    MINUTE,
    SECOND,
    WEEK,
    Stretch,
    among,
    hours_of_week,
    steps,
    window,
)

STALE_AFTER, LOST_AFTER = 60 * SECOND, 30 * MINUTE
"""How old what the centre has said may be before figures of records are stale, and lost."""
BINS = 20
TOP = 50


@dataclass(frozen=True, slots=True)
class Ground:
    """What figures are worked out on. ``as_of``: the records are as the centre had them then."""

    counting: Counting
    sensing: Sensing
    view: Viewpoint
    zone: ZoneInfo
    as_of: int
    up: bool = True

    @property
    def fresh(self) -> str:
        """Say how fresh figures of records are."""
        if not self.as_of:
            return UNKNOWN
        age = self.view.now - self.as_of
        if self.up or age <= STALE_AFTER:
            return LIVE
        return STALE if age <= LOST_AFTER else LOST

    @property
    def at(self) -> int:
        return self.view.now if self.up and self.as_of else self.as_of


def work_out(tile: Tile, ground: Ground) -> Figure:
    """Give the figure of a tile as of now."""
    if tile.of.kind:
        return _records(tile, ground)
    return measured_figure(tile, ground.sensing, ground.view.now)


# ---- records


def _records(tile: Tile, ground: Ground) -> Figure:
    if not ground.as_of:
        return Figure(why="page.why.no_centre", behind=Behind(tile.of.kind, tile.of.where))
    made = {
        "bars": _bars, "distribution": _distribution, "heat": _heat, "ranked": _ranked,
    }.get(tile.draw, _whole)  # fmt: skip
    return made(tile, ground)


def _whole(tile: Tile, ground: Ground) -> Figure:
    line = _line(tile.of, window(tile.of, ground.view.now, ground.zone), ground.zone)
    before = window(tile.of, ground.view.now, ground.zone, back=1)
    value, n, low, high = _value(tile.of, line, ground)
    was = _value(tile.of, _line(tile.of, before, ground.zone), ground)[0] if before else None
    return _figure(tile, ground, line, value=value, n=n, low=low, high=high, before=was)


def _bars(tile: Tile, ground: Ground) -> Figure:
    of, step = tile.of, parse_limit(tile.of.step).length(0)
    stretches = steps(of, step, ground.view.now, ground.zone)
    start, end = stretches[0].start, stretches[-1].end
    back = WEEK if step < DAY else len(stretches) * step
    by = Group(of.time, start, step)
    line = _line(of, Stretch(start, end), ground.zone)
    values = _grouped(of, line, ground, by)
    earlier = _line(of, Stretch(start - back, end - back), ground.zone)
    were = _grouped(of, earlier, ground, Group(of.time, start - back, step))
    known = bool(were)
    points = tuple(
        _point(str(s.start), n, values, were if known else {}, 0 if known and not of.met else None,
               Behind(of.kind, _line(of, s, ground.zone)))
        for n, s in enumerate(stretches)
    )  # fmt: skip
    total = sum(p.n for p in points)
    value = float(total) if not of.met else _value(of, line, ground)[0]
    return _figure(tile, ground, line, value=value, n=total, points=points)


def _ranked(tile: Tile, ground: Ground) -> Figure:
    of = tile.of
    now, before = (
        window(of, ground.view.now, ground.zone),
        window(of, ground.view.now, ground.zone, back=1),
    )
    line, by = _line(of, now, ground.zone), Group(of.by)
    values = _grouped(of, line, ground, by)
    were = _grouped(of, _line(of, before, ground.zone), ground, by) if before else {}
    keys = [key for key in {**values, **were} if key != ""]
    keys.sort(key=lambda key: (-(values.get(key, (0.0, 0))[1]), str(key)))
    points = tuple(
        _point(str(key), key, values, were, 0 if before and not of.met and not of.measure else None,
               Behind(of.kind, f"{line} {of.by}:{key}".strip()))
        for key in keys[:TOP]
    )  # fmt: skip
    total = sum(n for _, n in values.values())
    whole = _value(of, line, ground)[0] if of.met or of.measure else float(total)
    return _figure(tile, ground, line, value=whole, n=total, points=points)


def _distribution(tile: Tile, ground: Ground) -> Figure:
    of = tile.of
    line = _line(of, window(of, ground.view.now, ground.zone), ground.zone)
    found = ground.counting.measured(_query(of, line), ground.view, of.measure).get("", [])
    rising = [value / of.per for value in found]
    p50, p90 = percentile(rising, 0.5), percentile(rising, 0.9)
    top = max(p90 or 0.0, tile.target or 0.0) * 1.5 or 1.0
    step = _even(top / BINS)
    counts = [0] * BINS
    for value in rising:
        counts[min(BINS - 1, int(value / step))] += 1
    points = tuple(
        Point(key=repr(n * step), value=float(c), n=c,
              behind=Behind(of.kind, _between(line, of, n, step)))
        for n, c in enumerate(counts)
    )  # fmt: skip
    return _figure(
        tile, ground, line, value=p90, n=len(rising), low=p50, high=p90, points=points
    )  # fmt: skip


def _heat(tile: Tile, ground: Ground) -> Figure:
    of = tile.of
    within = window(of, ground.view.now, ground.zone)
    assert within is not None  # noqa: S101 - the page was checked
    line = _line(of, within, ground.zone)
    hours = ground.counting.tally(_query(of, line), ground.view, Group(of.time, 0, HOUR))
    cells = hours_of_week(within, ground.view.now, ground.zone)
    points = tuple(
        _cell(str(key), sum(hours.get(s.start // HOUR, 0) for s in held),
              Behind(of.kind, f"{of.where} {among(of.time, held, ground.zone)}".strip()))
        for key, held in enumerate(cells)
    )  # fmt: skip
    total = sum(p.n for p in points)
    most = float(max(p.n for p in points))
    return _figure(tile, ground, line, value=float(total), n=total, high=most, points=points)


def _cell(key: str, n: int, behind: Behind) -> Point:
    return Point(key=key, value=float(n), n=n, behind=behind)


def _figure(tile: Tile, ground: Ground, line: str, **facts: Any) -> Figure:
    return Figure(
        at=ground.at, fresh=ground.fresh, unit=tile.unit, target=tile.target, better=tile.better,
        behind=Behind(tile.of.kind, line), **facts,
    )  # fmt: skip


Valued = dict[Any, tuple[float | None, int]]


def _value(
    of: Source, line: str, ground: Ground
) -> tuple[float | None, int, float | None, float | None]:
    """Give value, sample, P50 and P90 of a line."""
    query = _query(of, line)
    if of.measure:
        found = ground.counting.measured(query, ground.view, of.measure).get("", [])
        rising = [value / of.per for value in found]
        p50, p90 = percentile(rising, 0.5), percentile(rising, 0.9)
        return p90, len(rising), p50, p90
    n = ground.counting.tally(query, ground.view)[""]
    if of.met:
        met = ground.counting.tally(query.also(of.met), ground.view)[""]
        return share(met, n), n, None, None
    return float(n), n, None, None


def _grouped(of: Source, line: str, ground: Ground, by: Group) -> Valued:
    query = _query(of, line)
    if of.measure:
        measured = ground.counting.measured(query, ground.view, of.measure, by)
        return {
            key: (p / of.per if (p := percentile(v, 0.9)) is not None else None, len(v))
            for key, v in measured.items()
        }
    counts = ground.counting.tally(query, ground.view, by)
    if not of.met:
        return {key: (float(n), n) for key, n in counts.items()}
    met = ground.counting.tally(query.also(of.met), ground.view, by)
    return {key: (share(met.get(key, 0), n), n) for key, n in counts.items()}


def _point(
    name: str, key: Any, values: Valued, were: Valued, none: float | None, behind: Behind
) -> Point:
    """Give a point; where nothing was counted a count is 0, and a share is unknown."""
    value, n = values.get(key, (0.0 if none is not None or not were else None, 0))
    before = were.get(key, (none, 0))[0]
    return Point(key=name, value=value, n=n, before=before, behind=behind)


def _query(of: Source, line: str) -> Query:
    return parse_query(of.kind, line)


def _line(of: Source, stretch: Stretch | None, zone: ZoneInfo) -> str:
    within = stretch.line(of.time, zone) if stretch else ""
    # What was not measured has no part in the figure: it is not among its rows either.
    measured = f"{of.measure}>0" if of.measure else ""
    return " ".join(part for part in (of.where, within, measured) if part)


def _between(line: str, of: Source, n: int, step: float) -> str:
    """Narrow a line to one bin; the last holds all that is longer."""
    low = f"{line} {of.measure}>={round(n * step * of.per)}"
    return low if n == BINS - 1 else f"{low} {of.measure}<{round((n + 1) * step * of.per)}"


def _even(rough: float) -> float:
    power = 1.0
    while power > rough:
        power /= 10
    while power * 10 <= rough:
        power *= 10
    return next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.999)

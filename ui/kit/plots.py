"""What charts of figures look like: lines with bands, bars, distributions, heat of hour × weekday.

Each draws one Figure into a Chart; `Writer` says how numbers and instants are written there.
"""

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy

from console.domain.figure import ALARM, WARN, Figure, misses
from ui.kit import fonts
from ui.kit.chart import Chart, Range, Tick

BAR = 0.72
HEADROOM = 1.08
STEPS = (1, 2, 2.5, 5, 10)
EDGE = 0.06
STATES: Mapping[str, str] = {WARN: "warning", ALARM: "danger"}
"""The colour of what is beyond its bands; what is within them is grey."""
DAYS, HOURS = 7, 24
REACH = 50
"""Into so many steps the time of a course is divided, at the ends of which it is drawn."""


Reach = tuple[float, float]


class Writer(Protocol):
    """Writes what stands at the edges of a chart."""

    def edge(self, value: float) -> str: ...
    def clock(self, at: int) -> str: ...
    def weekday(self, day: int) -> str: ...


@dataclass(frozen=True, slots=True)
class Room:
    """How much room a chart has, in pixels: so many words fit along its edges."""

    width: int
    height: int


def lines(chart: Chart, figure: Figure, writer: Writer, room: Room) -> None:
    """Draw a course over time, with its normal band, its thresholds and its target."""
    ats, values = figure.series.ats, figure.series.values
    ends = _ends(values)
    target = [] if figure.target is None else [figure.target]
    near = [m for m in (*figure.warn, *figure.alarm, *target) if _near(m, ends)]
    low, high, steps = scale([*ends, *near], from_zero=False)
    left, right = _reach(ats)
    across = _instants(left, right, writer, room, chart.px)
    down = _numbers(steps, writer, room, chart.px)
    chart.begin(figure.fresh, Range((left, right), (low, high), across, down))
    if figure.normal:
        chart.band(*figure.normal)
    levels = [(v, "warning") for v in figure.warn] + [(v, "danger") for v in figure.alarm]
    for value, role in (*levels, *((v, "text.caption") for v in target)):
        if low <= value <= high:
            chart.level(value, role)
    chart.line(ats, values, STATES.get(figure.state, "text.second"))
    chart.end()


def course(chart: Chart, figure: Figure) -> None:
    """Draw a course alone, small, with what is normal: its words stand beside it."""
    ats, values = figure.series.ats, figure.series.values
    low, high, _ = scale(_ends(values), from_zero=False)
    left, right = _reach(ats)
    chart.begin(figure.fresh, Range((left, right), (low, high)))
    if figure.normal:
        chart.band(*figure.normal)
    chart.line(ats, values, STATES.get(figure.state, "text.second"))
    chart.end()


def bars(chart: Chart, figure: Figure, writer: Writer, room: Room) -> None:
    """Draw a number for each stretch of time, with the same of the time before as a line."""
    points = figure.points
    heights = [p.value or 0.0 for p in points]
    before = [math.nan if p.before is None else p.before for p in points]
    marks = [figure.target] if figure.target is not None else []
    _, high, steps = scale([*heights, *marks, *(b for b in before if b == b)], from_zero=True)
    labels = [writer.clock(int(p.key)) for p in points]
    chart.begin(
        figure.fresh,
        Range((-0.6, max(1, len(points)) - 0.4), (0, high), _some(labels, room, chart.px),
              _numbers(steps, writer, room, chart.px)),
    )  # fmt: skip
    roles = ["warning" if misses(p.value, figure.target, figure.better) else "edge" for p in points]
    chart.bars(range(len(points)), heights, roles, BAR)
    if any(b == b for b in before):
        chart.line(range(len(points)), before, "text", dashed=True)
    if figure.target is not None:
        chart.level(figure.target)
    chart.end()


def distribution(chart: Chart, figure: Figure, writer: Writer, room: Room) -> None:
    """Draw how many took how long, with P50, P90 and the target."""
    points = figure.points
    edges = [float(p.key) for p in points]
    step = bin_width(figure)
    heights = [p.value or 0.0 for p in points]
    _, high, steps = scale(heights, from_zero=True)
    right = edges[-1] + step if edges else 1.0
    ticks = [(value, writer.edge(value)) for value in _spread(right, room, chart.px)]
    chart.begin(
        figure.fresh,
        Range((0.0, right), (0, high), ticks, _counts(steps, room, chart.px)),
    )  # fmt: skip
    late = figure.target if figure.target is not None else math.inf
    roles = ["warning" if edge >= late else "edge" for edge in edges]
    chart.bars([e + step / 2 for e in edges], heights, roles, step * 0.86)
    for value in (figure.low, figure.high):
        if value is not None:
            chart.level(value, "text.second", upright=True)
    if figure.target is not None:
        chart.level(figure.target, "warning", upright=True)
    chart.end()


def heat(chart: Chart, figure: Figure, writer: Writer, room: Room) -> None:
    """Draw a week: the hours of the day across, Monday at the top. ``key``: day × 24 + hour."""
    cells = [[math.nan] * DAYS for _ in range(HOURS)]
    most = max((p.value for p in figure.points if p.value), default=1.0)
    for point in figure.points:
        day, hour = divmod(int(point.key), HOURS)
        if point.value is not None:
            cells[hour][DAYS - 1 - day] = point.value / most
    hours = [f"{hour:02}" for hour in range(HOURS)]
    across = [(x + 0.5, said) for x, said in _some(hours, room, chart.px)]
    fits = max(1, int(room.height / (fonts.measure(chart.px).height() * 1.1)))
    each = math.ceil(DAYS / min(DAYS, fits))
    down = [(DAYS - 0.5 - day, writer.weekday(day)) for day in range(0, DAYS, each)]
    chart.begin(figure.fresh, Range((0, HOURS), (0, DAYS), across, down))
    chart.cells(cells)
    chart.end()


def place(draw: str, figure: Figure, n: int, high: float) -> tuple[Reach, Reach]:
    """Give where the n-th point of a figure stands: across and, up to ``high``, upwards.

    A bar is touched anywhere in its column: one that is low is no worse to reach.
    """
    if draw == "heat":
        day, hour = divmod(int(figure.points[n].key), HOURS)
        return (hour, hour + 1), (DAYS - 1 - day, DAYS - day)
    if draw == "bars":
        return (n - 0.5, n + 0.5), (0.0, high)
    low, step = float(figure.points[n].key), bin_width(figure)
    return (low, low + step), (0.0, high)


def bin_width(figure: Figure) -> float:
    """Give how wide the bins of a distribution are."""
    edges = [float(p.key) for p in figure.points[:2]]
    return edges[1] - edges[0] if len(edges) > 1 else 1.0


DRAWN = {"lines": lines, "bars": bars, "distribution": distribution, "heat": heat}
"""How a chart is drawn, by the name that page files give it."""


def scale(values: Sequence[float], *, from_zero: bool) -> tuple[float, float, list[float]]:
    """Give a range that holds all values, with round steps in it (two or three)."""
    low = 0.0 if from_zero else min(values, default=0.0)
    high = max(values, default=1.0)
    if high <= low:
        high = low + max(1.0, abs(low) * 0.1)
    if not from_zero:
        low -= (high - low) * (HEADROOM - 1)
    high += (high - low) * (HEADROOM - 1)
    step = _round_step((high - low) / 3)
    # To half a step: a range that moves with every value is worked out with every value.
    low, high = math.floor(low * 2 / step) * step / 2, math.ceil(high * 2 / step) * step / 2
    inside = _steps(low, high, step, from_zero=from_zero)
    if len(inside) < 2:
        inside = _steps(low, high, step / 2, from_zero=from_zero)
    return low, high, inside


def _steps(low: float, high: float, step: float, *, from_zero: bool) -> list[float]:
    """Give the round steps of a range, but for what stands at its very edge and would be cut off.

    The ground line of bars is no edge.
    """
    first = math.ceil(low / step - 1e-9) * step
    count = int((high - first) / step + 1e-9) + 1
    edge = (high - low) * EDGE
    steps = [round(first + n * step, 10) for n in range(count)]
    return [s for s in steps if s <= high - edge and (s >= low + edge or (from_zero and not s))]


def _ends(values: "array[float]") -> list[float]:
    """Give the least and the greatest of many values, quickly; nothing of none."""
    if not values:
        return []
    many = numpy.frombuffer(values)
    return [float(many.min()), float(many.max())]


def _reach(ats: "array[float]") -> tuple[float, float]:
    """Give from when to when a course is drawn: in whole steps, for it grows at every beat."""
    if not ats:
        return 0.0, 1.0
    step = max(1.0, (ats[-1] - ats[0]) / REACH)
    even = 10 ** math.floor(math.log10(step))
    step = math.ceil(step / even) * even
    return math.floor(ats[0] / step) * step, (math.floor(ats[-1] / step) + 1) * step


def _round_step(rough: float) -> float:
    power = 10 ** math.floor(math.log10(rough))
    return next(s * power for s in STEPS if s * power >= rough * 0.999)


def _near(mark: float, ends: Sequence[float]) -> bool:
    """Tell whether a threshold is worth the room: not one that is far off."""
    if not ends:
        return True
    low, high = ends
    reach = max(high - low, abs(high) * 0.02, 1e-9)
    return low - 3 * reach <= mark <= high + 3 * reach


def _numbers(steps: Sequence[float], writer: Writer, room: Room, px: int) -> list[Tick]:
    return _thin([(value, writer.edge(value)) for value in steps], room, px)


def _counts(steps: Sequence[float], room: Room, px: int) -> list[Tick]:
    return _thin([(value, f"{value:,.0f}") for value in steps if value == int(value)], room, px)


def _thin(ticks: list[Tick], room: Room, px: int) -> list[Tick]:
    fits = max(1, int(room.height / (fonts.measure(px).height() * 1.6)))
    return ticks[:: max(1, math.ceil(len(ticks) / fits))]


def _some(labels: Sequence[str], room: Room, px: int) -> list[Tick]:
    """Give as many labels as stand side by side without touching."""
    if not labels:
        return []
    wide = max(fonts.measure(px).horizontalAdvance(each) for each in labels) * 1.5
    each = max(1, math.ceil(len(labels) * wide / max(1, room.width)))
    return [(n, labels[n]) for n in range(0, len(labels), each)]


def _spread(high: float, room: Room, px: int) -> list[float]:
    """Give round steps from 0, as many as stand side by side."""
    step = _round_step(high / max(2, min(6, int(room.width / (px * 5)))))
    return [n * step for n in range(int(high * 0.96 / step) + 1)]


def _instants(left: float, right: float, writer: Writer, room: Room, px: int) -> list[Tick]:
    """Give instants along a course, none so near the edge that it would be cut off."""
    wide = fonts.measure(px).horizontalAdvance(datetime(2026, 1, 1).strftime("%H:%M"))  # noqa: DTZ001
    count = max(1, min(4, int(room.width / (wide * 2))))
    shares = [(2 * n + 1) / (2 * count) for n in range(count)]
    ticks = [(at, writer.clock(int(at))) for at in (left + (right - left) * s for s in shares)]
    # Of a course of a minute all would say the same.
    return [tick for n, tick in enumerate(ticks) if not n or tick[1] != ticks[n - 1][1]]

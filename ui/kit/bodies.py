"""What a tile shows between its title and its notes: a number, or a chart with its number.

Each body lays itself out in a room, and gives how many charts it used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QRect

from console.domain.figure import LOST, UNKNOWN, Behind, Figure, Point
from console.domain.page import Tile
from ui.kit import fonts, plots
from ui.kit.chart import Chart
from ui.kit.ink import LINE, Ink, Type, fitting, wrapped
from ui.kit.plots import Room
from ui.models.writing import NOTHING, Line, Writing, titled

LARGEST = 4.2
"""A number is at most so many times as high as the least letter."""
LEAST_WIDE, LEAST_LINES = 7, 4
"""One of several courses takes at least so many ems across, and so many lines down."""
LOOSE = 1.9
"""Rows stand at most so many times their height apart."""
Draw = Callable[[Chart, Room], None]


class Spot(NamedTuple):
    """A place in a tile that leads to what stands behind it."""

    area: QRect
    behind: Behind
    name: str


@dataclass(slots=True)
class Body:
    """What a body is laid out from, and into. ``chart`` puts the n-th chart into a room."""

    tile: Tile
    figure: Figure
    lines: tuple[Line, ...]
    writing: Writing
    type: Type
    ink: Ink
    chart: Callable[[int, QRect, Draw], None]
    spots: list[Spot] = field(default_factory=list[Spot])


def number(b: Body, room: QRect) -> int:
    tile, figure, type_ = b.tile, b.figure, b.type
    words = b.writing.value(tile, figure.value, figure.decimals)
    unit = b.writing.unit(tile, figure) if figure.value is not None else ""
    under = [b.writing.change(tile, figure), b.writing.since(figure), b.writing.none(figure)]
    under = [s for s in under if s]
    below = wrapped(under, type_.body, room.width(), 1)
    high = room.height() - len(below) * type_.line()
    gauge = Ink().put(unit, 0, 0, type_.body)
    most = min(round(type_.body * LARGEST), int(high / LINE))
    px = fitting(words, room.width() - gauge - type_.gap, type_.body, max(type_.body, most))
    y = room.top() + (high - px * LINE) / 2
    role = b.writing.role(figure)
    wide = b.ink.put(words, room.left(), y, px, role, bold=True, struck=figure.fresh == LOST)
    if unit:
        base = y + px * LINE / 2 + px * 0.36 - type_.body * 1.02
        b.ink.put(unit, room.left() + wide + type_.gap, base, type_.body, "text.second")
    for n, line in enumerate(below):
        b.ink.put(line, room.left(), room.top() + high + n * type_.line(), type_.body,
                     "text.second", width=room.width())  # fmt: skip
    return 0


def plot(b: Body, room: QRect) -> int:
    """Lay out a chart, and over it, where there is one, the number that it comes to."""
    tile, figure, type_ = b.tile, b.figure, b.type
    top = room.top()
    if tile.draw in ("lines", "bars") and figure.value is not None:
        words = b.writing.value(tile, figure.value, figure.decimals)
        px = round(type_.body * 1.5)
        wide = b.ink.put(words, room.left(), top, px, b.writing.role(figure), bold=True,
                            struck=figure.fresh == LOST)  # fmt: skip
        said = [b.writing.unit(tile, figure), b.writing.since(figure)]
        b.ink.put("  ".join(s for s in said if s), room.left() + wide + type_.gap,
                     top + (type_.line(px) - type_.line()) * 0.6, type_.body, "text.second",
                     width=max(1.0, room.width() - wide - type_.gap))  # fmt: skip
        top += type_.line(px)
    if figure.fresh == UNKNOWN or not (figure.points or figure.series):
        b.ink.put(NOTHING, room.left(), top, type_.title, "text.caption")
        return 0
    area = QRect(room.left(), top, room.width(), room.bottom() - top)
    b.chart(0, area, _plotted(b, area))
    return 1


def multiples(b: Body, room: QRect) -> int:
    """Lay several courses out side by side: of each its name, its value and how fresh it is."""
    points, type_ = b.figure.points, b.type
    if not points:
        b.ink.put(NOTHING, room.left(), room.top(), type_.title, "text.caption")
        return 0
    across, down = _spread(b, room)
    # The last ends where the room does: no gap is left to its right.
    wide, high = (room.width() + 2 * type_.gap) / across, room.height() / down
    for n, point in enumerate(points[: across * down]):
        x, y = room.left() + (n % across) * wide, room.top() + (n // across) * high
        inner = round(wide - 2 * type_.gap)
        _several(b, point, x, y, inner)
        lines = round(2 * type_.line())
        area = QRect(round(x), round(y + lines), inner, max(1, round(high - lines - type_.gap)))
        one = Figure(fresh=point.fresh, series=point.series, state=point.state, normal=point.normal)
        b.chart(n, area, _course(one))
        b.spots.append(Spot(QRect(round(x), round(y), inner, round(high)), point.behind,
                               b.writing.point(b.tile, point)))  # fmt: skip
    more(b, room, len(points) - across * down)
    return min(len(points), across * down)


def _spread(b: Body, room: QRect) -> tuple[int, int]:
    """Give how many stand side by side, and in how many rows: so that names can be read whole."""
    count, type_ = len(b.figure.points), b.type
    measure = fonts.measure(type_.body)
    names = [measure.horizontalAdvance(b.writing.point(b.tile, p)) for p in b.figure.points]
    widest = max(names) + 2 * type_.gap
    most = max(1, min(count, room.width() // round(type_.body * LEAST_WIDE)))
    rows = max(1, round(room.height() // (type_.line() * LEAST_LINES)))
    for across in range(most, 0, -1):
        down = -(-count // across)
        if down <= rows and room.width() / across >= widest:
            # As evenly as they go: not five and one.
            return -(-count // down), down
    # No way lets all names be read whole: as much room for each as there is.
    across = max(1, min(most, -(-count // rows)))
    return across, max(1, min(rows, -(-count // across)))


def _several(b: Body, point: Point, x: float, y: float, width: int) -> None:
    """Lay out what one of several is called, its value, and what is wrong with it."""
    em, name = b.type.body, b.writing.point(b.tile, point)
    b.ink.put(name, x, y, em, "text.second", width=width)
    one = Figure(value=point.value, fresh=point.fresh, state=point.state)
    role, at = b.writing.role(one), y + b.type.line()
    words = b.writing.value(b.tile, point.value, point.decimals)
    taken = b.ink.put(words, x, at, em, role, bold=True, struck=point.fresh == LOST)
    unit = b.writing.named("unit", point.key) if point.value is not None else ""
    taken += b.ink.put(unit, x + taken + em * 0.3, at, em, "text.second") + em * 0.3
    standing = b.writing.standing_of(point)
    if standing.word:
        size, left = em * 0.6, x + taken + em * 0.5
        b.ink.shape(standing.glyph, left, at + em * 0.4, size, standing.role)
        right = x + width - left - size * 1.4
        # A word that has no room is left out: the shape says it, and the colour.
        if fonts.measure(em).horizontalAdvance(standing.word) <= right:
            b.ink.put(standing.word, left + size * 1.4, at, em, standing.role)


def fit(b: Body, room: QRect, rows: int) -> int:
    """Give how many rows stand in a room; where not all do, one line says how many more."""
    fits = max(1, room.height() // b.type.line())
    return rows if rows <= fits else max(1, fits - 1)


def pitch(b: Body, room: QRect, rows: int) -> float:
    """Give how far rows stand apart: as loosely as there is room, within reason."""
    fits = fit(b, room, rows)
    return min(b.type.line() * LOOSE, room.height() / max(1, fits + (fits < rows)))


def more(b: Body, room: QRect, left: int) -> None:
    if left > 0:
        y = room.bottom() - b.type.line() + 1
        b.ink.put(b.writing.text("page.more", n=f"{left:,}"), room.left(), y,
                     b.type.body, "text.caption", width=room.width())  # fmt: skip


def _plotted(b: Body, area: QRect) -> Draw:
    def draw(chart: Chart, room: Room) -> None:
        plots.DRAWN[b.tile.draw](chart, b.figure, b.writing, room)
        for n, point in enumerate(b.figure.points):
            at = chart.place(*plots.place(b.tile.draw, b.figure, n, chart.high))
            said = f"{titled(b.tile)} · {_when(b, n)} {b.writing.value(b.tile, point.value)}"
            unit = b.writing.unit(b.tile, b.figure)
            if point.behind:
                spot = Spot(at.translated(area.topLeft()), point.behind, f"{said} {unit}".strip())
                b.spots.append(spot)

    return draw


def _when(b: Body, n: int) -> str:
    """Say which hour, bin or hour of the week a point is."""
    key = b.figure.points[n].key
    if b.tile.draw == "bars":
        return b.writing.moment(int(key))
    if b.tile.draw == "heat":
        day, hour = divmod(int(key), plots.HOURS)
        return f"{b.writing.weekday(day)} {hour:02}:00"
    low, high = float(key), float(key) + plots.bin_width(b.figure)
    if n == len(b.figure.points) - 1:
        return f"≥{b.writing.edge(low)}"
    return f"{b.writing.edge(low)}–{b.writing.edge(high)}"


def _course(figure: Figure) -> Draw:
    def draw(chart: Chart, room: Room) -> None:
        del room
        plots.course(chart, figure)

    return draw


BODIES: Mapping[str, Callable[[Body, QRect], int]] = {
    "number": number, "lines": plot, "bars": plot, "distribution": plot, "heat": plot,
    "multiples": multiples,
}  # fmt: skip

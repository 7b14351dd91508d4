"""What a tile shows between its title and its notes: a number, or a chart with its number.

Each body lays itself out in a room, and gives how many charts it used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QRect

from console.domain.figure import LOST, UNKNOWN, Behind, Figure
from console.domain.page import Tile
from ui.kit import plots
from ui.kit.chart import Chart
from ui.kit.ink import LINE, Ink, Type, fitting, wrapped
from ui.kit.plots import Room
from ui.models.writing import GLYPHS, NOTHING, ROLES, Line, Writing

LARGEST = 4.2
"""A number is at most so many times as high as the least letter."""
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
    words = b.writing.value(tile, figure.value)
    unit = b.writing.unit(tile, figure) if figure.value is not None else ""
    under = [s for s in (b.writing.change(tile, figure), b.writing.since(figure)) if s]
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
        words = b.writing.value(tile, figure.value)
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
    b.chart(0, area, _plotted(b))
    return 1


def multiples(b: Body, room: QRect) -> int:
    points, type_ = b.figure.points, b.type
    if not points:
        b.ink.put(NOTHING, room.left(), room.top(), type_.title, "text.caption")
        return 0
    across = max(1, min(len(points), room.width() // round(type_.body * 9)))
    down = -(-len(points) // across)
    while down > 1 and room.height() / down < type_.line() * 3:
        down -= 1
    wide, high = room.width() / across, room.height() / down
    for n, point in enumerate(points[: across * down]):
        x, y = room.left() + (n % across) * wide, room.top() + (n // across) * high
        inner = round(wide - type_.gap)
        words = b.writing.value(b.tile, point.value)
        role = ROLES.get(point.state, "text")
        taken = b.ink.put(words, x, y, type_.body, role, width=inner, align="right", bold=True)
        if point.state in ROLES:
            size = type_.body * 0.6
            taken += size * 1.5
            b.ink.shape(GLYPHS[point.state], x + inner - taken, y + size * 0.6, size, role)
        b.ink.put(b.writing.point(b.tile, point), x, y, type_.body, "text.second",
                     width=max(1.0, inner - taken - type_.gap))  # fmt: skip
        area = QRect(round(x), round(y + type_.line()), inner, round(high - type_.line() - 2))
        one = Figure(fresh=b.figure.fresh, series=point.series, state=point.state)
        b.chart(n, area, _course(one))
        b.spots.append(Spot(QRect(round(x), round(y), inner, round(high)), point.behind,
                               b.writing.point(b.tile, point)))  # fmt: skip
    more(b, room, len(points) - across * down)
    return min(len(points), across * down)


def fit(b: Body, room: QRect, rows: int) -> int:
    """Give how many rows stand in a room; where not all do, one line says how many more."""
    fits = max(1, room.height() // b.type.line())
    return rows if rows <= fits else max(1, fits - 1)


def pitch(b: Body, room: QRect, rows: int) -> float:
    """Give how far rows stand apart: as loosely as there is room, up to half as much again."""
    fits = fit(b, room, rows)
    return min(b.type.line() * 1.5, room.height() / max(1, fits + (fits < rows)))


def more(b: Body, room: QRect, left: int) -> None:
    if left > 0:
        y = room.bottom() - b.type.line() + 1
        b.ink.put(b.writing.text("page.more", n=f"{left:,}"), room.left(), y,
                     b.type.body, "text.caption", width=room.width())  # fmt: skip


def _plotted(b: Body) -> Draw:
    return lambda chart, room: plots.DRAWN[b.tile.draw](chart, b.figure, b.writing, room)


def _course(figure: Figure) -> Draw:
    def draw(chart: Chart, room: Room) -> None:
        del room
        plots.course(chart, figure)

    return draw


BODIES: Mapping[str, Callable[[Body, QRect], int]] = {
    "number": number, "lines": plot, "bars": plot, "distribution": plot, "heat": plot,
    "multiples": multiples,
}  # fmt: skip

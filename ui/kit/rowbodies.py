"""Tiles of rows: ranks with what they gained or lost, the domains of the vital signs, records."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect

from console.domain.figure import LIVE, LOST, UNKNOWN, Behind, Point, misses
from console.domain.figure import ranked as in_ranks
from ui.kit import fonts
from ui.kit.bodies import Body, Spot, fit, more, pitch
from ui.models.columns import Cell
from ui.models.writing import GLYPHS, NOTHING, ROLES, Line, titled

BAR = 0.34
WEAK = 60.0
"""A score below this is weak: the formula of the vital signs takes off for it."""
NAMES = 0.6
"""At most so much of a row is its name."""
LEAST_BAR = 2.0
"""A bar that would have less room than so many ems says nothing: it is left out in every row."""
APART, TEXT = 0.8, 12
"""How far columns stand apart, and how wide their text must be, in ems."""
Rank = tuple[int, int | None, Point]


def ranked(b: Body, room: QRect) -> int:
    """Lay groups out in their ranks, with what each gained or lost."""
    points, better = b.figure.points, b.tile.better
    rows = in_ranks(points, better) if better else _largest(points)
    if not rows:
        b.ink.put(NOTHING, room.left(), room.top(), b.type.title, "text.caption")
    shown = rows[: fit(b, room, len(rows))]
    most = max((p.value for _, _, p in rows if p.value is not None), default=0.0) or 1.0
    em, points = b.type.body, [point for _, _, point in shown]
    wide = _widest((b.writing.point(b.tile, p) for p in points), em)
    values = _widest((b.writing.value(b.tile, p.value) for p in points), em, bold=True)
    beside = max(_widest((_moved(b, moved, p) for _, moved, p in shown), em), em * 2.6)
    frame = _Frame(room, min(wide, room.width() * NAMES), most, values, beside)
    for n, row in enumerate(shown):
        _rank(b, frame, room.top() + n * pitch(b, room, len(rows)), row)
    more(b, room, len(rows) - len(shown))
    return 0


class _Frame(NamedTuple):
    """What rows share, so that their bars can be held against each other.

    Their room, the widths of names, values and of what stands beside, and the greatest value.
    """

    room: QRect
    names: float
    most: float
    values: float
    beside: float


def _rank(b: Body, frame: _Frame, y: float, row: Rank) -> None:
    (rank, moved, point), em = row, b.type.body
    left, width = float(frame.room.left()), float(frame.room.width())
    dim = b.figure.fresh != LIVE
    name = b.writing.point(b.tile, point)
    b.ink.put(f"{rank}", left, y, em, "text.caption", width=em * 1.3, align="right")
    b.ink.put(name, left + em * 1.8, y, em, "fresh.stale" if dim else "text", width=frame.names)
    said = _moved(b, moved, point)
    b.ink.put(said, left, y, em, "text.second", width=width, align="right")
    missed = not dim and misses(point.value, b.tile.target, b.tile.better)
    role = "fresh.stale" if dim else "warning" if missed else "text"
    right = left + width - frame.beside - em * 0.6
    words = b.writing.value(b.tile, point.value)
    taken = b.ink.put(words, left, y, em, role, bold=True, width=right - left, align="right")
    if missed:
        b.ink.shape("chevron", right - taken - em, y + em * 0.4, em * 0.55, "warning")
    start, end = left + em * 2.4 + frame.names, right - em * 1.4 - frame.values
    if end - start >= em * LEAST_BAR and point.value is not None:
        length = (end - start) * max(0.0, point.value) / frame.most
        b.ink.fill(start, y + (b.type.line() - em * BAR) / 2, length, em * BAR, "edge")
    area = QRect(frame.room.left(), round(y), frame.room.width(), b.type.line())
    said = f"{titled(b.tile)} · {name} {words} {b.writing.unit(b.tile, b.figure)}"
    b.spots.append(Spot(area, point.behind, said.strip()))


def _moved(b: Body, moved: int | None, point: Point) -> str:
    """Say how many ranks were gained or lost; without ranks, how the number has changed."""
    if b.tile.better:
        return (
            ""
            if moved is None
            else "—"
            if not moved
            else f"{'↑' if moved > 0 else '↓'}{abs(moved)}"
        )
    if point.before is None or point.value is None:
        return ""
    by = point.value - point.before
    return f"{'+' if by > 0 else ''}{b.writing.number(by)}" if by else "±0"


def vitals(b: Body, room: QRect) -> int:
    """Lay the score of the city out, and under it those of its domains."""
    type_, points = b.type, b.figure.points
    px = round(type_.body * 2.4)
    score = b.writing.value(b.tile, b.figure.value)
    role = b.writing.role(b.figure)
    wide = b.ink.put(score, room.left(), room.top(), px, role, bold=True)
    grade = b.writing.named("grade", "") if b.figure.value is not None else ""
    b.ink.put(grade, room.left() + wide + type_.gap, room.top() + type_.line(px) * 0.36,
              type_.title, "text.second")  # fmt: skip
    inner = room.adjusted(0, type_.line(px), 0, 0)
    shown = points[: fit(b, inner, len(points))]
    names = _widest((b.writing.point(b.tile, p) for p in shown), type_.body)
    values = _widest((b.writing.value(b.tile, p.value) for p in shown), type_.body, bold=True)
    beside = _widest((_known(b, p) for p in shown), type_.body)
    frame = _Frame(inner, min(names, inner.width() * NAMES), 100.0, values, beside)
    for n, point in enumerate(shown):
        _domain(b, frame, inner.top() + n * pitch(b, inner, len(points)), point)
    more(b, inner, len(points) - len(shown))
    return 0


def _domain(b: Body, frame: _Frame, y: float, point: Point) -> None:
    room = frame.room
    em, left, right = b.type.body, float(room.left()), float(room.right())
    name = b.writing.point(b.tile, point)
    weak = point.value is not None and point.value < WEAK
    role = "text.caption" if point.value is None else "warning" if weak else "text"
    b.ink.put(name, left, y, em, "text", width=frame.names)
    words = b.writing.value(b.tile, point.value)
    b.ink.put(_known(b, point), left, y, em, "text.caption", width=room.width(), align="right")
    right -= frame.beside + em * 0.6 if frame.beside else 0
    taken = b.ink.put(words, left, y, em, role, bold=True, align="right", width=right - left)
    start = left + frame.names + em * 0.6
    end = right - em * 1.6 - frame.values
    if weak:
        b.ink.shape("triangle", right - taken - em * 1.3, y + em * 0.36, em * 0.6, "warning")
    if end - start >= em * LEAST_BAR:
        mid = y + (b.type.line() - em * BAR) / 2
        b.ink.fill(start, mid, end - start, em * BAR, "raised")
        share = (point.value or 0.0) / 100
        b.ink.fill(start, mid, (end - start) * share, em * BAR, "warning" if weak else "edge")
    area = QRect(room.left(), round(y), room.width(), b.type.line())
    b.spots.append(Spot(area, point.behind, name))


def _known(b: Body, point: Point) -> str:
    """Say how much of a domain's data is known, where that is not all."""
    part = point.low or 0.0
    return "" if part >= 99.95 else b.writing.part(part)


def beyond(b: Body, room: QRect) -> int:
    """Lay out what is beyond its bands: what it is, how much, and since when; then what is lost."""
    em, points = b.type.body, b.figure.points
    if not points:
        none = b.writing.text("page.beyond.none")
        said = none if b.figure.fresh != UNKNOWN else NOTHING
        b.ink.put(said, room.left(), room.top(), em, "text.caption")
        return 0
    lines = [_out(b, point) for point in points[: fit(b, room, len(points))]]
    wides = _columns(lines, em, room.width())
    for n, line in enumerate(lines):
        _line(b, room, room.top() + n * pitch(b, room, len(points)), line, wides)
    more(b, room, len(points) - len(lines))
    return 0


def _out(b: Body, point: Point) -> Line:
    lost = point.fresh == LOST
    stands = LOST if lost else point.state
    role, glyph = ROLES.get(stands, "text"), GLYPHS.get(stands, "")
    value = b.writing.value(b.tile, point.value, point.decimals)
    unit = b.writing.named("unit", point.key)
    since = b.writing.moment(point.since) if point.since else NOTHING
    key = "page.lost_at" if lost else "page.since"
    cells = (
        Cell(b.writing.point(b.tile, point), role, glyph),
        Cell(f"{value} {unit}".strip(), "text"),
        Cell(b.writing.text(key, at=since), "text.second"),
    )
    return Line(point.key, cells, point.behind)


def listed(b: Body, room: QRect) -> int:
    """Lay records out in columns; what does not fit is left out from the right."""
    em = b.type.body
    if not b.lines:
        none = "page.list.none" if b.figure.fresh != UNKNOWN else "page.why.nothing"
        b.ink.put(b.writing.text(none), room.left(), room.top(), em, "text.caption")
        return 0
    total = max(len(b.lines), b.figure.n)
    shown = b.lines[: fit(b, room, total)]
    wides = _columns(shown, em, room.width())
    apart = pitch(b, room, total)
    for n, line in enumerate(shown):
        _line(b, room, room.top() + n * apart, line, wides)
    more(b, room, total - len(shown))
    return 0


def _columns(lines: Sequence[Line], em: int, width: float) -> list[float]:
    """Give the widths of the columns that fit; the widest takes what is left, or gives way."""
    wides = [
        max(_wide(line.cells[n].text, em) + (em if line.cells[n].glyph else 0) for line in lines)
        for n in range(len(lines[0].cells))
    ]
    main = wides.index(max(wides))
    while True:
        left = width - sum(wides) - em * APART * (len(wides) - 1)
        if wides[main] + left >= min(wides[main], em * TEXT) or len(wides) <= main + 1:
            wides[main] = max(em, wides[main] + left)
            return wides
        wides.pop()


def _line(b: Body, room: QRect, y: float, line: Line, wides: Sequence[float]) -> None:
    em, x = b.type.body, float(room.left())
    dim = b.figure.fresh != LIVE
    for cell, wide in zip(line.cells, wides, strict=False):
        role = "fresh.stale" if dim else cell.role
        indent = em if cell.glyph else 0
        if cell.glyph:
            b.ink.shape(cell.glyph, x, y + em * 0.36, em * 0.62, role)
        b.ink.put(cell.text, x + indent, y, em, role, width=max(1.0, wide - indent))
        x += wide + em * APART
    area = QRect(room.left(), round(y), room.width(), b.type.line())
    row = line.behind or Behind(b.figure.behind.kind, f"id:{line.id}")
    b.spots.append(Spot(area, row, titled(b.tile)))


def _wide(words: str, em: int, *, bold: bool = False) -> float:
    return fonts.measure(em, bold=bold).horizontalAdvance(words)


def _widest(said: Iterable[str], em: int, *, bold: bool = False) -> float:
    return max((_wide(words, em, bold=bold) for words in said), default=0.0)


def _largest(points: tuple[Point, ...]) -> list[Rank]:
    order = sorted(points, key=lambda p: (-(p.value or 0.0), p.key))
    return [(n, None, p) for n, p in enumerate(order, 1)]


ROW_BODIES = {
    "ranked": ranked, "vitals": vitals, "list": listed, "plans": listed, "beyond": beyond,
}  # fmt: skip

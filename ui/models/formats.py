"""How a cell is written: each format binds a column to the places of its fields, once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from console.base.text import text
from console.domain.rows import Row, Shape
from console.domain.words import UNKNOWN
from console.domain.words import short as short_no
from ui.models.columns import Cell, Column, Scale, Setting, Standing, Write

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
"""A number's last figures are what people say to each other: the day and the count."""

KEPT = 4_096
NOTHING = Cell()
PLAIN = Standing("text", "")

Format = Callable[[Column, Shape, Setting], Write]


class Words:
    """The cells of a table's rows; words are written once and kept until the row changes."""

    def __init__(self, columns: Sequence[Column], shape: Shape, setting: Setting) -> None:
        self._now = setting.now
        self._writers = [
            (FORMATS[column.format](column, shape, setting), column.format in TICKING)
            for column in columns
        ]
        self._kept: dict[int, tuple[Row, list[Cell | None]]] = {}

    def cell(self, slot: int, row: Row, column: int) -> Cell:
        write, ticking = self._writers[column]
        if ticking:
            return write(row, self._now())
        kept = self._kept.get(slot)
        if kept is None or kept[0] is not row:
            if len(self._kept) > KEPT:
                self._kept.clear()
            kept = self._kept[slot] = (row, [None] * len(self._writers))
        cell = kept[1][column]
        if cell is None:
            cell = kept[1][column] = write(row, 0)
        return cell

    def forget(self) -> None:
        self._kept.clear()

    def drop(self, slot: int) -> None:
        self._kept.pop(slot, None)


def span(ms: int) -> str:
    """Write a length of time in two parts at most."""
    if ms >= DAY:
        return text("cell.span.days", d=ms // DAY, h=ms % DAY // HOUR)
    if ms >= HOUR:
        return text("cell.span.hours", h=ms // HOUR, m=ms % HOUR // MINUTE)
    if ms >= 10 * MINUTE:
        return text("cell.span.minutes", m=ms // MINUTE)
    return text("cell.span.seconds", m=ms // MINUTE, s=ms % MINUTE // SECOND)


def _text(column: Column, shape: Shape, _setting: Setting) -> Write:
    at = shape.index(column.field)
    missing = Cell(UNKNOWN, "text.caption")

    def write(row: Row, _now: int) -> Cell:
        value = row[at]
        return Cell(str(value), column.role, "", str(value)) if value else missing

    return write


def _number(column: Column, shape: Shape, _setting: Setting) -> Write:
    at = shape.index(column.field)

    def write(row: Row, _now: int) -> Cell:
        full = str(row[at])
        return Cell(short_no(full) or UNKNOWN, "text.caption", "", full)

    return write


def _name(column: Column, shape: Shape, setting: Setting) -> Write:
    at, of, names = shape.index(column.field), column.of or column.field, setting.names

    def write(row: Row, _now: int) -> Cell:
        code = row[at]
        name = names.name(of, code) if code else ""
        return Cell(name, column.role, "", name) if name else Cell(code or UNKNOWN, "text.caption")

    return write


def _place(column: Column, shape: Shape, setting: Setting) -> Write:
    at, district, names = shape.index(column.field), shape.index("district"), setting.names
    missing = Cell(UNKNOWN, "text.caption")

    def write(row: Row, _now: int) -> Cell:
        full = str(row[at])
        # What the city and the district have in common with every other row is left out.
        name = names.name("district", row[district]) if row[district] else ""
        short = full.partition(name)[2] if name else ""
        return Cell(short or full, column.role, "", full) if full else missing

    return write


def _count(column: Column, shape: Shape, _setting: Setting) -> Write:
    at = shape.index(column.field)

    def write(row: Row, _now: int) -> Cell:
        return Cell(str(row[at]), column.role) if row[at] else NOTHING

    return write


def _word(column: Column, shape: Shape, _setting: Setting) -> Write:
    at = shape.index(column.field)

    def write(row: Row, _now: int) -> Cell:
        word = text(f"{column.field}.{row[at]}") if row[at] else UNKNOWN
        return Cell(word, column.role, "", word)

    return write


def _choice(column: Column, shape: Shape, _setting: Setting) -> Write:
    at = shape.index(column.field)

    def write(row: Row, _now: int) -> Cell:
        word = text(f"choice.{column.field}.{row[at]}") if row[at] else UNKNOWN
        return Cell(word, column.role, "", word)

    return write


def _state(column: Column, shape: Shape, _setting: Setting) -> Write:
    at = shape.index(column.field)

    def write(row: Row, _now: int) -> Cell:
        word = text(f"state.{shape.kind}.{row[at]}")
        return Cell(word, column.role, "", word)

    return write


def _scale(column: Column, shape: Shape, setting: Setting) -> Write:
    at, scale = shape.index(column.field), setting.scales[column.field]

    def write(row: Row, _now: int) -> Cell:
        value = row[at]
        if not value:
            return Cell(UNKNOWN, PLAIN.role, PLAIN.glyph, UNKNOWN)
        standing = scale.get(value, PLAIN)
        short = text(f"cell.short.{column.field}.{value}")
        return Cell(short, standing.role, standing.glyph, text(f"{column.field}.{value}"))

    return write


def _mark(_column: Column, shape: Shape, setting: Setting) -> Write:
    scale = setting.scales["mark"]
    at = {"refused": "refused", "conflict": "conflict", "waiting": "pending"}
    places = [(shape.index(at[mark]), mark, standing) for mark, standing in scale.items()]

    def write(row: Row, _now: int) -> Cell:
        for place, mark, standing in places:
            n = int(row[place])
            if n:
                said = text(f"cell.mark.{mark}", n=n)
                return Cell(
                    text(f"cell.mark.short.{mark}", n=n), standing.role, standing.glyph, said
                )
        return NOTHING

    return write


def _pressed(_column: Column, shape: Shape, _setting: Setting) -> Write:
    above = "supervised" if "supervised" in shape.names else "escalated"
    urged, taken_up = shape.index("urged"), shape.index(above)

    def write(row: Row, _now: int) -> Cell:
        parts = [above] * bool(row[taken_up]) + ["urged"] * bool(row[urged])
        if not parts:
            return NOTHING
        short = " ".join(text(f"cell.pressed.short.{part}", n=row[urged]) for part in parts)
        full = text("cell.and").join(text(f"cell.pressed.{part}", n=row[urged]) for part in parts)
        return Cell(short, "severity.II", "", full)

    return write


def _time(column: Column, shape: Shape, setting: Setting) -> Write:
    at, zone = shape.index(column.field), setting.zone

    def write(row: Row, now: int) -> Cell:
        if not row[at]:
            return Cell(UNKNOWN, "text.caption")
        when = datetime.fromtimestamp(row[at] / SECOND, zone)
        today = datetime.fromtimestamp(now / SECOND, zone)
        return Cell(_instant(when, today), column.role, "", text("cell.time.full", t=when))

    return write


def _ago(column: Column, shape: Shape, setting: Setting) -> Write:
    at, zone = shape.index(column.field), setting.zone

    def write(row: Row, now: int) -> Cell:
        if not row[at]:
            return Cell(UNKNOWN, "text.caption")
        full = text("cell.time.full", t=datetime.fromtimestamp(row[at] / SECOND, zone))
        return Cell(_age(max(0, now - row[at])), column.role, "", full)

    return write


def _deadline(_column: Column, shape: Shape, setting: Setting) -> Write:
    due_at, soon_at, paused_at, clock_at = map(shape.index, ("due", "soon", "paused", "clock"))
    scale, zone = setting.scales["deadline"], setting.zone

    def write(row: Row, now: int) -> Cell:
        due = row[due_at]
        if row[paused_at]:
            return _clock(scale, "paused", "", text("cell.deadline.full_words.paused"))
        if not due:
            return Cell(UNKNOWN, "text.caption", "", text("cell.deadline.none"))
        left = due - now
        standing = "over" if left < 0 else "soon" if now >= row[soon_at] > 0 else "calm"
        length = span(abs(left))
        full = text(
            "cell.deadline.full",
            clock=text(f"cell.clock.{row[clock_at]}") if row[clock_at] else "",
            left=text("cell.deadline.over" if left < 0 else "cell.deadline.left", span=length),
            t=datetime.fromtimestamp(due / SECOND, zone),
        )
        return _clock(scale, standing, length, full)

    return write


def _late(column: Column, shape: Shape, setting: Setting) -> Write:
    """Say since when something is late; nothing while it is not."""
    at, paused, zone = shape.index(column.field), shape.index("paused"), setting.zone

    def write(row: Row, now: int) -> Cell:
        if row[paused] or not 0 < row[at] < now:
            return NOTHING
        when = datetime.fromtimestamp(row[at] / SECOND, zone)
        return Cell(text("cell.late", t=when), column.role, "", text("cell.time.full", t=when))

    return write


def _clock(scale: Scale, standing: str, length: str, full: str) -> Cell:
    key = "left" if standing in {"soon", "calm"} else standing
    said = text(f"cell.deadline.{key}", span=length)
    return Cell(said, scale[standing].role, scale[standing].glyph, full)


def _instant(when: datetime, today: datetime) -> str:
    if when.date() == today.date():
        return text("cell.time.today", t=when)
    return text("cell.time.year" if when.year == today.year else "cell.time.other", t=when)


def _age(ms: int) -> str:
    for length, key in (
        (DAY, "cell.age.days"),
        (HOUR, "cell.age.hours"),
        (MINUTE, "cell.age.minutes"),
    ):
        if ms >= length:
            return text(key, n=ms // length)
    return text("cell.age.now")


FORMATS: Mapping[str, Format] = {
    "text": _text,
    "number": _number,
    "name": _name,
    "count": _count,
    "place": _place,
    "word": _word,
    "choice": _choice,
    "state": _state,
    "scale": _scale,
    "mark": _mark,
    "pressed": _pressed,
    "time": _time,
    "ago": _ago,
    "deadline": _deadline,
    "late": _late,
}
TICKING = frozenset({"time", "ago", "deadline", "late"})

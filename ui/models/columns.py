"""Columns: what a table shows of a row, as frozen descriptions read from `columns.toml`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

import msgspec

from console.base import resources
from console.base.errors import BadData
from console.domain.rows import SHAPES, Row, Shape

FILE = "columns.toml"
DEFAULT = "default"


class Cell(NamedTuple):
    """What is painted: words in a role's colour, a shape before them, and the same in full."""

    text: str = ""
    role: str = "text"
    glyph: str = ""
    full: str = ""


class Names(Protocol):
    """Says what a code is called: `name("district", "320102")` is 玄武区."""

    def name(self, kind: str, code: str) -> str: ...


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column: where its fact is, how it is written, and how much room it takes."""

    field: str
    format: str
    width: int
    key: str = ""
    of: str = ""
    align: str = "left"
    elide: str = "right"
    role: str = "text"
    order: str = ""
    stretch: int = 0
    drop: int = 0


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value of a scale: its colour and its shape."""

    role: str
    glyph: str


class Queue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a queue shows and in which order (`-field`: the greatest first)."""

    columns: tuple[str, ...]
    order: tuple[str, ...]
    kind: str = "incident"


Scale = Mapping[str, Standing]
Write = Callable[[Row, int], Cell]
"""Writes a cell from a row, at an instant (milliseconds UTC)."""


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of `columns.toml`."""

    scale: dict[str, dict[str, Standing]]
    columns: dict[str, dict[str, Column]]
    queue: dict[str, Queue]
    unset_last: tuple[str, ...] = ()

    def shape_of(self, queue: str = DEFAULT) -> Shape:
        return SHAPES[self.queue_of(queue).kind]

    def columns_of(self, queue: str = DEFAULT) -> tuple[Column, ...]:
        """Give the columns of a queue, the most important first."""
        found = self.queue_of(queue)
        return tuple(self.columns[found.kind][key] for key in found.columns)

    def order_of(self, queue: str = DEFAULT) -> tuple[tuple[str, bool], ...]:
        """Give the order of a queue: fields, and whether the least comes first."""
        return tuple(
            (name.removeprefix("-"), not name.startswith("-"))
            for name in self.queue_of(queue).order
        )

    def queue_of(self, queue: str) -> Queue:
        return self.queue.get(queue, self.queue[DEFAULT])


@dataclass(frozen=True, slots=True)
class Setting:
    """What writing a cell needs beside the row: names, scales, the city's zone, and the time."""

    names: Names
    now: Callable[[], int]
    scales: Mapping[str, Scale]
    zone: ZoneInfo
    unset_last: Sequence[str] = ()


def setting(
    sheet: Sheet, names: Names, now: Callable[[], int], zone: str = "Asia/Shanghai"
) -> Setting:
    """Put together what writing cells needs."""
    return Setting(names, now, sheet.scale, ZoneInfo(zone), sheet.unset_last)


def read(file: str = FILE) -> Sheet:
    """Read the columns; every name in the file must lead somewhere."""
    data = resources.table(file)
    for kind in data.get("columns", {}).values():
        for key, column in kind.items():
            column["key"] = key
    try:
        sheet = msgspec.convert(data, Sheet)
    except msgspec.ValidationError as error:
        raise BadData(file, "", str(error)) from error
    _check(file, sheet)
    return sheet


def _check(file: str, sheet: Sheet) -> None:
    if DEFAULT not in sheet.queue:
        raise BadData(file, "queue", f"{DEFAULT!r} is missing")
    for kind, columns in sheet.columns.items():
        if kind not in SHAPES:
            raise BadData(file, f"columns.{kind}", "no such kind")
        for key, column in columns.items():
            _check_fields(file, f"columns.{kind}.{key}", kind, (column.field, column.order))
    for name, queue in sheet.queue.items():
        strange = [key for key in queue.columns if key not in sheet.columns.get(queue.kind, {})]
        if strange:
            raise BadData(file, f"queue.{name}", f"no column {strange[0]!r}")
        fields = [each.removeprefix("-") for each in queue.order]
        _check_fields(file, f"queue.{name}", queue.kind, fields)


def _check_fields(file: str, where: str, kind: str, fields: Iterable[str]) -> None:
    for name in filter(None, fields):
        if name not in SHAPES[kind].names:
            raise BadData(file, where, f"no field {name!r}")

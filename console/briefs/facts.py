"""What briefs are written from: rows, counts, names; a seat's store or a centre's ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from console.base.text import Texts
from console.domain.counting import Counting, Group
from console.domain.figure import percentile, share
from console.domain.machine import Machine
from console.domain.measured import Sensing
from console.domain.query import Query, Viewpoint, parse_query, real
from console.domain.record import Record
from console.domain.rows import SHAPES, Row

NOTHING = "—"


class Line(Protocol):
    """One line of a timeline."""

    @property
    def at(self) -> int: ...
    @property
    def by(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def verb(self) -> str: ...
    @property
    def args(self) -> Mapping[str, Any]: ...


class Held(Protocol):
    """Where records are."""

    def find(self, query: Query, view: Viewpoint) -> Sequence[Row]: ...
    def get(self, kind: str, id: str) -> Record | None: ...
    def history(self, kind: str, id: str) -> Sequence[Line]: ...
    def names(self, kind: str, code: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a brief is written from, as of ``as_of`` (ms UTC); in one language."""

    held: Held
    counting: Counting
    machines: Mapping[str, Machine]
    zone: ZoneInfo
    city: str
    now: int
    as_of: int
    language: str
    sensing: Sensing | None = None

    def say(self, key: str, **args: object) -> str:
        return Texts(self.language).text(f"brief.{key}", **args)

    def said(self, key: str) -> str:
        """Give a text of the machines, the city or the columns."""
        return Texts(self.language).text(key)

    def opened(self, kind: str = "incident") -> str:
        return ",".join(sorted(self.machines[kind].opened))

    def name(self, kind: str, code: str) -> str:
        return (self.held.names(kind, code) or code) if code else NOTHING

    def count(self, kind: str, line: str) -> int:
        return self.counting.tally(_real(kind, line), self.view)[""]

    def groups(self, kind: str, line: str, by: str) -> dict[str, int]:
        return self.counting.tally(_real(kind, line), self.view, Group(by))

    def steps(self, kind: str, line: str, by: Group) -> dict[int, int]:
        return self.counting.tally(_real(kind, line), self.view, by)

    def part(self, kind: str, line: str, met: str) -> tuple[float | None, int]:
        """Give which share of rows meet a line, in per cent, and of how many."""
        whole = self.count(kind, line)
        return share(self.count(kind, f"{line} {met}"), whole), whole

    def took(self, line: str, part: float) -> float | None:
        """Give a percentile of how long handling took, in hours."""
        found = self.counting.measured(_real("incident", line), self.view, "took")
        value = percentile(found.get("", []), part)
        return None if value is None else value / 3_600_000

    def rows(self, kind: str, line: str, *fields: str, most: int = 0) -> list[tuple[Any, ...]]:
        """Give these fields of the rows that meet a line."""
        places = [SHAPES[kind].index(field) for field in fields]
        query = _real(kind, line)
        found = self.held.find(query, self.view)
        return [tuple(row[place] for place in places) for row in (found[:most] if most else found)]

    @property
    def view(self) -> Viewpoint:
        return Viewpoint(now=self.now)

    def local(self, at: int) -> datetime:
        return datetime.fromtimestamp(at / 1000, self.zone)

    def moment(self, at: int) -> str:
        return f"{self.local(at):%m-%d %H:%M}" if at else NOTHING

    def day(self, date: str) -> tuple[int, int]:
        """Give the first and the last instant (ms UTC, the last left out) of a day: 2026-11-25."""
        first = datetime.fromisoformat(date).replace(tzinfo=self.zone)
        return tuple(  # pyright: ignore[reportReturnType]
            round(each.timestamp() * 1000) for each in (first, first + timedelta(days=1))
        )


def written(value: float | None, decimals: int = 0, unit: str = "") -> str:
    """Write a number; what nobody knows is a dash."""
    return NOTHING if value is None else f"{value:,.{decimals}f}{unit}"


def _real(kind: str, line: str) -> Query:
    return parse_query(kind, real(kind, line))

"""Applies a profile to the rows of a file: each becomes facts of records, or is told to be wrong."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.central.centre import Place
from console.central.profile import Code, Profile
from console.central.sheet import Row
from console.domain.city import City
from console.domain.record import Term

DAY = 86_400_000
TITLE = 60
_HOLE = re.compile(r"\{([^{}]+)\}")
_EMPTY = re.compile(r"（\s*）|\(\s*\)|【\s*】|\[\s*\]|《\s*》")
_RANGES = {"lon": (70.0, 140.0), "lat": (0.0, 60.0)}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a row: the column, and why, as a text key."""

    line: int
    column: str
    key: str
    args: dict[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Mapped:
    """A good row: what it says of an incident and of the report that told of it."""

    line: int
    number: str
    at: int
    district: str
    street: str
    community: str
    department: str
    type: str
    under: str
    title: str
    detail: str
    words: str
    address: str
    values: dict[str, Any]
    archived: bool
    late: bool


class Mapping_:
    """A profile, the city it is read for, and the names that the file's own codes have."""

    def __init__(
        self, profile: Profile, place: Place, rows: Iterable[Row], now: int
    ) -> None:  # fmt: skip
        self.profile = profile
        self._place = place
        self._zone = ZoneInfo(profile.zone)
        self._now = now
        self._missing = frozenset(profile.missing)
        self._names = self._named(rows)
        self._codes = {code.of: code for code in profile.code}

    def columns(self) -> set[str]:
        """Give the columns without which no row can be read."""
        needed = {self.profile.number, self.profile.time.column}
        return needed | {c.id or c.name for c in self.profile.code if not c.optional}

    def terms(self) -> list[Term]:
        """Give what the file's codes stand for."""
        found: dict[str, Term] = {}
        for mapped in self._seen.values():
            for term in mapped:
                found.setdefault(term.id, term)
        return list(found.values())

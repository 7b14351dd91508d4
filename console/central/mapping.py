"""Applies a profile to the rows of a file: each becomes facts of records, or is found wrong."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.central.centre import Place
from console.central.profile import Code, Profile, Value
from console.central.sheet import Row
from console.domain.record import SHARED, Term

DAY = 86_400_000
TITLE = 60
LONGEST = 20_000
RANGES = {"lon": (70.0, 140.0), "lat": (0.0, 60.0)}
ORDER = ("district", "street", "community", "department", "type")
"""Codes are read in this order: each may lie under one before it."""
_HOLE = re.compile(r"\{([^{}]+)\}")
_EMPTY = re.compile(r"（\s*）|\(\s*\)|【\s*】|\[\s*\]|《\s*》")
_SAFE = re.compile(r"\S{1,100}")


class Wrong(Exception):
    """What is wrong with a row: the column, and why, as a text key."""

    def __init__(self, column: str, key: str, **args: object) -> None:
        super().__init__(column, key)
        self.column = column
        self.key = key
        self.args_by_name = args


@dataclass(slots=True)
class Mapped:
    """A good row: what it says of an incident, and of the report that told of it."""

    line: int
    number: str
    at: int
    codes: dict[str, str] = field(default_factory=dict[str, str])
    texts: dict[str, str] = field(default_factory=dict[str, str])
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    community: str = ""
    archived: bool = False
    late: bool = False


class Mapper:
    """A profile, the city it is read for, and the names that the file gives to its own codes.

    ``terms`` holds, by id, what the codes of the rows read so far stand for.
    """

    def __init__(self, profile: Profile, place: Place, rows: Iterable[Row], now: int) -> None:
        self.profile = profile
        self.terms: dict[str, Term] = {}
        self._place = place
        self._zone = ZoneInfo(profile.zone)
        self._now = now
        self._missing = frozenset(profile.missing)
        self._codes = sorted(profile.code, key=lambda code: ORDER.index(code.of))
        self._names = self._named(rows)

    @property
    def columns(self) -> set[str]:
        """Give the columns without which no row can be read."""
        needed = {self.profile.number, self.profile.time.column}
        return needed | {c.id or c.name for c in self.profile.code if not c.optional}

    def read(self, row: Row) -> Mapped:
        """Give what a row says; Wrong when it cannot be taken."""
        if row.odd:
            raise Wrong("", "import.cells")
        number = self._cell(row.cells, self.profile.number)
        if not _SAFE.fullmatch(number):
            raise Wrong(self.profile.number, "import.number" if number else "import.missing")
        found = Mapped(row.line, number, self._at(row.cells))
        for code in self._codes:
            found.codes[code.of] = self._code(code, row.cells, found)
        for value in self.profile.value:
            self._value(value, row.cells, found)
        self._texts(row.cells, found)
        ends = self.profile.archived
        found.late = any(row.cells.get(c) == v for c, v in ends.late.items())
        found.archived = found.late or any(row.cells.get(c) == v for c, v in ends.when.items())
        return found

    # ---- inside

    def _named(self, rows: Iterable[Row]) -> dict[tuple[str, str], str]:
        """Find the commonest name of each code: in real files one code has several."""
        counted: dict[tuple[str, str], Counter[str]] = {}
        brought = [code for code in self._codes if code.brings]
        for row in rows:
            for code in brought:
                key = code.of, self._cell(row.cells, code.id)
                if name := self._cell(row.cells, code.name):
                    counted.setdefault(key, Counter())[name] += 1
        return {key: max(names, key=lambda n: (names[n], n)) for key, names in counted.items()}

    def _cell(self, cells: Mapping[str, str], column: str) -> str:
        said = cells.get(column, "")
        return "" if said in self._missing else said

    def _at(self, cells: Mapping[str, str]) -> int:
        column = self.profile.time.column
        said = self._cell(cells, column)
        if not said:
            raise Wrong(column, "import.missing")
        for form in self.profile.time.formats:
            try:
                read = datetime.strptime(said, form).replace(tzinfo=self._zone)
            except ValueError:
                continue
            at = int(read.timestamp() * 1000)
            if not 0 < at <= self._now + DAY:
                raise Wrong(column, "import.time_range", value=said)
            return at
        raise Wrong(column, "import.time", value=said[:40])

    def _code(self, code: Code, cells: Mapping[str, str], found: Mapped) -> str:
        try:
            return self._brought(code, cells, found) if code.brings else self._known(
                code, cells, found
            )  # fmt: skip
        except Wrong:
            if code.default:
                return code.default
            if code.optional:
                return ""
            raise

    def _brought(self, code: Code, cells: Mapping[str, str], found: Mapped) -> str:
        """Take a code that comes with the data, and its name with it."""
        said = self._cell(cells, code.id)
        if not said:
            raise Wrong(code.id, "import.missing")
        name = self._names.get((code.of, said), "")
        if not name:
            raise Wrong(code.name, "import.missing")
        value = code.known.get(said) or code.code.format(id=said)
        if not _SAFE.fullmatch(value):
            raise Wrong(code.id, "import.unknown", value=said[:40])
        if code.of == "community":
            found.community = name
        under = self._like(code, cells) if code.of == "type" else found.codes.get(code.under, "")
        key = f"term_{code.of}_{value}"
        self.terms.setdefault(
            key, Term(id=key, scope=SHARED, of=code.of, code=value, name=name, under=under)
        )
        return value

    def _like(self, code: Code, cells: Mapping[str, str]) -> str:
        asked = (code.like.get(self._cell(cells, column), "") for column in code.like_by)
        return next(filter(None, asked), code.default)

    def _known(self, code: Code, cells: Mapping[str, str], found: Mapped) -> str:
        """Look a value up in the city, by code or by name."""
        said = self._cell(cells, code.name)
        if not said:
            raise Wrong(code.name, "import.missing")
        value = self._looked_up(code.of, said, found)
        if not value:
            raise Wrong(code.name, "import.unknown", value=said[:40])
        return value

    def _looked_up(self, of: str, said: str, found: Mapped) -> str:
        city, types = self._place.city, self._place.types
        match of:
            case "district":
                return d.code if (d := city.district_named(said)) else ""
            case "street":
                near = found.codes.get("district", "")
                return s.code if (s := city.street_named(said, near)) else ""
            case "department":
                return held.id if (held := city.department_named(said)) else ""
            case "type":
                named = (t.code for t in types.values() if t.name == said)
                return said if said in types else next(named, "")
            case _:
                found.community = said
                return said

    def _value(self, value: Value, cells: Mapping[str, str], found: Mapped) -> None:
        raw = self._cell(cells, value.column)
        said = (value.map.get(raw, value.default) if value.map else raw) if raw else value.default
        if not said:
            return
        city = self._place.city
        allowed = {"source": city.sources, "level": city.levels, "urgency": city.urgencies}
        if value.field in allowed and said not in allowed[value.field]:
            raise Wrong(value.column, "import.unknown", value=raw[:40])
        found.values[value.field] = _degrees(value, said) if value.field in RANGES else said

    def _texts(self, cells: Mapping[str, str], found: Mapped) -> None:
        shapes = self.profile.texts
        for name in ("title", "detail", "words", "address"):
            said = _HOLE.sub(lambda hole: self._cell(cells, hole[1]), getattr(shapes, name))
            found.texts[name] = _EMPTY.sub("", said).strip()
        words = found.texts["words"] or found.texts["detail"] or found.texts["title"]
        if not words:
            holes = _HOLE.findall(shapes.words or shapes.title)
            raise Wrong(holes[0] if holes else "", "import.missing")
        if len(words) > LONGEST:
            raise Wrong("", "import.long")
        found.texts["words"] = words
        found.texts["title"] = found.texts["title"] or words.splitlines()[0][:TITLE]


def _degrees(value: Value, said: str) -> float:
    low, high = RANGES[value.field]
    try:
        read = float(said)
    except ValueError:
        read = 0.0
    if not low <= read <= high:
        raise Wrong(value.column, "import.range", value=said[:40])
    return read

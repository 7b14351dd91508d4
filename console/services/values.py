"""What the words of a line stand for: departments, units, types, places, limits, instants."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.base.errors import Refused
from console.base.text import LANGUAGES, table
from console.commands import Argument, BadLine, Word, initials
from console.domain.limit import parse_limit
from console.domain.query import Query, Term, parse_query
from console.domain.record import Incident, Unit
from console.services.around import Around

Names = tuple[str, ...]
Option = tuple[str, Names]
"""An id, and every name that it has."""
MOST_SAID = 8
INCIDENTS = 20
"""How many open incidents are offered where one is to be named."""
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})$")
_DAY = re.compile(r"(?:(\d{4})-)?(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$")
_YES, _NO = frozenset(("yes", "true", "1", "y", "是")), frozenset(("no", "false", "0", "n", "否"))
_NATURAL = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "uh": 3_600_000}


@dataclass(frozen=True, slots=True)
class Picked:
    """What a word may mean, the best first; ``sure`` when there is only one best."""

    ids: Names
    sure: bool


def pick(word: str, options: Iterable[Option]) -> Picked:
    """Find what a word means: its id, its name, a beginning, a part, or the initials of it."""
    wanted = word.strip().lower()
    tiers: dict[int, list[str]] = {}
    for code, names in options:
        tier = min((_tier(wanted, name.lower()) for name in (code, *names) if name), default=9)
        if wanted and tier < 9:
            tiers.setdefault(tier, []).append(code)
    ranked = [code for tier in sorted(tiers) for code in tiers[tier]]
    return Picked(tuple(ranked), bool(tiers) and len(tiers[min(tiers)]) == 1)


def _tier(wanted: str, name: str) -> int:
    if name == wanted or re.split(r"[（(]", name)[0] == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if wanted in name:
        return 2
    if wanted.isascii() and wanted.isalpha() and len(wanted) > 1:
        short = initials(name)
        if wanted in (short, short[1:]):
            return 3
        if short.startswith(wanted) or short[1:].startswith(wanted):
            return 4
    return 9


class Values:
    """Reads the words of arguments by their types."""

    def __init__(
        self, around: Around, choices: Mapping[str, tuple[str, ...]], queues: Names
    ) -> None:
        self._around = around
        self._choices = choices
        self._queues = queues
        self._zone = ZoneInfo(around.city.zone)
        self._readers: dict[str, Callable[[Word], Any]] = {
            "dept": self._one(self.depts), "unit": self._one(self.units),
            "type": self._one(self.types), "scope": self._scope, "limit": self._limit,
            "instant": self._instant, "number": self._number, "flag": self._flag,
            "level": self._one(lambda: self.texts("level", around.city.levels)),
            "urgency": self._one(lambda: self.texts("urgency", around.city.urgencies)),
            "person": self._person, "depts": self._depts,
            "queue": self._one(lambda: self.texts("queue", queues)),
            "indicator": self._one(self.indicators),
            "plan": self._one(self.plans), "scene": self._one(self.scenes),
        }  # fmt: skip

    def read(self, argument: Argument, word: Word) -> Any:
        """Give the value of a word; BadLine or Refused says what was wrong with it."""
        if argument.type == "choice":
            options = self.choices(argument.name)
            return self._chosen(options, word) if options else word.text
        reader = self._readers.get(argument.type)
        return reader(word) if reader else word.text

    def options(self, argument: Argument) -> list[Option]:
        """Give everything that an argument may be, when that can be listed."""
        lists: dict[str, Callable[[], list[Option]]] = {
            "dept": self.depts, "depts": self.depts, "unit": self.units, "type": self.types,
            "scope": self.scopes, "person": self.people,
            "level": lambda: self.texts("level", self._around.city.levels),
            "urgency": lambda: self.texts("urgency", self._around.city.urgencies),
            "queue": lambda: self.texts("queue", self._queues),
            "choice": lambda: self.choices(argument.name),
            "indicator": self.indicators,
            "plan": self.plans, "scene": self.scenes,
        }  # fmt: skip
        found = lists.get(argument.type)
        return found() if found else []

    def depts(self) -> list[Option]:
        return [(d.id, (d.name, d.name_en)) for d in self._around.city.departments.values()]

    def types(self) -> list[Option]:
        """Give the types of the scenes that are open."""
        around = self._around
        return [
            (t.code, (t.name, t.name_en)) for t in around.types.values()
            if not around.sealed(t.scene)
        ]  # fmt: skip

    def plans(self) -> list[Option]:
        """Give the plans of the scenes that are open."""
        return [
            (p.id, (p.name, p.name_en)) for s in self._around.scenes.values()
            if not self._around.sealed(s.id) for p in s.plans
        ]  # fmt: skip

    def scenes(self) -> list[Option]:
        return [(s.id, (s.name, s.name_en)) for s in self._around.scenes.values()]

    def indicators(self) -> list[Option]:
        return [(i.id, (i.name, i.name_en)) for i in self._around.indicators.values()]

    def units(self) -> list[Option]:
        found: list[Option] = []
        for row in self._around.store.find(parse_query("unit", ""), self._around.view()):
            unit = self._around.store.get("unit", str(row[0]))
            if isinstance(unit, Unit):
                found.append((unit.id, (unit.call_sign, unit.name)))
        return found

    def people(self) -> list[Option]:
        return [(user, (name,)) for user, name in sorted(self._around.people.items())]

    def incidents(self, typed: str) -> list[Option]:
        """Give open incidents whose number or words hold what was typed, the newest first."""
        words = typed.strip().replace("-", "") if typed.strip("-0123456789 ") == "" else typed
        opened = tuple(sorted(self._around.judge.machines["incident"].opened))
        query = Query(
            "incident", (Term("state", ":", opened),), words=tuple(words.split()),
            order=(("reported_at", False),), limit=INCIDENTS,
        )  # fmt: skip
        found: list[Option] = []
        for row in self._around.store.find(query, self._around.view()):
            held = self._around.store.get("incident", str(row[0]))
            if isinstance(held, Incident):
                found.append((held.id, (f"{held.no} {held.title}".strip(),)))
        return found

    def scopes(self) -> list[Option]:
        city = self._around.city
        found: list[Option] = [(d.code, (d.name, d.name_en)) for d in city.districts.values()]
        for street in city.streets.values():
            scope = city.scope_of(street.district, street.code)
            found.append((scope, (street.code, street.name, street.name_en)))
        return found

    def choices(self, name: str) -> list[Option]:
        if name == "source":
            return self.texts("source", self._around.city.sources)
        return self.texts(f"choice.{name}", self._choices.get(name, ()))

    def texts(self, prefix: str, ids: Iterable[str]) -> list[Option]:
        """Give values that are named by a text."""
        return [(i, tuple(table(lang).get(f"{prefix}.{i}", "") for lang in LANGUAGES)) for i in ids]

    def _one(self, options: Callable[[], list[Option]]) -> Callable[[Word], str]:
        return lambda word: self._chosen(options(), word)

    def _chosen(self, options: list[Option], word: Word) -> str:
        found = pick(word.text, options)
        if found.sure:
            return found.ids[0]
        names = dict(options)
        if not found.ids:
            said = ", ".join(_named(i, names[i]) for i, _ in options[:MOST_SAID])
            raise BadLine("line.value", word.position, word=word.text, found=said or "-")
        said = ", ".join(_named(i, names[i]) for i in found.ids[:MOST_SAID])
        raise Refused("refused.ambiguous", word=word.text, found=said)

    def _person(self, word: Word) -> str:
        """Read a person; one whom no record names yet is meant as written."""
        options = self.people()
        return self._chosen(options, word) if pick(word.text, options).ids else word.text

    def _depts(self, word: Word) -> tuple[str, ...]:
        parts = [p for p in re.split(r"[,，、]", word.text) if p]
        return tuple(self._chosen(self.depts(), Word(p, word.position)) for p in parts)

    def _scope(self, word: Word) -> str:
        """Read a place; within the person's own district when its name is used more than once."""
        mine = self._around.person.scopes
        options = self.scopes()
        near = [o for o in options if any(o[0].startswith(m) for m in mine if m)]
        if near and pick(word.text, near).sure:
            return self._chosen(near, word)
        return self._chosen(options, word)

    def _limit(self, word: Word) -> str:
        try:
            return str(parse_limit(word.text))
        except Refused:
            raise BadLine("line.limit", word.position, word=word.text) from None

    def _number(self, word: Word) -> float:
        try:
            return float(word.text)
        except ValueError:
            raise BadLine("line.number", word.position, word=word.text) from None

    def _flag(self, word: Word) -> bool:
        said = word.text.lower()
        if said not in _YES | _NO:
            raise BadLine("line.flag", word.position, word=word.text)
        return said in _YES

    def _instant(self, word: Word) -> int:
        try:
            return read_instant(word.text, self._around.clock.now(), self._zone)
        except (ValueError, OverflowError, Refused):
            raise BadLine("line.instant", word.position, word=word.text) from None


def read_instant(said: str, now: int, zone: ZoneInfo) -> int:
    """Read ``18:30`` (the next one), ``+2h``, ``11-23 09:00``, ``2026-11-23T09:00``; ms UTC."""
    if said.startswith(("+", "-")):
        limit = parse_limit(said[1:])
        shift = round(limit.amount * _NATURAL[limit.unit]) if limit.unit in _NATURAL else 0
        if not shift:
            raise ValueError(said)
        return now + shift if said[0] == "+" else now - shift
    today = datetime.fromtimestamp(now / 1000, zone)
    if found := _CLOCK.fullmatch(said):
        at = today.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        return _ms(at if at >= today else at + timedelta(days=1))
    if found := _DAY.fullmatch(said):
        year, month, day, hour, minute = (int(g) if g else 0 for g in found.groups())
        at = datetime(year or today.year, month, day, hour, minute, tzinfo=zone)
        if not year and at < today - timedelta(days=1):
            at = at.replace(year=today.year + 1)
        return _ms(at)
    at = datetime.fromisoformat(said)
    return _ms(at if at.tzinfo else at.replace(tzinfo=zone))


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _named(id: str, names: Names) -> str:
    name = next((n for n in names if n), "")
    return f"{name} ({id})" if name and len(id) < 16 else name or id

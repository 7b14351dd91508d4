"""A filter and an order, as data, read from one line.

The store turns it into SQL, ``matches`` asks it of one row; a property test holds them together.

Line: ``state:reported,accepted district:320102 -level:routine due<@now+2h sort:-due 井盖``.
``field:a,b`` one of · ``-field:a`` none of · ``field<n`` ``field<=n`` ``field>n`` ``field>=n``
(instants may be ``@now+2h`` or ``2026-11-25T08:00+08:00``) · ``field:n..m`` from n up to but not m,
as one of several · ``field~a`` the name is among several · a bare word is searched in the text ·
``@me`` is the person · ``sort:field`` or ``sort:-field``.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from console.base.errors import Refused
from console.domain.limit import parse_limit
from console.domain.rows import NO_EXERCISE, SHAPES, Row

_TERM = re.compile(r"^(-?)([a-z_]+)(<=?|>=?|[:~])(.*)$")
_INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$")
_NOW = re.compile(r"^@now(?:([+-])(\w+))?$")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition on one field: ``sign`` is ":", "<", "<=", ">", ">=" or "~"."""

    field: str
    sign: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What to show of a kind, and in which order."""

    kind: str
    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    order: tuple[tuple[str, bool], ...] = ()
    limit: int = 0

    def also(self, line: str) -> "Query":
        """Give this query narrowed by another line."""
        more = parse_query(self.kind, line)
        return replace(
            self, terms=self.terms + more.terms, words=self.words + more.words,
            order=more.order or self.order,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where a query is asked: who (``@me``) and when (``@now``, ms UTC)."""

    me: str = ""
    now: int = 0


def parse_query(kind: str, line: str) -> Query:
    """Read a line; Refused names the word that is wrong."""
    shape = SHAPES[kind]
    terms: list[Term] = []
    words: list[str] = []
    order: list[tuple[str, bool]] = []
    for word in line.split():
        found = _TERM.match(word)
        if found is None:
            words.append(word)
            continue
        negated, field, sign, rest = found.groups()
        if field == "sort":
            order.append((rest.removeprefix("-"), not rest.startswith("-")))
            field = order[-1][0]
        else:
            terms.append(Term(field, sign, tuple(v for v in rest.split(",") if v), bool(negated)))
        if field not in shape.types:
            raise Refused("refused.query_field", word=word, field=field)
        if sign[0] in "<>" and shape.types[field] == "TEXT":
            raise Refused("refused.query_sign", word=word, field=field)
    return Query(kind, tuple(terms), tuple(words), tuple(order))


def real(kind: str, line: str) -> str:
    """Give a line that leaves out what was made for an exercise: figures are of what is real."""
    told = kind in SHAPES and "exercise" in SHAPES[kind].types
    return f"{line} exercise:{NO_EXERCISE}".strip() if told else line


def resolved(value: str, view: Viewpoint) -> str | int:
    """Give what ``@me``, ``@now±limit`` or a written instant stands for; others as they are."""
    if value == "@me":
        return view.me
    if _INSTANT.match(value):
        with suppress(ValueError):  # the 31st of February: no instant, and so no number
            return round(datetime.fromisoformat(value).timestamp() * 1000)
    found = _NOW.match(value)
    if found is None:
        return value
    sign, limit = found.groups()
    if sign is None:
        return view.now
    shift = _natural_ms(limit)
    return view.now + shift if sign == "+" else view.now - shift


def stretch(value: str, view: Viewpoint) -> tuple[float, float] | None:
    """Give the ends of a stretch written ``n..m``, numbers or instants; None when it is none."""
    low, dots, high = value.partition("..")
    if not dots:
        return None
    try:
        return _number(resolved(low, view)), _number(resolved(high, view))
    except ValueError:
        return None


def matches(query: Query, row: Row, view: Viewpoint) -> bool:
    """Tell whether a row meets every term (words are the store's to search)."""
    names = SHAPES[query.kind].names
    return all(_meets(term, row[names.index(term.field)], view) for term in query.terms)


def _meets(term: Term, value: Any, view: Viewpoint) -> bool:
    wanted: Sequence[Any] = [resolved(v, view) for v in term.values]
    match term.sign:
        case ":":
            met = str(value) in {str(w) for w in wanted} or _lies(term, value, view)
        case "~":
            met = any(f" {w} " in (value or "") for w in wanted)
        case _:
            met = bool(wanted) and _compares(term.sign, value, _number(wanted[0]))
    return met != term.negated


def _lies(term: Term, value: Any, view: Viewpoint) -> bool:
    """Tell whether a number lies in one of a term's stretches; 0, "not set", lies in none."""
    if isinstance(value, str):
        return False
    ends = (stretch(written, view) for written in term.values)
    return any(value > 0 and low <= value < high for low, high in filter(None, ends))


def _number(wanted: Any) -> float:
    return float(wanted) if "." in str(wanted) else int(wanted)


def _compares(sign: str, value: Any, wanted: float) -> bool:
    """Compare; 0 stands for "not set", which is before nothing."""
    match sign:
        case "<":
            return 0 < value < wanted
        case "<=":
            return 0 < value <= wanted
        case ">":
            return value > wanted
        case _:
            return value >= wanted


def _natural_ms(limit: str) -> int:
    parsed = parse_limit(limit)
    unit = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}.get(parsed.unit)
    if unit is None:
        raise Refused("refused.limit", text=limit)
    return int(parsed.amount * unit)

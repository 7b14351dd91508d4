"""Turns a Query into SQL over the rows of its kind; agrees with ``matches`` of the query module."""

import json
from collections.abc import Collection
from typing import Any

from console.base.errors import Refused
from console.domain.counting import Group
from console.domain.query import Query, Term, Viewpoint, resolved, stretch
from console.domain.rows import SHAPES
from console.store.schema import UNSET_LAST
from console.store.search import normal, phrases

Sql = tuple[str, list[Any]]
Parts = tuple[str, list[str], list[Any]]
MOST = 2**63 - 1


def select(query: Query, view: Viewpoint, ids: Collection[str] | None = None) -> Sql:
    """Give the statement for a query's rows, in the order of its shape."""
    source, wheres, given = _source(query, view, ids, query.limit or -1)
    names = ", ".join(f'r."{name}"' for name in SHAPES[query.kind].names)
    sql = f"SELECT {names} {source}{_where(wheres)} ORDER BY {_order(query)}"
    return (f"{sql} LIMIT ?", [*given, query.limit]) if query.limit else (sql, given)


def count(query: Query, view: Viewpoint) -> Sql:
    """Give the statement for how many rows a query has."""
    source, wheres, given = _source(query, view, None)
    return f"SELECT count(*) {source}{_where(wheres)}", given


def tally(query: Query, view: Viewpoint, by: Group) -> Sql:
    """Give the statement for how many rows each group has."""
    source, wheres, given = _source(query, view, None)
    key, values = _group(query, by)
    return (
        f"SELECT {key} AS k, count(*) {source}{_where(wheres)} GROUP BY k ORDER BY k",
        [*values, *given],
    )


def measured(query: Query, view: Viewpoint, field: str, by: Group | None) -> Sql:
    """Give the statement for a field's values by group, in rising order; 0 is not set."""
    source, wheres, given = _source(query, view, None)
    key, values = _group(query, by) if by else ("''", [])
    column = f'r."{_known(query, field)}"'
    where = _where([*wheres, f"{column} != 0"])
    return f"SELECT {key} AS k, {column} {source}{where} ORDER BY {column}", [*values, *given]


def _group(query: Query, by: Group) -> Sql:
    column = f'r."{_known(query, by.field)}"'
    if not by.step:
        return column, []
    # Whole steps below the start too: SQLite's own division goes towards 0.
    start = by.start % by.step
    return (f"({column} - ? + ?) / ? - ?"), [
        start,
        by.step,
        by.step,
        (by.start - start) // by.step + 1,
    ]


def _known(query: Query, field: str) -> str:
    if field not in SHAPES[query.kind].types:
        raise Refused("refused.query_field", word=field, field=field)
    return field


def _where(wheres: list[str]) -> str:
    return f" WHERE {' AND '.join(wheres)}" if wheres else ""


def _source(query: Query, view: Viewpoint, ids: Collection[str] | None, most: int = -1) -> Parts:
    if query.kind not in SHAPES:
        raise Refused("refused.query_kind", kind=query.kind)
    wheres: list[str] = []
    given: list[Any] = []
    for where, values in (_term(query, term, view) for term in query.terms):
        wheres.append(where)
        given += values
    if ids is not None:
        wheres.append("r.id IN (SELECT value FROM json_each(?))")
        given.append(json.dumps(list(ids)))
    plain = not wheres and not query.order
    match = phrases(query.words)
    if match is None:
        return f"FROM {query.kind} r", wheres, given
    if query.kind != "incident":
        return f"FROM {query.kind} r", *_contained(query, wheres, given)
    found, said = _found(query, match)
    if plain:
        # Both give the newest first and stop at the limit, however many there are.
        first = f"{found} ORDER BY rid DESC LIMIT ?"
        return f"FROM ({first}) w CROSS JOIN incident r ON r.rid = w.rid", [], [*said, most]
    return "FROM incident r", [*wheres, f"r.rid IN ({found})"], [*given, *said]


def _found(query: Query, match: str) -> Sql:
    """Give the rows of what the index has, and of what stands beside it and is newer."""
    words = [clean for word in query.words if (clean := normal(word))]
    beside = " AND ".join("instr(said, ?) > 0" for _ in words)
    return (
        "SELECT rowid AS rid FROM words WHERE words MATCH ? AND rowid NOT IN"  # noqa: S608
        f" (SELECT rid FROM unindexed) UNION ALL SELECT rid FROM unindexed WHERE {beside}",
        [match, *words],
    )


def _contained(query: Query, wheres: list[str], given: list[Any]) -> tuple[list[str], list[Any]]:
    """Search the few rows of a small kind by their own words, without an index."""
    texts = " || ' ' || ".join(
        f'r."{name}"' for name, type_ in SHAPES[query.kind].types.items() if type_ == "TEXT"
    )
    if query.kind == "report":
        said = "CAST(coalesce(r.overlay, r.body) AS TEXT)"
        for path in ("words", "caller", "phone", "address"):
            texts += f" || ' ' || coalesce(json_extract({said}, '$.{path}'), '')"
    words = [word for word in query.words if normal(word)]
    return [*wheres, *(f"instr(lower({texts}), lower(?)) > 0" for _ in words)], [*given, *words]


def _order(query: Query) -> str:
    # What was learned last stands first; and every order is a whole one.
    parts: list[str] = []
    for name, ascending in query.order:
        if name not in SHAPES[query.kind].types:
            raise Refused("refused.query_field", word=name, field=name)
        if name in UNSET_LAST and ascending:
            parts.append(f'(r."{name}" = 0)')
        parts.append(f'r."{name}"{"" if ascending else " DESC"}')
    return ", ".join((*parts, "r.rid DESC"))


def _term(query: Query, term: Term, view: Viewpoint) -> Sql:
    type_ = SHAPES[query.kind].types.get(term.field)
    if type_ is None:
        raise Refused("refused.query_field", word=term.field, field=term.field)
    wanted = [resolved(value, view) for value in term.values]
    column = f'r."{term.field}"'
    match term.sign:
        case ":":
            where, given = _among(column, type_, wanted)
            if type_ != "TEXT":
                where, given = _or_between(column, term, view, where, given)
        case "~" if wanted:
            where = " OR ".join(f"instr({column}, ?) > 0" for _ in wanted)
            given = [f" {value} " for value in wanted]
        case "<" | "<=" if wanted:
            where = f"{column} > 0 AND {column} {term.sign} ?"
            given = [_number(term, type_, wanted[0])]
        case ">" | ">=" if wanted:
            where, given = f"{column} {term.sign} ?", [_number(term, type_, wanted[0])]
        case _:
            where, given = "0", []
    return (f"NOT ({where})" if term.negated else f"({where})"), given


def _among(column: str, type_: str, wanted: list[str | int]) -> Sql:
    values = [v for w in wanted if (v := _typed(type_, str(w))) is not None]
    if not values:
        return "0", []
    return f"{column} IN ({','.join('?' * len(values))})", values


def _or_between(column: str, term: Term, view: Viewpoint, where: str, given: list[Any]) -> Sql:
    """Widen a condition by the stretches of a term."""
    ends = [found for value in term.values if (found := stretch(value, view))]
    between = f"({column} > 0 AND {column} >= ? AND {column} < ?)"
    values = (max(-MOST, min(MOST, end)) for pair in ends for end in pair)
    return " OR ".join([where, *(between for _ in ends)]), [*given, *values]


def _typed(type_: str, value: str) -> Any:
    """Give the one value of a column's type that is written so; None when there is none."""
    if type_ == "TEXT":
        return value
    try:
        number: int | float = int(value) if type_ == "INTEGER" else float(value)
    except ValueError:
        return None
    return number if str(number) == value and abs(number) <= MOST else None


def _number(term: Term, type_: str, value: str | int) -> float:
    try:
        return max(-MOST, min(MOST, float(value) if type_ == "REAL" else int(value)))
    except ValueError:
        raise Refused("refused.query_value", field=term.field, value=value) from None

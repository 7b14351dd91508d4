"""Reads the ledger for one sight: pages of the feed, snapshots, histories, digests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Raw
from sqlalchemy import Connection, Row, and_, func, or_, select

from console.central import tables
from console.central.ruling import STEPS
from console.central.sight import Sight
from console.central.sitting import CHUNK
from console.domain.changes import Key
from console.domain.record import HIDDEN, Showing
from console.wire import Entry, Leave, Put, fingerprint

Line = Row[*tuple[Any, ...]]
_L, _R = tables.log.c, tables.record.c


@dataclass(slots=True)
class Slice:
    """A stretch of the log as one sight sees it; ``upto`` is the last position in it."""

    upto: int
    more: bool = False
    puts: list[Put] = field(default_factory=list[Put])
    leaves: list[Leave] = field(default_factory=list[Leave])
    entries: list[Entry] = field(default_factory=list[Entry])
    acts: list[str] = field(default_factory=list[str])


def head(line: Connection) -> int:
    """Give the last position of the log."""
    return int(line.execute(select(func.max(_L.pos))).scalar() or 0)


def slice_after(line: Connection, since: int, sight: Sight, limit: int) -> Slice:
    """Give what came after a position: each record touched once, as it is now."""
    end = head(line)
    seen = or_(sight.where(_L.scope, _L.depts), sight.where(_L.was_scope, _L.was_depts))
    query = select(_L.seq, _L.pos, _L.kind, _L.id, _L.act, _L.was_scope, _L.was_depts, _L.entry)
    query = query.where(_L.pos > since, _L.pos <= end, seen).order_by(_L.seq)
    query = query.limit(max(limit, STEPS) + 1)  # so that an act is never cut by it
    rows, more = _cut(list(line.execute(query)), limit)
    made = Slice(upto=rows[-1].pos if more else max(end, since), more=more)
    made.acts = list(dict.fromkeys(row.act for row in rows))
    now = _now(line, {(row.kind, row.id) for row in rows})
    for key in dict.fromkeys((row.kind, row.id) for row in rows):
        found = now[key]
        if sight.sees(found.scope, found.depts):
            made.puts.append(_put(found))
        else:
            made.leaves.append(Leave(kind=key[0], id=key[1]))
    made.entries = [_entry(r) for r in rows if _still_seen(now[r.kind, r.id], sight)]
    return made


def rows_of(line: Connection, sight: Sight) -> int:
    """Count the records of a sight."""
    query = select(func.count()).select_from(tables.record).where(sight.where(_R.scope, _R.depts))
    return int(line.execute(query).scalar() or 0)


def puts_of(line: Connection, sight: Sight, kind: str = "") -> Iterator[Put]:
    """Give every record of a sight (of one kind), read as they are asked for."""
    query = select(_R.kind, _R.id, _R.version, _R.body).where(sight.where(_R.scope, _R.depts))
    if kind:
        query = query.where(_R.kind == kind)
    with line.execution_options(yield_per=CHUNK).execute(query.order_by(_R.kind, _R.id)) as found:
        for row in found:
            yield _put(row)


def named(line: Connection, kind: str, ids: Sequence[str]) -> Iterator[Put]:
    """Give records by their ids."""
    for n in range(0, len(ids), CHUNK):
        query = select(_R.kind, _R.id, _R.version, _R.body).where(_R.kind == kind)
        yield from (_put(row) for row in line.execute(query.where(_R.id.in_(ids[n : n + CHUNK]))))


def history_of(line: Connection, kind: str, id: str, sight: Sight) -> list[Entry] | None:
    """Give the timeline of a record; an incident's with its tasks' and reports'. None: not seen."""
    if tables.NUL in kind + id:
        return None
    own = line.execute(select(_R.scope, _R.depts).where(_R.kind == kind, _R.id == id)).one_or_none()
    if own is None or not sight.sees(own.scope, own.depts):
        return None
    which = and_(_L.kind == kind, _L.id == id)
    if kind == "incident":
        which = or_(which, _L.incident == id)
    seen = sight.where(_R.scope, _R.depts)
    if kind == "incident":  # a push for it that seats have let go of is still told of
        seen = or_(seen, and_(_L.kind == Showing.kind, _R.scope == HIDDEN))
    both = tables.log.join(tables.record, and_(_L.kind == _R.kind, _L.id == _R.id))
    query = select(_L.entry).select_from(both).where(which, seen)
    return [_entry(row) for row in line.execute(query.order_by(_L.seq))]


def digest_of(line: Connection, sight: Sight) -> tuple[dict[str, int], dict[str, int]]:
    """Give, for each kind, how many records a sight holds and the sum of their fingerprints."""
    counts: dict[str, int] = {}
    sums: dict[str, int] = {}
    query = select(_R.kind, _R.id, _R.version).where(sight.where(_R.scope, _R.depts))
    for kind, name, version in line.execution_options(yield_per=CHUNK).execute(query):
        counts[kind] = counts.get(kind, 0) + 1
        sums[kind] = sums.get(kind, 0) + fingerprint(name, version)
    return counts, sums


def _cut(rows: list[Line], limit: int) -> tuple[list[Line], bool]:
    """Cut to so many rows, but never within an act: it is seen whole or not at all."""
    if len(rows) <= limit:
        return rows, False
    last = rows[limit].pos
    kept = [row for row in rows if row.pos < last] or [row for row in rows if row.pos == last]
    return kept, len(kept) < len(rows)


def _now(line: Connection, keys: set[Key]) -> Mapping[Key, Line]:
    found: dict[Key, Line] = {}
    columns = (_R.kind, _R.id, _R.version, _R.scope, _R.depts, _R.body)
    for kind in {k for k, _ in keys}:
        ids = [i for k, i in keys if k == kind]
        for n in range(0, len(ids), CHUNK):
            query = select(*columns).where(_R.kind == kind, _R.id.in_(ids[n : n + CHUNK]))
            found |= {(row.kind, row.id): row for row in line.execute(query)}
    return found


def _still_seen(row: Line, sight: Sight) -> bool:
    return sight.sees(row.scope, row.depts)


def _put(row: Line) -> Put:
    return Put(kind=row.kind, id=row.id, version=row.version, body=Raw(row.body))


def _entry(row: Line) -> Entry:
    return msgspec.json.decode(row.entry, type=Entry)

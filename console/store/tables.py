"""Writes records into the tables of their kinds: as the centre has them, and as they are shown."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from console.domain.changes import Key
from console.domain.record import KINDS, Record, Task
from console.domain.rows import SHAPES, STANDING, row_of
from console.store import search
from console.store.files import Db
from console.store.schema import SEARCHED
from console.wire import Entry, Put, pack, record_of

CHUNK = 500
NONE_STANDS = (0, 0, 0)


class Bad(NamedTuple):
    """A put that is not a record: kept as it came, and told."""

    put: Put
    why: str


class Taken(NamedTuple):
    """A put that was read."""

    record: Record
    put: Put


def _marks(names: Sequence[str]) -> tuple[str, str]:
    return ", ".join(f'"{n}"' for n in names), ", ".join("?" * len(names))


def _confirm_sql(kind: str, *, conflict: bool) -> str:
    names, marks = _marks((*SHAPES[kind].names, "held", "words", "body"))
    sql = f"INSERT INTO {kind}({names}) VALUES ({marks})"  # noqa: S608
    if not conflict:
        return sql
    kept = ("id", *STANDING)
    sets = ", ".join(f'"{n}" = excluded."{n}"' for n in SHAPES[kind].names if n not in kept)
    return (
        f"{sql} ON CONFLICT(id) DO UPDATE SET {sets}, held = excluded.held,"
        " words = excluded.words, body = excluded.body, overlay = NULL"
        f" WHERE excluded.held > {kind}.held"
    )


def _show_sql(kind: str) -> str:
    names, marks = _marks((*SHAPES[kind].names, "words", "overlay"))
    sets = ", ".join(f'"{n}" = excluded."{n}"' for n in SHAPES[kind].names if n != "id")
    return (
        f"INSERT INTO {kind}({names}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {sets},"  # noqa: S608
        " words = excluded.words, overlay = excluded.overlay"
    )


CONFIRM = {kind: _confirm_sql(kind, conflict=True) for kind in KINDS}
FILL = {kind: _confirm_sql(kind, conflict=False) for kind in KINDS}
SHOW = {kind: _show_sql(kind) for kind in KINDS}


def decoded(puts: Iterable[Put]) -> tuple[dict[Key, Taken], list[Bad]]:
    """Read puts; of several for one record the newest counts."""
    taken: dict[Key, Taken] = {}
    bad: list[Bad] = []
    for put in puts:
        key = (put.kind, put.id)
        if put.kind not in KINDS:
            bad.append(Bad(put, "unknown kind"))
            continue
        try:
            record = record_of(put.kind, put.body)
        except msgspec.MsgspecError as error:
            bad.append(Bad(put, str(error)))
            continue
        if record.id != put.id:
            bad.append(Bad(put, f"the body is of {record.id!r}"))
        elif key not in taken or put.version > taken[key].put.version:
            taken[key] = Taken(record, put)
    return taken, bad


def parameters(taken: Taken) -> tuple[Any, ...]:
    """Give a confirmed record as CONFIRM and FILL take it."""
    record, put = taken
    words = search.print_of(record) if record.kind in SEARCHED else 0
    return (*row_of(record), *NONE_STANDS, put.version, words, bytes(put.body))


def confirm(db: Db, taken: dict[Key, Taken]) -> set[Key]:
    """Take what is newer than what is held; give the records that changed."""
    changed: set[Key] = set()
    texts: set[str] = set()
    for kind, mine in _by_kind(taken).items():
        extra = ", incident" if kind == "report" else ""
        held = _rows(db, kind, list(mine), f"id, held, words{extra}")
        newer = {
            id: parameters(each) for id, each in mine.items()
            if id not in held or each.put.version > held[id][1]
        }  # fmt: skip
        db.executemany(CONFIRM[kind], list(newer.values()))
        changed |= {(kind, id) for id in newer}
        if kind in SEARCHED:
            for id, values in newer.items():
                _note_texts(mine[id].record, held.get(id), values[-2], texts)
    _reindex(db, texts)
    return changed


def show(
    db: Db, keys: Iterable[Key], shown: dict[Key, Record], standing: dict[Key, tuple[int, int, int]]
) -> None:
    """Bring rows to what is shown now: something over the confirmed record, or that alone."""
    texts: set[str] = set()
    gone: list[Key] = []
    for kind, mine in _by_kind(dict.fromkeys(keys)).items():
        extra = ", incident" if kind == "report" else ""
        held = _rows(db, kind, list(mine), f"id, body, words{extra}")
        rows: list[tuple[Any, ...]] = []
        for id in mine:
            over = shown.get((kind, id))
            body = held[id][1] if id in held else None
            record = over or (record_of(kind, body) if body is not None else None)
            if record is None:
                gone += [(kind, id)] if id in held else []
                continue
            words = search.print_of(record) if kind in SEARCHED else 0
            overlay = pack(over) if over is not None else None
            rows.append((*row_of(record), *standing.get((kind, id), NONE_STANDS), words, overlay))
            if kind in SEARCHED:
                _note_texts(record, held.get(id), words, texts)
        db.executemany(SHOW[kind], rows)
    erase(db, gone, texts)
    _reindex(db, texts)


def erase(db: Db, keys: Iterable[Key], texts: set[str] | None = None) -> None:
    """Delete rows, and what is searched of them."""
    again: set[str] = set() if texts is None else texts
    for kind, mine in _by_kind(dict.fromkeys(keys)).items():
        if kind == "incident":
            search.forget(db, [row[1] for row in _rows(db, kind, list(mine), "id, rid").values()])
        elif kind == "report":
            again |= {row[1] for row in _rows(db, kind, list(mine), "id, incident").values()}
        db.executemany(f"DELETE FROM {kind} WHERE id = ?", [(id,) for id in mine])  # noqa: S608
    if texts is None:
        _reindex(db, again)


def leave(db: Db, keys: Collection[Key]) -> None:
    """Erase records that this seat may not see any more, with their history."""
    erase(db, [key for key in keys if key[0] in KINDS])
    db.executemany("DELETE FROM history WHERE kind = ? AND id = ?", list(keys))


def record(db: Db, entries: Iterable[Entry]) -> None:
    """Keep lines of timelines; one that is there already stays as it is."""
    db.executemany(
        "INSERT OR IGNORE INTO history(n, kind, id, incident, at, body) VALUES (?, ?, ?, ?, ?, ?)",
        [(e.n, e.kind, e.id, e.incident, e.at, pack(e)) for e in entries],
    )


def set_bad_aside(db: Db, bad: Iterable[Bad], at: int) -> None:
    """Keep puts that are not records as they came."""
    db.executemany(
        "INSERT INTO bad_rows(at, kind, id, version, why, body) VALUES (?, ?, ?, ?, ?, ?)",
        [(at, b.put.kind, b.put.id, b.put.version, b.why, bytes(b.put.body)) for b in bad],
    )


def overlaid(db: Db) -> set[Key]:
    """Give the records that something lies over, or that acts stand on."""
    stands = " OR ".join(f"{name} > 0" for name in STANDING)
    return {
        (kind, id)
        for kind in KINDS
        for (id,) in db.execute(f"SELECT id FROM {kind} WHERE overlay IS NOT NULL OR {stands}")  # noqa: S608
    }


class Confirmed:
    """What is confirmed, read inside a transaction."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def confirmed(self, kind: str, id: str) -> Record | None:
        sql = f"SELECT body FROM {kind} WHERE id = ? AND body IS NOT NULL"  # noqa: S608
        found = self._db.execute(sql, (id,)).fetchone() if kind in KINDS else None
        return record_of(kind, found[0]) if found else None

    def plain_tasks_of(self, unit: str) -> list[Task]:
        sql = "SELECT body FROM task WHERE unit = ? AND overlay IS NULL AND body IS NOT NULL"
        found = [record_of("task", body) for (body,) in self._db.execute(sql, (unit,))]
        return [task for task in found if isinstance(task, Task)]


def _note_texts(
    record: Record, held: tuple[Any, ...] | None, words: int, texts: set[str]
) -> None:
    """Name the incidents whose searched text is another now."""
    moved = held is not None and len(held) > 3 and held[3] != getattr(record, "incident", "")  # noqa: PLR2004
    if held is not None and held[2] == words and not moved:
        return
    texts.add(record.id if record.kind == "incident" else getattr(record, "incident", ""))
    if moved and held is not None:
        texts.add(held[3])


def _reindex(db: Db, incidents: Iterable[str]) -> None:
    wanted = sorted(incidents)
    for start in range(0, len(wanted), CHUNK):
        search.reindex(db, wanted[start : start + CHUNK])


def _rows(db: Db, kind: str, ids: list[str], columns: str) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        sql = f"SELECT {columns} FROM {kind} WHERE id IN ({','.join('?' * len(part))})"  # noqa: S608
        found |= {row[0]: row for row in db.execute(sql, part)}
    return found


def _by_kind(keys: dict[Key, Any]) -> dict[str, dict[str, Any]]:
    grouped: dict[str, dict[str, Any]] = {}
    for (kind, id), value in keys.items():
        grouped.setdefault(kind, {})[id] = value
    return grouped

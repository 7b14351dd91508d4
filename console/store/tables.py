"""Writes records into the tables of their kinds: as the centre has them, and as they are shown."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

import msgspec

from console.domain.changes import Key
from console.domain.record import KINDS, Record, Task
from console.domain.rows import INDEXED, SHAPES, STANDING, row_of
from console.store import search
from console.store.files import Db
from console.store.schema import OVERLAID, SEARCHED
from console.wire import Entry, Put, pack, record_of

V = TypeVar("V")
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


def _confirm_sql(kind: str) -> str:
    names, marks = _marks((*SHAPES[kind].names, "held", "fingerprint", "body"))
    kept = ("id", *STANDING)
    sets = ", ".join(f'"{n}" = excluded."{n}"' for n in SHAPES[kind].names if n not in kept)
    return (
        f"INSERT INTO {kind}({names}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {sets},"  # noqa: S608
        " held = excluded.held, fingerprint = excluded.fingerprint, body = excluded.body,"
        f" overlay = NULL WHERE excluded.held > {kind}.held"
    )


def _show_sql(kind: str) -> str:
    names, marks = _marks((*SHAPES[kind].names, "fingerprint", "overlay"))
    sets = ", ".join(f'"{n}" = excluded."{n}"' for n in SHAPES[kind].names if n != "id")
    return (
        f"INSERT INTO {kind}({names}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {sets},"  # noqa: S608
        " fingerprint = excluded.fingerprint, overlay = excluded.overlay"
    )


CONFIRM = {kind: _confirm_sql(kind) for kind in KINDS}
SHOW = {kind: _show_sql(kind) for kind in KINDS}
_TEXT = {
    kind: "fingerprint, " + {"report": "incident", "incident": "id"}.get(kind, "0")
    for kind in KINDS
}
"""The columns that tell whether a record's text must be indexed again, and where."""
_WATCHED = {kind: tuple(name for name in INDEXED[kind] if name != "id") for kind in KINDS}
"""The columns that are kept in order: an update that names them rewrites their index."""
_PLACES = {
    kind: tuple((name, SHAPES[kind].index(name), n) for n, name in enumerate(names, 2))
    for kind, names in _WATCHED.items()
}
"""Where they stand in a new row, and in what ``confirm`` reads of the one that is held."""


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
    """Give a confirmed record as CONFIRM takes it."""
    record, put = taken
    words = search.print_of(record) if record.kind in SEARCHED else 0
    return (*row_of(record), *NONE_STANDS, put.version, words, bytes(put.body))


def confirm(db: Db, taken: dict[Key, Taken]) -> set[Key]:
    """Take what is newer than what is held; give the records that changed."""
    changed: set[Key] = set()
    texts: set[str] = set()
    for kind, mine in _by_kind(taken).items():
        watched = "".join(f'"{name}", ' for name in _WATCHED[kind])
        held = {row[0]: row for row in _rows(db, kind, mine, f"id, held, {watched}{_TEXT[kind]}")}
        batches: dict[tuple[str, ...] | None, list[tuple[Any, ...]]] = {}
        for name, each in mine.items():
            before = held.get(name)
            if before is not None and each.put.version <= before[1]:
                continue
            row = parameters(each)
            moved = None if before is None else _moved(kind, row, before)
            batches.setdefault(moved, []).append(row)
            changed.add((kind, name))
            texts |= _texts(each.record, before, row[-2])
        for moved, rows in batches.items():
            if moved is None:
                db.executemany(CONFIRM[kind], rows)
            else:
                line, places = _update(kind, moved)
                db.executemany(line, [places(row) for row in rows])
    _note_texts(db, texts)
    return changed


def _moved(kind: str, row: tuple[Any, ...], before: tuple[Any, ...]) -> tuple[str, ...]:
    """Name the columns kept in order whose value is another now: only their indexes are written."""
    return tuple(name for name, here, there in _PLACES[kind] if row[here] != before[there])


@cache
def _update(kind: str, moved: tuple[str, ...]) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    """Give the statement that writes a record that is held, and what picks its values of a row."""
    names = (*SHAPES[kind].names, "held", "fingerprint", "body")
    still = {"id", *STANDING, *_WATCHED[kind]} - set(moved)
    written = [name for name in names if name not in still]
    sets = ", ".join(f'"{name}" = ?' for name in written)
    line = f"UPDATE {kind} SET {sets}, overlay = NULL WHERE id = ?"  # noqa: S608
    return line, itemgetter(*(names.index(name) for name in (*written, "id")))


def show(
    db: Db, keys: Iterable[Key], shown: dict[Key, Record], standing: dict[Key, tuple[int, int, int]]
) -> None:
    """Bring rows to what is shown now: something over the confirmed record, or that alone."""
    texts: set[str] = set()
    gone: list[Key] = []
    for kind, mine in _by_kind(dict.fromkeys(keys)).items():
        held = {row[0]: row for row in _rows(db, kind, mine, f"id, body, {_TEXT[kind]}")}
        rows: list[tuple[Any, ...]] = []
        for key in ((kind, name) for name in mine):
            before = held.get(key[1])
            record = shown.get(key) or _read(kind, before)
            if record is None:
                gone += [key] if before else []
                continue
            words = search.print_of(record) if kind in SEARCHED else 0
            overlay = pack(shown[key]) if key in shown else None
            rows.append((*row_of(record), *standing.get(key, NONE_STANDS), words, overlay))
            texts |= _texts(record, before, words)
        db.executemany(SHOW[kind], rows)
    _note_texts(db, texts | _erase(db, gone))


def erase(db: Db, keys: Iterable[Key]) -> None:
    """Delete rows, and what is searched of them."""
    _note_texts(db, _erase(db, keys))


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
    return {
        (kind, row[0])
        for kind in KINDS
        for row in db.execute(f"SELECT id FROM {kind} WHERE {OVERLAID}")  # noqa: S608
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


def _read(kind: str, held: tuple[Any, ...] | None) -> Record | None:
    return record_of(kind, held[1]) if held is not None and held[1] is not None else None


def _texts(record: Record, held: tuple[Any, ...] | None, words: int) -> set[str]:
    """Name the incidents whose searched text is another now; ``held`` ends with _TEXT."""
    if record.kind not in SEARCHED:
        return set()
    home = record.id if record.kind == "incident" else getattr(record, "incident", "")
    if held is None:
        return {home}
    was_words, was_home = held[-2:]
    return set() if (was_words, was_home) == (words, home) else {home, was_home}


def _erase(db: Db, keys: Iterable[Key]) -> set[str]:
    """Delete rows; give the incidents whose searched text is another now."""
    again: set[str] = set()
    for kind, mine in _by_kind(dict.fromkeys(keys)).items():
        if kind == "incident":
            search.forget(db, [row[0] for row in _rows(db, kind, mine, "rid")])
        elif kind == "report":
            again |= {row[0] for row in _rows(db, kind, mine, "incident")}
        db.executemany(f"DELETE FROM {kind} WHERE id = ?", [(name,) for name in mine])  # noqa: S608
    return again


def _note_texts(db: Db, incidents: Iterable[str]) -> None:
    wanted = sorted(name for name in incidents if name)
    for start in range(0, len(wanted), CHUNK):
        search.note(db, wanted[start : start + CHUNK])


def _rows(db: Db, kind: str, names: Iterable[str], columns: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    wanted = list(names)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        sql = f"SELECT {columns} FROM {kind} WHERE id IN ({','.join('?' * len(part))})"  # noqa: S608
        found += db.execute(sql, part).fetchall()
    return found


def _by_kind(keys: dict[Key, V]) -> dict[str, dict[str, V]]:
    grouped: dict[str, dict[str, V]] = {}
    for key, value in keys.items():
        grouped.setdefault(key[0], {})[key[1]] = value
    return grouped

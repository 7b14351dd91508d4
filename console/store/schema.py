"""The tables of the two files, made from the shapes of the records.

The cache has no history of forms: its number is worked out from its own definition, and a cache of
another number is dropped and filled again. The outbox is migrated, forward only, after a copy.
"""

import zlib
from collections.abc import Sequence

from console.domain.record import KINDS
from console.domain.rows import INDEXED, SHAPES
from console.store.files import Db

SEARCHED = ("incident", "report")
"""Kinds whose text is indexed, all to the incident that it belongs to."""
OVERLAID = "overlay IS NOT NULL OR pending > 0 OR refused > 0 OR conflict > 0"
"""The rows on which acts stand: few, and found at the start without reading the others."""
UNSET_LAST = ("due", "soon")
"""Columns in which 0 means "none": such rows come last."""

_INNER = (
    "held INTEGER NOT NULL DEFAULT -1, fingerprint INTEGER NOT NULL DEFAULT 0,"
    " body BLOB, overlay BLOB"
)
"""Version confirmed, fingerprint of the text indexed, the centre's JSON, and the shown JSON."""

_CACHE = (
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE history(n INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,"
    " incident TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL,"
    " PRIMARY KEY(kind, id, n)) WITHOUT ROWID",
    "CREATE TABLE settled(act TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE twin(n INTEGER PRIMARY KEY, waiting BLOB NOT NULL)",
    "CREATE TABLE bad_rows(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL,"
    " id TEXT NOT NULL, version INTEGER NOT NULL, why TEXT NOT NULL, body BLOB NOT NULL)",
    # Contentless: the text stands in the rows. To this tokenizer all that is not ASCII is a letter.
    "CREATE VIRTUAL TABLE words USING fts5(chars, pairs, threes, content='', contentless_delete=1,"
    " tokenize='ascii')",
    "CREATE TABLE unindexed(rid INTEGER PRIMARY KEY, said TEXT NOT NULL)",
    # Left to itself the index now and then merges all of its parts in one commit: seconds.
    "INSERT INTO words(words, rank) VALUES ('automerge', 0)",
    "INSERT INTO words(words, rank) VALUES ('crisismerge', 1999)",
)
_OUTBOX = (
    "CREATE TABLE outbox(n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
    " act BLOB NOT NULL, actor BLOB NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL,"
    " key TEXT NOT NULL, args BLOB NOT NULL, queued_at INTEGER NOT NULL,"
    " verdict_at INTEGER NOT NULL, reason TEXT NOT NULL)",
    "CREATE TABLE kept(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
)
OUTBOX_STEPS: tuple[Sequence[str], ...] = (_OUTBOX,)
"""What brings an outbox of schema N to N + 1; never changed after a release, only added to."""


def _table(kind: str) -> str:
    columns = ", ".join(
        f'"{name}" {type_} NOT NULL' + (" UNIQUE" if name == "id" else "")
        for name, type_ in SHAPES[kind].types.items()
    )
    return f"CREATE TABLE {kind}(rid INTEGER PRIMARY KEY, {columns}, {_INNER})"


def _indexes(kind: str) -> list[str]:
    made: list[str] = []
    for name in INDEXED[kind]:
        on = f'("{name}" = 0), "{name}"' if name in UNSET_LAST else f'"{name}"'
        made.append(f"CREATE INDEX {kind}_{name} ON {kind}({on})")
    made.append(f"CREATE INDEX {kind}_overlaid ON {kind}(id) WHERE {OVERLAID}")
    return made


TABLES = (*(_table(kind) for kind in KINDS), *_CACHE)
INDEXES = (
    *(line for kind in KINDS for line in _indexes(kind)),
    "CREATE INDEX history_incident ON history(incident, at)",
)
CACHE_SCHEMA = zlib.crc32("\n".join((*TABLES, *INDEXES)).encode()) & 0x7FFFFFFF


def make_cache(db: Db, *, indexed: bool = True) -> None:
    """Make the tables of an empty cache; a fill makes its indexes afterwards."""
    for line in (*TABLES, *(INDEXES if indexed else ())):
        db.execute(line)
    db.execute(f"PRAGMA user_version = {CACHE_SCHEMA}")


def version(db: Db) -> int:
    """Give the schema number of a file; 0 when it is new."""
    found = db.execute("PRAGMA user_version").fetchone()
    return int(found[0]) if found else 0


def migrate(db: Db, steps: Sequence[Sequence[str]]) -> None:
    """Bring an outbox to the newest form, inside the caller's transaction."""
    for number in range(version(db), len(steps)):
        for line in steps[number]:
            db.execute(line)
        db.execute(f"PRAGMA user_version = {number + 1}")

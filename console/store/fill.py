"""Builds a whole new cache from a snapshot: rows first, then indexes, then the text index."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from console.domain.record import KINDS
from console.store import files, schema, search, tables
from console.store.files import Db
from console.store.tables import Bad
from console.wire import Put, Snapshot

BATCH = 2_000
BUILD_MB = 64
TEXTS = 500
HELD_BYTES, USUAL_BYTES = 48_000_000, 1_048_576
"""How much text the index holds in memory before it writes: while filling, and always else."""


class Filling:
    """One fill: builds the file; afterwards knows which rows were bad."""

    def __init__(self, path: Path, key: bytes, progress: Callable[[int, int], None]) -> None:
        self._path = path
        self._key = key
        self._progress = progress
        self.bad: list[Bad] = []

    def build(self, head: Snapshot, puts: Iterable[Put], at: int) -> None:
        """Write a new file that is whole but for what waits here; it is closed on return."""
        files.remove(self._path)
        source = files.engine(self._path, self._key, full=False, cache_mb=BUILD_MB)
        try:
            with files.borrowed(source) as db:
                # Nobody reads this file yet, and a fill that breaks off starts again.
                db.execute("PRAGMA journal_mode = OFF")
                db.execute("PRAGMA synchronous = OFF")
                db.execute("BEGIN")
                self._rows(db, head, puts)
                for line in schema.INDEXES:
                    db.execute(line)
                self._texts(db)
                tables.set_bad_aside(db, self.bad, at)
                note(db, head)
                db.execute("COMMIT")
        except BaseException:
            source.dispose()
            files.remove(self._path)
            raise
        source.dispose()

    def _rows(self, db: Db, head: Snapshot, puts: Iterable[Put]) -> None:
        schema.make_cache(db, indexed=False)
        done = 0
        for batch in _batches(puts):
            taken, bad = tables.decoded(batch)
            self.bad += bad
            for kind in KINDS:
                rows = [tables.parameters(t) for (k, _), t in taken.items() if k == kind]
                db.executemany(tables.CONFIRM[kind], rows)
            done += len(batch)
            self._progress(done, max(head.rows, done))

    def _texts(self, db: Db) -> None:
        search.hold(db, HELD_BYTES)
        search.index_all(db, TEXTS)
        search.purge(db)
        search.hold(db, USUAL_BYTES)


def note(db: Db, head: Snapshot) -> None:
    """Note where a cache stands in the centre's log."""
    db.executemany(
        "INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)",
        [("cursor", head.next), ("pos", str(head.pos)), ("epoch", head.epoch), ("filled", "1")],
    )


def _batches(puts: Iterable[Put]) -> Iterator[list[Put]]:
    going = iter(puts)
    while batch := list(islice(going, BATCH)):
        yield batch

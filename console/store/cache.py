"""The cache: confirmed and shown records in one encrypted, disposable file.

One connection writes; readers have a pool and see whole transactions. A new file takes the place of
the old one while readers wait a moment at the gate.
"""

import threading
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from console.store import files, schema
from console.store.files import Db

READER_MB = 48
WRITER_MB = 64
READERS = 6


class Gate:
    """Lets many pass at once, or one alone."""

    def __init__(self) -> None:
        self._state = threading.Condition()
        self._inside = 0
        self._shut = False

    @contextmanager
    def passing(self) -> Generator[None]:
        """Be one of many."""
        with self._state:
            self._state.wait_for(lambda: not self._shut)
            self._inside += 1
        try:
            yield
        finally:
            with self._state:
                self._inside -= 1
                self._state.notify_all()

    @contextmanager
    def alone(self) -> Generator[None]:
        """Wait until nobody is inside, and keep others out."""
        with self._state:
            self._state.wait_for(lambda: not self._shut)
            self._shut = True
            self._state.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._state:
                self._shut = False
                self._state.notify_all()


class Cache:
    """The file and its connections."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._gate = Gate()
        self._open()

    def rows(self, sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Read, from any thread."""
        with self._gate.passing(), files.borrowed(self._readers) as db:
            return db.execute(sql, given).fetchall()

    def transaction(self) -> AbstractContextManager[Db]:
        """Write, from one thread at a time."""
        return files.transaction(self._writer)

    def new(self) -> Path:
        """Name the file that a fill builds."""
        return self.path.with_name("cache.new.db")

    def swap(self, new: Path) -> None:
        """Put a whole new file, closed and without its WAL, in the place of this one."""
        with self._gate.alone():
            self._dispose()
            files.remove(self.path)
            new.replace(self.path)
            self._open()

    def start_anew(self, aside: Path | None) -> None:
        """Put an empty file in the place of this one, which is kept under another name or not."""
        with self._gate.alone():
            self._dispose()
            if aside is not None:
                files.set_aside(self.path, aside)
            files.remove(self.path)
            self._open()
            self.make()  # before anybody reads

    def version(self) -> int:
        """Give the schema number of the file; 0 when it is new. Reads the first page."""
        with files.borrowed(self._writer) as db:
            return schema.version(db)

    def make(self) -> None:
        """Make the tables of a new file."""
        with self.transaction() as db:
            schema.make_cache(db)

    def tidy(self) -> None:
        """Bring a log that has grown into the file, beside the writer, who need not wait for it."""
        with self._gate.passing():
            files.tidy(self._keeper)

    def checkpoint(self) -> None:
        """Bring everything from the log into the file, and empty the log."""
        with files.borrowed(self._writer) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def flaws(self) -> list[str]:
        """Read every page and give what is wrong with it."""
        with self._gate.passing(), files.borrowed(self._readers) as db:
            return [str(row[0]) for row in db.execute("PRAGMA cipher_integrity_check")]

    def close(self) -> None:
        with self._gate.alone():
            self._dispose()

    def _open(self) -> None:
        self._writer = files.engine(self.path, self._key, full=False, cache_mb=WRITER_MB)
        self._keeper = files.engine(self.path, self._key, full=False, cache_mb=1)
        self._readers = files.engine(
            self.path, self._key, full=False, cache_mb=READER_MB, pool=READERS, reads_only=True
        )

    def _dispose(self) -> None:
        self._readers.dispose()
        self._keeper.dispose()
        self._writer.dispose()

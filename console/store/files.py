"""Opens encrypted SQLite files, always in the same way, and tells their failures apart.

The key comes first on every connection. No memory map and one writer a file: the two conditions
under which SQLite's WAL has never been seen to spoil anything.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, cast

import sqlalchemy as sa
import sqlcipher3.dbapi2
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

BUSY_MS = 5_000
TIDY_PAGES = 1_000
"""How long a log grows (4 MB) before it is brought into its file, beside the writer."""
LOG_PAGES = 16_000
"""How long it grows (64 MB) before whoever writes brings it in, at the cost of a step."""
FULL, IO, CORRUPT, NOT_A_FILE, CANNOT_OPEN, READ_ONLY = 13, 10, 11, 26, 14, 8
BESIDE = ("", "-wal", "-shm", "-journal")

_driver: Any = sqlcipher3.dbapi2
DatabaseError: type[Exception] = _driver.DatabaseError
"""Everything that the database itself reports; ``damaged`` and ``no_room`` tell it apart."""


class Cursor(Protocol):
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...


class Db(Protocol):
    """A connection as its driver gives it: the road for thousands of rows."""

    def execute(self, sql: str, parameters: Sequence[Any] = ...) -> Cursor: ...
    def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Cursor: ...


def engine(
    path: Path, key: bytes, *, full: bool, cache_mb: int, pool: int = 1, reads_only: bool = False
) -> sa.Engine:
    """Give an engine whose connections are keyed and set; ``full`` syncs at every commit."""
    made = sa.create_engine(
        "sqlite://",
        module=_driver,
        creator=lambda: _connect(path),
        poolclass=QueuePool,
        pool_size=pool,
        max_overflow=16,
        pool_reset_on_return=None,
    )
    pragmas = (
        f"PRAGMA key = \"x'{key.hex()}'\"",
        "PRAGMA cipher_log_level = NONE",
        "PRAGMA mmap_size = 0",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA secure_delete = ON",
        f"PRAGMA cache_size = -{cache_mb * 1024}",
        f"PRAGMA synchronous = {'FULL' if full else 'NORMAL'}",
        f"PRAGMA busy_timeout = {BUSY_MS}",
        f"PRAGMA wal_autocheckpoint = {LOG_PAGES}",
        *(("PRAGMA query_only = ON",) if reads_only else ("PRAGMA journal_mode = WAL",)),
    )

    def keyed(connection: Db, _: object) -> None:
        for pragma in pragmas:
            connection.execute(pragma)

    event.listen(made, "connect", keyed)
    return made


def _connect(path: Path) -> Any:
    return _driver.connect(str(path), isolation_level=None, check_same_thread=False)


def sqlite_version() -> str:
    """Give the version of SQLite that the encrypted files are written with."""
    return str(_driver.sqlite_version)


@contextmanager
def borrowed(source: sa.Engine) -> Generator[Db]:
    """Lend one of the engine's connections; one that failed is not used again."""
    taken = source.raw_connection()
    try:
        yield cast(Db, taken.driver_connection)
    except DatabaseError:
        taken.invalidate()  # after a page failed its check, a connection trusts nothing
        raise
    finally:
        taken.close()


@contextmanager
def transaction(source: sa.Engine) -> Generator[Db]:
    """Lend the writing connection for one transaction: all of it or nothing."""
    with borrowed(source) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            _roll_back(db)
            raise


def tidy(source: sa.Engine) -> None:
    """Bring a log that has grown into its file, by a connection that is not the writer's.

    It can begin at its front again only when nothing is left in it: so one that is long in spite of
    this is brought in at every chance.
    """
    with borrowed(source) as db:
        found = db.execute("PRAGMA wal_checkpoint(NOOP)").fetchone() or (0, 0, 0)
        _, grown, done = found
        if grown - done > TIDY_PAGES or (grown > 4 * TIDY_PAGES and grown > done):
            db.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _roll_back(db: Db) -> None:
    try:
        db.execute("ROLLBACK")
    except DatabaseError:
        return  # SQLite has already rolled back by itself


def code(error: BaseException) -> int:
    """Give SQLite's primary result code of an error."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def damaged(error: BaseException) -> bool:
    """Tell whether the file itself is spoilt (a wrong key looks the same: check it before)."""
    return code(error) in (CORRUPT, NOT_A_FILE)


def no_room(error: BaseException) -> bool:
    """Tell whether the disk took no more: full, over quota, failing or read-only."""
    return code(error) in (FULL, IO, CANNOT_OPEN, READ_ONLY)


def remove(path: Path) -> None:
    """Delete a database file and what SQLite keeps beside it."""
    for suffix in BESIDE:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def set_aside(path: Path, to: Path) -> None:
    """Rename a database file and what SQLite keeps beside it."""
    for suffix in BESIDE:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(to.with_name(to.name + suffix))

"""The centre's database: one writer at a time, readers beside it; SQLite or PostgreSQL by URL."""

import secrets
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select, text

# The SQLite of Python 3.11 has the WAL-reset fault; this build has not. No key: not encrypted.
from sqlcipher3 import dbapi2  # pyright: ignore[reportMissingTypeStubs]

from console.central import tables
from console.central.migrations import upgrade

LOCK = 4711
"""The advisory lock of PostgreSQL that makes judging one after the other, across processes."""


class Ledger:
    """Holds the tables. The order of the log is the order of its commits: there is one writer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._writer = threading.Lock()
        with self.writing() as line:
            upgrade(line)
            held = _facts(line)
        self.epoch: str = held["epoch"]
        self.secret: bytes = bytes.fromhex(held["secret"])

    @classmethod
    def in_folder(cls, folder: Path) -> "Ledger":
        """Open the ledger of a data folder, on SQLite; only this account may read it."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = folder / "centre.db"
        place.touch(mode=0o600)
        return cls(f"sqlite:///{place}")

    @property
    def shared(self) -> bool:
        """Tell whether another process may write to these tables too."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """Give the one writing transaction; it is committed at the end, or undone by an error."""
        with self._writer, self.engine.connect() as opened:
            line = opened.execution_options(writing=True)
            with line.begin():
                if self.shared:
                    line.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})
                yield line

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """Give a transaction that sees one state of the ledger from its beginning to its end."""
        with self.engine.connect() as opened:
            line = opened
            if self.shared:
                line = opened.execution_options(isolation_level="REPEATABLE READ")
            with line.begin():
                yield line

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _facts(line: Connection) -> dict[str, str]:
    held: dict[str, str] = {row.name: row.value for row in line.execute(select(tables.meta))}
    fresh = {"epoch": secrets.token_hex(8), "secret": secrets.token_hex(32)}
    for name in fresh.keys() - held.keys():
        line.execute(tables.meta.insert().values(name=name, value=fresh[name]))
    return fresh | held


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True)
    engine = create_engine(
        url, module=dbapi2, connect_args={"check_same_thread": False}, pool_size=8, max_overflow=24
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: Any, _held: Any) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves
    for line in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "cache_size=-32768"):
        raw.execute(f"PRAGMA {line}")


def _begin(line: Connection) -> None:
    writing = line.get_execution_options().get("writing", False)
    line.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

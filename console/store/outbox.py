"""The outbox: what this seat said and the centre has not taken yet. What waits is never dropped.

Every commit reaches the disk. Beside the acts it keeps the seat's own small things (drafts,
layout), so that a cache that is built anew does not lose them.
"""

from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from console.base.errors import Refused
from console.domain.access import Access
from console.domain.changes import Key
from console.domain.draft import DRAFT, draft_of
from console.domain.record import Act
from console.store import files, schema
from console.store.files import Db
from console.store.overlay import LET_GO, QUEUED, SENT, SETTLED, Waiting

COLUMNS = "n, id, act, actor, state, tries, key, args, queued_at, verdict_at, reason"
_ACT = msgspec.json.Decoder(Act)
_ACTOR = msgspec.json.Decoder(Access)
_ARGS = msgspec.json.Decoder(dict[str, Any])
_pack = msgspec.json.Encoder(enc_hook=str).encode


def waiting_of(row: Sequence[Any]) -> Waiting:
    """Read a row of the outbox, as COLUMNS name it."""
    n, _, act, actor, state, tries, key, args, queued_at, verdict_at, reason = row
    return Waiting(
        act=_ACT.decode(act), actor=_ACTOR.decode(actor), state=state, tries=tries, key=key,
        args=_ARGS.decode(args), queued_at=queued_at, verdict_at=verdict_at, reason=reason, n=n,
    )  # fmt: skip


def row_of(w: Waiting) -> tuple[Any, ...]:
    """Give an act as a row of the outbox; n is None for a new one."""
    return (
        w.n or None, w.act.id, _pack(w.act), _pack(w.actor), w.state, w.tries, w.key, _pack(w.args),
        w.queued_at, w.verdict_at, w.reason,
    )  # fmt: skip


class Outbox:
    """The file and its connection; ``failed`` is the last error that was the file's own."""

    def __init__(
        self, path: Path, key: bytes, steps: Sequence[Sequence[str]] = schema.OUTBOX_STEPS
    ) -> None:
        self.path = path
        self.failed: BaseException | None = None
        self._steps = steps
        self._last_n = 0
        self._engine = files.engine(path, key, full=True, cache_mb=4)
        self._keeper = files.engine(path, key, full=True, cache_mb=1)

    def start(self, *, known: bool = False) -> None:
        """Bring the file to the newest form, after a copy; read every page of it.

        ``known``: there was an outbox here before, so that an empty file is a lost one.
        """
        with self._work() as db:
            found = schema.version(db)
            if known and not found:
                raise Flawed("the outbox is gone")
            if found > len(self._steps):
                raise Refused("refused.newer_outbox", found=found, known=len(self._steps))
            flaws = db.execute("PRAGMA cipher_integrity_check").fetchall()
            flaws += [r for r in db.execute("PRAGMA quick_check").fetchall() if r[0] != "ok"]
            if flaws:
                raise Flawed(str(flaws[0][0]))
            if 0 < found < len(self._steps):
                self._copy(db, found)
        if found < len(self._steps):
            with self._write() as db:
                schema.migrate(db, self._steps)
        with self._work() as db:
            last = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").fetchone()
        self._last_n = int(last[0]) if last else 0

    def next_n(self) -> int:
        """Give the next place in the order; none is given twice."""
        self._last_n += 1
        return self._last_n

    def made(self) -> bool:
        """Tell whether the file has its tables."""
        with self._work() as db:
            return schema.version(db) > 0

    def all(self) -> list[Waiting]:
        """Give every act that is not settled and not let go, oldest first."""
        return self._acts("state NOT IN (?, ?)", LET_GO, SETTLED)

    def let_go(self) -> list[Waiting]:
        """Give the acts that a person let go, oldest first."""
        return self._acts("state = ?", LET_GO)

    def settled(self) -> list[Waiting]:
        """Give the acts that were applied and are still kept, oldest first."""
        return self._acts("state = ?", SETTLED)

    def save(self, waiting: Iterable[Waiting]) -> None:
        """Write acts as they are now: new ones, and those that are there."""
        sets = ", ".join(f"{n} = excluded.{n}" for n in COLUMNS.split(", ") if n not in ("n", "id"))
        sql = (
            f"INSERT INTO outbox({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
            f" ON CONFLICT(id) DO UPDATE SET {sets}"
        )
        with self._write() as db:
            db.executemany(sql, [row_of(w) for w in waiting])

    def sent(self, acts: Sequence[str]) -> None:
        """Note that acts may have reached the centre."""
        with self._write() as db:
            db.executemany(
                "UPDATE outbox SET tries = tries + 1,"
                " state = CASE state WHEN ? THEN ? ELSE state END WHERE id = ?",
                [(QUEUED, SENT, act) for act in acts],
            )

    def settle(self, acts: Iterable[str], at: int) -> None:
        """Note that the centre applied acts; those let go stay so."""
        with self._write() as db:
            db.executemany(
                "UPDATE outbox SET state = ?, verdict_at = ? WHERE id = ? AND state <> ?",
                [(SETTLED, at, act, LET_GO) for act in acts],
            )

    def purge(self, before: int) -> None:
        """Take out what was applied before an instant."""
        with self._write() as db:
            db.execute("DELETE FROM outbox WHERE state = ? AND verdict_at < ?", (SETTLED, before))

    def forget(self, records: Collection[Key], scene: str) -> None:
        """Take out what is done with, applied or let go, of a scene's records, and its drafts.

        What still waits, or was refused, stays until the centre or a person has said the word.
        """
        done = [*self.settled(), *self.let_go()]
        acts = [
            (w.act.id,) for w in done if any((s.kind, s.record) in records for s in w.act.steps)
        ]
        of_scene = f'"{scene}-'.encode()  # as the codes of its types begin
        ids = {each for _, each in records}.union(*acts)
        drafts = [
            (name,) for name in self.kept_names(DRAFT)
            if draft_of(name) in ids or of_scene in (self.kept(name) or b"")
        ]  # fmt: skip
        with self._write() as db:
            db.executemany("DELETE FROM outbox WHERE id = ?", acts)
            db.executemany("DELETE FROM kept WHERE name = ?", drafts)
        files.tidy(self._keeper)

    def remove(self, acts: Iterable[str]) -> None:
        """Take out acts that are taken back; those let go stay."""
        with self._write() as db:
            db.executemany(
                "DELETE FROM outbox WHERE id = ? AND state <> ?", [(act, LET_GO) for act in acts]
            )

    def keep(self, name: str, value: bytes) -> None:
        with self._write() as db:
            db.execute("INSERT OR REPLACE INTO kept(name, value) VALUES (?, ?)", (name, value))

    def kept(self, name: str) -> bytes | None:
        with self._work() as db:
            found = db.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return bytes(found[0]) if found else None

    def kept_names(self, prefix: str) -> list[str]:
        with self._work() as db:
            sql = "SELECT name FROM kept WHERE substr(name, 1, ?) = ? ORDER BY name"
            return [name for (name,) in db.execute(sql, (len(prefix), prefix))]

    def drop(self, name: str) -> None:
        with self._write() as db:
            db.execute("DELETE FROM kept WHERE name = ?", (name,))

    def tidy(self) -> None:
        """Bring a log that has grown into the file, beside the writer, who need not wait for it."""
        files.tidy(self._keeper)

    def close(self) -> None:
        self._keeper.dispose()
        self._engine.dispose()

    def _acts(self, where: str, *states: str) -> list[Waiting]:
        with self._work() as db:
            sql = f"SELECT {COLUMNS} FROM outbox WHERE {where} ORDER BY n"  # noqa: S608
            return [waiting_of(row) for row in db.execute(sql, states)]

    def _copy(self, db: Db, found: int) -> None:
        """Keep the file as it was before a migration."""
        copy = self.path.with_name(f"outbox.v{found}.db")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy.write_bytes(self.path.read_bytes())

    @contextmanager
    def _work(self) -> Generator[Db]:
        with self._noted(), files.borrowed(self._engine) as db:
            yield db

    @contextmanager
    def _write(self) -> Generator[Db]:
        with self._noted(), files.transaction(self._engine) as db:
            yield db

    @contextmanager
    def _noted(self) -> Generator[None]:
        try:
            yield
        except files.DatabaseError as error:
            self.failed = error
            raise


class Flawed(Exception):
    """The outbox has pages that fail their check."""


def save_all(path: Path, key: bytes, acts: Iterable[Waiting], kept: dict[str, bytes]) -> None:
    """Write a whole new outbox file and close it."""
    files.remove(path)
    made = Outbox(path, key)
    made.start()
    made.save(acts)
    for name, value in kept.items():
        made.keep(name, value)
    made.close()


Salvaged = tuple[list[Waiting], dict[str, bytes], list[int]]


def salvage(path: Path, key: bytes, probes: int = 2_000) -> Salvaged:
    """Read what can be read of a damaged outbox: acts, what was kept, the rows that fail."""
    engine = files.engine(path, key, full=False, cache_mb=4)
    try:
        rows: dict[int, Waiting] = {}
        sql = f"SELECT {COLUMNS} FROM outbox"  # noqa: S608

        def take(row: Sequence[Any]) -> None:
            rows[int(row[0])] = waiting_of(row)

        low = _until_flaw(engine, f"{sql} ORDER BY n", take)
        failed: list[int] = []
        if low is not None:
            high = _until_flaw(engine, f"{sql} ORDER BY n DESC", take)
            end = high if high else low + probes
            failed = [
                n for n in range(low + 1, min(end, low + probes))
                if _until_flaw(engine, f"{sql} WHERE n = {n}", take) is not None
            ]  # fmt: skip
        kept: dict[str, bytes] = {}
        for order in ("", " DESC"):
            line = f"SELECT name, value FROM kept ORDER BY name{order}"  # noqa: S608
            _until_flaw(engine, line, lambda row: kept.update({row[0]: bytes(row[1])}))
    finally:
        engine.dispose()
    return [rows[n] for n in sorted(rows)], kept, failed


def _until_flaw(engine: Any, sql: str, take: Callable[[Sequence[Any]], None]) -> int | None:
    """Read rows up to the first that fails; give the number of the last good one, None if all."""
    last = 0
    try:
        with files.borrowed(engine) as db:
            for row in db.execute(sql):
                take(row)
                last = row[0] if isinstance(row[0], int) else 0
    except (files.DatabaseError, msgspec.MsgspecError):
        return last
    return None

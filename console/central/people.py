"""Who may sign in: accounts with argon2id passwords; a name is locked after five wrong ones."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, select

from console.base.clock import Clock
from console.base.errors import Refused
from console.central import tables
from console.central.faults import Fault
from console.central.ledger import Ledger
from console.central.sitting import upsert
from console.domain.access import SYSTEM, Access
from console.wire import pack

TRIES = 5
LOCKED_MS = 15 * 60_000
LEAST = 8
"""The shortest password."""
AT_ONCE, WAITING = 2, 16
"""How many passwords are checked side by side, and how many more may wait for it."""
_P = tables.person.c


class People:
    """The accounts of a centre."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        # Checked for names that do not exist, so that they take as long as others.
        self._nobody = self._hasher.hash("")
        self._slots = threading.Semaphore(AT_ONCE)
        self._queue = threading.Semaphore(AT_ONCE + WAITING)

    def put(self, access: Access, password: str) -> None:
        """Make an account, or give it other roles, places and password."""
        if access.user in ("", SYSTEM) or len(password) < LEAST:
            raise Refused("signin.weak", least=LEAST)
        row = {
            "user": access.user, "access": pack(access), "password": self._hasher.hash(password),
            "barred": False,
        }  # fmt: skip
        with self._ledger.writing() as line:
            upsert(line, tables.person, [row], ("user",))
            line.execute(delete(tables.failure).where(tables.failure.c.user == access.user))

    def change(self, access: Access) -> None:
        """Give an account other roles or places; its password stays."""
        with self._ledger.writing() as line:
            which = tables.person.update().where(_P.user == access.user)
            line.execute(which.values(access=pack(access)))

    def bar(self, user: str, barred: bool = True) -> None:
        """Let an account no longer in, or let it in again."""
        with self._ledger.writing() as line:
            line.execute(tables.person.update().where(_P.user == user).values(barred=barred))

    def get(self, user: str) -> Access | None:
        """Give an account as it is now; None when there is none or it is barred."""
        with self._ledger.reading() as line:
            row = line.execute(_wanted(user)).one_or_none()
        if row is None or row.barred:
            return None
        return msgspec.json.decode(row.access, type=Access)

    def all(self) -> list[Access]:
        """Give every account, by name."""
        with self._ledger.reading() as line:
            rows = line.execute(select(_P.access).order_by(_P.user)).all()
        return [msgspec.json.decode(row.access, type=Access) for row in rows]

    def check(self, user: str, password: str) -> Access:
        """Give who this is; a Fault when name and password do not belong together."""
        now = self._clock.now()
        user = user.replace(tables.NUL, " ")[: tables.ID]
        with self._ledger.reading() as line:
            row = line.execute(_wanted(user)).one_or_none()
            locked_until = self._locked_until(line, user)
        if now < locked_until:
            minutes = -(-(locked_until - now) // 60_000)
            raise Fault(403, "locked", "signin.locked", minutes=minutes)
        known = None if row is None or row.barred else row
        fits = self._fits(known.password if known else self._nobody, password)
        if known is None or not fits:
            self._failed(user, now)
            raise Fault(403, "wrong", "signin.wrong")
        self._forgive(user)
        return msgspec.json.decode(known.access, type=Access)

    def _fits(self, held: str, password: str) -> bool:
        with self._turn():
            try:
                return self._hasher.verify(held, password)
            except (VerificationError, InvalidHashError):
                return False

    @contextmanager
    def _turn(self) -> Generator[None]:
        """Wait for a turn at the costly check; too many at once are sent away."""
        if not self._queue.acquire(blocking=False):
            raise Fault(429, "busy", "signin.busy", retry_ms=2_000)
        try:
            with self._slots:
                yield
        finally:
            self._queue.release()

    def _locked_until(self, line: Connection, user: str) -> int:
        f = tables.failure.c
        row = line.execute(select(f.failed, f.at).where(f.user == user)).one_or_none()
        return int(row.at) + LOCKED_MS if row and row.failed >= TRIES else 0

    def _failed(self, user: str, now: int) -> None:
        f = tables.failure.c
        with self._ledger.writing() as line:
            row = line.execute(select(f.failed, f.at).where(f.user == user)).one_or_none()
            recent = row is not None and row.at + LOCKED_MS > now
            failed = (row.failed if row and recent else 0) + 1
            upsert(line, tables.failure, [{"user": user, "failed": failed, "at": now}], ("user",))
            line.execute(delete(tables.failure).where(f.at + LOCKED_MS < now))

    def _forgive(self, user: str) -> None:
        f = tables.failure.c
        with self._ledger.reading() as line:
            if line.execute(select(f.user).where(f.user == user)).one_or_none() is None:
                return
        with self._ledger.writing() as line:
            line.execute(delete(tables.failure).where(f.user == user))


def _wanted(user: str):  # noqa: ANN202 - SQLAlchemy's own type is longer than this line
    return select(_P.access, _P.password, _P.barred).where(_P.user == user)

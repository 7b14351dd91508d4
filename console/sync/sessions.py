"""Who is signed in: each person's tokens, so that acts go out in the name of who took them.

Access tokens stay in memory. Refresh tokens are kept in the store's encrypted file: acts that one
shift left waiting are sent in its name when the line is back, while the next shift sits here.
"""

import threading
from collections.abc import Callable
from typing import Protocol

import msgspec
from msgspec import Struct

from console.base.clock import Clock
from console.base.errors import Refused, SignedOut
from console.base.work import Work
from console.domain.access import Access
from console.wire import Session, pack

EARLY_MS = 30_000
"""A token is renewed so long before it ends."""
_NAME, _ME = "session.", "sync.me"


class Kept(Protocol):
    """Where small things of the seat are kept (console.store)."""

    def keep(self, name: str, value: bytes) -> None: ...
    def kept(self, name: str) -> bytes | None: ...
    def drop(self, name: str) -> None: ...


class Held(Struct, frozen=True, kw_only=True):
    """What outlasts the program of a person's session."""

    refresh: str
    until: int
    person: Access


class Sessions:
    """The people whose acts this seat may send."""

    def __init__(self, store: Kept, clock: Clock, work: Work) -> None:
        self._store = store
        self._clock = clock
        self._work = work
        self._access: dict[str, tuple[str, int]] = {}
        self._people: dict[str, Held | None] = {}
        self._renewing = threading.Lock()
        self._me = (store.kept(_ME) or b"").decode()

    def me(self) -> str:
        """Give who sits here, "" when nobody has signed in."""
        return self._me

    def person(self, user: str) -> Access | None:
        """Give a person as the centre last told of them, even when their session has ended."""
        held = self._held(user)
        return held.person if held else None

    def sits(self, user: str) -> None:
        """Say who sits here now."""
        self._me = user
        self._write(lambda: self._store.keep(_ME, user.encode()))

    def leaves(self) -> None:
        """Say that nobody sits here now; their acts can still be sent."""
        self._me = ""
        self._write(lambda: self._store.drop(_ME))

    def knows(self, user: str) -> bool:
        """Tell whether a person's acts can be sent without a new sign-in."""
        held = self._held(user)
        return held is not None and held.until > self._clock.now()

    def began(self, session: Session) -> None:
        """Keep what a sign-in or a renewal gave."""
        user = session.person.user
        held = Held(
            refresh=session.refresh_token, until=session.refresh_until, person=session.person
        )
        self._hold(user, held)
        self._access[user] = (session.access_token, session.expires_at)

    def ended(self, user: str) -> None:
        """Forget a person's tokens; who they are stays known."""
        self._access.pop(user, None)
        held = self._held(user)
        if held is not None:
            self._hold(user, Held(refresh="", until=0, person=held.person))
        if user == self._me:
            self.leaves()

    def spoiled(self, user: str, token: str) -> None:
        """Note that the centre did not take this access token: the next is a new one."""
        if self._access.get(user, ("", 0))[0] == token:
            self._access.pop(user, None)

    def token(self, user: str, renew: Callable[[str], Session]) -> str:
        """Give an access token, renewed when it is about to end; SignedOut when it cannot be."""
        with self._renewing:
            token, until = self._access.get(user, ("", 0))
            if token and until - EARLY_MS > self._clock.now():
                return token
            held = self._held(user)
            if held is None or held.until <= self._clock.now():
                raise SignedOut(user)
            try:
                self.began(renew(held.refresh))
            except (SignedOut, Refused) as error:
                self._hold(user, Held(refresh="", until=0, person=held.person))
                raise SignedOut(user) from error
            return self._access[user][0]

    def _held(self, user: str) -> Held | None:
        if user not in self._people:
            self._people[user] = _read(self._store.kept(_NAME + user))
        return self._people[user]

    def _hold(self, user: str, held: Held) -> None:
        self._people[user] = held
        self._write(lambda: self._store.keep(_NAME + user, pack(held)))

    def _write(self, job: Callable[[], None]) -> None:
        self._work.write(job).result()


def _read(found: bytes | None) -> Held | None:
    try:
        return msgspec.json.decode(found, type=Held) if found else None
    except msgspec.DecodeError:
        return None

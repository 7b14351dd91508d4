"""Who may sit here while the centre is away: those it let in, known by a hash of the password."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from msgspec import Struct, json

from console.base.clock import Clock
from console.base.errors import Refused
from console.domain.access import Access
from console.store.store import Store

_NAME = "person."
# As RFC 9106 has it for memory that is short: a seat does it once a sign-in.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


class _Known(Struct, kw_only=True):
    person: Access
    password: str
    until: int


class People:
    """The people that the centre has let in from this seat."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def let_in(self, person: Access, password: str, until: int) -> bytes:
        """Give what is to be kept of a sign-in that the centre granted; see ``name_of``."""
        known = _Known(person=person, password=_HASHER.hash(password), until=until)
        return json.encode(known)

    def name_of(self, user: str) -> str:
        """Give under which name it is kept."""
        return _NAME + user

    def verify(self, user: str, password: str, *, late: bool = False) -> Access:
        """Give the person when the password is right; ``late``: also after the window has ended."""
        kept = self._store.kept(_NAME + user)
        if kept is None:
            raise Refused("refused.offline_unknown", user=user)
        known = json.decode(kept, type=_Known)
        try:
            _HASHER.verify(known.password, password)
        except (VerifyMismatchError, InvalidHashError):
            raise Refused("refused.password") from None
        if not late and known.until <= self._clock.now():
            raise Refused("refused.offline_late", user=user)
        return known.person

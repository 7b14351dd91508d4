"""Who comes and goes at this seat: signing in, at the centre or without it, and leaving."""

import logging
from collections.abc import Callable

import msgspec

from console.base.errors import Refused, SignedOut, Unreachable
from console.domain.access import Access
from console.domain.standing import SignedIn
from console.parts import Parts
from console.services.people import People
from console.wire import Hello

_log = logging.getLogger(__name__)
_HELLO = "core.hello"


class Entrance:
    """Lets people in and out; ``sit`` makes somebody the seat's person, ``nudge`` tries the line.

    Everything but ``hello`` may wait for the centre: call it on a caller.
    """

    def __init__(
        self, parts: Parts, sit: Callable[[Access], None], nudge: Callable[[], None]
    ) -> None:
        self._parts = parts
        self._store = parts.store
        self._people = People(parts.store, parts.clock)
        self._sit, self._nudge = sit, nudge

    def sign_in(self, user: str, password: str) -> SignedIn:
        """Ask the centre; while it is away, what it last said of this person."""
        try:
            session = self._parts.api.sign_in(user, password, self._parts.settings.seat)
        except Unreachable:
            signed = SignedIn(self._people.verify(user, password), offline=True)
        else:
            kept = self._people.let_in(session.person, password, session.refresh_until)
            self._keep(self._people.name_of(user), kept)
            signed = SignedIn(session.person)
        self._parts.sessions.sits(user)
        if not signed.offline:
            self._ask_hello()
        self._sit(signed.person)
        self._nudge()
        return signed

    def resume(self) -> bool:
        """Let whoever sat here last sit on, if the centre still knows them."""
        sessions = self._parts.sessions
        person = sessions.person(sessions.me()) if sessions.knows(sessions.me()) else None
        if person is not None:
            self._sit(person)
        return person is not None

    def unlock(self, user: str, password: str) -> SignedIn:
        """Open a locked screen again; asks nobody but this seat."""
        return SignedIn(self._people.verify(user, password, late=True), offline=True)

    def sign_out(self, user: str) -> None:
        """Leave; acts that still wait go out in their author's name."""
        mine = [w for w in self._store.outbox() if w.act.by == user]
        if any(w.state in ("queued", "sent") for w in mine):
            self._parts.sessions.leaves()
        else:
            self._parts.api.sign_out(user)
        self._sit(Access(user=""))

    def hello(self) -> Hello | None:
        """Give what the centre last said of itself."""
        kept = self._store.kept(_HELLO)
        return msgspec.json.decode(kept, type=Hello) if kept else None

    def _ask_hello(self) -> None:
        try:
            said = self._parts.api.hello()
        except (Unreachable, SignedOut, Refused) as error:
            _log.info("the centre did not say hello: %s", error)
            return
        self._keep(_HELLO, msgspec.json.encode(said))

    def _keep(self, name: str, value: bytes) -> None:
        self._parts.work.write(lambda: self._store.keep(name, value)).result()

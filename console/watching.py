"""This seat's pass to the centre's pictures: asked for now and then, kept sealed with the cache."""

import threading
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from console.base.clock import Clock
from console.base.errors import Refused, SignedOut, Unreachable
from console.domain.watching import Pass
from console.gateways.central import CentralApi

PATH, KEPT = "/video/v1/pass", "video/pass"
AGAIN_S, SOON_S = 600.0, 5.0
"""So often it is asked for anew; so soon where there is none yet."""


class Keeps(Protocol):
    """Where it is kept, sealed."""

    def keep(self, name: str, value: bytes) -> object: ...
    def kept(self, name: str) -> bytes | None: ...


class _Kept(Struct, frozen=True):
    person: str
    held: Pass


class Watching:
    """May be called from any thread. ``person``: who sits here."""

    def __init__(
        self, api: CentralApi, clock: Clock, store: Keeps, person: Callable[[], str]
    ) -> None:
        self._api = api
        self._clock = clock
        self._store = store
        self._person = person
        self._lock = threading.Lock()
        self._held = _Kept("", Pass(user="", password=""))
        self._asked = float("-inf")

    def door(self, address: str) -> tuple[str, str]:
        """Give user and password for an address of the centre's own; "" for any other."""
        held = self._mine()
        return (held.user, held.password) if urlsplit(address).netloc in held.hosts else ("", "")

    @property
    def due(self) -> bool:
        """Tell whether to ask for it anew."""
        wait = AGAIN_S if self._mine().hosts else SOON_S
        return self._clock.monotonic() - self._asked >= wait

    def renew(self) -> bool:
        """Ask for it; tell whether it is another now. Waits for the line; without one it stays."""
        self._asked = self._clock.monotonic()
        before, person = self._mine(), self._person()
        try:
            found = self._api.ask(PATH, Pass)
        except (Unreachable, SignedOut, Refused):
            return False
        if found == before:
            return False
        with self._lock:
            self._held = _Kept(person, found)
        self._store.keep(KEPT, msgspec.json.encode(self._held))
        return True

    def _mine(self) -> Pass:
        """Give what the person who sits here has; nothing of who sat here before."""
        person = self._person()
        with self._lock:
            if self._held.person != person:
                self._held = self._read(person)
            return self._held.held

    def _read(self, person: str) -> _Kept:
        kept = self._store.kept(KEPT)
        found = msgspec.json.decode(kept, type=_Kept) if kept else None
        none = _Kept(person, Pass(user="", password=""))
        return found if found is not None and found.person == person else none

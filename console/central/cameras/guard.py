"""Who comes in over RTSP: proven by digest (RFC 2617), with a nonce that one connection has."""

import secrets
from collections.abc import Mapping
from typing import Protocol

from console.video.gb28181.digest import challenge, parameters, right

REALM = "chengyun"
TRIES = 3
"""After so many wrong proofs the connection is closed."""


class Door(Protocol):
    """Who may watch what. Asked in the loop that serves: it answers at once, or nearly."""

    def password(self, user: str) -> str | None:
        """Give the password of a user; None when nobody of that name may come in."""
        ...

    def may(self, user: str, camera: str) -> bool:
        """Tell whether a user may watch a camera, by the name that its address has for it."""
        ...


class Guard:
    """Stands at one connection; without a door everybody comes in."""

    def __init__(self, door: Door | None) -> None:
        self._door = door
        self._nonce = secrets.token_hex(16)
        self._user: str = ""
        self._password: str | None = None
        self._wrong = 0

    @property
    def challenge(self) -> str:
        """Give what is asked of whoever has not proven anything (WWW-Authenticate)."""
        return challenge(REALM, self._nonce)

    @property
    def weary(self) -> bool:
        """Tell whether there were too many wrong proofs."""
        return self._wrong >= TRIES

    def lets_in(self, method: str, heads: Mapping[str, str]) -> bool:
        """Tell whether a request proves who makes it. What can be done is told to anybody."""
        if self._door is None or method == "OPTIONS":
            return True
        said = parameters(heads.get("authorization", ""))
        if said.get("nonce") != self._nonce:
            return False
        user = str(said.get("username", ""))
        if user != self._user or self._password is None:
            self._user = user
            self._password = self._door.password(user)
        good = self._password is not None and right(said, self._password, method, user, REALM)
        self._wrong += not good
        return good

    def may(self, camera: str) -> bool:
        """Tell whether who has come in may watch a camera."""
        return self._door is None or self._door.may(self._user, camera)

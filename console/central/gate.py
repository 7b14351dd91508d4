"""Who may watch the centre's pictures: its own accounts, each with a password made for that alone.

It is worked out from the ledger's secret: a seat keeps watching when the centre was begun anew, and
nothing is kept that could be read. An account that is barred, or is gone, comes in no more.
"""

import hmac
from collections.abc import Callable
from urllib.parse import quote, unquote

from console.central.centre import Centre
from console.central.people import People
from console.domain.access import Access, sees
from console.domain.record import Camera
from console.domain.watching import Pass

PURPOSE = b"rtsp"
FRESH_S = 20.0
"""So long an account, and where a camera lies, stand without another look: many come at once."""
KEPT_MOST = 10_000
Named = Callable[[str], str]
"""Gives the id of a camera, by the name that addresses have for it."""


class Gate:
    """Makes passes for seats."""

    def __init__(self, centre: Centre, people: People) -> None:
        self.hosts: list[str] = []
        """The servers that stand behind this gate, as they come up."""
        self._centre = centre
        self._people = people
        self._secret = hmac.digest(centre.ledger.secret, PURPOSE, "sha256")
        self._accounts: dict[str, Access | None] = {}
        self._scopes: dict[str, str | None] = {}
        self._looked = float("-inf")

    def give(self, access: Access) -> Pass:
        """Give an account its pass."""
        user = quote(access.user, safe="")
        return Pass(user=user, password=self._made(user), hosts=tuple(self.hosts))

    def door(self, named: Named, others: dict[str, str] | None = None) -> "GateDoor":
        """Give the door of one server; ``others``: users beside the accounts, who may see all."""
        return GateDoor(self, named, others or {})

    def password(self, user: str) -> str | None:
        return self._made(user) if self._account(user) is not None else None

    def may(self, user: str, camera: str) -> bool:
        """Tell whether an account may see a camera (its id)."""
        access, scope = self._account(user), self._scope(camera)
        return access is not None and scope is not None and sees(access, scope)

    def _account(self, user: str) -> Access | None:
        self._refresh()
        if user not in self._accounts:
            self._accounts[user] = self._people.get(unquote(user))
        return self._accounts[user]

    def _scope(self, camera: str) -> str | None:
        """Give where a camera lies; None when there is none of this id."""
        self._refresh()
        if camera not in self._scopes:
            found = self._centre.get(Camera.kind, camera)
            self._scopes[camera] = found.scope if isinstance(found, Camera) else None
        return self._scopes[camera]

    def _refresh(self) -> None:
        """Look everything up again after a while, or when strangers have asked for much."""
        now = self._centre.clock.monotonic()
        much = max(len(self._accounts), len(self._scopes)) > KEPT_MOST
        if now - self._looked >= FRESH_S or much:
            self._accounts, self._scopes, self._looked = {}, {}, now

    def _made(self, user: str) -> str:
        return hmac.digest(self._secret, user.encode(), "sha256").hex()[:40]


class GateDoor:
    """The door of one server (cameras.guard.Door)."""

    def __init__(self, gate: Gate, named: Named, others: dict[str, str]) -> None:
        self._gate = gate
        self._named = named
        self._others = others

    def password(self, user: str) -> str | None:
        return self._others.get(user) or self._gate.password(user)

    def may(self, user: str, camera: str) -> bool:
        return user in self._others or self._gate.may(user, self._named(camera))

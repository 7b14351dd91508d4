"""Sessions: a short signed access token, and a refresh token that is good once, at one device."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from sqlalchemy import select, update

from console.base.clock import Clock
from console.central import tables
from console.central.faults import Fault
from console.central.ledger import Ledger
from console.central.people import People
from console.domain.access import Access
from console.wire import Session

ACCESS_MS = 10 * 60_000
REFRESH_MS = 12 * 3_600_000
GRACE_MS = 30_000
"""A refresh token whose answer was lost is good again for so long, at the same device."""
FRESH_S = 1.0
"""How long an access token that was looked up stands without another look."""
_KEPT = 10_000
_S = tables.session.c


@dataclass(frozen=True, slots=True)
class Held:
    """An access token that was found good: whose it is, until when, and when that was found."""

    access: Access
    device: str
    until: int
    looked: float


class Tokens:
    """Gives and checks tokens."""

    def __init__(self, ledger: Ledger, people: People, clock: Clock) -> None:
        self._ledger = ledger
        self.people = people
        self._clock = clock
        self._key = OctKey.import_key(hmac.digest(ledger.secret, b"access", "sha256"))
        self._secret = hmac.digest(ledger.secret, b"refresh", "sha256")
        self._held: dict[str, Held] = {}

    def begin(self, user: str, password: str, device: str) -> Session:
        """Sign somebody in at a device."""
        access = self.people.check(user, password)
        family, now = secrets.token_urlsafe(18), self._clock.now()
        row = {
            "family": family, "user": user, "device": device, "n": 1, "turned_at": now,
            "until": now + REFRESH_MS, "ended": False,
        }  # fmt: skip
        with self._ledger.writing() as line:
            line.execute(tables.session.insert().values(row))
            line.execute(tables.session.delete().where(_S.until < now - REFRESH_MS))
        return self._session(access, family, device, 1, now)

    def renew(self, refresh: str, device: str) -> Session:
        """Give new tokens for a refresh token; one that is used twice ends its whole session."""
        family, n = self._opened(refresh)
        now = self._clock.now()
        with self._ledger.writing() as line:
            row = line.execute(select(tables.session).where(_S.family == family)).one_or_none()
            if row is None or row.ended or row.until < now or row.device != device:
                raise Fault(401, "session", "signin.ended")
            lost = n == row.n - 1 and now - row.turned_at <= GRACE_MS
            if n == row.n:
                turned = {"n": n + 1, "turned_at": now, "until": now + REFRESH_MS}
            elif lost:
                turned = {"until": now + REFRESH_MS}
            else:
                turned = {"ended": True}
            line.execute(update(tables.session).where(_S.family == family).values(turned))
        access = self.people.get(row.user)
        if "ended" in turned or access is None:
            raise Fault(401, "session", "signin.ended")
        return self._session(access, family, device, n + 1, now)

    def end(self, token: str) -> None:
        """Sign out: the session of this access token is over."""
        claims = self._claims(token)
        with self._ledger.writing() as line:
            which = _S.family == claims["fam"]
            line.execute(update(tables.session).where(which).values(ended=True))
        self._held.clear()

    def access(self, token: str, device: str) -> Access:
        """Give whose token this is, with the rights they have now; a Fault when it is not good."""
        held = self._held.get(token)
        fresh = held is not None and self._clock.monotonic() - held.looked < FRESH_S
        if held is None or not fresh:
            held = self._looked_up(token)
        if held.until <= self._clock.now() or held.device != device:
            raise Fault(401, "token", "signin.token")
        return held.access

    def still(self, token: str) -> Access:
        """Give whose session this is, for as long as it lasts: a stream outlives its token."""
        return self._looked_up(token).access

    def forget(self) -> None:
        """Look everybody up again: somebody's rights have changed."""
        self._held.clear()

    def _looked_up(self, token: str) -> Held:
        claims = self._claims(token)
        with self._ledger.reading() as line:
            query = select(_S.ended, _S.until, _S.device).where(_S.family == claims["fam"])
            row = line.execute(query).one_or_none()
        access = self.people.get(str(claims["sub"]))
        over = row is None or row.ended or row.until <= self._clock.now()
        if row is None or over or access is None:
            raise Fault(401, "session", "signin.ended")
        held = Held(access, str(row.device), int(claims["exp"]), self._clock.monotonic())
        if len(self._held) > _KEPT:
            self._held.clear()
        self._held[token] = held
        return held

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            claims = jwt.decode(token, self._key, algorithms=["HS256"]).claims
        except (JoseError, ValueError) as error:
            raise Fault(401, "token", "signin.token") from error
        if not {"sub", "fam", "exp"} <= claims.keys():
            raise Fault(401, "token", "signin.token")
        return claims

    def _session(self, access: Access, family: str, device: str, n: int, now: int) -> Session:
        claims = {"sub": access.user, "fam": family, "dev": device, "exp": now + ACCESS_MS}
        return Session(
            access_token=jwt.encode({"alg": "HS256"}, claims, self._key),
            refresh_token=f"{family}.{n}.{self._mac(family, n)}",
            expires_at=now + ACCESS_MS, refresh_until=now + REFRESH_MS, person=access, time=now,
        )  # fmt: skip

    def _opened(self, refresh: str) -> tuple[str, int]:
        family, _, rest = refresh.partition(".")
        n, _, mac = rest.partition(".")
        if not (n.isascii() and n.isdigit()) or len(n) > 9:
            raise Fault(401, "session", "signin.ended")
        if not hmac.compare_digest(mac.encode(), self._mac(family, int(n)).encode()):
            raise Fault(401, "session", "signin.ended")
        return family, int(n)

    def _mac(self, family: str, n: int) -> str:
        return hmac.digest(self._secret, f"{family} {n}".encode(), "sha256").hex()

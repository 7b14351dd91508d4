"""Digest authentication (RFC 2617, 7616): asked of who registers here, and given where we do.

A nonce is good once and for a short time, and only who made it can have made it: nothing is kept
for somebody who never comes back.
"""

import hashlib
import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping

GOOD_S = 60
USED_MOST = 10_000
_PART = re.compile(r'(\w{1,32})\s*=\s*(?:"([^"]{0,512})"|([^\s,"]{1,512}))')
_HASHES: Mapping[str, Callable[[bytes], str]] = {
    # RFC 2617 knows no other, and devices of GB/T 28181-2016 hardly any.
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
}


class Nonces:
    """Makes nonces, and takes each of them once."""

    def __init__(self, monotonic: Callable[[], float], secret: bytes | None = None) -> None:
        self._monotonic = monotonic
        self._secret = secret or secrets.token_bytes(32)
        self._used: OrderedDict[str, float] = OrderedDict()

    def new(self) -> str:
        made = f"{int(self._monotonic() * 1000):x}-{secrets.token_hex(6)}"
        return f"{made}-{self._mark(made)}"

    def take(self, nonce: str) -> bool:
        """Tell whether this nonce is one of ours, fresh, and not used before; now it is."""
        made, _, mark = nonce.rpartition("-")
        if not hmac.compare_digest(mark.encode(), self._mark(made).encode()):
            return False
        now = self._monotonic()
        age = now - int(made.partition("-")[0], 16) / 1000
        if age > GOOD_S or nonce in self._used:
            return False
        self._used[nonce] = now
        while self._used and (
            len(self._used) > USED_MOST or now - next(iter(self._used.values())) > GOOD_S
        ):
            self._used.popitem(last=False)
        return True

    def _mark(self, made: str) -> str:
        return hmac.new(self._secret, made.encode(), "sha256").hexdigest()[:32]


def challenge(realm: str, nonce: str, *, stale: bool = False) -> str:
    """Give the header WWW-Authenticate."""
    again = ", stale=true" if stale else ""
    return f'Digest realm="{realm}", nonce="{nonce}", algorithm=MD5{again}'


def parameters(header: str) -> dict[str, str]:
    """Read the parameters of a header; empty when it is no Digest."""
    kind, _, rest = header.strip().partition(" ")
    if kind.lower() != "digest":
        return {}
    return {m[1].lower(): m[2] if m[2] is not None else m[3] for m in _PART.finditer(rest[:4_096])}


def right(said: Mapping[str, str], password: str, method: str, user: str, realm: str) -> bool:
    """Tell whether the parameters of an Authorization prove the password of a user."""
    if said.get("username") != user or said.get("realm") != realm:
        return False
    made = _response(said, user, password, method, said.get("uri", ""))
    return bool(made) and hmac.compare_digest(made.encode(), said.get("response", "").encode())


def proof(asked: str, user: str, password: str, method: str, uri: str) -> str:
    """Give the header Authorization that answers a challenge; "" when it asks what we have not."""
    said = parameters(asked)
    if not said.get("nonce") or said.get("algorithm", "MD5").upper() not in _HASHES:
        return ""
    parts = {"username": user, "realm": said.get("realm", ""), "nonce": said["nonce"], "uri": uri}
    bare = {"algorithm": said.get("algorithm", "MD5")}
    if "auth" in [each.strip() for each in said.get("qop", "").split(",")]:
        parts["cnonce"] = secrets.token_hex(8)
        bare |= {"qop": "auth", "nc": "00000001"}
    if "opaque" in said:
        parts["opaque"] = said["opaque"]
    parts["response"] = _response(parts | bare, user, password, method, uri)
    whole = [f'{name}="{value}"' for name, value in parts.items()]
    return "Digest " + ", ".join([*whole, *(f"{name}={value}" for name, value in bare.items())])


def _response(said: Mapping[str, str], user: str, password: str, method: str, uri: str) -> str:
    hashed = _HASHES.get(said.get("algorithm", "MD5").upper())
    if hashed is None:
        return ""
    who = hashed(f"{user}:{said.get('realm', '')}:{password}".encode())
    what = hashed(f"{method}:{uri}".encode())
    middle = said.get("nonce", "")
    if said.get("qop"):
        middle += f":{said.get('nc', '')}:{said.get('cnonce', '')}:{said['qop']}"
    return hashed(f"{who}:{middle}:{what}".encode())

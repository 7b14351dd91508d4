"""Passwords of cameras: in the system's key ring, never in an address that is shown or kept."""

from typing import Protocol, cast
from urllib.parse import unquote, urlsplit, urlunsplit

import keyring
from keyring.errors import KeyringError

from console.base.errors import Refused

SERVICE = "chengyun-video"


class Ring(Protocol):
    """A key ring: the part of keyring's backends that is used."""

    def get_password(self, service: str, username: str, /) -> str | None: ...
    def set_password(self, service: str, username: str, password: str, /) -> None: ...


class Passwords:
    """Finds and keeps the password of a camera by its user and host: ``yu@10.0.0.5:554``."""

    def __init__(self, ring: Ring | None = None) -> None:
        self._ring = ring if ring is not None else cast(Ring, keyring.get_keyring())

    def door(self, address: str) -> tuple[str, str]:
        """Give user and password for an address that names a user; "" where it names none.

        May wait for the key ring, which may ask a person. A password nobody has kept is "".
        """
        user, host = _door(address)
        if not user:
            return "", ""
        try:
            return user, self._ring.get_password(SERVICE, f"{user}@{host}") or ""
        except KeyringError:
            return user, ""

    def keep(self, address: str) -> str:
        """Put the password of an address away; give the address without it.

        Refused when there is no key ring to put it in: it is kept nowhere else.
        """
        parts = urlsplit(address)
        if parts.password is None:
            return address
        user, host = _door(address)
        try:
            self._ring.set_password(SERVICE, f"{user}@{host}", unquote(parts.password))
        except KeyringError:
            raise Refused("refused.no_key_ring", host=host) from None
        return urlunsplit(parts._replace(netloc=f"{parts.username}@{host}"))


def without_password(address: str) -> str:
    """Give an address as it may be shown."""
    parts = urlsplit(address)
    if parts.password is None:
        return address
    return urlunsplit(parts._replace(netloc=f"{parts.username}@{_door(address)[1]}"))


def _door(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return unquote(parts.username or ""), parts.netloc.rpartition("@")[2]

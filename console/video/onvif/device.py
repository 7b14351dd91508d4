"""One ONVIF device, asked over HTTP: which streams it has, and what it says of itself.

A password goes as a digest that is good for a moment by the device's own clock, so that is asked
for first: cameras whose clock stands wrong are the rule.
"""

import ipaddress
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import requests

from console.base.clock import Clock
from console.base.errors import Refused, Unreachable
from console.video.onvif import words
from console.video.onvif.words import Ask, Profile, Services

T = TypeVar("T")
Read = Callable[[bytes, str], T]
CONNECT_S, READ_S, WHOLE_S = 3.0, 5.0, 8.0
"""``WHOLE_S``: an answer that has not ended by then is none, however it drips."""
PROFILES_MOST = 32
STEP_MS = 1_000
"""A clock that stands otherwise by so much has been set meanwhile."""
CLOSED = (401, 403)


@dataclass(frozen=True, slots=True)
class Door:
    """How a device is entered. The password is never part of an address."""

    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Door({self.user!r})"


class Device:
    """One device, by the address of its device service. Asked by one thread at a time.

    Whatever is asked: Unreachable, Refused (it says no) or BadData (what it says is none of ONVIF).
    """

    def __init__(self, address: str, door: Door, clock: Clock) -> None:
        self._address = address
        self._door = door
        self._clock = clock
        self._ahead: int | None = None
        """By how much (ms) the device's clock is ahead of ours; None: it was not asked yet."""
        self._session = requests.Session()
        self._session.trust_env = False

    def services(self) -> Services:
        """Give where its services are, each at the host that was found."""
        found = self.ask("", words.ask_capabilities, words.read_services)
        return Services(media=self._here(found.media or self._address), ptz=self._here(found.ptz))

    def profiles(self, media: str) -> list[Profile]:
        """Give what it offers."""
        return self.ask(media, words.ask_profiles, words.read_profiles)[:PROFILES_MOST]

    def streams(self) -> list[tuple[Profile, str]]:
        """Give what it offers, and at which address each plays."""
        media = self.services().media
        return [(each, self._stream(media, each)) for each in self.profiles(media)]

    def ask(self, address: str, ask: Ask, read: Read[T]) -> T:
        """Ask a service (address ``""``: that of the device), and read what it says.

        A no is believed once the device's clock is known to stand where it stood.
        """
        where = address or self._address
        try:
            return read(self._said(where, ask), where)
        except Refused:
            if not self._clock_was_set():
                raise
        return read(self._said(where, ask), where)

    def close(self) -> None:
        self._session.close()

    # ---- inside

    def _stream(self, media: str, profile: Profile) -> str:
        def ask(user: str, password: str, now: int) -> bytes:
            return words.ask_stream(profile.token, user, password, now)

        return self._here(self.ask(media, ask, words.read_stream))

    def _here(self, address: str) -> str:
        """Give an address at the host that was found: our password goes to no other.

        Devices behind another network name themselves as they are called there.
        """
        if not address:
            return ""
        parts, mine = urlsplit(address), urlsplit(self._address)
        port = f":{parts.port}" if parts.port else ""
        host = mine.hostname or ""
        with suppress(ValueError):
            host = f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
        return urlunsplit(parts._replace(netloc=f"{host}{port}"))

    def _said(self, address: str, ask: Ask) -> bytes:
        user = self._door.user
        if user and self._ahead is None:
            self._ahead = self._asked_ahead()
        now = self._clock.now() + (self._ahead or 0)
        return self._post(address, ask(user, self._door.password, now))

    def _clock_was_set(self) -> bool:
        """Look at the device's clock again; tell whether it stands otherwise now."""
        if self._ahead is None:
            return False
        before, self._ahead = self._ahead, self._asked_ahead()
        return abs(self._ahead - before) >= STEP_MS

    def _asked_ahead(self) -> int:
        """Ask a device for its clock, which it tells anybody; one that tells none keeps ours."""
        with suppress(Refused):
            said = words.read_clock(self._post(self._address, words.ask_clock()), self._address)
            return said - self._clock.now() if said else 0
        return 0

    def _post(self, address: str, body: bytes) -> bytes:
        heads = {"Content-Type": "application/soap+xml; charset=utf-8"}
        until, data = self._clock.monotonic() + WHOLE_S, b""
        try:
            with self._session.post(
                address, data=body, headers=heads, timeout=(CONNECT_S, READ_S), stream=True,
                allow_redirects=False,
            ) as answer:  # fmt: skip
                for part in answer.iter_content(65_536):
                    data += part
                    if len(data) > words.MOST:
                        break
                    if self._clock.monotonic() > until:
                        raise Unreachable("sync.why.unreached")
        except requests.RequestException as error:
            raise Unreachable("sync.why.unreached") from error
        if answer.status_code in CLOSED and b"Envelope" not in data:
            raise Refused("refused.onvif_says", device=address, reason=str(answer.status_code))
        return data

"""ONVIF cameras on the network: found by WS-Discovery, asked for their streams over HTTP."""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import requests

from console.base.clock import Clock
from console.base.errors import BadData, Unreachable
from console.gateways import onvif_soap as onvif
from console.gateways.onvif_soap import Found, Profile

EVERYBODY = ("239.255.255.250", 3702)
CONNECT_S, READ_S = 3.0, 5.0
DATAGRAM, ANSWERS_MOST, PROFILES_MOST = 65_535, 2_000, 32
WAIT_S = 0.25


def discover(clock: Clock, seconds: float, to: tuple[str, int] = EVERYBODY) -> list[Found]:
    """Ask who is there, and listen so long; each device once, whatever it says of others."""
    found: dict[str, Found] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 4)
        line.settimeout(WAIT_S)
        line.sendto(onvif.probe(), to)
        until, heard = clock.monotonic() + seconds, 0
        while clock.monotonic() < until and heard < ANSWERS_MOST:
            with suppress(TimeoutError, BadData, ConnectionError):
                data, sender = line.recvfrom(DATAGRAM)
                heard += 1
                for each in onvif.read_probe(data, sender[0]):
                    found.setdefault(each.id or each.addresses[0], each)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Door:
    """How a device is entered. The password is never part of an address."""

    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Door({self.user!r})"


class Device:
    """One device, by the address of its device service."""

    def __init__(self, address: str, door: Door, clock: Clock) -> None:
        self._address = address
        self._door = door
        self._clock = clock
        self._session = requests.Session()
        self._session.trust_env = False

    def streams(self) -> list[tuple[Profile, str]]:
        """Give what it offers, and at which address each plays.

        Unreachable, Refused (it says no) or BadData (what it says is none of ONVIF).
        """
        said = self._ask(self._address, onvif.ask_capabilities)
        media = self._here(onvif.read_media(said, self._address) or self._address)
        profiles = onvif.read_profiles(self._ask(media, onvif.ask_profiles), media)
        return [(each, self._stream(media, each)) for each in profiles[:PROFILES_MOST]]

    def close(self) -> None:
        self._session.close()

    # ---- inside

    def _stream(self, media: str, profile: Profile) -> str:
        def ask(user: str, password: str, now: int) -> bytes:
            return onvif.ask_stream(profile.token, user, password, now)

        found = onvif.read_stream(self._ask(media, ask), media)
        return self._here(found) if found else ""

    def _here(self, address: str) -> str:
        """Give an address at the host that was found: our password goes to no other.

        Devices behind another network name themselves as they are called there.
        """
        parts, mine = urlsplit(address), urlsplit(self._address)
        port = f":{parts.port}" if parts.port else ""
        host = mine.hostname or ""
        with suppress(ValueError):
            host = f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
        return urlunsplit(parts._replace(netloc=f"{host}{port}"))

    def _ask(self, address: str, ask: Callable[[str, str, int], bytes]) -> bytes:
        body = ask(self._door.user, self._door.password, self._clock.now())
        heads = {"Content-Type": "application/soap+xml; charset=utf-8"}
        try:
            with self._session.post(
                address, data=body, headers=heads, timeout=(CONNECT_S, READ_S), stream=True,
                allow_redirects=False,
            ) as answer:  # fmt: skip
                data = b""
                for part in answer.iter_content(65_536):
                    data += part
                    if len(data) > onvif.MOST:
                        break
                return data
        except requests.RequestException as error:
            raise Unreachable("sync.why.unreached") from error

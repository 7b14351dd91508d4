"""Finds ONVIF devices on the network by WS-Discovery."""

import socket
from contextlib import suppress

from console.base.clock import Clock
from console.base.errors import BadData
from console.video.onvif import words
from console.video.onvif.words import Found

EVERYBODY = ("239.255.255.250", 3702)
DATAGRAM, ANSWERS_MOST = 65_535, 2_000
WAIT_S = 0.25


def discover(clock: Clock, seconds: float, to: tuple[str, int] = EVERYBODY) -> list[Found]:
    """Ask who is there, and listen so long; each device once, whatever it says of others."""
    found: dict[str, Found] = {}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 4)
        line.settimeout(WAIT_S)
        line.sendto(words.probe(), to)
        until, heard = clock.monotonic() + seconds, 0
        while clock.monotonic() < until and heard < ANSWERS_MOST:
            with suppress(TimeoutError, BadData, ConnectionError):
                data, sender = line.recvfrom(DATAGRAM)
                heard += 1
                for each in words.read_probe(data, sender[0]):
                    found.setdefault(each.id or each.addresses[0], each)
    return list(found.values())

"""What is agreed of a live picture (SDP, GB/T 28181 annex F): where it goes, and by which name."""

import re
from ipaddress import ip_address

from msgspec import Struct

MOST = 8_192
_LINE = re.compile(r"(?m)^([a-z])=([^\r\n]{0,512})\r?$")


class Session(Struct, frozen=True, kw_only=True):
    """Where RTP comes to or from. ``ssrc``: ten digits of y=, "" when nothing was said."""

    host: str
    port: int
    ssrc: str = ""


def ssrc_of(domain: str, number: int) -> str:
    """Give the name of a live stream: 0, five digits of the domain, four of its own."""
    return f"0{domain[3:8]:0>5}{number % 10_000:04d}"


def offer(camera: str, host: str, port: int, ssrc: str) -> bytes:
    """Ask for a camera's live picture, PS in RTP over UDP, to a port here."""
    lines = (
        "v=0", f"o={camera} 0 0 IN IP4 {host}", "s=Play", f"c=IN IP4 {host}", "t=0 0",
        f"m=video {port} RTP/AVP 96 98 97", "a=recvonly", "a=rtpmap:96 PS/90000",
        "a=rtpmap:98 H264/90000", "a=rtpmap:97 MPEG4/90000", f"y={ssrc}",
    )  # fmt: skip
    return ("\r\n".join(lines) + "\r\n").encode()


def agreed(camera: str, host: str, port: int, ssrc: str) -> bytes:
    """Say that it will be sent, from a port here."""
    lines = (
        "v=0", f"o={camera} 0 0 IN IP4 {host}", "s=Play", f"c=IN IP4 {host}", "t=0 0",
        f"m=video {port} RTP/AVP 96", "a=sendonly", "a=rtpmap:96 PS/90000", f"y={ssrc}",
    )  # fmt: skip
    return ("\r\n".join(lines) + "\r\n").encode()


def read_session(body: bytes) -> Session | None:
    """Read where a stream comes from or goes to; None when this says no such thing.

    RTP over TCP is none either: it is not offered, so nobody may answer with it.
    """
    said: dict[str, str] = {}
    for kind, value in _LINE.findall(body[:MOST].decode("utf-8", "replace")):
        if kind in "cy" or (kind == "m" and value.startswith("video ")):
            said.setdefault(kind, value)
    media = said.get("m", "").split()
    if len(media) < 3 or not media[1].isascii() or not media[1].isdigit():
        return None
    if "TCP" in media[2]:
        return None
    host = said.get("c", "").removeprefix("IN IP4 ").removeprefix("IN IP6 ").split("/")[0].strip()
    port = int(media[1][:6])
    if not _address(host) or not 1 <= port <= 65_535:
        return None
    ssrc = said.get("y", "").strip()
    right = len(ssrc) == 10 and ssrc.isascii() and ssrc.isdigit()
    return Session(host=host, port=port, ssrc=ssrc if right else "")


def _address(host: str) -> bool:
    """Tell whether it is an address: a name is not looked up because a stranger says so."""
    try:
        return not ip_address(host).is_multicast
    except ValueError:
        return False

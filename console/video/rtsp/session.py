"""Asks a camera for its live video over RTSP (RFC 2326), and keeps the session alive."""

import base64
import re
import secrets
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit, urlunsplit

from console.video.gb28181.digest import proof
from console.video.rtsp.line import Line
from console.video.rtsp.reply import ENDS, Broken, Reply, read_reply
from console.video.rtsp.sdp import MOST, Track, Unfit, read_track

PORT = 554
TIMEOUT_S, TIMEOUT_LEAST_S = 60, 10
"""Of a session whose camera says no other (RFC 2326 12.37); and the least that is believed."""
AGENT = "Chengyun"
_DENIED, _UNKNOWN, _NO_SESSION = (401, 403), (404, 410), 454
_ELSEWHERE = (*range(300, 400), 461)
_CHANNEL = re.compile(r"interleaved=(\d{1,3})")
_RECEIVER_REPORT = 201


class Denied(Exception):
    """User or password are wrong."""


class Unknown(Exception):
    """The camera knows no such stream."""


class Refused(Exception):
    """The camera does not give the stream now; its answer says why."""


@dataclass(slots=True)
class Requests:
    """Makes the requests of one connection: numbered, and with a proof of who asks."""

    user: str
    password: str = field(repr=False)
    challenge: str = ""
    number: int = 0

    def made(self, method: str, url: str, *heads: tuple[str, str]) -> bytes:
        self.number += 1
        lines = [f"{method} {url} RTSP/1.0", f"CSeq: {self.number}", f"User-Agent: {AGENT}"]
        lines += [f"{name}: {value}" for name, value in heads]
        if said := self._proof(method, url):
            lines.append(f"Authorization: {said}")
        return "\r\n".join(lines).encode() + ENDS

    def _proof(self, method: str, url: str) -> str:
        if self.challenge.lower().startswith("basic"):
            return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        known = self.challenge
        return proof(known, self.user, self.password, method, url) if known else ""


@dataclass(slots=True)
class Session:
    """A stream that plays. ``line`` takes what comes by ``socket``, which never waits."""

    socket: socket.socket
    url: str
    requests: Requests
    line: Line
    track: Track
    alive_s: float
    """So often it must be said that somebody watches."""
    _method: str = "OPTIONS"
    _name: str = ""
    _again: bool = False
    _ssrc: bytes = field(default_factory=lambda: secrets.token_bytes(4))

    def keep(self) -> None:
        """Say that somebody watches: by a request, and by a report of a receiver (RFC 3550)."""
        self._again = True
        self._say(self._method)
        self._send(b"$" + struct.pack(">BHBBH", self.line.channel + 1, 8, 0x80,
                                      _RECEIVER_REPORT, 1) + self._ssrc)  # fmt: skip

    def hear(self) -> None:
        """Take what was answered meanwhile. ConnectionError: the camera has let the session go."""
        while self.line.answers:
            reply = self.line.answers.pop(0)
            if reply.status == _NO_SESSION:
                raise ConnectionError("the session is over")
            if reply.status == _DENIED[0] and self._again:  # its question is another one now
                self._again = False
                self.requests.challenge = _asked(reply)
                self._say(self._method)

    def close(self) -> None:
        """Hang up, with a word if that costs no waiting."""
        with suppress(OSError):
            self._say("TEARDOWN")
        self.socket.close()

    def _say(self, method: str) -> None:
        self._send(self.requests.made(method, self.url, ("Session", self._name)))

    def _send(self, data: bytes) -> None:
        # A camera that takes no more is seen to by the silence that follows.
        with suppress(BlockingIOError):
            self.socket.send(data)


def opened(address: str, user: str, password: str, wait_s: float,
           going: Callable[[], bool] = lambda: True) -> Session:  # fmt: skip
    """Ask for a stream; ``wait_s``: for each answer. ``going``: whether it is still wanted.

    Raises Denied, Unknown, Refused; Unfit when another way may read it; OSError (TimeoutError
    among them) when nobody answers.
    """
    parts = urlsplit(address)
    if not user and parts.username:
        user, password = unquote(parts.username), unquote(parts.password or "")
    url = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    try:
        where = (parts.hostname or "", parts.port or PORT)
    except ValueError as wrong:
        raise Unfit(str(wrong)) from wrong
    connection = socket.create_connection(where, wait_s)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session = _Asking(connection, Requests(user, password), going).session(url)
        connection.setblocking(False)
    except Broken as wrong:
        connection.close()
        raise Unfit(str(wrong)) from wrong
    except BaseException:
        connection.close()
        raise
    return session


class _Asking:
    """The conversation until a stream plays: one question after the other, each waited for."""

    def __init__(
        self, connection: socket.socket, requests: Requests, going: Callable[[], bool]
    ) -> None:
        self._connection = connection
        self._requests = requests
        self._going = going
        self._left = self._early = b""

    def session(self, url: str) -> Session:
        methods = self._ask("OPTIONS", url).head("public").upper()
        told = self._ask("DESCRIBE", url, ("Accept", "application/sdp"))
        track = read_track(told.body)
        base = told.head("content-base") or told.head("content-location") or url
        transport = ("Transport", "RTP/AVP/TCP;unicast;interleaved=0-1")
        made = self._ask("SETUP", _joined(base, track.control), transport)
        if "TCP" not in made.head("transport").upper():
            raise Unfit("not between the lines")
        channel = _CHANNEL.search(made.head("transport"))
        name, _, rest = made.head("session").partition(";")
        self._ask("PLAY", base, ("Session", name.strip()), ("Range", "npt=0.000-"))
        return Session(
            self._connection, base, self._requests,
            Line(track, int(channel[1]) if channel else 0, self._early + self._left), track,
            _alive_s(rest), "GET_PARAMETER" if "GET_PARAMETER" in methods else "OPTIONS",
            name.strip(),
        )  # fmt: skip

    def _ask(self, method: str, url: str, *heads: tuple[str, str]) -> Reply:
        reply = self._said(method, url, heads)
        if reply.status == _DENIED[0] and self._requests.user:
            challenge = _asked(reply)
            if challenge and challenge != self._requests.challenge:
                self._requests.challenge = challenge
                reply = self._said(method, url, heads)
        if reply.status in _DENIED:
            raise Denied
        if reply.status in _UNKNOWN:
            raise Unknown
        if method == "OPTIONS" or reply.status == 200:
            return reply
        if reply.status in _ELSEWHERE:
            raise Unfit(str(reply.status))
        raise Refused(str(reply.status))

    def _said(self, method: str, url: str, heads: tuple[tuple[str, str], ...]) -> Reply:
        if not self._going():
            raise ConnectionAbortedError
        self._connection.sendall(self._requests.made(method, url, *heads))
        while True:
            reply = self._reply()
            if reply.head("cseq") in (str(self._requests.number), ""):
                return reply

    def _reply(self) -> Reply:
        while True:
            self._have(4)
            if self._left[:1] == b"$":  # pictures that come before the answer to PLAY
                long = 4 + (self._left[2] << 8 | self._left[3])
                self._have(long)
                self._early += self._left[:long]
                self._left = self._left[long:]
                continue
            while (found := read_reply(self._left)) is None:
                self._more()
            reply, begin = found
            if reply.length is None or reply.length > MOST:
                raise Unfit("an answer without measure")
            end = begin + reply.length
            self._have(end)
            body, self._left = self._left[begin:end], self._left[end:]
            if reply.status is None:
                raise Unfit("no RTSP")
            if reply.status:  # and no request of the camera's own
                return replace(reply, body=body)

    def _have(self, octets: int) -> None:
        while len(self._left) < octets:
            self._more()

    def _more(self) -> None:
        came = self._connection.recv(65_536)
        if not came:
            raise ConnectionResetError("hung up")
        self._left += came


def _asked(reply: Reply) -> str:
    """Give the question that can be answered best: Digest before Basic."""
    asked = [value for name, value in reply.heads if name == "www-authenticate"]
    asked.sort(key=lambda value: not value.lower().startswith("digest"))
    return asked[0] if asked else ""


def _joined(base: str, control: str) -> str:
    """Give a track's own address (RFC 2326 C.1.1), joined as cameras do: by a slash."""
    if "://" in control:
        return control
    if control in ("", "*"):
        return base
    return f"{base.removesuffix('/')}/{control}"


def _alive_s(said: str) -> float:
    found = re.search(r"timeout=(\d{1,5})", said)
    timeout = int(found[1]) if found else TIMEOUT_S
    return max(TIMEOUT_LEAST_S, timeout) / 2

"""Asks a camera for its live video over RTSP (RFC 2326), and keeps the session alive."""

import base64
import re
import secrets
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from console.video.gb28181.digest import proof
from console.video.rtsp.line import Line
from console.video.rtsp.sdp import MOST, Track, Unfit, read_track

PORT = 554
HEAD_MOST = 16_384
TIMEOUT_S, TIMEOUT_LEAST_S = 60, 10
"""Of a session whose camera says no other (RFC 2326 12.37); and the least that is believed."""
AGENT = "Chengyun"
_ENDS = b"\r\n\r\n"
_DENIED, _UNKNOWN, _NO_SESSION = (401, 403), (404, 410), 454
_CHANNEL = re.compile(r"interleaved=(\d{1,3})")
_RECEIVER_REPORT = 201


class Denied(Exception):
    """User or password are wrong."""


class Unknown(Exception):
    """The camera knows no such stream."""


class Refused(Exception):
    """The camera does not give the stream now; its answer says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. Heads have small names; what comes twice is kept twice."""

    status: int
    heads: tuple[tuple[str, str], ...]
    body: bytes = b""

    def head(self, name: str) -> str:
        return next((value for key, value in self.heads if key == name), "")


@dataclass(slots=True)
class Session:
    """A stream that plays. ``line`` takes what comes by ``socket``, which never waits."""

    socket: socket.socket
    url: str
    user: str
    password: str = field(repr=False)
    line: Line
    track: Track
    alive_s: float
    """So often it must be said that somebody watches."""
    _number: int = 100
    _method: str = "OPTIONS"
    _name: str = ""
    _challenge: str = ""
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
            status, head = self.line.answers.pop(0)
            if status == _NO_SESSION:
                raise ConnectionError("the session is over")
            if status == _DENIED[0] and self._again:  # its question is another one now
                self._again = False
                self._challenge = _asked(_heads(head))
                self._say(self._method)

    def close(self) -> None:
        """Hang up, with a word if that costs no waiting."""
        with suppress(OSError):
            self._say("TEARDOWN")
        self.socket.close()

    def _say(self, method: str) -> None:
        self._number += 1
        heads = [("Session", self._name)]
        said = _authorized(self._challenge, self.user, self.password, method, self.url)
        if said:
            heads.append(("Authorization", said))
        self._send(_request(method, self.url, self._number, heads))

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
        session = _Asking(connection, user, password, going).session(url)
        connection.setblocking(False)
    except BaseException:
        connection.close()
        raise
    return session


class _Asking:
    """The conversation until a stream plays: one question after the other, each waited for."""

    def __init__(self, connection: socket.socket, user: str, password: str,
                 going: Callable[[], bool]) -> None:  # fmt: skip
        self._connection = connection
        self._user, self._password = user, password
        self._going = going
        self._challenge = ""
        self._number = 0
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
            self._connection, base, self._user, self._password,
            Line(track, int(channel[1]) if channel else 0, self._early + self._left), track,
            _alive_s(rest),
            self._number, "GET_PARAMETER" if "GET_PARAMETER" in methods else "OPTIONS",
            name.strip(), self._challenge,
        )  # fmt: skip

    def _ask(self, method: str, url: str, *heads: tuple[str, str]) -> Reply:
        reply = self._said(method, url, heads)
        if reply.status == _DENIED[0] and self._user:
            challenge = _asked(reply.heads)
            if challenge and (challenge != self._challenge):
                self._challenge = challenge
                reply = self._said(method, url, heads)
        if reply.status in _DENIED:
            raise Denied
        if reply.status in _UNKNOWN:
            raise Unknown
        if method == "OPTIONS" or reply.status == 200:
            return reply
        if 300 <= reply.status < 400 or reply.status == 461:
            raise Unfit(str(reply.status))
        raise Refused(str(reply.status))

    def _said(self, method: str, url: str, heads: tuple[tuple[str, str], ...]) -> Reply:
        if not self._going():
            raise ConnectionAbortedError
        self._number += 1
        said = _authorized(self._challenge, self._user, self._password, method, url)
        more = (("Authorization", said),) if said else ()
        self._connection.sendall(_request(method, url, self._number, [*heads, *more]))
        while True:
            reply = self._reply()
            if reply.head("cseq") in (str(self._number), ""):
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
            while _ENDS not in self._left:
                if len(self._left) > HEAD_MOST:
                    raise Unfit("an answer without end")
                self._more()
            head, _, self._left = self._left.partition(_ENDS)
            lines = head.split(b"\r\n", 1)
            word, _, rest = lines[0].partition(b" ")
            status = rest[:3].decode("ascii", "replace")
            heads = _heads(head)
            long = next((v for k, v in heads if k == "content-length"), "0")
            if not long.isdigit() or int(long) > MOST:
                raise Unfit("an answer without measure")
            self._have(int(long))
            body, self._left = self._left[: int(long)], self._left[int(long) :]
            if not word.startswith(b"RTSP/"):
                continue  # a request of the camera's own
            if not status.isdigit():
                raise Unfit("no RTSP")
            return Reply(int(status), heads, body)

    def _have(self, octets: int) -> None:
        while len(self._left) < octets:
            self._more()

    def _more(self) -> None:
        came = self._connection.recv(65_536)
        if not came:
            raise ConnectionResetError("hung up")
        self._left += came


def _request(method: str, url: str, number: int, heads: list[tuple[str, str]]) -> bytes:
    lines = [f"{method} {url} RTSP/1.0", f"CSeq: {number}", f"User-Agent: {AGENT}"]
    lines += [f"{name}: {value}" for name, value in heads]
    return "\r\n".join(lines).encode() + _ENDS


def _heads(head: bytes) -> tuple[tuple[str, str], ...]:
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines if ":" in line)
    return tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)


def _asked(heads: tuple[tuple[str, str], ...]) -> str:
    """Give the question that can be answered best: Digest before Basic."""
    asked = [value for name, value in heads if name == "www-authenticate"]
    asked.sort(key=lambda value: not value.lower().startswith("digest"))
    return asked[0] if asked else ""


def _authorized(challenge: str, user: str, password: str, method: str, url: str) -> str:
    if challenge.lower().startswith("basic"):
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    return proof(challenge, user, password, method, url) if challenge else ""


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

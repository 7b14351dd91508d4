"""A camera that answers RTSP as it is told to: for what real ones do, and ours never would."""

import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from console.central.cameras.rtp import described, framed

SPS, PPS = b"\x67\x42\xc0\x1e\xd9", b"\x68\xce\x38\x80"
SDP = described("h264", (SPS, PPS), 15)
Answers = Callable[[str, Sequence[str]], bytes]


def answer(heads: Sequence[str], status: str = "200 OK", *more: str, body: bytes = b"") -> bytes:
    """Give an answer to the request whose lines are ``heads``."""
    number = next(line for line in heads if line.lower().startswith("cseq"))
    lines = [f"RTSP/1.0 {status}", number, *more]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def usual(method: str, heads: Sequence[str], *, sdp: bytes = SDP, early: bytes = b"") -> bytes:
    """Answer as cameras do. ``early``: what is sent before the answer to PLAY."""
    if method == "OPTIONS":
        return answer(heads, "200 OK", "Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER")
    if method == "DESCRIBE":
        return answer(heads, "200 OK", "Content-Type: application/sdp", body=sdp)
    if method == "SETUP":
        way = "Transport: RTP/AVP/TCP;unicast;interleaved=2-3;ssrc=1"
        return answer(heads, "200 OK", way, "Session: 17;timeout=30")
    return (early if method == "PLAY" else b"") + answer(heads, "200 OK", "Session: 17")


class Peer:
    """Takes connections, and answers each request by ``answers`` (method, lines)."""

    def __init__(self, answers: Answers = usual) -> None:
        self.answers = answers
        self.asked: list[tuple[str, list[str]]] = []
        self.reports: list[bytes] = []
        self.lines: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self._server.getsockname()[1]}/live?channel=1&subtype=0"

    def send(self, *packets: bytes, channel: int = 2) -> None:
        """Send packets of RTP to the newest who has come."""
        self.lines[-1].sendall(b"".join(framed(channel, packet) for packet in packets))

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]

    def close(self) -> None:
        for each in (self._server, *self.lines):
            with suppress(OSError):  # some have gone already
                each.shutdown(socket.SHUT_RDWR)  # who waits for it is woken
            each.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            self.lines.append(line)
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        left = b""
        try:
            while came := line.recv(4_096):
                left = self._heard(line, left + came)
        except OSError:
            return

    def _heard(self, line: socket.socket, left: bytes) -> bytes:
        while left:
            if left[:1] == b"$":
                long = 4 + int.from_bytes(left[2:4], "big")
                self.reports.append(left[:long])
                left = left[long:]
                continue
            head, ends, rest = left.partition(b"\r\n\r\n")
            if not ends:
                break
            lines = head.decode().split("\r\n")
            self.asked.append((lines[0].split(" ")[0], lines))
            line.sendall(self.answers(*self.asked[-1]))
            left = rest
        return left

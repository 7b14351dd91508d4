"""Bodies: too large, packed or slow ones are refused before they cost anything."""

import gzip
import socket

import pytest

from console.wire import BODY_BYTES


def send(running, head: bytes, rest: bytes = b"", wait: float = 10.0) -> bytes:
    """Send raw bytes; give what comes back."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=wait) as line:
        line.sendall(head)
        for start in range(0, len(rest), 65_536):
            try:
                line.sendall(rest[start : start + 65_536])
            except OSError:
                break
        try:
            return line.recv(4000)
        except OSError:
            return b""


def post(length: str, *more: str) -> bytes:
    lines = ["POST /auth/v1/sign-in HTTP/1.1", "Host: x", f"Content-Length: {length}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_a_body_that_says_it_is_too_large_is_not_read(running):
    assert status(send(running, post(f"{60_000_000}"))) == 413


def test_a_body_that_turns_out_too_large_is_cut_off(running):
    heads = ["POST /auth/v1/sign-in HTTP/1.1", "Host: x", "Transfer-Encoding: chunked"]
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    answer = send(running, ("\r\n".join(heads) + "\r\n\r\n").encode(), chunk * 40)
    assert answer == b"" or status(answer) == 413


def test_a_packed_body_is_refused(running):
    bomb = gzip.compress(b" " * 10 * BODY_BYTES)
    assert len(bomb) < BODY_BYTES
    answer = send(running, post(f"{len(bomb)}", "Content-Encoding: gzip"), bomb)
    assert status(answer) == 415


def test_a_body_that_does_not_come_is_given_up(running, monkeypatch):
    from console.central import body  # noqa: PLC0415

    real = body.read

    async def hasty(request, most, _within):
        return await real(request, most, 0.3)

    monkeypatch.setattr(body, "read", hasty)
    assert status(send(running, post("100"), b"{")) == 408


def test_a_head_that_does_not_come_is_hung_up(running):
    assert send(running, b"POST /auth", wait=15.0) == b""


@pytest.mark.parametrize(
    "junk", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"user":1}', b"[" * 5000]
)
def test_junk_is_malformed(running, junk):
    assert status(send(running, post(f"{len(junk)}"), junk)) == 400

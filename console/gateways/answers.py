"""Reads what came back over HTTP with care: whether it is the centre's, whole, and what was asked.

Whatever else answers on a line (a captive portal, a proxy, a broken middle) is Unreachable with a
reason, given as a text key. Only an answer that carries the centre's clock is the centre's word.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

import msgspec

from console.base.errors import Conflict, Faulty, Gone, Refused, SignedOut, Unreachable
from console.domain.record import KINDS
from console.wire import (
    APPLIED,
    CONFLICT,
    HEAD_TIME,
    HELD,
    REFUSED,
    Page,
    Problem,
    Verdicts,
)

T = TypeVar("T")

SMALL_BYTES = 4_000_000
"""The largest ordinary answer."""
PAGE_BYTES = 64_000_000
"""The largest page of the feed, and the largest line of a snapshot."""
CHUNK = 65_536
JSON, LINES, EVENTS = "application/json", "application/x-ndjson", "text/event-stream"

STRANGE = "sync.why.strange"
BROKEN = "sync.why.broken"
LARGE = "sync.why.large"
SLOW = "sync.why.slow"

_BUSY = frozenset((408, 425, 429, 503))
_REFUSED_WHOLE = "sync.not_understood"


class Answer(Protocol):
    """What is needed of an HTTP answer (requests.Response is one)."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Any: ...
    def iter_content(self, _size: int | None, /) -> Iterator[Any]: ...


def check(answer: Answer, kind: str, seconds: Callable[[], float]) -> None:
    """Raise what an answer other than a success means; see that a success is of its kind."""
    ours = HEAD_TIME in answer.headers
    code = answer.status_code
    if ours and 200 <= code < 300 and _kind(answer) == kind:
        return
    if not ours or code < 400:
        raise Unreachable(STRANGE)
    _raise(code, problem(answer, seconds), retry_ms(answer))


def _raise(code: int, said: Problem, retry: int) -> None:
    if code == 401:
        raise SignedOut(said.key or said.error)
    if code == 410 or (code == 409 and said.error == "epoch"):
        raise Gone(said.error)
    if code == 426:
        raise Unreachable("sync.why.old")
    if code in _BUSY:
        raise Unreachable("sync.why.busy", max(retry, said.retry_ms))
    if code >= 500:
        raise Faulty("sync.why.faulty", max(retry, said.retry_ms))
    if said.key and said.error == CONFLICT:
        raise Conflict(said.key, **said.args)
    if said.key:
        raise Refused(said.key, **said.args)
    raise Refused(_REFUSED_WHOLE, status=code, said=said.error)


def body(answer: Answer, cap: int, seconds: Callable[[], float], within_s: float) -> bytes:
    """Read an answer whole, but no more than ``cap`` bytes and no longer than ``within_s``."""
    said = str(answer.headers.get("Content-Length") or "")
    if said.isascii() and said.isdigit() and int(said) > cap:
        raise Unreachable(LARGE)
    began, parts, size = seconds(), list[bytes](), 0
    for part in answer.iter_content(CHUNK):
        parts.append(part)
        size += len(part)
        if size > cap:
            raise Unreachable(LARGE)
        if seconds() - began > within_s:
            raise Unreachable(SLOW)
    return b"".join(parts)


def shaped(data: bytes, shape: type[T]) -> T:
    """Read a message; one that is not of its shape did not come from a centre."""
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreachable(STRANGE) from error


def page_of(data: bytes) -> Page:
    """Read a page of the feed; kinds that this console does not know are left out.

    Bodies are read by the store, which sets aside what is no record.
    """
    page = shaped(data, Page)
    if not page.next:
        raise Unreachable(STRANGE)
    page.puts = [put for put in page.puts if put.kind in KINDS]
    page.leaves = [leave for leave in page.leaves if leave.kind in KINDS]
    page.entries = [entry for entry in page.entries if entry.kind in KINDS]
    return page


def verdicts_of(data: bytes, ids: list[str]) -> Verdicts:
    """Read the verdicts of these acts: one for each, in order, each of a sort that is known."""
    told = shaped(data, Verdicts)
    if [each.id for each in told.verdicts] != ids:
        raise Unreachable(STRANGE)
    for each in told.verdicts:
        if each.verdict not in (APPLIED, REFUSED, CONFLICT, HELD):
            raise Unreachable(STRANGE)
        each.puts = [put for put in each.puts if put.kind in KINDS]
    return told


def lines(answer: Answer) -> Iterator[bytes]:
    """Cut an answer into its lines as they come; what follows the last line break is broken."""
    rest = b""
    for part in answer.iter_content(CHUNK):
        *whole, rest = (rest + part).split(b"\n") if b"\n" in part else (rest + part,)
        if len(rest) > PAGE_BYTES:
            raise Unreachable(LARGE)
        yield from whole
    if rest.strip():
        raise Unreachable(BROKEN)


def events(parts: Iterator[bytes]) -> Iterator[tuple[str, bytes]]:
    """Read server-sent events: (name, data) of each."""
    name, data, rest = "", list[bytes](), b""
    for part in parts:
        *whole, rest = (rest + part).split(b"\n")
        if len(rest) > PAGE_BYTES:
            raise Unreachable(LARGE)
        for line in (each.rstrip(b"\r") for each in whole):
            field, _, value = line.partition(b":")
            value = value.removeprefix(b" ")
            if field == b"event":
                name = value.decode("utf-8", "replace")
            elif field == b"data":
                data.append(value)
            elif not line and (name or data):
                yield name or "message", b"\n".join(data)
                name, data = "", []


def problem(answer: Answer, seconds: Callable[[], float]) -> Problem:
    """Read what the centre says is wrong; an unreadable word says nothing."""
    try:
        return shaped(body(answer, SMALL_BYTES, seconds, 5.0), Problem)
    except Unreachable:
        return Problem(error=str(answer.status_code))


def retry_ms(answer: Answer) -> int:
    """Give how long the centre asks to be left alone, in ms."""
    said = str(answer.headers.get("Retry-After") or "")
    return min(int(said), 600) * 1000 if said.isascii() and said.isdigit() else 0


def _kind(answer: Answer) -> str:
    return str(answer.headers.get("Content-Type") or "").partition(";")[0].strip().lower()

"""SIP messages (RFC 3261) as GB/T 28181 uses them: read from bytes that anybody may have sent.

Whatever comes in is bounded first and read second; what is no message is Malformed, nothing else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

HEAD_MOST, BODY_MOST, HEADS_MOST, LINE_MOST = 16_384, 262_144, 64, 4_096
VERSION = "SIP/2.0"
_END = b"\r\n\r\n"
_SHORT = {
    "v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length",
    "c": "content-type", "s": "subject", "k": "supported", "e": "content-encoding",
}  # fmt: skip
"""The compact forms of names."""
_TOKEN = re.compile(r"[A-Za-z0-9.!%*_+`'~-]{1,64}")
_USER = re.compile(r"sips?:([^@;>\s]{1,128})@([^;>\s]{1,256})")
_TAG = re.compile(r";\s*tag=([^;\s>]{1,128})")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Malformed(ValueError):
    """What came is no SIP message, or is larger than any may be."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request (``method``, ``uri``) or an answer (``status``, ``reason``).

    ``heads``: names as they were written, in their order. ``body``: bytes, in no known encoding.
    """

    method: str = ""
    uri: str = ""
    status: int = 0
    reason: str = ""
    heads: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def head(self, name: str) -> str:
        """Give the first header of this name ("" when there is none); compact forms count."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for each, value in self.heads if _long(each) == wanted]

    @property
    def cseq(self) -> tuple[int, str]:
        """Give number and method of CSeq; Malformed when it is none."""
        number, _, method = self.head("cseq").partition(" ")
        if not number.isascii() or not number.isdigit() or len(number) > 10:
            raise Malformed("CSeq")
        return int(number), method.strip().upper()

    @property
    def branch(self) -> str:
        """Give what names the transaction: the branch of the uppermost Via."""
        found = re.search(r";\s*branch=([^;,\s]{1,256})", self.head("via"))
        return found[1] if found else ""

    @property
    def sender(self) -> str:
        """Give who sent it: the user of From, 20 digits where a device is one of GB/T 28181."""
        return user_of(self.head("from"))

    @property
    def target(self) -> str:
        """Give for whom it is: the user of the address asked, else of To."""
        return user_of(self.uri) or user_of(self.head("to"))

    @property
    def expires(self) -> int | None:
        """Give the seconds of Expires, or of the Contact's own; None when nobody said."""
        said = self.head("expires")
        if not said:
            found = re.search(r";\s*expires=(\d{1,10})", self.head("contact"))
            said = found[1] if found else ""
        return int(said) if said.isascii() and said.isdigit() and len(said) <= 10 else None

    def encoded(self) -> bytes:
        """Give it as it goes over the line, with its length."""
        first = f"{self.method} {self.uri} {VERSION}"
        if self.status:
            first = f"{VERSION} {self.status} {self.reason}"
        heads = [(n, v) for n, v in self.heads if _long(n) != "content-length"]
        lines = [first, *(f"{n}: {_CONTROL.sub('', v)}" for n, v in heads)]
        lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join(lines).encode() + _END + self.body

    def with_heads(self, *heads: tuple[str, str]) -> "Message":
        """Give it with these headers in place of those of the same names."""
        names = {_long(name) for name, _ in heads}
        kept = tuple(each for each in self.heads if _long(each[0]) not in names)
        return replace(self, heads=(*kept, *heads))


def read(data: bytes) -> Message:
    """Read one whole message, as a datagram has it; Malformed when it is none."""
    head, found, rest = data.partition(_END)
    if not found:
        head, found, rest = data.partition(b"\n\n")
    if not found:
        raise Malformed("no end of the headers")
    return _message(head, rest, exact=False)


class Splitter:
    """Cuts a TCP stream into messages by their lengths."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """Give what is whole now; Malformed when this is no SIP: the line is to be cut then."""
        self._held += data
        found: list[Message] = []
        while (message := self._next()) is not None:
            found.append(message)
        return found

    def _next(self) -> Message | None:
        while self._held.startswith(b"\r\n"):  # a sign of life
            del self._held[:2]
        end = self._held.find(_END)
        if end < 0:
            if len(self._held) > HEAD_MOST:
                raise Malformed("the headers have no end")
            return None
        head = bytes(self._held[:end])
        length = _length(_heads(_lines(head)[1:]))
        whole = end + len(_END) + length
        if len(self._held) < whole:
            return None
        body = bytes(self._held[end + len(_END) : whole])
        del self._held[:whole]
        return _message(head, body, exact=True)


def answer(asked: Message, status: int, reason: str, *heads: tuple[str, str],
           body: bytes = b"", tag: str = "") -> Message:  # fmt: skip
    """Give the answer to a request, with what of it must be said again."""
    to = asked.head("to")
    if tag and not _TAG.search(to):
        to = f"{to};tag={tag}"
    said = [("Via", via) for via in asked.all("via")]
    said += [("From", asked.head("from")), ("To", to), ("Call-ID", asked.head("call-id")),
             ("CSeq", asked.head("cseq"))]  # fmt: skip
    return Message(status=status, reason=reason, heads=(*said, *heads), body=body)


def user_of(said: str) -> str:
    """Give the user of an address such as ``<sip:3201...@10.1.2.3:5060>``; "" when it has none."""
    found = _USER.search(said)
    return found[1] if found else ""


def tag_of(said: str) -> str:
    found = _TAG.search(said)
    return found[1] if found else ""


def _long(name: str) -> str:
    said = name.lower()
    return _SHORT.get(said, said)


def _message(head: bytes, rest: bytes, *, exact: bool) -> Message:
    first, *others = _lines(head)
    heads = _heads(others)
    length = _length(heads)
    if length > len(rest) or len(rest) > BODY_MOST:
        raise Malformed("the body is not as long as was said")
    said = any(_long(name) == "content-length" for name, _ in heads)
    body = rest[:length] if said or exact else rest
    parts = first.split(" ", 2)
    if len(parts) != 3:
        raise Malformed("the first line")
    if parts[0] == VERSION:
        if len(parts[1]) != 3 or not parts[1].isascii() or not parts[1].isdigit():
            raise Malformed("the status")
        return Message(status=int(parts[1]), reason=parts[2], heads=heads, body=body)
    if parts[2] != VERSION or not _TOKEN.fullmatch(parts[0]):
        raise Malformed("the first line")
    return Message(method=parts[0].upper(), uri=parts[1], heads=heads, body=body)


def _lines(head: bytes) -> list[str]:
    """Give the lines of a head; one that goes on with a blank is one with the line before it."""
    if len(head) > HEAD_MOST:
        raise Malformed("the headers are too long")
    lines: list[str] = []
    for line in head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n"):
        if line[:1] in (" ", "\t") and len(lines) > 1:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line)
        if len(lines[-1]) > LINE_MOST or len(lines) > HEADS_MOST + 1:
            raise Malformed("a line is too long, or there are too many")
    return lines


def _heads(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name.strip()):
            raise Malformed("a header")
        found.append((name.strip(), _CONTROL.sub("", value.strip())))
    return tuple(found)


def _length(heads: tuple[tuple[str, str], ...]) -> int:
    said = next((v for n, v in heads if _long(n) == "content-length"), "0")
    if not said.isascii() or not said.isdigit() or len(said) > 7 or int(said) > BODY_MOST:
        raise Malformed("Content-Length")
    return int(said)

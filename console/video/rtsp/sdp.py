"""Reads what a camera says of its stream (SDP, RFC 8866): which track is video, in which codec."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

MOST = 65_536
START = b"\x00\x00\x00\x01"
_CODECS = {"H264": "h264", "H265": "hevc", "HEVC": "hevc"}
_SETS: Mapping[str, tuple[str, ...]] = {
    "h264": ("sprop-parameter-sets",),  # RFC 6184
    "hevc": ("sprop-vps", "sprop-sps", "sprop-pps"),  # RFC 7798
}
_ATTRIBUTE = re.compile(r"a=(\w[\w-]{0,31}):(.{0,8192})")


class Unfit(Exception):
    """This stream is nothing that is read here: another way may know it."""


class Track(Struct, frozen=True, kw_only=True):
    """The video of a stream. ``sets``: its parameter sets, as a decoder takes them (Annex B)."""

    codec: str
    payload: int
    clock: int
    control: str
    sets: bytes


def read_track(body: bytes) -> Track:
    """Give the first track that is video in a codec known here. Unfit when there is none."""
    for head, attributes in _media(body[:MOST].decode("utf-8", "replace")):
        track = _track(head, attributes) if head.startswith("video ") else None
        if track is not None:
            return track
    raise Unfit("no H.264 or H.265")


def _media(said: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give each m= line, and the attributes below it."""
    head, attributes = "", list[tuple[str, str]]()
    for line in said.splitlines():
        if line.startswith("m="):
            yield head, attributes
            head, attributes = line[2:], []
        elif (found := _ATTRIBUTE.match(line)) is not None:
            attributes.append((found[1], found[2].strip()))
    yield head, attributes


def _track(head: str, attributes: list[tuple[str, str]]) -> Track | None:
    control = next((value for name, value in attributes if name == "control"), "")
    for name, value in attributes:
        number, _, coded = value.partition(" ")
        kind, _, clock = coded.partition("/")
        if name != "rtpmap" or number not in head.split()[3:] or kind.upper() not in _CODECS:
            continue
        rate = clock.partition("/")[0]
        if not (rate.isascii() and rate.isdigit() and 0 < int(rate) <= 1_000_000):
            continue
        codec = _CODECS[kind.upper()]
        said = next((v for n, v in attributes if n == "fmtp" and v.split(" ")[0] == number), "")
        sets = _sets(said.partition(" ")[2], codec)
        return Track(codec=codec, payload=int(number), clock=int(rate), control=control, sets=sets)
    return None


def _sets(said: str, codec: str) -> bytes:
    """Read the parameter sets; what is no base64 is left out: the stream brings its own."""
    parts = [part.partition("=") for part in said.split(";")]
    values = {name.strip().lower(): value.strip() for name, _, value in parts}
    made = b""
    for name in _SETS[codec]:
        for coded in values.get(name, "").split(","):
            try:
                one = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True)
            except (binascii.Error, ValueError):
                continue
            made += START + one if one else b""
    return made

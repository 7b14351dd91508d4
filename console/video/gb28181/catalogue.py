"""Catalogue messages of GB/T 28181: pages of XML in GB2312, GBK or UTF-8, whatever they say.

What is known to come wrong is met: a declaration that lies about the encoding, a page without its
sum, words such as "Owner" where there is no owner, empty and impossible coordinates, devices that
are no cameras. Nothing that cannot be taken is lost: it is set aside with the reason.
"""

import re
from collections.abc import Iterable
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from console.base.errors import BadData
from console.video.entry import Bad, Catalogue, Entry, wrong_code

MOST = 16_000_000
"""Bytes of one message; a page has some ten kilobytes."""
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_LOOSE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_EMPTY = frozenset(("", "owner", "address", "name", "null", "none", "unknown"))
"""What devices write where they know nothing."""
PTZ = "1"
"""PTZType of a dome; 2 a half dome, 3 a fixed one, 4 one with a hand for its lens alone."""
GONE = frozenset(("OFF", "DEL", "VLOST", "DEFECT"))
NORTH, EAST = (3.0, 54.0), (73.0, 136.0)
"""The country's own degrees: what lies outside is no place of a camera."""


def read_catalogue(data: bytes, name: str = "") -> Catalogue:
    """Read one message; BadData when it is none."""
    root = read_root(data, name)
    if root.tag not in ("Response", "Notify") or said(root, "CmdType") != "Catalog":
        raise BadData(name, root.tag, "not a catalogue message of GB/T 28181")
    entries: list[Entry] = []
    gone: list[str] = []
    bad: list[Bad] = []
    for n, item in enumerate(root.iter("Item"), 1):
        code = said(item, "DeviceID")
        why = wrong_code(code)
        if why:
            bad.append(Bad(where=f"Item {n}", what=code, why=why))
        elif said(item, "Event").upper() in GONE:
            gone.append(code)
        else:
            entries.append(_entry(item, code))
    told = said(root, "SumNum")
    return Catalogue(
        entries=tuple(entries), gone=tuple(gone), bad=tuple(bad),
        told=int(told) if told.isdigit() else 0,
    )  # fmt: skip


def together(pages: Iterable[Catalogue]) -> Catalogue:
    """Give pages as one catalogue: the last word on each camera, in the order of the first."""
    entries: dict[str, Entry] = {}
    gone: dict[str, None] = {}
    bad: list[Bad] = []
    told = 0
    for page in pages:
        entries |= {entry.code: entry for entry in page.entries}
        gone |= dict.fromkeys(page.gone)
        bad += page.bad
        told = max(told, page.told)
    return Catalogue(entries=tuple(entries.values()), gone=tuple(gone), bad=tuple(bad), told=told)


def decoded(data: bytes, name: str = "") -> str:
    """Give a message's text by what its bytes are, not by what it says of itself."""
    if len(data) > MOST:
        raise BadData(name, "", "longer than any catalogue message")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadData(name, "", "neither UTF-8 nor GB18030")


def read_root(data: bytes, name: str) -> Any:
    """Read the root of any message of GB/T 28181; BadData when it is no XML that is taken."""
    words = _CONTROL.sub("", decoded(data, name))
    words = _LOOSE.sub("&amp;", _DECLARED.sub("", words))
    try:
        return fromstring(words, forbid_dtd=True)
    except ParseError as error:
        raise BadData(name, f"line {error.position[0]}", "not XML") from error
    except DefusedXmlException as error:
        raise BadData(name, "", "entities and document types are not taken") from error


def _entry(item: Any, code: str) -> Entry:
    lon, lat = _number(item, "Longitude"), _number(item, "Latitude")
    placed = NORTH[0] <= lat <= NORTH[1] and EAST[0] <= lon <= EAST[1]
    return Entry(
        code=code, name=_known(item, "Name") or code, owner=_known(item, "Owner"),
        place=said(item, "CivilCode") or code[:6], lon=lon if placed else 0.0,
        lat=lat if placed else 0.0, ptz=said(item, "PTZType") == PTZ,
        on=said(item, "Status").upper() not in ("OFF", "OFFLINE"),
    )  # fmt: skip


def said(node: Any, tag: str) -> str:
    """Give what a child says, or one of Info does; "" where there is none."""
    found = node.find(tag)
    if found is None:
        found = node.find(f"Info/{tag}")
    return (found.text or "").strip() if found is not None else ""


def _known(node: Any, tag: str) -> str:
    found = said(node, tag)
    return "" if found.lower() in _EMPTY else found


def _number(node: Any, tag: str) -> float:
    try:
        return float(said(node, tag))
    except ValueError:
        return 0.0

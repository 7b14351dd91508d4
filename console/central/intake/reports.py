"""Reads reports in JSON, one or many, and checks any report against the city it comes to."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import msgspec
from msgspec import Raw

from console.central.centre import Place
from console.central.intake.frame import (
    NUMBER,
    Finding,
    Ground,
    Message,
    Unreadable,
    cut,
    finding,
    instant,
)
from console.domain import datum
from console.wire import PostedReport

MOST = 1_000
LONGEST = 20_000
FACT = 500
"""The longest value of a fact that a type has of its own."""
DAY = 86_400_000
_SPACE = UUID("0d4f3a52-6a0b-5f0e-9a55-6f1d4f2d8c11")
_PLACE = re.compile(r"- at `\$\.?([^`]*)`")


def read_reports(body: bytes, ground: Ground) -> list[Message]:
    """Read one report, or a list of them; each by itself."""
    try:
        items = split(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(finding("intake.json", why=error)) from None
    if len(items) > MOST:
        raise Unreadable(finding("intake.many", most=MOST))
    return [read_report(bytes(item), ground) for item in items]


def split(body: bytes) -> list[Raw]:
    """Cut a body into its reports: one object, or a list of them."""
    if body.lstrip()[:1] == b"[":
        return msgspec.json.decode(body, type=list[Raw])
    msgspec.json.decode(body)
    return [Raw(body)]


def read_report(item: bytes, ground: Ground) -> Message:
    """Read one report."""
    try:
        posted = msgspec.json.decode(item, type=PostedReport)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        why = _PLACE.sub("", str(error)).strip()
        found = finding("intake.shape", place[1] if place else "", why=why)
        return Message(_number(item), item, wrong=(found,))
    return replace(told(posted, item, ground), account=ground.source)


def told(posted: PostedReport, raw: bytes, ground: Ground, *remarks: Finding) -> Message:
    """Give a report as a message, with the first thing that is wrong with it."""
    found = next(_wrongs(posted, ground.place, ground.now), None)
    wrong = (found,) if found else ()
    return Message(posted.number, raw, report=posted, wrong=wrong, remarks=remarks)


def id_of(posted: PostedReport, what: str, account: str = "") -> str:
    """Give the id of what a report becomes: the same whenever its number comes again.

    ``account``: two accounts may count alike, and each has its own numbers.
    """
    own = f"{account}\0" if account else ""
    return str(uuid5(_SPACE, f"{own}{posted.source}\0{posted.number}\0{what}"))


def _number(item: bytes) -> str:
    try:
        said = msgspec.json.decode(item, type=dict[str, Any]).get("number")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return said[:NUMBER] if isinstance(said, str) else ""


def _wrongs(posted: PostedReport, place: Place, now: int) -> Iterator[Finding]:
    """Give every rule that does not hold."""
    city = place.city
    street = city.streets.get(posted.street)
    at = instant(posted.at)
    rules = (
        (not 0 < len(posted.number) <= NUMBER, "number", "intake.number"),
        (not posted.words.strip(), "words", "intake.missing"),
        (len(posted.words) > LONGEST, "words", "intake.long"),
        (not at, "at", "intake.instant"),
        (at > now + DAY, "at", "intake.future"),
        (posted.source not in city.sources, "source", "intake.unknown"),
        (posted.district not in ("", *city.districts), "district", "intake.unknown"),
        (posted.street not in ("", *city.streets), "street", "intake.unknown"),
        (
            bool(street and posted.district not in ("", street.district)),
            "street",
            "intake.elsewhere",
        ),
        (posted.type not in ("", *place.types), "type", "intake.unknown"),
        (posted.scene not in ("", *place.scenes), "scene", "intake.unknown"),
        (posted.level not in city.levels, "level", "intake.unknown"),
        (posted.urgency not in city.urgencies, "urgency", "intake.unknown"),
        (not datum.known(posted.crs), "crs", "intake.datum"),
        (bool(posted.lon) and not 70 <= posted.lon <= 140, "lon", "intake.range"),
        (bool(posted.lat) and not 0 <= posted.lat <= 60, "lat", "intake.range"),
    )
    yield from (
        finding(key, field, value=getattr(posted, field)) for wrong, field, key in rules if wrong
    )
    yield from _fields(posted, place)


def _fields(posted: PostedReport, place: Place) -> Iterator[Finding]:
    """Give each fact that the report's type has not, or that is too long."""
    kind = place.types.get(posted.type)
    known = kind.fields if kind else ()
    for name, value in posted.fields.items():
        where = f"fields.{name}"
        if name not in known:
            yield finding(
                "intake.field", cut(where), value=name, type=posted.type or "-",
                known=", ".join(known) or "-",
            )  # fmt: skip
        elif len(str(value)) > FACT:
            yield finding("intake.long", where)

"""Cursor on Target in: positions become readings of units, alerts become reports.

What an alert is of is told by its CoT type, by a list in resources; one that is not in it comes
without a type, for a person to judge.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped
from console.central.intake.frame import (
    Finding,
    Ground,
    Message,
    Unreadable,
    cut,
    finding,
    instant,
    stamp,
)
from console.central.intake.markup import Node, read_markup
from console.central.intake.reports import told
from console.domain.reading import Reading
from console.wire import PostedReport

FILE = "intake/cot.toml"
MOST = 2_000
"""The most events in one body."""
UNSAID = 9_999_999.0
"""What stands for a height or an error that is not known."""
NEEDS = ("uid", "type", "time", "start", "stale", "how")
ATOM, ALERTS = "a-", ("b-a", "b-l")


class Sort(Struct, frozen=True, forbid_unknown_fields=True):
    """One sort of alert: the beginning of its CoT type, and what its detail has ("": whatever).

    ``types``: the event types it may be of, the first that the city has and that is not sealed.
    """

    cot: str
    types: tuple[str, ...]
    urgency: str
    detail: str = ""


class Forms(Struct, frozen=True, forbid_unknown_fields=True):
    """What an alert is said to be, and how urgent, where its sort does not tell."""

    source: str
    urgency: str
    level: str
    purpose: str
    alert: tuple[Sort, ...] = ()


@cache
def forms() -> Forms:
    """Read them; BadData names the line and key that is wrong."""
    words = resources.path(FILE).read_text("utf-8")
    return shaped(resources.table(FILE), Forms, FILE, words)


def read_cot(body: bytes, ground: Ground) -> list[Message]:
    """Read one event, or the events of a root around them."""
    root = read_markup(body)
    events = [root] if root.name == "event" else list(root.all("event"))
    if not events:
        raise Unreadable(finding("cot.none", root.name, root.line))
    if len(events) > MOST:
        raise Unreadable(finding("cot.many", root.name, root.line, most=MOST))
    return [_message(event, body if event is root else _bytes(event), ground) for event in events]


def _message(event: Node, raw: bytes, ground: Ground) -> Message:
    uid, kind = event.attributes.get("uid", ""), event.attributes.get("type", "")
    number = cut(f"{ground.source[:40]} {uid} {event.attributes.get('time', '')}", 120)
    if wrong := tuple(_breaks(event)):
        return Message(number, raw, wrong=wrong)
    if kind.startswith(ATOM):
        return _position(event, number, raw, ground)
    if kind.startswith(ALERTS):
        return _alert(event, number, raw, ground)
    return Message(
        number, raw, remarks=(finding("cot.type", "event/@type", event.line, value=kind),)
    )


def _breaks(event: Node) -> Iterator[Finding]:
    line = event.line
    for name in NEEDS:
        if not event.attributes.get(name):
            yield finding("cot.missing", f"event/@{name}", line)
    for name in ("time", "start", "stale"):
        said = event.attributes.get(name, "")
        if said and not instant(said):
            yield finding("intake.instant", f"event/@{name}", line, value=said)
    if instant(event.attributes.get("stale", "")) < instant(event.attributes.get("start", "")):
        yield finding("cot.stale", "event/@stale", line)
    if event.first("point") is None:
        yield finding("cot.missing", "event/point", line)
    elif _point(event) is None:
        yield finding("cot.point", "event/point", event.line_of("point"))


def _point(event: Node) -> tuple[float, float] | None:
    """Give the (lon, lat) of an event; None when it is no place on this earth."""
    point = event.first("point")
    held = point.attributes if point else {}
    try:
        lon, lat = float(held["lon"]), float(held["lat"])
    except (KeyError, ValueError):
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _position(event: Node, number: str, raw: bytes, ground: Ground) -> Message:
    detail = event.first("detail") or Node("detail")
    contact, track = (detail.first(name) or Node(name) for name in ("contact", "track"))
    uid, called = event.attributes["uid"], contact.attributes.get("callsign", "")
    unit = ground.units.get(called) or ground.units.get(uid)
    if unit is None:
        value = called or uid
        return Message(number, raw, wrong=(finding("cot.unit", "event/@uid", event.line,
                                                   value=value),))  # fmt: skip
    lon, lat = _point(event) or (0.0, 0.0)
    reading = Reading(
        topic="position", of=unit, source=ground.source, at=instant(event.attributes["time"]),
        lon=lon, lat=lat, heading=_number(track, "course"), speed=_number(track, "speed"),
        quality="good" if instant(event.attributes["stale"]) > ground.now else "doubtful",
    )  # fmt: skip
    return Message(number, raw, readings=(reading,))


def _alert(event: Node, number: str, raw: bytes, ground: Ground) -> Message:
    detail = event.first("detail") or Node("detail")
    contact, alarm = (detail.first(name) or Node(name) for name in ("contact", "emergency"))
    who = contact.attributes.get("callsign", "") or event.attributes["uid"]
    what = alarm.text or alarm.attributes.get("type", "") or event.attributes["type"]
    words = "\n".join(filter(None, (f"{who}: {what}", detail.said("remarks"))))
    lon, lat = _point(event) or (0.0, 0.0)
    code, urgency = _sort(event, detail, ground)
    kind = ground.place.types.get(code)
    posted = PostedReport(
        source=forms().source, number=number, words=words[:20_000], title=f"{who}: {what}"[:60],
        at=stamp(instant(event.attributes["time"])), caller=who[:100], lon=lon, lat=lat,
        crs="WGS84", urgency=urgency, level=kind.level if kind else forms().level,
        purpose=forms().purpose, type=code,
    )  # fmt: skip
    return replace(told(posted, raw, ground), thread=event.attributes["uid"][:120])


def _sort(event: Node, detail: Node, ground: Ground) -> tuple[str, str]:
    """Give the event type of an alert, "" when its sort is not known, and its urgency."""
    said = event.attributes["type"]
    for sort in forms().alert:
        own = f"{said}-".startswith(f"{sort.cot}-")
        if own and (not sort.detail or detail.first(sort.detail) or event.first(sort.detail)):
            found = (t for t in sort.types if t in ground.place.types and not ground.sealed(t))
            return next(found, ""), sort.urgency
    return "", forms().urgency


def sort_of(code: str) -> Sort | None:
    """Give the sort of alert by which a type of event is told; None when there is none."""
    return next((sort for sort in forms().alert if code in sort.types), None)


def _number(node: Node, name: str) -> float:
    try:
        found = float(node.attributes.get(name, "0"))
    except ValueError:
        return 0.0
    return found if abs(found) < UNSAID else 0.0


def _bytes(event: Node) -> bytes:
    said = " ".join(f"{name}={value!r}" for name, value in event.attributes.items())
    return f"<event {said}>".encode()

"""Reads warnings of the national system (12379): its XML dialect, and its texts in JSON.

The dialect is not CAP 1.2: colours for severities, one geocode element with many divisions, times
with a space. The texts are what its users pass on: sender, time, kind, colour, words.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from console.central.intake.cap import bulletin_of
from console.central.intake.frame import (
    Finding,
    Ground,
    Message,
    Unreadable,
    cut,
    finding,
    instant,
)
from console.central.intake.markup import Node, read_markup
from console.central.intake.rules import Rules, broken, rules_of
from console.domain.warning import Bulletin

MOST = 200
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[-+]\d\d:\d\d)")
_IDENTIFIER = re.compile(r"\d{6}[0-9A-Z]{8}_\d{14}(_\d)?")
_ANSWERING = frozenset(("Update", "Cancel", "Ack", "Error"))


class Notice(Struct, frozen=True, rename="camel"):
    """A warning as a text: what the national system's users pass on in JSON."""

    sender: str
    issued: str
    type: str
    level: str
    text: str
    id: str = ""
    alert_id: str = ""
    title: str = ""
    type_code: str = ""
    status: str = ""
    related: str = ""
    end: str = ""
    area_id: str = ""
    criteria: str = ""


def read_national(body: bytes, ground: Ground) -> list[Message]:
    """Read the dialect's XML, or one or more texts in JSON."""
    rules = rules_of("12379")
    if body.lstrip()[:1] in (b"[", b"{"):
        return [_notice(rules, item, ground) for item in _items(body)]
    root = read_markup(body)
    alerts = [node for node in root.walk() if node.name == "alert"][:MOST]
    if not alerts:
        raise Unreadable(finding("cap.none", root.name, root.line))
    return [_message(rules, alert, body) for alert in alerts]


def _message(rules: Rules, alert: Node, body: bytes) -> Message:
    number = alert.said("identifier")
    if alert.space not in rules.spaces:
        found = finding("cap.space", "alert", alert.line, value=alert.space)
        return Message(number, body, wrong=(found,))
    wrong = [*broken(rules, alert, _INSTANT)]
    if alert.said("msgType") in _ANSWERING and not alert.said("references"):
        told = alert.said("msgType")
        line = alert.line_of("references")
        wrong.append(finding("cap.references", "alert/references", line, told=told))
    infos = list(alert.all("info"))
    sender = alert.said("senderCode") or alert.said("sender")
    made = bulletin_of(rules, alert, "sendTime", sender, infos, wrong)
    wrong.sort(key=lambda found: found.line)
    code = infos[0].said("eventType") if infos else ""
    made = msgspec.structs.replace(
        made, event=rules.events.get(code, "") or _event(rules, made.headline) or code,
        event_code=code, sender_name=alert.said("sender"),
    )  # fmt: skip
    remarks = tuple(_remarks(rules, alert, made))
    return Message(number, body, bulletin=made, wrong=tuple(wrong), remarks=remarks)


def _remarks(rules: Rules, alert: Node, made: Bulletin) -> Iterator[Finding]:
    line = alert.line_of("identifier")
    if not _IDENTIFIER.fullmatch(made.identifier):
        yield finding("cap.national_number", "alert/identifier", line, value=made.identifier)
    if made.event_code not in rules.events:
        yield finding("cap.national_event", "alert/info/eventType", value=made.event_code)
    if made.expires_at and made.expires_at <= (made.effective_at or made.sent_at):
        yield finding("cap.expires_first", "alert/info/expires", alert.line)


def _items(body: bytes) -> list[bytes]:
    try:
        if body.lstrip()[:1] == b"{":
            return [body]
        return [bytes(raw) for raw in msgspec.json.decode(body, type=list[msgspec.Raw])][:MOST]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(finding("intake.json", why=error)) from None


def _notice(rules: Rules, item: bytes, ground: Ground) -> Message:
    try:
        said = msgspec.json.decode(item, type=Notice)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        where = str(error).partition("`$.")[2].rstrip("`")
        return Message("", item, wrong=(finding("intake.shape", where, why=error),))
    number = said.alert_id or said.id or f"{said.sender}_{said.issued}_{said.type}"
    level = next((v for k, v in rules.colours.items() if said.level.startswith(k)), "")
    rules_held: tuple[tuple[bool, str, str, str], ...] = (
        (not instant(said.issued), "issued", "intake.instant", said.issued),
        (bool(said.end) and not instant(said.end), "end", "intake.instant", said.end),
        (not level, "level", "cap.colour", said.level),
        (not said.text.strip(), "text", "intake.missing", ""),
    )
    wrong = tuple(finding(key, field, value=value) for no, field, key, value in rules_held if no)
    told: Any = {"cancel": "cancel", "update": "update"}.get(said.status, "alert")
    code = said.type_code or next((c for c, n in rules.events.items() if n == said.type), "")
    division = said.area_id or ground.place.city.code
    made = Bulletin(
        identifier=cut(number, 128), sender=said.sender, sender_name=said.sender,
        sent_at=instant(said.issued), told=told, event=said.type, event_code=code,
        references=(said.related,) if said.related else (), level=level,
        effective_at=instant(said.issued), expires_at=instant(said.end),
        headline=said.title or said.text.partition("：")[0][:200], words=said.text[:20_000],
        instruction=said.criteria, language="zh-CN", geocodes=(f"division={division}",),
    )  # fmt: skip
    return Message(number, item, bulletin=made, wrong=wrong)


def _event(rules: Rules, headline: str) -> str:
    """Find the kind of a warning in its headline: what stands before its colour."""
    found = re.search(rules.headline, headline) if rules.headline else None
    return found[1] if found else ""

"""Reads CAP 1.2 (and 1.1) alerts: alone, wrapped in EDXL-DE, or inside the entries of a feed.

Schema-valid is not profile-valid: beside the form of every element these rules of the standard's
text are checked, and those of the restricted profiles that a message names in ``code``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from console.central.intake.frame import Finding, Ground, Message, Unreadable, finding, instant
from console.central.intake.markup import Node, read_markup
from console.central.intake.rules import Rules, broken, circle, ring, rules_of
from console.domain.warning import Bulletin, Circle, Point, Standing, Told

MOST = 200
"""The most alerts in one body."""
CHINESE = "zh"
SHORT = {"headline": 500, "event": 200, "area": 4_000, "words": 20_000, "instruction": 20_000}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
_SPOILT = re.compile(r"[\s,<&]")
_FEEDS = {"feed": "entry", "channel": "item"}
_TOLD: dict[str, Told] = {
    "Alert": "alert", "Update": "update", "Cancel": "cancel", "Ack": "ack", "Error": "error",
}  # fmt: skip
_STANDING: dict[str, Standing] = {
    "Actual": "actual", "Exercise": "exercise", "System": "system", "Test": "test",
    "Draft": "draft",
}  # fmt: skip
_ANSWERING = frozenset(("Update", "Cancel", "Ack", "Error"))


def read_cap(body: bytes, ground: Ground) -> list[Message]:
    """Read every alert of a body; Unreadable when there is none to be found in it."""
    del ground
    root = read_markup(body)
    rules = rules_of("cap")
    alerts = [node for node in root.walk() if node.name == "alert"]
    if len(alerts) > MOST:
        raise Unreadable(finding("cap.many", line=root.line, most=MOST))
    if not alerts:
        return _index(root)
    return [_message(rules, alert, body) for alert in alerts]


def bulletin_of(
    rules: Rules, alert: Node, sent: str, sender: str, infos: Sequence[Node], wrong: list[Finding]
) -> Bulletin:
    """Make a bulletin of an alert; ``sent`` is the name of its time element."""
    chosen = _chosen(infos)
    first = chosen[0] if chosen else Node("info")
    areas = list(_areas(chosen, wrong))
    # I, II, III, IV: the gravest is also the first in the alphabet.
    levels = [rules.levels.get(info.said("severity"), "") for info in chosen]
    return Bulletin(
        identifier=alert.said("identifier"), sender=sender, sent_at=instant(alert.said(sent)),
        told=_TOLD.get(alert.said("msgType"), "alert"),
        standing=_STANDING.get(alert.said("status"), "actual"),
        references=tuple(alert.said("references").split()),
        sender_name=first.said("senderName") or sender, event=_cut(first, "event", "event"),
        event_code=" ".join(c.said("value") for c in first.all("eventCode"))[:200],
        category=" ".join(c.text for c in first.all("category")),
        level=min(filter(None, levels), default=""),
        urgency=first.said("urgency"),
        certainty=first.said("certainty"),
        effective_at=instant(first.said("effective")), onset_at=instant(first.said("onset")),
        expires_at=instant(first.said("expires")), headline=_cut(first, "headline", "headline"),
        words=_cut(first, "description", "words"),
        instruction=_cut(first, "instruction", "instruction"),
        language=first.said("language") or ("" if not chosen else "en-US"),
        area="; ".join(dict.fromkeys(a.said("areaDesc") for a in areas))[: SHORT["area"]],
        polygons=tuple(_rings(areas, wrong)), circles=tuple(_circles(areas, wrong)),
        geocodes=tuple(dict.fromkeys(_geocodes(areas))), note=alert.said("note")[:2_000],
    )  # fmt: skip


# ---- inside


def _message(rules: Rules, alert: Node, body: bytes) -> Message:
    number = alert.said("identifier")
    if alert.space not in rules.spaces:
        return Message(number, body, wrong=(finding("cap.space", "alert", alert.line,
                                                    value=alert.space),))  # fmt: skip
    wrong = [*broken(rules, alert, _INSTANT), *_breaks(alert), *_profiles(rules, alert)]
    infos = list(alert.all("info"))
    bulletin = bulletin_of(rules, alert, "sent", alert.said("sender"), infos, wrong)
    wrong.sort(key=lambda found: found.line)
    remarks = tuple(_remarks(alert, bulletin, infos))
    return Message(number, body, bulletin=bulletin, wrong=tuple(wrong), remarks=remarks)


def _breaks(alert: Node) -> Iterator[Finding]:
    """Give the rules of the standard's text that its schema cannot say."""
    for name in ("identifier", "sender"):
        if _SPOILT.search(alert.said(name)):
            yield finding("cap.spoilt", f"alert/{name}", alert.line_of(name))
    scope, told = alert.said("scope"), alert.said("msgType")
    for name, needed in (("restriction", "Restricted"), ("addresses", "Private")):
        if scope == needed and not alert.said(name):
            yield finding("cap.scope_needs", f"alert/{name}", alert.line_of(name), scope=scope)
    references = alert.said("references").split()
    line = alert.line_of("references")
    if told in _ANSWERING and not references:
        yield finding("cap.references", "alert/references", line, told=told)
    for each in references:
        parts = each.split(",")
        if len(parts) != 3 or not all(parts) or not _INSTANT.fullmatch(parts[2]):
            yield finding("cap.reference", "alert/references", line, value=each)


def _profiles(rules: Rules, alert: Node) -> Iterator[Finding]:
    codes = {code.text for code in alert.all("code")}
    for profile in rules.profile:
        if profile.code not in codes:
            continue
        for need in profile.needs:
            name = need.partition(".")[2]
            for info in alert.all("info"):
                if info.first(name) is None:
                    yield finding(
                        "cap.profile", f"alert/info/{name}", info.line, profile=profile.code
                    )


def _remarks(alert: Node, bulletin: Bulletin, infos: Sequence[Node]) -> Iterator[Finding]:
    if not infos and bulletin.told in ("alert", "update"):
        yield finding("cap.no_info", "alert", alert.line)
    if infos and not bulletin.expires_at:
        yield finding("cap.no_expires", "alert/info", infos[0].line)
    begins = bulletin.effective_at or bulletin.sent_at
    if 0 < bulletin.expires_at <= begins:
        yield finding("cap.expires_first", "alert/info/expires", infos[0].line_of("expires"))
    if len(_chosen(infos)) > 1:
        yield finding("cap.several", "alert/info", infos[0].line, count=len(infos))


def _index(root: Node) -> list[Message]:
    """Tell of a feed that only points to its alerts: each entry is told to be sent itself."""
    for node in root.walk():
        if node.name in _FEEDS:
            entries = list(node.all(_FEEDS[node.name]))[:MOST]
            return [
                Message(e.said("id") or e.said("guid"), _link(e).encode(), wrong=(
                    finding("cap.index", f"{node.name}/{e.name}", e.line, value=_link(e)),
                )) for e in entries
            ]  # fmt: skip
    raise Unreadable(finding("cap.none", root.name, root.line))


def _link(entry: Node) -> str:
    found = entry.first("link")
    return (found.attributes.get("href", "") or found.text) if found else ""


def _chosen(infos: Sequence[Node]) -> list[Node]:
    """Give the infos of one language, Chinese if there is any, else the first one's."""
    said = [info.said("language") or "en-US" for info in infos]
    if not said:
        return []
    wanted = next((one for one in said if one.lower().startswith(CHINESE)), said[0])
    return [info for info, one in zip(infos, said, strict=True) if one == wanted]


def _areas(infos: Iterable[Node], wrong: list[Finding]) -> Iterator[Node]:
    count = 0
    for info in infos:
        for area in info.all("area"):
            count += 1
            yield area
    if count > MOST:
        wrong.append(finding("cap.many_areas", "alert/info/area", most=MOST))


def _rings(areas: Iterable[Node], wrong: list[Finding]) -> Iterator[tuple[Point, ...]]:
    for node in (each for area in areas for each in area.all("polygon")):
        if node.text:
            points, found = ring(node, "alert/info/area/polygon")
            if found:
                wrong.append(found)
            else:
                yield points


def _circles(areas: Iterable[Node], wrong: list[Finding]) -> Iterator[Circle]:
    for node in (each for area in areas for each in area.all("circle")):
        if node.text:
            made, found = circle(node, "alert/info/area/circle")
            if found:
                wrong.append(found)
            elif made:
                yield made


def _geocodes(areas: Iterable[Node]) -> Iterator[str]:
    for node in (each for area in areas for each in area.all("geocode")):
        if node.children:
            yield f"{node.said('valueName')}={node.said('value')}"[:200]
        else:
            yield from (f"division={code.strip()}"[:200] for code in node.text.split(",") if code)


def _cut(node: Node, name: str, most: str) -> str:
    return node.said(name)[: SHORT[most]]

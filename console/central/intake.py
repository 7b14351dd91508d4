"""Departments' own reports: checked one by one, taken in once each, the wrong ones set aside."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from msgspec import Raw

from console.base.text import text
from console.central import tables
from console.central.centre import Centre, Place
from console.central.sitting import upsert
from console.domain import datum
from console.domain.access import SYSTEM, Access
from console.domain.record import Act, Report, Step
from console.wire import APPLIED, Posted, PostedReport, Verdict

ROLE = "source"
"""The role of a department's account: it may post reports, and nothing else."""
NEW, KNOWN, WRONG = "new", "known", "wrong"
MOST = 1_000
LONGEST = 20_000
TITLE = 40
DAY = 86_400_000
DIGITS = 7
"""Of a degree: a centimetre."""
_SPACE = UUID("0d4f3a52-6a0b-5f0e-9a55-6f1d4f2d8c11")
_PLACE = re.compile(r"- at `\$\.?([^`]*)`")
Limits = Mapping[str, str]


class Intake:
    """Takes in what departments post. ``limits``: urgency → the time to accept in."""

    def __init__(self, centre: Centre, limits: Limits) -> None:
        self._centre = centre
        self._limits = limits

    def post(self, items: Sequence[Raw | bytes], source: Access) -> list[Posted]:
        """Take in reports in JSON, each by itself; those that are wrong are told, and set aside."""
        found: list[Posted | PostedReport] = [_read(item) for item in items]
        place, now = self._centre.place, self._centre.clock.now()
        checked = [_checked(f, place, now) if isinstance(f, PostedReport) else f for f in found]
        good = {_id(f, "report"): f for f in checked if isinstance(f, PostedReport)}
        held = self._centre.found(Report.kind, list(good))
        acts = {i: self._act(f, source.user, now) for i, f in good.items() if i not in held}
        actor = Access(user=source.user, roles=(SYSTEM,), scopes=source.scopes)
        verdicts = dict(zip(acts, self._centre.load(acts.values(), actor), strict=True))
        taken: set[str] = set()
        told = [
            f if isinstance(f, Posted) else _told(f, held, verdicts, taken) for f in checked
        ]  # fmt: skip
        self._set_aside(items, told, source.user, now)
        return told

    def _act(self, posted: PostedReport, by: str, now: int) -> Act:
        report = _id(posted, "report")
        said = msgspec.to_builtins(posted)
        args = _only(
            said, "source", "number", "purpose", "caller", "phone", "words", "address", "type"
        )
        args |= _where(posted, self._centre.place) | {"at": _instant(posted.at)}
        steps = [Step(kind="report", record=report, verb="receive", args=args)]
        if posted.incident:
            incident = _id(posted, "incident")
            steps.append(
                Step(kind="incident", record=incident, verb="create", args=self._facts(posted))
            )
            link = {"incident": incident}
            steps.append(Step(kind="report", record=report, verb="attach", args=link))
        body = msgspec.json.encode(posted).decode()
        return Act(id=_id(posted, body), steps=tuple(steps), by=by, at=now, device_at=now)

    def _facts(self, posted: PostedReport) -> dict[str, Any]:
        place, at = self._centre.place, _instant(posted.at)
        said = msgspec.to_builtins(posted)
        facts = _only(said, "source", "level", "urgency", "type", "scene", "address", "community")
        if posted.type in place.types:
            facts.setdefault("scene", place.types[posted.type].scene)
        title = posted.title or posted.words.strip().splitlines()[0][:TITLE]
        facts |= {"title": title, "detail": posted.words, "occurred_at": at}
        facts |= {"reported_at": self._centre.clock.now(), **_where(posted, place)}
        limit = self._limits.get(posted.urgency, "")
        return facts | ({"limit": limit} if limit else {})

    def _set_aside(
        self, items: Sequence[Raw | bytes], told: Sequence[Posted], source: str, now: int
    ) -> None:
        rows = [
            {
                "id": str(uuid5(_SPACE, f"{source} {bytes(item)!r}")), "at": now, "source": source,
                "number": _clean(answer.number), "field": _clean(answer.field),
                "why": _clean(answer.why), "body": bytes(item),
            }
            for item, answer in zip(items, told, strict=True) if answer.status == WRONG
        ]  # fmt: skip
        if rows:
            with self._centre.ledger.writing() as line:
                upsert(line, tables.set_aside, list({r["id"]: r for r in rows}.values()), ("id",))


def split(body: bytes) -> list[Raw]:
    """Cut a request into its reports: one object, or a list of them."""
    if body.lstrip()[:1] == b"[":
        return msgspec.json.decode(body, type=list[Raw])
    msgspec.json.decode(body)
    return [Raw(body)]


def _read(item: Raw | bytes) -> PostedReport | Posted:
    try:
        return msgspec.json.decode(item, type=PostedReport)
    except msgspec.DecodeError as error:
        place = _PLACE.search(str(error))
        return Posted(
            number=_number(item), status=WRONG, field=place[1] if place else "",
            why=_PLACE.sub("", str(error)).strip(),
        )  # fmt: skip


def _number(item: Raw | bytes) -> str:
    try:
        said = msgspec.json.decode(item, type=dict[str, Any]).get("number")
    except msgspec.DecodeError:
        return ""
    return said[:128] if isinstance(said, str) else ""


def _checked(posted: PostedReport, place: Place, now: int) -> PostedReport | Posted:
    for field, key in _wrongs(posted, place, now):
        why = text(key, value=str(getattr(posted, field))[:60])
        return Posted(number=posted.number, status=WRONG, field=field, why=why)
    return posted


def _wrongs(posted: PostedReport, place: Place, now: int) -> list[tuple[str, str]]:
    """Give what is wrong: (field, text key)."""
    city = place.city
    street = city.streets.get(posted.street)
    at = _instant(posted.at)
    rules = (
        (not 0 < len(posted.number) <= 128, "number", "intake.number"),
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
    return [(field, key) for wrong, field, key in rules if wrong]


def _told(
    posted: PostedReport, held: Mapping[str, Any], verdicts: Mapping[str, Verdict], taken: set[str]
) -> Posted:
    report = _id(posted, "report")
    if report in held or report in taken:
        opened = held[report].incident if report in held else _id(posted, "incident")
        return Posted(number=posted.number, status=KNOWN, report=report, incident=opened)
    verdict = verdicts[report]
    if verdict.verdict != APPLIED:
        why = text(verdict.key, **verdict.args)
        return Posted(number=posted.number, status=WRONG, why=why)
    taken.add(report)
    incident = _id(posted, "incident") if posted.incident else ""
    return Posted(number=posted.number, status=NEW, report=report, incident=incident)


def _where(posted: PostedReport, place: Place) -> dict[str, Any]:
    scope = place.city.scope_of(posted.district, posted.street)
    point = _only(msgspec.to_builtins(posted), "lon", "lat")
    if len(point) == 2:
        lon, lat = datum.enter(posted.lon, posted.lat, posted.crs).one
        point = {"lon": round(lon, DIGITS), "lat": round(lat, DIGITS)}
    return {"scope": scope, **point} | ({"crs": datum.CGCS2000} if point else {})


def _id(posted: PostedReport, what: str) -> str:
    return str(uuid5(_SPACE, f"{posted.source}\0{posted.number}\0{what}"))


def _instant(said: str) -> int:
    """Give ms UTC of an ISO 8601 instant with a zone; 0 when it is none."""
    try:
        read = datetime.fromisoformat(said)
        return int(read.timestamp() * 1000) if read.tzinfo else 0
    except (ValueError, OverflowError):
        return 0


def _only(said: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: said[name] for name in names if said.get(name)}


def _clean(words: str) -> str:
    return words.replace("\0", " ")

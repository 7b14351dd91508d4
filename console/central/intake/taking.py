"""Takes in what the doors read: reports, warnings and readings, each number of a source once."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID, uuid5

import msgspec
from msgspec import Raw

from console.central.centre import Centre
from console.central.intake.aside import Aside, Wrong
from console.central.intake.bounds import bounds
from console.central.intake.bulletins import Bulletins
from console.central.intake.callsigns import Callsigns
from console.central.intake.frame import (
    Finding,
    Ground,
    Message,
    Reader,
    Unreadable,
    cut,
    instant,
)
from console.central.intake.reports import id_of, read_report
from console.domain import datum
from console.domain.access import SYSTEM, Access
from console.domain.judge import sealed
from console.domain.record import Act, Incident, Report, Step
from console.wire import APPLIED, Posted, PostedReport, Remark, Taken, Verdict

ROLE = "source"
"""The role of a department's account: it may send what it has to tell, and nothing else."""
NEW, KNOWN, WRONG, PASSED = "new", "known", "wrong", "passed"
TITLE = 40
DIGITS = 7
"""Of a degree: a centimetre."""
_SPACE = UUID("0d4f3a52-6a0b-5f0e-9a55-6f1d4f2d8c11")
Limits = Mapping[str, str]


class Intake:
    """Takes in what departments send. ``limits``: urgency → the time to accept in."""

    def __init__(self, centre: Centre, limits: Limits) -> None:
        self.aside = Aside(centre, limits, bounds())
        self._centre = centre
        self._limits = limits
        self._units = Callsigns(centre)
        self._bulletins = Bulletins(centre, limits, bounds())

    def ground(self, source: Access) -> Ground:
        """Give what a reader may know when it reads for this account."""
        centre = self._centre
        shut = partial(sealed, dormant=centre.judge.dormant, get=centre.get)
        return Ground(centre.place, centre.clock.now(), source.user, self._units, shut)

    def take(self, door: str, reader: Reader, body: bytes, source: Access) -> list[Posted]:
        """Read a body, and take in what is right in it; give what became of each message.

        Unreadable when nothing can be read in it.
        """
        return self.take_messages(door, self.read(door, reader, body, source), source)

    def read(self, door: str, reader: Reader, body: bytes, source: Access) -> list[Message]:
        """Read a body; one that is Unreadable is set aside whole."""
        try:
            return reader(body, self.ground(source))
        except Unreadable as error:
            self.aside.put(door, source.user, [Wrong(body, _wrong("", error.found))])
            raise

    def take_messages(
        self, door: str, messages: Sequence[Message], source: Access
    ) -> list[Posted]:  # fmt: skip
        """Take in messages that were read; those that are wrong are told, and set aside."""
        told = [_wrong(m.number, m.wrong[0]) if m.wrong else None for m in messages]
        self._reports(messages, told, source)
        for n, message in enumerate(messages):
            if told[n] is None:
                told[n] = self._rest(message, source)
        answers = [_remarked(a, m) for a, m in zip(told, messages, strict=True) if a is not None]
        wrong = [
            Wrong(m.raw, a) for m, a in zip(messages, answers, strict=True) if a.status == WRONG
        ]
        self.aside.put(door, source.user, wrong)
        return answers

    def post(self, items: Sequence[Raw | bytes], source: Access) -> list[Posted]:
        """Take in reports in JSON, each by itself."""
        ground = self.ground(source)
        return self.take_messages("reports", [read_report(bytes(i), ground) for i in items], source)

    def settle(self) -> None:
        """Return when all that was taken in is down on disk: readings wait for a beat."""
        self._centre.beat()

    # ---- warnings and readings

    def _rest(self, message: Message, source: Access) -> Posted:
        if message.bulletin is not None:
            return self._bulletins.take(message, source.user)
        if message.readings:
            return _measured(message.number, self._centre.take_readings(message.readings, source))
        return Posted(number=message.number, status=PASSED)

    # ---- reports

    def _reports(
        self, messages: Sequence[Message], told: list[Posted | None], source: Access
    ) -> None:
        good = {n: m for n, m in enumerate(messages) if m.report is not None and told[n] is None}
        if not good:
            return
        now = self._centre.clock.now()
        by_id = {_report_id(message): message for message in good.values()}
        held = self._centre.found(Report.kind, list(by_id))
        opened = self._threads(by_id.values())
        acts = {
            i: self._act(m, opened, source.user, now) for i, m in by_id.items() if i not in held
        }
        actor = Access(user=source.user, roles=(SYSTEM,), scopes=source.scopes)
        verdicts = dict(zip(acts, self._centre.load(acts.values(), actor), strict=True))
        taken: set[str] = set()
        for n, message in good.items():
            told[n] = _told(message, held, verdicts, taken)

    def _threads(self, messages: Iterable[Message]) -> set[str]:
        """Give the incidents that these messages speak of, and that are there and open."""
        names = [_incident_id(message) for message in messages if message.thread]
        opened = self._centre.judge.machines[Incident.kind].opened
        found = self._centre.found(Incident.kind, names).values()
        return {held.id for held in found if held.state in opened}

    def _act(self, message: Message, opened: set[str], by: str, now: int) -> Act:
        posted, report = _posted(message), _report_id(message)
        said = msgspec.to_builtins(posted)
        args = _only(
            said, "source", "number", "purpose", "caller", "phone", "words", "address", "type"
        )
        args |= self._where(posted) | {"at": instant(posted.at)}
        steps = [Step(kind="report", record=report, verb="receive", args=args)]
        if posted.incident:
            incident = _incident_id(message)
            if incident not in opened:
                opened.add(incident)
                facts = self._facts(posted)
                steps.append(Step(kind="incident", record=incident, verb="create", args=facts))
            link = {"incident": incident}
            steps.append(Step(kind="report", record=report, verb="attach", args=link))
        body = msgspec.json.encode(posted).decode()
        return Act(
            id=str(uuid5(_SPACE, f"{report}\0{body}")), steps=tuple(steps), by=by, at=now,
            device_at=now,
        )  # fmt: skip

    def _facts(self, posted: PostedReport) -> dict[str, Any]:
        place = self._centre.place
        said = msgspec.to_builtins(posted)
        facts = _only(said, "source", "level", "urgency", "type", "scene", "address", "community")
        if posted.type in place.types:
            facts.setdefault("scene", place.types[posted.type].scene)
        if extra := {name: _plainly(value) for name, value in posted.fields.items()}:
            facts["extra"] = extra
        title = posted.title or posted.words.strip().splitlines()[0][:TITLE]
        facts |= {"title": title, "detail": posted.words, "occurred_at": instant(posted.at)}
        facts |= {"reported_at": self._centre.clock.now(), **self._where(posted)}
        limit = self._limits.get(posted.urgency, "")
        return facts | ({"limit": limit} if limit else {})

    def _where(self, posted: PostedReport) -> dict[str, Any]:
        city, lands = self._centre.place.city, self._centre.whereabouts
        district, street = posted.district, posted.street
        point = _only(msgspec.to_builtins(posted), "lon", "lat")
        if len(point) == 2:
            lon, lat = datum.enter(posted.lon, posted.lat, posted.crs).one
            point = {"lon": round(lon, DIGITS), "lat": round(lat, DIGITS)}
            if lands and not (district or street):
                district, street = lands.of(city, lon, lat)
        # A place that nobody knows is for the city's own desk to find.
        scope = city.scope_of(district, street) or city.code
        return {"scope": scope, **point} | ({"crs": datum.CGCS2000} if point else {})


def _plainly(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _told(
    message: Message, held: Mapping[str, Any], verdicts: Mapping[str, Verdict], taken: set[str]
) -> Posted:
    posted, report, incident = _posted(message), _report_id(message), _incident_id(message)
    if report in held or report in taken:
        opened = held[report].incident if report in held else incident
        return Posted(number=posted.number, status=KNOWN, report=report, incident=opened)
    verdict = verdicts[report]
    if verdict.verdict != APPLIED:
        why = {name: cut(str(value)) for name, value in verdict.args.items()}
        return _wrong(posted.number, Finding(verdict.key, args=why))
    taken.add(report)
    opened = incident if posted.incident else ""
    return Posted(number=posted.number, status=NEW, report=report, incident=opened)


def _posted(message: Message) -> PostedReport:
    assert message.report is not None  # noqa: S101 - only these are asked
    return message.report


def _report_id(message: Message) -> str:
    return id_of(_posted(message), "report", message.account)


def _incident_id(message: Message) -> str:
    """Give the incident of a report: its own, or that of all that share its thread."""
    posted = _posted(message)
    named = msgspec.structs.replace(posted, number=message.thread) if message.thread else posted
    return id_of(named, "incident", message.account)


def _measured(number: str, taken: Taken) -> Posted:
    if taken.wrong:
        wrong = taken.wrong[0]
        return Posted(number=number, status=WRONG, rule=wrong.key, why=wrong.why,
                      readings=taken.taken)  # fmt: skip
    return Posted(number=number, status=NEW if taken.taken else KNOWN, readings=taken.taken)


def _wrong(number: str, found: Finding) -> Posted:
    return Posted(
        number=number, status=WRONG, rule=found.rule, field=found.where, line=found.line,
        why=found.why,
    )  # fmt: skip


def _remarked(answer: Posted, message: Message) -> Posted:
    more = [
        Remark(rule=f.rule, field=f.where, line=f.line, why=f.why)
        for f in (*message.wrong[1:], *message.remarks)
    ]
    return msgspec.structs.replace(answer, remarks=more) if more else answer


def _only(said: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: said[name] for name in names if said.get(name)}

"""Information reports (信息报告): their clocks, and their words drawn up from what is known."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from console.base.text import text
from console.domain.record import Incident
from console.domain.rows import split
from console.services.around import Around, Sketch

Args = Mapping[str, Any]
UNKNOWN = "—"


def first(around: Around, record: Incident, args: Args) -> Sketch:
    """Report in writing for the first time; from here on the next report is due."""
    return _written(around, record, "report_first", args)


def follow(around: Around, record: Incident, args: Args) -> Sketch:
    """Report again; the next report is due from now."""
    return _written(around, record, "report_follow", args)


def final(around: Around, record: Incident, args: Args) -> Sketch:
    """Report for the last time."""
    return _written(around, record, "report_final", args)


def phone(around: Around, record: Incident, args: Args) -> Sketch:
    """Put down who took a report by phone, and what was said."""
    return _written(around, record, "report_phone", args)


def clocks(around: Around, record: Incident, level: str = "") -> dict[str, str]:
    """Give the limits to report an incident by phone and in writing, by its level."""
    times = around.rules.reporting.times_of(record, level)
    return {"phone_by": times.phone, "written_by": times.written}


def draft(around: Around, record: Incident, verb: str) -> str:
    """Draw up a report from the facts of an incident; what is not known is "—"."""
    tasks = around.tasks_of(record.id)
    known = around.types.get(record.type)
    district, street = split(record.scope)
    places = (around.city.districts.get(district), around.city.streets.get(street))
    place = "".join(p.name for p in places if p) + record.address
    departments = around.city.departments
    doing = [departments[t.dept].name for t in tasks if t.dept in departments]
    facts = {
        "title": record.title, "no": record.no or UNKNOWN,
        "level": text(f"level.{record.level}"),
        "source": text(f"source.{record.source}") if record.source else UNKNOWN,
        "at": _when(around, record.occurred_at or record.reported_at),
        "place": place or UNKNOWN, "nature": known.name if known else UNKNOWN,
        "casualties": record.casualties or UNKNOWN,
        "loss": f"{record.loss_wan:g}" if record.loss_wan else UNKNOWN,
        "detail": record.detail or UNKNOWN,
        "measures": text("panel.and").join(dict.fromkeys(doing)) or UNKNOWN,
        "state": text(f"state.incident.{record.state}"),
        "result": record.result or UNKNOWN,
        "person": around.person.name or around.person.user,
        "now": _when(around, around.clock.now()),
    }  # fmt: skip
    return text(f"report.draft.{verb}", **facts)


def _written(around: Around, record: Incident, verb: str, args: Args) -> Sketch:
    times = around.rules.reporting.times_of(record)
    said = {n: v for n, v in args.items() if v}
    usual = {"note": draft(around, record, verb), "follow": times.follow}
    return Sketch((around.step(record, verb, usual | said),))


def _when(around: Around, at: int) -> str:
    if not at:
        return UNKNOWN
    return f"{datetime.fromtimestamp(at / 1000, ZoneInfo(around.city.zone)):%Y-%m-%d %H:%M}"

"""What a desk shows of incidents that may be the same: ranked, in words, with who told of them."""

from console.advise.case import Callers, Duplicate
from console.advise.hotspots import read_rule
from console.domain.record import Incident, Report
from console.services.around import Around
from console.services.duplicates import notices, told_of


def find(around: Around, incident: Incident, phone: str = "") -> list[Duplicate]:
    """Give the incidents that may be this one, the likeliest first; ``phone``: who calls now."""
    opened = around.judge.machines["incident"].opened
    twins = around.known.find(around.store, around.view(), told_of(incident), opened)
    found: list[Duplicate] = []
    for twin in twins:
        held = around.store.get("incident", twin.id)
        if isinstance(held, Incident) and _may_be(held, incident):
            callers = callers_of(around.reports_of(held.id), phone)
            found.append(
                Duplicate(
                    held.id, held.no, held.title, round(twin.likely * 100), notices(twin.reasons),
                    callers,
                )
            )  # fmt: skip
    return found


def _may_be(held: Incident, incident: Incident) -> bool:
    """Tell whether both can be one: they are not already, and are real or of one exercise.

    What is not an incident yet has no id. A hot spot can only be one of the same kind.
    """
    of_one = bool(incident.id) and incident.id in (held.id, held.parent)
    same = held.exercise == incident.exercise and _hot(held) == _hot(incident)
    return same and not of_one


def _hot(incident: Incident) -> str:
    """Give what a hot spot is of; "" of what is none."""
    return incident.catalog if incident.type == read_rule().opens else ""


def callers_of(reports: list[Report], phone: str = "") -> Callers:
    """Tell one caller who calls again from many who call about one thing."""
    who = {_who(report) for report in reports}
    before = sum(bool(phone) and _digits(report.phone) == _digits(phone) for report in reports)
    return Callers(len(reports), len(who), before)


def _who(report: Report) -> str:
    """Give what tells a caller: the number, or the name, or the report itself."""
    return _digits(report.phone) or report.caller or report.id


def _digits(phone: str) -> str:
    return "".join(c for c in phone if c.isdigit())

"""What a rule does at a seat: a value given here by hand opens its incident, also off line.

The incident has the id that the centre would give it, so it is opened once, whoever is first.
"""

from console.base.errors import Refused
from console.base.text import text
from console.domain import opening
from console.domain.changes import Changes
from console.domain.indicator import Indicator
from console.domain.record import Act, Incident
from console.domain.sensed import Sensed
from console.services.around import Around

LINE = "rule"
"""What stands as the line of an act that no person has typed."""


def opened(around: Around, indicator: Indicator, sensed: Sensed, now: int) -> Changes:
    """Open the incident of an alarm, if it is due, is not there, and this person may open one."""
    reading, standing = sensed.reading, sensed.standing
    if not opening.due(indicator, standing, reading):
        return Changes()
    turn, there = opening.turn_from(indicator.id, reading.source, 1, lambda i: _open(around, i))
    if there:
        return Changes()
    incident = opening.incident_id(indicator.id, reading.source, turn)
    known = around.types.get(indicator.opens)
    words = {
        "name": indicator.name, "source": reading.source, "unit": indicator.unit,
        "value": f"{reading.value:.{indicator.decimals}f}", "band": text(f"band.{standing.band}"),
    }  # fmt: skip
    args = opening.facts(
        indicator,
        reading,
        standing,
        city=around.city.code,
        level=known.level if known else "routine",
        title=text("alarm.title", **words),
        detail=text("alarm.detail", **words),
    )
    args |= {"reported_at": now, "limit": around.limit_for("accept", args["urgency"])}
    step = around.born(Incident.kind, incident, "create", args)
    act = Act(
        id=opening.act_id(incident), steps=(step,), by=around.person.user, seat=around.seat,
        line=LINE, at=now, device_at=now,
    )  # fmt: skip
    try:
        return around.store.enqueue(act, around.person)
    except Refused:
        return Changes()  # this person opens no incidents; the centre does when it has the value


def _open(around: Around, incident: str) -> bool | None:
    found = around.store.get(Incident.kind, incident)
    return None if found is None else around.is_open(found)

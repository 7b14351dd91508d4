"""What people do to reports: take one down, answer one."""

from collections.abc import Mapping
from typing import Any

from console.base.ids import new_id
from console.domain.record import Incident, Record, Report, Step
from console.services.around import Around, Sketch

Args = Mapping[str, Any]


def receive(around: Around, record: Record | None, args: Args) -> Sketch:
    """Take down a report, and put it to its incident when that is said."""
    del record
    incident = around.store.get("incident", str(args.get("incident") or ""))
    mine = next((s for s in around.person.scopes if s), "")
    scope = args.get("scope") or (incident.scope if incident else mine)
    facts = {"source": "hotline", "at": around.clock.now(), **args, "scope": scope}
    facts.pop("incident", None)
    report = new_id()
    steps = [around.born("report", report, "receive", facts)]
    if isinstance(incident, Incident):
        said = {"incident": incident.id}
        steps.append(Step(kind="report", record=report, verb="attach", args=said))
    return Sketch(tuple(steps))


def callback(around: Around, record: Report, args: Args) -> Sketch:
    """Answer one caller; the incident keeps what was said of it."""
    steps = [around.step(record, "callback", args)]
    incident = around.incident_of(record)
    if incident and args.get("satisfied") and around.allows(incident, "callback"):
        steps.append(around.step(incident, "callback", args))
    return Sketch(tuple(steps))

"""专报: one incident, told for those who decide: what it is, who is on it, what was done when."""

from console.base.errors import Refused
from console.briefs.brief import Brief, Picture, Section, Table
from console.briefs.facts import NOTHING, Facts, Line
from console.domain.deadline import Deadline
from console.domain.record import Incident, Task
from console.domain.rows import split

MINUTE = 60_000
CLOCKS = ("accept", "dispatch", "sign", "arrive", "handle")
WORDS = ("reason", "note", "result", "order", "basis")
"""The arguments of a step that are somebody's words."""
TOLD = 60


def special(facts: Facts, id: str) -> Brief:
    """Write the brief of an incident; Refused when it is not known here."""
    incident = facts.held.get("incident", id)
    if not isinstance(incident, Incident):
        raise Refused("refused.unknown", kind="incident", id=id)
    sections = (_what(facts, incident), _clocks(facts, incident), _who(facts, incident),
                _told(facts, incident))  # fmt: skip
    return Brief(
        name=f"{facts.say('special.file')}-{incident.no or incident.id}",
        title=facts.say("special.title", title=incident.title),
        office=facts.say("special.of", no=incident.no or NOTHING),
        made=facts.say("made", at=f"{facts.local(facts.now):%Y-%m-%d %H:%M}"),
        language=facts.language, sections=sections, warning=facts.say("secret"),
    )  # fmt: skip


def _what(facts: Facts, incident: Incident) -> Section:
    district, street = split(incident.scope)
    place = " ".join(
        facts.name(kind, code)
        for kind, code in (("district", district), ("street", street))
        if code
    )
    pairs = (
        ("level", facts.said(f"level.{incident.level}")),
        ("type", facts.name("type", incident.type)),
        ("state", facts.said(f"state.incident.{incident.state}")),
        ("reported", facts.moment(incident.reported_at)),
        ("place", f"{place} {incident.address}".strip() or NOTHING),
        ("lead", facts.name("dept", incident.lead)),
        ("assists", _all(facts, incident.assists)),
        ("casualties", incident.casualties or facts.say("not_reported")),
        ("result", incident.result or NOTHING),
    )
    rows = tuple((facts.say(f"column.{key}"), value) for key, value in pairs)
    words = (incident.detail,) if incident.detail else ()
    return Section(
        title=facts.say("special.what"), words=words, table=Table(("", ""), rows, (1, 4)),
        note=_note(facts),
    )  # fmt: skip


def _clocks(facts: Facts, incident: Incident) -> Section:
    held = [(name, incident.deadlines[name]) for name in CLOCKS if name in incident.deadlines]
    rows = tuple(
        (facts.said(f"clock.{name}"), each.limit, facts.moment(each.started),
         facts.moment(each.due), facts.moment(each.stopped), _kept(facts, each))
        for name, each in held
    )  # fmt: skip
    bars = tuple(
        (
            facts.said(f"clock.{name}"),
            (each.stopped - each.started) / MINUTE if each.stopped else None,
        )
        for name, each in held
    )
    keys = ("clock", "limit", "started", "due", "ended", "standing")
    head = tuple(facts.say(f"column.{key}") for key in keys)
    picture = Picture(bars=bars, unit=facts.say("minutes"), caption=facts.say("special.took"))
    return Section(
        title=facts.say("special.clocks"), table=Table(head, rows, (1.2, 0.9, 1.2, 1.2, 1.2, 1)),
        picture=picture if any(value for _, value in bars) else None, note=_note(facts),
    )  # fmt: skip


def _who(facts: Facts, incident: Incident) -> Section:
    found = facts.rows("task", f"incident:{incident.id} sort:issued_at", "id")
    tasks = [t for (key,) in found if isinstance(t := facts.held.get("task", key), Task)]
    rows = tuple(
        (facts.name("dept", t.dept), facts.name("unit", t.unit),
         facts.said(f"state.task.{t.state}"),
         facts.moment(t.issued_at), facts.moment(t.signed_at), facts.moment(t.arrived_at),
         t.result or NOTHING)
        for t in tasks
    )  # fmt: skip
    keys = ("dept", "unit", "state", "issued", "signed", "arrived", "result")
    head = tuple(facts.say(f"column.{key}") for key in keys)
    none = () if rows else (facts.say("special.nobody"),)
    table = Table(head, rows, (1.8, 1.4, 1, 1.2, 1.2, 1.2, 2)) if rows else None
    return Section(title=facts.say("special.who"), words=none, table=table, note=_note(facts))


def _told(facts: Facts, incident: Incident) -> Section:
    lines = list(facts.held.history("incident", incident.id))
    rows = tuple(
        (facts.moment(line.at), facts.name("person", line.by),
         facts.said(f"verb.{line.kind}.{line.verb}"), _words(line))
        for line in lines[-TOLD:]
    )  # fmt: skip
    head = tuple(facts.say(f"column.{key}") for key in ("at", "by", "step", "words"))
    left = len(lines) - len(rows)
    more = (facts.say("special.earlier", n=left),) if left > 0 else ()
    table = Table(head, rows, (1.1, 1, 1, 4)) if rows else None
    none = () if rows else (facts.say("special.nothing_told"),)
    return Section(
        title=facts.say("special.told"), words=(*more, *none), table=table, note=_note(facts)
    )


def _all(facts: Facts, depts: tuple[str, ...]) -> str:
    return facts.say("comma").join(facts.name("dept", each) for each in depts) or NOTHING


def _words(line: Line) -> str:
    said = next((str(line.args[name]) for name in WORDS if line.args.get(name)), "")
    return said or NOTHING


def _kept(facts: Facts, clock: Deadline) -> str:
    if clock.stopped:
        return facts.say("met" if (clock.paused or clock.stopped) <= clock.due else "missed")
    if clock.paused:
        return facts.say("paused")
    return facts.say("over" if facts.now > clock.due else "running")


def _note(facts: Facts) -> str:
    return facts.say("as_of", at=f"{facts.local(facts.as_of or facts.now):%Y-%m-%d %H:%M}")

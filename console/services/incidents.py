"""What people do to incidents that takes more than one step, as steps; pure reading."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from console.base.errors import Refused
from console.base.ids import new_id
from console.base.notice import Notice
from console.base.text import text
from console.domain.exercise import marked
from console.domain.fields import PROTECTED
from console.domain.record import Incident, Record, Step, Task, Unit
from console.domain.rows import split
from console.domain.words import short
from console.services import advised, alike, exercises, extras
from console.services.around import ASSIST, LEAD, Around, Sketch, warning
from console.services.informing import clocks

Args = Mapping[str, Any]


class _Edit(msgspec.Struct, forbid_unknown_fields=True):
    """One fact as its author saw it, and as it should be."""

    seen: Any = msgspec.field(name="from")
    wanted: Any = msgspec.field(name="to")


def create(around: Around, record: Record | None, args: Args) -> Sketch:
    """Give the steps of an incident, and of the words of who told of it."""
    del record
    scope = args.get("scope") or _own_scope(around)
    now = around.clock.now()
    known = around.types.get(str(args.get("type", "")))
    urgency = str(args.get("urgency") or "normal")
    if args.get("extra"):
        args = {**args, "extra": extras.read(str(args["extra"]), known)}
    if args.get("exercise"):
        exercise = exercises.meant(around, str(args["exercise"])).id
        args = {**args, "exercise": exercise, "title": marked(str(args["title"]))}
    facts = {
        "reported_at": now, "source": "hotline", "limit": around.limit_for("accept", urgency),
        **({"scene": known.scene, "level": known.level, "catalog": known.catalog} if known else {}),
        **{n: v for n, v in args.items() if n not in ("caller", "phone", "words", "purpose")},
        "scope": scope, "urgency": urgency,
    }  # fmt: skip
    incident = new_id()
    steps = [around.born("incident", incident, "create", facts)]
    if any(args.get(n) for n in ("caller", "phone", "words")):
        steps += _told(around, incident, {**facts, **args, "at": now, "scope": scope})
    born = Incident(
        id=incident, scope=scope, title=str(args["title"]), type=str(args.get("type", "")),
        address=str(args.get("address", "")), lon=float(args.get("lon") or 0),
        lat=float(args.get("lat") or 0), reported_at=now, exercise=str(args.get("exercise") or ""),
    )  # fmt: skip
    return Sketch(tuple(steps), _possible_duplicates(around, born, str(args.get("phone") or "")))


def _told(around: Around, incident: str, facts: Args) -> list[Step]:
    takes = around.judge.machines["report"].verbs["receive"].takes
    report = new_id()
    words = facts.get("words") or facts.get("detail") or facts.get("title")
    said = {n: v for n, v in facts.items() if n in takes} | {"words": words}
    return [
        around.born("report", report, "receive", said),
        Step(kind="report", record=report, verb="attach", args={"incident": incident}),
    ]


def _own_scope(around: Around) -> str:
    mine = [s for s in around.person.scopes if s]
    if len(mine) != 1:
        raise Refused("refused.scope_missing")
    return mine[0]


def accept(around: Around, record: Incident, args: Args) -> Sketch:
    limit = args.get("limit") or around.limit_for("dispatch", record.urgency)
    step = around.step(record, "accept", {**args, "limit": limit, **clocks(around, record)})
    return Sketch((step,), _possible_duplicates(around, record))


def escalate(around: Around, record: Incident, args: Args) -> Sketch:
    """Raise the level; the reports of that level are due from now."""
    due = clocks(around, record, str(args["level"])) if record.state != "reported" else {}
    return Sketch((around.step(record, "escalate", {**args, **due}),))


def classify(around: Around, record: Incident, args: Args) -> Sketch:
    """Take scene and level from the type, unless they are said."""
    known = around.types.get(str(args["type"]))
    usual = {"scene": known.scene, "level": known.level} if known else {}
    said = {n: v for n, v in args.items() if v}
    if args.get("extra"):
        # What was known of it under its type of before is not lost.
        said["extra"] = {**record.extra, **extras.read(str(args["extra"]), known)}
    return Sketch((around.step(record, "classify", usual | said),))


def relocate(around: Around, record: Incident, args: Args) -> Sketch:
    """Move an incident with its tasks and reports."""
    place = {**args, "crs": "CGCS2000"} if args.get("lon") else args
    scope = {"scope": args["scope"]}
    steps = [around.step(record, "relocate", place)]
    steps += [around.step(t, "relocate", scope) for t in around.tasks_of(record.id)]
    steps += [around.step(r, "relocate", scope) for r in around.reports_of(record.id)]
    return Sketch(tuple(steps))


def dispatch(around: Around, record: Incident, args: Args) -> Sketch:
    """Give the incident to a lead, with the limits of its type, and to those who assist."""
    usual = _usual_lead(around, record)
    lead = str(args.get("lead") or usual)
    if not lead:
        raise Refused("refused.no_lead")
    limits = around.limits_of(record, args)
    unit = _unit(around, args)
    steps = [around.step(record, "dispatch", {**args, **limits, "lead": lead})]
    alone = {"unit": unit.id} if unit and unit.dept == lead else {}
    steps.append(_issue(around, record, lead, LEAD, {**args, **limits, "unit": "", **alone}))
    assists = [d for d in args.get("assists", ()) if d != lead and d not in record.assists]
    if unit and unit.dept != lead and unit.dept not in assists:
        assists.append(unit.dept)
    for dept in assists:
        sent = {"unit": unit.id} if unit and unit.dept == dept else {}
        steps.append(around.step(record, "assist", {"dept": dept}))
        steps.append(_issue(around, record, dept, ASSIST, {**args, **limits, "unit": "", **sent}))
    warnings: list[Notice] = []
    if usual and lead != usual:
        warnings.append(warning("warning.other_lead", dept=usual))
    if not limits:
        warnings.append(warning("warning.no_limits"))
    noted, known = advised.on_unit(around, record, unit, args) if unit else ((), ())
    return Sketch((*steps, *noted), (*warnings, *known))


def assist(around: Around, record: Incident, args: Args) -> Sketch:
    dept = str(args["dept"])
    if dept == record.lead:
        raise Refused("refused.is_lead", dept=dept)
    limits = around.limits_of(record, args)
    steps = (
        around.step(record, "assist", {"dept": dept}),
        _issue(around, record, dept, ASSIST, {**args, **limits}),
    )
    return Sketch(steps)


def unassist(around: Around, record: Incident, args: Args) -> Sketch:
    """Let an assistant go, with what it still had to do."""
    dept = str(args["dept"])
    steps = [around.step(record, "unassist", {"dept": dept})]
    reason = {"reason": args.get("reason") or text("verb.incident.unassist")}
    steps += [
        around.step(t, "withdraw", reason)
        for t in around.tasks_of(record.id)
        if t.dept == dept and t.part == ASSIST and around.allows(t, "withdraw")
    ]
    return Sketch(tuple(steps))


def send(around: Around, record: Incident, args: Args) -> Sketch:
    """Send a unit: on its department's task, or on a new one."""
    unit = _unit(around, args)
    if unit is None:
        raise Refused("refused.unit_away", unit=args.get("unit", ""))
    if around.allows(record, "dispatch"):
        return dispatch(around, record, {**args, "lead": unit.dept, "unit": unit.id})
    noted, known = advised.on_unit(around, record, unit, args)
    for task in around.tasks_of(record.id):
        if task.dept == unit.dept and not task.unit and around.allows(task, "assign"):
            return Sketch((around.step(task, "assign", {"unit": unit.id}), *noted), known)
    more = {**args, **around.limits_of(record, args), "unit": unit.id}
    steps = [_issue(around, record, unit.dept, ASSIST, more)]
    if unit.dept not in (record.lead, *record.assists):
        steps.insert(0, around.step(record, "assist", {"dept": unit.dept}))
    return Sketch((*steps, *noted), known)


def close(around: Around, record: Incident, args: Args) -> Sketch:
    """Close an incident and finish what was reported back; say what is still open."""
    final = around.rules.reporting.times_of(record).final
    steps = [around.step(record, "close", {"final": final, **args})]
    still = 0
    for task in around.tasks_of(record.id):
        if around.allows(task, "finish"):
            steps.append(around.step(task, "finish"))
        elif around.is_open(task):
            still += 1
    warnings = [warning("warning.open_tasks", count=still)] if still else []
    unanswered = [r for r in around.reports_of(record.id) if not r.called_back_at]
    if unanswered:
        warnings.append(warning("warning.not_called_back", count=len(unanswered)))
    return Sketch(tuple(steps), tuple(warnings))


def callback(around: Around, record: Incident, args: Args) -> Sketch:
    """Write down what the callers said, on the incident and on its reports."""
    said = {"contacted": "yes", **{n: v for n, v in args.items() if v}}
    answered = [
        around.step(report, "callback", said)
        for report in around.reports_of(record.id)
        if around.allows(report, "callback") and not report.called_back_at
    ]
    return Sketch((around.step(record, "callback", args), *answered))


def merge(around: Around, record: Incident, args: Args) -> Sketch:
    """Merge into what the parent itself was merged into, if it was."""
    parent = around.store.get("incident", str(args["parent"]))
    seen: set[str] = set()
    while isinstance(parent, Incident) and parent.parent and parent.id not in seen:
        seen.add(parent.id)
        parent = around.store.get("incident", parent.parent)
    meant = parent.id if parent else args["parent"]
    warnings: list[Notice] = []
    if isinstance(parent, Incident) and parent.scope != record.scope:
        warnings.append(warning("warning.other_scope"))
    step = around.step(record, "merge", {**args, "parent": meant})
    return Sketch((step,), tuple(warnings))


def on_advice(verb: str) -> Callable[[Around, Incident, Args], Sketch]:
    """Take down what became of advice: the verb's own step, for the centre to learn from."""
    return lambda around, record, args: Sketch((around.step(record, verb, args),))


def amend(around: Around, record: Record, args: Args) -> Sketch:
    """Change single facts; another's change since they were seen is a conflict.

    A person writes ``title=… address=…`` and means what is shown now; a form, which was opened
    a while ago, says what it had shown: ``{"title": {"from": …, "to": …}}``.
    """
    edits = _edits(str(args["changes"]).strip(), record)
    for name in edits:
        if name not in record.__struct_fields__ or name in PROTECTED:
            raise Refused("refused.field", field=name)
    if not edits:
        raise Refused("refused.argument", verb="amend", argument="changes")
    if getattr(record, "exercise", "") and "title" in edits:
        edits["title"]["to"] = marked(str(edits["title"]["to"]))
    return Sketch((around.step(record, "amend", {"changes": edits}),))


def _edits(said: str, record: Record) -> dict[str, dict[str, Any]]:
    if said.startswith("{"):
        try:
            read = msgspec.json.decode(said, type=dict[str, _Edit])
        except msgspec.DecodeError:
            raise Refused("refused.argument", verb="amend", argument="changes") from None
        return {name: {"from": edit.seen, "to": edit.wanted} for name, edit in read.items()}
    parts = re.split(r"(?:^|\s)([a-z_]+)=", said)[1:]
    written = zip(parts[::2], parts[1::2], strict=True)
    return {
        name: {"from": getattr(record, name, None), "to": value.strip().strip('"')}
        for name, value in written
    }


def _usual_lead(around: Around, record: Incident) -> str:
    known = around.types.get(record.type)
    district, street = split(record.scope)
    return around.city.resolve(known.lead, district, street) if known else ""


def _unit(around: Around, args: Args) -> Unit | None:
    found = around.store.get("unit", str(args.get("unit") or ""))
    return found if isinstance(found, Unit) else None


def _issue(around: Around, record: Incident, dept: str, part: str, args: Args) -> Step:
    takes = around.judge.machines[Task.kind].verbs["issue"].takes
    facts = {n: v for n, v in args.items() if n in takes}
    facts |= {"incident": record.id, "scope": record.scope, "dept": dept, "part": part}
    return around.born(Task.kind, new_id(), "issue", facts)


def _possible_duplicates(around: Around, record: Incident, phone: str = "") -> tuple[Notice, ...]:
    return tuple(
        warning(
            "warning.told_before" if d.callers.before else "warning.duplicate",
            id=d.id, record=f"{short(d.no)} {d.title}".strip(), likely=d.likely,
            times=d.callers.before,
        )
        for d in alike.find(around, record, phone)[:3]
    )  # fmt: skip

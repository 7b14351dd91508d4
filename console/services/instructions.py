"""批示: a leader's word becomes a task with limits; what its department does goes along with it.

An instruction about an incident is done there: by a task of the department, or by the one that it
has. One about nothing known makes an incident of its own, of the type that the limits file names.
"""

from collections.abc import Mapping
from typing import Any

from console.base.ids import new_id
from console.domain.query import Query, Term
from console.domain.record import Incident, Instruction, Record, Step, Task
from console.services import incidents
from console.services.around import LEAD, Around, Sketch

Args = Mapping[str, Any]
LIMITS = "instruction"
TITLE = 40
"""So many characters of the leader's words name the incident that comes of them."""

_ALONG = {"sign": "sign", "feedback": "answer"}
"""What a department does to its task, and what that is to the instruction behind it."""


def give(around: Around, record: Record | None, args: Args) -> Sketch:
    """Give the steps of an instruction: the work that it asks for, and the instruction itself."""
    del record
    usual = around.limits.get(LIMITS, {})
    limits = {name: str(args.get(name) or usual.get(name, "")) for name in ("sign", "finish")}
    found = around.store.get("incident", str(args.get("incident") or ""))
    if isinstance(found, Incident):
        work, task = _on(around, found, args, limits)
        incident, scope = found.id, found.scope
    else:
        incident, scope = new_id(), str(args.get("scope") or _scope(around, str(args["dept"])))
        work, task = _alone(around, incident, scope, args, limits)
    facts = {
        **args, **limits, "first": args.get("first") or usual.get("first", ""),
        "leader": args.get("leader") or around.person.name or around.person.user,
        "incident": incident, "task": task, "scope": scope,
    }  # fmt: skip
    return Sketch((*work, around.born("instruction", new_id(), "issue", facts)))


def along(around: Around, task: Task, verb: str, args: Args) -> list[Step]:
    """Give the steps that the instructions behind a task take with it."""
    also = _ALONG.get(verb)
    if also is None:
        return []
    said = {"feedback": args.get("result")} if also == "answer" else {}
    return [
        around.step(each, also, said)
        for each in _behind(around, task.id)
        if around.allows(each, also)
    ]


def urge(around: Around, record: Instruction, args: Args) -> Sketch:
    """Chase an instruction, and with it the task that answers it."""
    steps = [around.step(record, "urge", args)]
    task = around.store.get("task", record.task)
    verb = around.judge.machines["task"].verbs["urge"]
    if isinstance(task, Task):
        now = around.clock.now()
        if around.judge.hindrance(task, verb, around.person, now) is None:
            steps.append(around.step(task, "urge", args))
    return Sketch(tuple(steps))


def _on(
    around: Around, incident: Incident, args: Args, limits: Args
) -> tuple[tuple[Step, ...], str]:
    """Give the work on an incident that is known: what is under way already is not begun anew."""
    dept = str(args["dept"])
    mine = [t for t in around.tasks_of(incident.id) if t.dept == dept and around.is_open(t)]
    if mine:
        return (), mine[-1].id
    more = {"order": args["words"], "sign": limits["sign"], "handle": limits["finish"]}
    if around.allows(incident, "dispatch"):
        work = incidents.dispatch(around, incident, {**more, "lead": dept}).steps
    else:
        work = incidents.assist(around, incident, {**more, "dept": dept}).steps
    return work, next(s.record for s in work if s.kind == Task.kind)


def _alone(
    around: Around, incident: str, scope: str, args: Args, limits: Args
) -> tuple[tuple[Step, ...], str]:
    """Give the work of an instruction that is about nothing known yet."""
    words, dept, task = str(args["words"]), str(args["dept"]), new_id()
    type_ = around.types.get(around.limits.get(LIMITS, {}).get("type", ""))
    facts = {
        "title": words[:TITLE], "detail": _detail(words, str(args.get("about") or "")),
        "scope": scope, "source": "gov",
        "reported_at": around.clock.now(), "urgency": "urgent",
        **({"type": type_.code, "scene": type_.scene, "level": type_.level} if type_ else {}),
    }  # fmt: skip
    clocks = {"sign": limits["sign"], "handle": limits["finish"]}
    order = {"incident": incident, "scope": scope, "dept": dept, "part": LEAD, "order": words}
    steps = (
        around.born("incident", incident, "create", facts),
        Step(kind="incident", record=incident, verb="accept"),
        around.born("incident", incident, "dispatch", {"lead": dept, **clocks}),
        around.born("task", task, "issue", order | clocks),
    )
    return steps, task


def _detail(words: str, about: str) -> str:
    """Say what was asked, and the number, district or topic it was asked for."""
    return f"{words}\n{about}" if about else words


def _scope(around: Around, dept: str) -> str:
    """Give the district of a department that is bound to one; the whole city for the others."""
    known = around.city.departments.get(dept)
    return (known.district if known else "") or around.city.code


def _behind(around: Around, task: str) -> list[Instruction]:
    query = Query("instruction", (Term("task", ":", (task,)),))
    found = (
        around.store.get("instruction", str(row[0]))
        for row in around.store.find(query, around.view())
    )
    return [each for each in found if isinstance(each, Instruction)]

"""One person's place: reads a line, shows what it would do, does it, and takes it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from console.base.errors import Refused
from console.base.ids import new_id
from console.base.notice import Level, Notice
from console.base.text import TEXTS, text
from console.commands import Argument, BadLine, Call, Command, Registry, Word, split
from console.domain.changes import Key
from console.domain.machine import Verb
from console.domain.plan import Allowed, Candidate, Change, Outcome, Plan, clockings
from console.domain.queue import Queue
from console.domain.record import Act, Incident, Record, Step
from console.services import alike, duty
from console.services.around import Around, Sketch
from console.services.plans import PLANS
from console.services.targets import Targets
from console.services.values import Values, pick

SENT, SETTLED = "refused.sent", "refused.unknown_act"
"""Why the store cannot take back an act: it may have reached the centre; it has been judged."""
CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the clock knows when an act is made."""

    at: int
    device_at: int
    unsure_ms: int = 0
    boot: str = ""
    trouble: str = ""


class Desk:
    """Reads and plans from any thread; ``run`` and ``undo`` write, on the writer thread alone."""

    def __init__(
        self, around: Around, registry: Registry, queues: Mapping[str, Queue],
        choices: Mapping[str, tuple[str, ...]], stamp: Callable[[], Stamp], made: list[Act],
    ) -> None:  # fmt: skip
        self._around = around
        self._registry = registry
        self._queues = queues
        self._stamp = stamp
        self._targets = Targets(around)
        self._values = Values(around, choices, tuple(queues))
        self._made = made  # outlasts this desk: it is put together anew when terms come

    @property
    def around(self) -> Around:
        return self._around

    def plan(self, line: str, selected: Key | None = None) -> Plan:
        """Give what a line would do; Refused with the reason when it may not be done."""
        call = self._registry.parse(line, selected[0] if selected else "")
        if call.command.window:
            call.bound()
            return Plan(call.command.name, line)
        sketch = self._sketch(call, selected)
        return self._judged(call.command.name, line, sketch)

    def run(self, line: str, selected: Key | None = None) -> Outcome:
        """Do what a line says: one act, shown at once, sent when the line is up."""
        plan = self.plan(line, selected)
        if not plan.steps:
            raise Refused("refused.window", command=plan.command)
        return self._enqueue(plan)

    def undo(self) -> Outcome:
        """Take back the last act of this desk: as if never made, or by the verb that undoes it."""
        act = self._last()
        if act is None:
            raise Refused("refused.nothing_to_undo")
        try:
            changes = self._around.store.take_back(act.id)
        except Refused as refused:
            if refused.key not in (SENT, SETTLED):
                raise
            outcome = self._undone(act)
        else:
            said = Notice(Level.said, "said.taken_back", {"line": self._told(act)})
            outcome = Outcome(Plan("step.undo", act.line), act.id, changes, said)
        self._made[:] = [a for a in self._made if a.id not in (act.id, outcome.act)]
        return outcome

    def allowed(self, kind: str, id: str) -> list[Allowed]:
        """Give every verb of a record, with why it may not be used now; first those that may."""
        record = self._around.store.get(kind, id)
        if record is None:
            return []
        found = [self._allowed(record, v) for v in self._verbs(kind)]
        return sorted(found, key=lambda a: bool(a.refused_key))

    def complete(self, typed: str, selected: Key | None = None) -> list[Candidate]:
        """Give ways on from what was typed: commands, then values of what comes next."""
        kind = selected[0] if selected else ""
        open_end = typed.endswith((" ", "\u3000"))
        try:
            words = split(typed)
        except BadLine:
            return []
        if len(words) < 2 and not open_end:
            return self._registry.complete(typed, kind)
        try:
            call = self._registry.parse(" ".join(w.text for w in words[:1]), kind)
        except BadLine:
            return []
        last = "" if open_end else words[-1].text
        head = typed if open_end else typed[: words[-1].position]
        before = words[1:] if open_end else words[1:-1]
        return self._values_for(call.command, before, head, last, selected)

    def _values_for(
        self, command: Command, before: list[Word], head: str, last: str, selected: Key | None
    ) -> list[Candidate]:
        if last.startswith("--"):
            left = [a for a in command.takes.values() if f"--{a.name}".startswith(last)]
            return [Candidate(f"{head}--{a.name} ", a.title, command.usage) for a in left]
        argument = self._next(command, before, selected)
        if argument is None:
            return []
        if argument.type == "incident":
            return self._incidents(argument, head, last, selected)
        options = self._values.options(argument)
        names = dict(options)
        ids = pick(last, options).ids if last else tuple(names)
        shown = {i: next((n for n in names[i] if n), i) for i in ids[:CANDIDATES]}
        return [
            Candidate(
                f"{head}{_quoted(code if argument.type == 'choice' else name)} ",
                name, argument.title,
            )
            for code, name in shown.items()
        ]  # fmt: skip

    def _incidents(
        self, argument: Argument, head: str, typed: str, selected: Key | None
    ) -> list[Candidate]:
        """Give open incidents: a line names one by its number, a list by number and title.

        Before anything is typed, those that the selected one may be stand first.
        """
        held = self._around.store.get(*selected) if selected else None
        found: dict[str, str] = {}
        if not typed and isinstance(held, Incident):
            twins = alike.find(self._around, held)
            found = {twin.id: f"{twin.no} {twin.title}".strip() for twin in twins}
        found |= {code: shown for code, (shown,) in self._values.incidents(typed)}
        return [
            Candidate(f"{head}{_figures(shown) or code} ", shown, argument.title)
            for code, shown in found.items()
            if held is None or code != held.id
        ][:CANDIDATES]

    def _next(self, command: Command, before: list[Word], selected: Key | None) -> Argument | None:
        if before and before[-1].text.startswith("--"):
            return command.takes.get(before[-1].text[2:])
        free = [w for w in before if not w.text.startswith("--")]
        if command.target and free and self._is_target(command, free[0], selected):
            free = free[1:]
        rest = list(command.takes.values())[len(free) :]
        return rest[0] if rest else None

    def _is_target(self, command: Command, word: Word, selected: Key | None) -> bool:
        call = Call(command, word.text, (word,))
        try:
            return self._targets.of(call, selected)[1] == 1
        except Refused:
            return selected is None

    def _sketch(self, call: Call, selected: Key | None) -> Sketch:
        command = call.command
        if command.name == "queue.next":
            return self._next_of(call)
        record, used = self._targets.of(call, selected) if command.target else (None, 0)
        args = self._read(call, used)
        plan = PLANS.get(command.name)
        if plan is not None:
            return plan(self._around, record, args)
        if record is None:
            raise Refused("refused.window", command=command.name)
        return Sketch((self._around.step(record, command.verb, args),))

    def _next_of(self, call: Call) -> Sketch:
        said = self._read(call, 0).get("queue") or next(iter(self._queues))
        record_id = duty.next_of(self._around, self._queues[str(said)].query)
        record = self._around.store.get("incident", record_id)
        if record is None:
            raise Refused("refused.queue_empty")
        return Sketch((self._around.step(record, "take"),))

    def _read(self, call: Call, used: int) -> dict[str, Any]:
        args: dict[str, Any] = {}
        for name, word in call.bound(used).items():
            argument = call.command.takes[name]
            if argument.type == "incident":
                args[name] = self._incident(word)
            else:
                args[name] = self._values.read(argument, word)
        return args

    def _incident(self, word: Word) -> str:
        found = self._targets.named("incident", word)
        if found is None:
            raise Refused("refused.no_such", kind="incident", word=word.text)
        return found.id

    def _judged(self, command: str, line: str, sketch: Sketch) -> Plan:
        around = self._around
        act = self._act(line, sketch.steps)
        after = around.judge.act(act, around.person, around.store, act.at)
        changes = tuple(Change(around.store.get(*key), r) for key, r in after.items())
        clocks = tuple(c for change in changes for c in clockings(change))
        return Plan(command, line, sketch.steps, changes, clocks, sketch.warnings)

    def _act(self, line: str, steps: tuple[Step, ...]) -> Act:
        stamp = self._stamp()
        return Act(
            id=new_id(), steps=steps, by=self._around.person.user, seat=self._around.seat,
            line=line, at=stamp.at, device_at=stamp.device_at, unsure_ms=stamp.unsure_ms,
            boot=stamp.boot, clock_trouble=stamp.trouble,
        )  # fmt: skip

    def _enqueue(self, plan: Plan) -> Outcome:
        act = self._act(plan.line, plan.steps)
        changes = self._around.store.enqueue(act, self._around.person)
        self._made[:] = [*self._made[-99:], act]
        command = self._registry.get(plan.command)
        title = command.title
        after = [change.after for change in plan.changes]
        main = next((r for r in after if r.kind == command.kind), after[0] if after else None)
        name = self._called(main) if main else ""
        said = Notice(Level.said, "said.done", {"command": title, "record": name})
        return Outcome(plan, act.id, changes, said)

    def _called(self, record: Record) -> str:
        """Call a record as people do: by its own number or name, its camera's or its incident's."""
        of = self._around.indicators.get(getattr(record, "indicator", ""))
        if of is not None:
            return (TEXTS.language == "en" and of.name_en) or of.name
        camera = self._around.store.get("camera", getattr(record, "camera", ""))
        for each in (record, camera, self._around.incident_of(record)):
            for fact in ("no", "call_sign", "name", "title", "layout"):
                if found := getattr(each, fact, ""):
                    return str(found)
        return record.id

    def _title(self, act: Act) -> str:
        first = act.steps[0]
        try:
            return self._registry.parse(act.line, first.kind).command.title
        except BadLine:
            return text(f"verb.{first.kind}.{first.verb}")

    def _told(self, act: Act) -> str:
        """Say what an act did, in words."""
        first = act.steps[0]
        record = self._around.store.get(first.kind, first.record)
        return " ".join(filter(None, (self._title(act), self._called(record) if record else "")))

    def _last(self) -> Act | None:
        waiting = self._around.store.outbox()
        # What the centre did not take has not happened: there is nothing to undo.
        failed = {w.act.id for w in waiting if w.state not in ("queued", "sent")}
        mine = [w.act for w in waiting if w.act.by == self._around.person.user]
        # That a seat was taken or locked is noted by itself: it is no step of a person's work.
        acts = [a for a in self._made or mine if a.id not in failed and a.steps[0].kind != "seat"]
        return acts[-1] if acts else None

    def _undone(self, act: Act) -> Outcome:
        """Undo an act that was sent, by the command that undoes its main step."""
        for step in act.steps:
            verb = self._around.judge.machines[step.kind].verbs[step.verb]
            record = self._around.store.get(step.kind, step.record)
            if verb.undo and record is not None:
                command = self._registry.get(f"{step.kind}.{verb.undo}")
                args = self._undo_args(command, step, act)
                sketch = self._planned(command, record, args)
                return self._enqueue(self._judged(command.name, act.line, sketch))
        raise Refused("refused.no_undo", line=self._told(act))

    def _planned(self, command: Command, record: Record, args: dict[str, Any]) -> Sketch:
        plan = PLANS.get(command.name)
        if plan is not None:
            return plan(self._around, record, args)
        return Sketch((self._around.step(record, command.verb, args),))

    def _undo_args(self, command: Command, step: Step, act: Act) -> dict[str, Any]:
        reason = {"reason": text("said.undone", line=self._title(act))}
        reason = reason if "reason" in command.takes else {}
        return reason | {n: v for n, v in step.args.items() if n in command.takes and n != "reason"}

    def _verbs(self, kind: str) -> list[Verb]:
        return [v for v in self._around.judge.machines[kind].verbs.values() if not v.hidden]

    def _allowed(self, record: Record, verb: Verb) -> Allowed:
        around = self._around
        why = around.judge.hindrance(record, verb, around.person, around.clock.now())
        command = f"{record.kind}.{verb.name}"
        if why is None:
            return Allowed(verb.name, command)
        return Allowed(verb.name, command, why.key, tuple(why.args_by_name.items()))


def _figures(shown: str) -> str:
    first = shown.partition(" ")[0]
    return first if first.isdigit() else ""


def _quoted(word: str) -> str:
    return f'"{word}"' if any(c in word for c in " \u3000\"'") else word

"""The one way to judge an act, used at the seat, at the centre, and in every test of both.

``judge`` folds the steps of an act over what is held and gives the new records, or raises
Refused (or Conflict) and changes nothing. It is pure: time, calendar and records are passed in.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from msgspec.structs import replace

from console.base.errors import Conflict, Refused
from console.domain import deadline
from console.domain.access import Access, depts_of, sees
from console.domain.calendar import Calendar
from console.domain.changes import Key
from console.domain.deadline import Deadline
from console.domain.exercise import held_to
from console.domain.fields import facts_of
from console.domain.guards import GUARDS
from console.domain.limit import parse_limit
from console.domain.machine import BEFORE, Machine, Verb
from console.domain.record import KINDS, Act, Asked, Note, Record, Step, Task


class Held(Protocol):
    """What is known at one end: the records that an act may rest on."""

    def get(self, kind: str, id: str) -> Record | None: ...
    def open_tasks_of(self, unit: str) -> Iterable[Task]: ...
    def number(self, scope: str, at: int) -> str: ...


class Judge:
    """Judges acts by the machines and the calendar of a city.

    ``dormant``: the names of scenes that their files seal, and of their types, each with its scene.
    """

    def __init__(
        self, machines: Mapping[str, Machine], calendar: Calendar,
        dormant: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self.machines = machines
        self.calendar = calendar
        self.dormant = dormant

    def act(self, act: Act, actor: Access, held: Held, at: int) -> dict[Key, Record]:
        """Give the records as they are after the act; ``at`` is when it takes effect (ms UTC)."""
        return {(r.kind, r.id): r for r in self.trace(act, actor, held, at)}

    def trace(self, act: Act, actor: Access, held: Held, at: int) -> list[Record]:
        """Give, for each step of the act in turn, its record as that step leaves it."""
        made = _Fold(held, self)
        return [self._step(step, actor, act.seat, made, at) for step in act.steps]

    def allowed(self, record: Record, actor: Access) -> tuple[Verb, ...]:
        """Give the verbs that this person may use on a record as it stands."""
        if not sees(actor, record.scope, depts_of(record)):
            return ()
        return self.machines[record.kind].allowed(record.state, actor.roles)

    def _step(self, step: Step, actor: Access, seat: str, made: "_Fold", at: int) -> Record:
        machine = self.machines.get(step.kind)
        verb = machine.verbs.get(step.verb) if machine else None
        if machine is None or verb is None:
            raise Refused("refused.verb", kind=step.kind, verb=step.verb)
        record = made.get(step.kind, step.record)
        if verb.births:
            record = _born(step, record, machine)
        if record is None or not (verb.births or sees(actor, record.scope, depts_of(record))):
            raise Refused("refused.unknown", kind=step.kind, id=step.record)
        self._check(machine, verb, record, step, actor, at)
        for need in verb.needs:
            GUARDS[need](record, step, actor, made)
        after = self._after(machine, verb, record, step, actor, seat, at)
        after = held_to(record, after, made.get)
        if verb.births:
            if not sees(actor, after.scope, depts_of(after)):
                raise Refused("refused.scope", scope=after.scope)
            after = _numbered(after, made, at)
        made.put(after)
        return after

    def hindrance(self, record: Record, verb: Verb, actor: Access, at: int) -> Refused | None:
        """Give why a person may not use a verb now, whatever its arguments; None when they may."""
        if not sees(actor, record.scope, depts_of(record)):
            return Refused("refused.unknown", kind=record.kind, id=record.id)
        try:
            self._check_leave(self.machines[record.kind], verb, record, actor, at)
        except Refused as refused:
            return refused
        return None

    def _check(
        self, machine: Machine, verb: Verb, record: Record, step: Step, actor: Access, at: int
    ) -> None:
        self._check_leave(machine, verb, record, actor, at)
        if step.args.keys() - verb.takes.keys():
            extra = ", ".join(sorted(step.args.keys() - verb.takes.keys()))
            raise Refused("refused.argument_extra", verb=verb.name, args=extra)
        missing = [a for a in verb.required() if step.args.get(a) in (None, "")]
        if missing:
            raise Refused("refused.argument_missing", verb=verb.name, args=", ".join(missing))
        if verb.fresh and step.base < record.pivot and record.pivot_by != actor.user:
            raise Conflict("conflict.stale", by=record.pivot_by, verb=verb.name)

    def _check_leave(
        self, machine: Machine, verb: Verb, record: Record, actor: Access, at: int
    ) -> None:
        if not machine.allows("" if verb.births else record.state, verb.name):
            raise Refused(
                "refused.state", kind=record.kind, verb=verb.name, state=record.state, id=record.id
            )
        if set(verb.roles).isdisjoint(actor.roles):
            raise Refused("refused.role", kind=record.kind, verb=verb.name)
        if verb.grants and verb.grants not in getattr(record, "asked", {}):
            raise Refused("refused.not_asked", verb=verb.name)
        self._check_measures(verb, record, at)

    def _check_measures(self, verb: Verb, record: Record, at: int) -> None:
        for name, most in verb.most.items():
            if getattr(record, name) >= most:
                raise Refused("refused.often", verb=verb.name, most=most)
        if verb.within is not None:
            begun = getattr(record, "deadlines", {}).get(verb.within.deadline)
            if begun is not None:
                until = deadline.start(verb.within.limit, begun.started, self.calendar).due
                if at > until:
                    raise Refused("refused.too_late", verb=verb.name, limit=verb.within.limit)
        if verb.debounce is not None:
            last = getattr(record, verb.debounce.field)
            gap = parse_limit(verb.debounce.gap)
            if last and at < deadline.start(verb.debounce.gap, last, self.calendar).due:
                raise Refused("refused.too_soon", verb=verb.name, gap=str(gap))

    def _after(
        self, machine: Machine, verb: Verb, record: Record, step: Step, actor: Access,
        seat: str, at: int,
    ) -> Record:  # fmt: skip
        facts = facts_of(verb, record, step.args, {"@me": actor.user, "@at": at, "@seat": seat})
        if verb.to:
            facts["state"] = record.before or machine.initial if verb.to == BEFORE else verb.to
        if verb.saves:
            facts["before"] = record.state
        if verb.to == BEFORE:
            facts["before"] = ""
        if machine.deadlines:
            facts["deadlines"] = self._deadlines(verb, record, step.args, at)
        _asked(verb, record, step.args, actor, at, facts)
        if verb.notes and (words := str(step.args.get("note") or step.args.get("reason") or "")):
            facts["notes"] = (*getattr(record, "notes", ()), Note(at, actor.user, words))
        facts["version"] = record.version + 1
        facts["updated_at"] = max(at, record.updated_at)
        if verb.pivotal:
            facts |= {"pivot": record.version + 1, "pivot_by": actor.user}
        return replace(record, **facts)

    def _deadlines(
        self, verb: Verb, record: Record, args: Mapping[str, Any], at: int
    ) -> dict[str, Deadline]:
        held = dict(getattr(record, "deadlines", {}))
        for name, argument in verb.starts.items():
            if limit := args.get(argument):
                held[name] = deadline.start(str(limit), at, self.calendar)
        moves: tuple[tuple[tuple[str, ...], Callable[[Deadline], Deadline]], ...] = (
            (verb.stops, lambda d: deadline.stop(d, at)),
            (verb.pauses, lambda d: deadline.pause(d, at, self.calendar)),
            (verb.resumes, lambda d: deadline.resume(d, at, self.calendar)),
            (verb.restarts, lambda d: deadline.restart(d, at, self.calendar)),
        )
        for names, move in moves:
            held |= {n: move(held[n]) for n in names if n in held}
        for name, argument in verb.extends.items():
            if name not in held:
                raise Refused("refused.no_clock", verb=verb.name, deadline=name)
            if by := args.get(argument):
                held[name] = deadline.extend(held[name], str(by), at, self.calendar)
        return held


class _Fold:
    """What is held, under the records that this act has already made."""

    def __init__(self, held: Held, judge: Judge) -> None:
        self._held = held
        self._machines = judge.machines
        self._dormant = judge.dormant
        self.records: dict[Key, Record] = {}

    def get(self, kind: str, id: str) -> Record | None:
        return self.records.get((kind, id)) or self._held.get(kind, id)

    def put(self, record: Record) -> None:
        self.records[record.kind, record.id] = record

    def open_tasks_of(self, unit: str) -> Iterable[Task]:
        for task in self._held.open_tasks_of(unit):
            if (task.kind, task.id) not in self.records:
                yield task
        yield from (r for r in self.records.values() if isinstance(r, Task) and r.unit == unit)

    def is_open(self, record: Record) -> bool:
        return record.state in self._machines[record.kind].opened

    def sealed(self, name: str) -> bool:
        return sealed(name, self._dormant, self.get)

    def number(self, scope: str, at: int) -> str:
        return self._held.number(scope, at)


def sealed(name: str, dormant: Mapping[str, str], get: Callable[[str, str], Record | None]) -> bool:
    """Tell whether a scene, or the scene of a type, is sealed and no order has opened it."""
    scene = dormant.get(name)
    order = get("scene", scene) if scene else None
    return scene is not None and (order is None or order.state != "opened")


def _born(step: Step, held: Record | None, machine: Machine) -> Record:
    if held is not None:
        raise Refused("refused.born", kind=step.kind, id=step.record)
    return KINDS[step.kind](id=step.record, state=machine.initial)


def _numbered(record: Record, made: _Fold, at: int) -> Record:
    if getattr(record, "no", None) == "":
        return replace(record, no=made.number(record.scope, at))
    return record


def _asked(
    verb: Verb, record: Record, args: Mapping[str, Any], actor: Access, at: int,
    facts: dict[str, Any],
) -> None:  # fmt: skip
    asked: dict[str, Asked] = dict(getattr(record, "asked", {}))
    if not asked and not verb.asks:
        return
    if verb.pivotal and verb.to:
        asked.clear()  # the record took another turn: what was asked before it is void
    asked.pop(verb.grants or verb.name, None)
    if verb.asks:
        value = next((str(args[a]) for a in ("by", "until") if args.get(a)), "")
        asked[verb.asks] = Asked(
            what=verb.asks, by=actor.user, at=at, reason=str(args.get("reason", "")), value=value
        )
    facts["asked"] = asked

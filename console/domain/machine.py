"""State machines as data: states, verbs, who may, what they take, which clocks they move.

Read from resources/machines/<kind>.toml; the same values judge at the seat and at the centre.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from console.base.errors import BadData
from console.domain.guards import GUARDS
from console.domain.limit import parse_limit
from console.domain.record import KINDS

BEFORE = "@before"
"""A verb's target: the state that was saved when the record was set aside."""
ANY = "*"
"""A verb's source: any state that is not final."""
TAKES = frozenset(
    ("text", "dept", "unit", "incident", "level", "urgency", "limit", "instant", "type", "person",
     "scope", "number", "words", "flag", "choice", "place", "fields", "duty", "depts", "extra")
)  # fmt: skip


class Within(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb is allowed only so long after a deadline started."""

    deadline: str
    limit: str


class Debounce(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb is allowed again only after this gap since ``field``."""

    field: str
    gap: str


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A state; ``phase`` is open, side or closed (``final``: no way out)."""

    name: str
    code: str = ""
    phase: str = "open"
    final: bool = False


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"sources": "from"}):
    """What a person can do to a record, and what that does to it.

    ``takes``: argument → its type, with "?" when it may be left out. An argument that has the
    name of a field sets it; ``sets`` adds others ("$arg", "@me", "@at", "@seat" or a value);
    ``adds`` and ``drops`` work on tuples of names; ``counts`` adds one to each field named.
    ``starts``: deadline → the argument that holds its limit. ``most``: field → its highest value
    before this verb is refused. ``fresh``: refused as a conflict when another's ``pivotal`` step
    came after the version seen. ``undo``: the verb that takes it back.
    """

    name: str
    sources: tuple[str, ...]
    roles: tuple[str, ...]
    to: str = ""
    takes: dict[str, str] = {}
    sets: dict[str, Any] = {}
    adds: dict[str, str] = {}
    drops: dict[str, str] = {}
    counts: tuple[str, ...] = ()
    starts: dict[str, str] = {}
    stops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()
    extends: dict[str, str] = {}
    most: dict[str, int] = {}
    within: Within | None = None
    debounce: Debounce | None = None
    asks: str = ""
    grants: str = ""
    needs: tuple[str, ...] = ()
    saves: bool = False
    births: bool = False
    fresh: bool = False
    pivotal: bool = False
    notes: bool = False
    undo: str = ""
    hidden: bool = False

    def required(self) -> tuple[str, ...]:
        """Give the arguments that must be there."""
        return tuple(a for a, t in self.takes.items() if not t.endswith("?"))


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of a kind and the verbs between them."""

    kind: str
    initial: str
    states: Mapping[str, State]
    verbs: Mapping[str, Verb]
    deadlines: tuple[str, ...] = ()
    opened: frozenset[str] = field(default_factory=frozenset[str])

    def allows(self, state: str, verb: str) -> bool:
        """Tell whether a record in this state answers to a verb."""
        found = self.verbs.get(verb)
        if found is None:
            return False
        if found.births:
            return state == ""
        return state in found.sources or (ANY in found.sources and self.leaves(state))

    def leaves(self, state: str) -> bool:
        """Tell whether a state has a way out."""
        return state in self.states and not self.states[state].final

    def allowed(self, state: str, roles: tuple[str, ...]) -> tuple[Verb, ...]:
        """Give the verbs that this state answers to, for somebody with these roles."""
        return tuple(
            v for v in self.verbs.values()
            if self.allows(state, v.name) and not set(v.roles).isdisjoint(roles)
        )  # fmt: skip


def read_machine(table: Mapping[str, Any], file: str) -> Machine:
    """Read one machine; BadData names the state or verb that is wrong."""
    kind = str(table.get("kind", ""))
    if kind not in KINDS:
        raise BadData(file, "kind", f"no such kind of record: {kind!r}")
    try:
        states = {s.name: s for s in msgspec.convert(table.get("state", []), list[State])}
        verbs = {v.name: v for v in msgspec.convert(table.get("verb", []), list[Verb])}
    except msgspec.ValidationError as e:
        raise BadData(file, "state/verb", str(e)) from None
    machine = Machine(
        kind=kind,
        initial=str(table.get("initial", "")),
        states=states,
        verbs=verbs,
        deadlines=tuple(table.get("deadlines", ())),
        opened=frozenset(s.name for s in states.values() if s.phase != "closed"),
    )
    _check(machine, file)
    return machine


def _check(machine: Machine, file: str) -> None:
    fields = set(KINDS[machine.kind].__struct_fields__)
    if machine.initial not in machine.states:
        raise BadData(file, "initial", f"no such state: {machine.initial!r}")
    for verb in machine.verbs.values():
        where = f"verb {verb.name}"
        for name in (*verb.sources, *((verb.to,) if verb.to else ())):
            if name not in (ANY, BEFORE) and name not in machine.states:
                raise BadData(file, where, f"no such state: {name!r}")
        for name in (*verb.sets, *verb.adds, *verb.drops, *verb.counts, *verb.most):
            if name not in fields:
                raise BadData(file, where, f"no such field: {name!r}")
        _check_arguments(machine, verb, file, where)


def _check_arguments(machine: Machine, verb: Verb, file: str, where: str) -> None:
    clocks = (*verb.starts, *verb.stops, *verb.pauses, *verb.resumes, *verb.restarts, *verb.extends)
    limits = (verb.within and verb.within.limit, verb.debounce and verb.debounce.gap)
    wrong = (
        [f"no such type: {t!r}" for t in verb.takes.values() if t.removesuffix("?") not in TAKES]
        + [f"no such deadline: {n!r}" for n in clocks if n not in machine.deadlines]
        + [
            f"no such argument: {a!r}"
            for a in (*verb.starts.values(), *verb.extends.values())
            if a not in verb.takes
        ]
        + [f"no such verb: {v!r}" for v in (verb.undo,) if v and v not in machine.verbs]
        + [f"no such guard: {g!r}" for g in verb.needs if g not in GUARDS]
    )
    if wrong:
        raise BadData(file, where, "; ".join(wrong))
    for limit in filter(None, limits):
        parse_limit(limit)

"""What is shown over what is confirmed: the waiting acts, judged in order by the one judge.

``shown = fold(judge.act, waiting acts, confirmed)``. The fold is kept with what each act read and
made; when something changes, the acts that had read it are judged again, in order, and no others.
An act that does not apply now is passed over: it waits on for the centre's word.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from msgspec import Struct

from console.base.errors import Refused
from console.domain.access import Access
from console.domain.changes import Key
from console.domain.judge import Judge
from console.domain.record import Act, Record, Task

QUEUED, SENT, HELD, REFUSED, CONFLICT, LET_GO = (
    "queued", "sent", "held", "refused", "conflict", "let_go",
)  # fmt: skip
SETTLED, RECALLED = "settled", "recalled"
"""States of an act that was applied and is kept for a while, and of one that is said once more, for
the centre was put back to an older state: it is shown as the centre shows it."""
PENDING = frozenset((QUEUED, SENT, HELD))
"""States of an act on which the centre has yet to speak: it counts in what is shown."""
JUDGED = frozenset((REFUSED, CONFLICT))
"""States of an act that the centre did not take: a person has the next word."""
TASKS: Key = ("task", "*")
"""Stands for "the tasks of a unit" in what an act has read."""


class Waiting(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An act of this seat that is not settled; ``n`` is its place in the order.

    ``key`` and ``args`` say why the centre refused it; ``reason`` why a person let it go.
    """

    act: Act
    actor: Access
    state: str = QUEUED
    tries: int = 0
    key: str = ""
    args: dict[str, Any] = {}
    queued_at: int = 0
    verdict_at: int = 0
    reason: str = ""
    n: int = 0

    def records(self) -> set[Key]:
        """Give the records that it touches."""
        return {(step.kind, step.record) for step in self.act.steps}


class Ground(Protocol):
    """What is confirmed, as the cache holds it."""

    def confirmed(self, kind: str, id: str) -> Record | None: ...
    def plain_tasks_of(self, unit: str) -> Iterable[Task]:
        """Give the confirmed tasks of a unit that nothing lies over (others may come with them)."""
        ...


class Made:
    """What one act had read, and the records it makes (none: it does not apply now)."""

    __slots__ = ("reads", "records", "waiting")

    def __init__(self, waiting: Waiting) -> None:
        self.waiting = waiting
        self.reads: set[Key] = waiting.records()
        self.records: dict[Key, Record] = {}


class _View:
    """What an act may rest on: the records below it; notes what it asks for."""

    def __init__(
        self, ground: Ground, over: Mapping[Key, Record], lain: Collection[Key], reads: set[Key]
    ) -> None:
        self._ground = ground
        self._over = over
        self._lain = lain
        self._reads = reads

    def get(self, kind: str, id: str) -> Record | None:
        self._reads.add((kind, id))
        return self._over.get((kind, id)) or self._ground.confirmed(kind, id)

    def open_tasks_of(self, unit: str) -> Iterator[Task]:
        self._reads.add(TASKS)
        apart = {key[1] for key in (*self._over, *self._lain) if key[0] == "task"}
        for task in self._ground.plain_tasks_of(unit):
            if task.id not in apart:
                yield task
        for name in sorted(apart):
            key = ("task", name)
            record = self._over.get(key) or self._ground.confirmed(*key)
            if isinstance(record, Task) and record.unit == unit:
                yield record

    def number(self, scope: str, at: int) -> str:  # noqa: ARG002 - numbers are the centre's
        return ""


class Overlay:
    """The waiting acts and what they make of the confirmed records."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._acts: dict[str, Made] = {}
        self._on: dict[Key, set[str]] = {}
        self.shown: dict[Key, Record] = {}

    def get(self, act: str) -> Waiting | None:
        made = self._acts.get(act)
        return made.waiting if made else None

    def waiting(self) -> tuple[Waiting, ...]:
        """Give every act that is not settled, oldest first."""
        return tuple(made.waiting for made in self._acts.values())

    def standing(self, key: Key) -> tuple[int, int, int]:
        """Give how many acts on a record are pending, refused, in conflict."""
        states = [self._acts[act].waiting.state for act in self._on.get(key, ())]
        refused, conflict = states.count(REFUSED), states.count(CONFLICT)
        return len(states) - refused - conflict, refused, conflict

    def touched(self, key: Key) -> bool:
        """Tell whether acts stand on a record or something lies over it."""
        return key in self._on or key in self.shown

    def judged(self, waiting: Waiting, ground: Ground) -> Made:
        """Judge a new act on what is shown; Refused if it does not apply. Changes nothing."""
        made = Made(waiting)
        view = _View(ground, self.shown, (), made.reads)
        made.records = self._judge.act(waiting.act, waiting.actor, view, waiting.act.at)
        return made

    def lay(self, made: Made) -> set[Key]:
        """Lay an act over all others; give the records touched."""
        keys = made.waiting.records()
        self._acts[made.waiting.act.id] = made
        for key in keys:
            self._on.setdefault(key, set()).add(made.waiting.act.id)
        self.shown |= made.records
        return keys | made.records.keys()

    def add(self, waiting: Waiting, ground: Ground) -> set[Key]:
        """Lay an act over all others, whether it applies now or not."""
        made = Made(waiting)
        if waiting.state in PENDING:
            self._fold(made, ground, self.shown, ())
        return self.lay(made)

    def restate(self, changed: Iterable[Waiting]) -> set[Key]:
        """Note what became of acts; ``refold`` then with the records given."""
        touched: set[Key] = set()
        for waiting in changed:
            made = self._acts[waiting.act.id]
            made.waiting = waiting
            touched |= waiting.records() | made.records.keys()
        return touched

    def drop(self, acts: Iterable[str]) -> set[Key]:
        """Take acts away; ``refold`` then with the records given."""
        touched: set[Key] = set()
        for act in acts:
            if (made := self._acts.pop(act, None)) is not None:
                touched |= made.waiting.records() | made.records.keys()
                for key in made.waiting.records():
                    self._on[key].discard(act)
                    if not self._on[key]:
                        del self._on[key]
        return touched

    def refold(self, changed: Iterable[Key], ground: Ground) -> set[Key]:
        """Judge again what rests on these records; give every record that may be shown anew."""
        before = self.shown
        dirty = set(changed)
        over: dict[Key, Record] = {}
        for made in self._acts.values():
            if made.waiting.state not in PENDING:
                made.records = {}
                continue
            if self._stale(made, dirty):
                old = made.records
                self._fold(made, ground, over, before)
                dirty |= {
                    key for key in old.keys() | made.records.keys()
                    if old.get(key) != made.records.get(key)
                }  # fmt: skip
            over |= made.records
        self.shown = over
        return dirty | (before.keys() ^ over.keys())

    def _stale(self, made: Made, dirty: set[Key]) -> bool:
        if not made.reads.isdisjoint(dirty):
            return True
        return TASKS in made.reads and any(kind == "task" for kind, _ in dirty)

    def _fold(
        self, made: Made, ground: Ground, over: Mapping[Key, Record], lain: Collection[Key]
    ) -> None:
        made.reads = made.waiting.records()
        view = _View(ground, over, lain, made.reads)
        try:
            made.records = self._judge.act(
                made.waiting.act, made.waiting.actor, view, made.waiting.act.at
            )
        except Refused:
            made.records = {}

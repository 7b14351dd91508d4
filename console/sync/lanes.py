"""Which acts go out next: oldest first, each behind those that it rests on, no others.

Acts are connected when one steps a record that the other steps or names; connected acts keep their
order. So an act that waits, is held, or is under suspicion stops only what rests on it. Pure.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from console.domain.record import Act
from console.wire import BATCH, BODY_BYTES, pack

QUEUED, SENT, HELD, RECALLED = "queued", "sent", "held", "recalled"
ROOM = BODY_BYTES - 4096


class Waits(Protocol):
    """An act in the outbox (console.store's Waiting)."""

    @property
    def act(self) -> Act: ...
    @property
    def state(self) -> str: ...


def pick(
    waiting: Sequence[Waits], may: Callable[[str], bool], suspects: Mapping[str, int]
) -> list[Act]:
    """Give the acts of the next request, all of one person.

    ``may`` tells whether a person's acts can be sent; a suspect goes alone, when nothing else can,
    the one with the fewest failures first.
    """
    live = [each for each in waiting if each.state in (QUEUED, SENT, HELD, RECALLED)]
    batch = _pass(live, lambda act: act.id not in suspects and may(act.by))
    if batch or not suspects:
        return batch
    order = sorted(range(len(live)), key=lambda n: (suspects.get(live[n].act.id, 0), n))
    for one in (live[n].act for n in order if live[n].act.id in suspects):
        batch = _pass(live, lambda act, one=one: act is one and may(act.by))
        if batch:
            return batch
    return []


@dataclass(slots=True)
class _Touched:
    """Records that acts step, and names that they rest on."""

    stepped: set[str] = field(default_factory=set[str])
    named: set[str] = field(default_factory=set[str])

    def add(self, act: Act) -> None:
        self.stepped |= stepped(act)
        self.named |= named(act)

    def meets(self, act: Act) -> bool:
        mine = stepped(act)
        return not (
            mine.isdisjoint(self.stepped)
            and mine.isdisjoint(self.named)
            and named(act).isdisjoint(self.stepped)
        )


def _pass(live: Sequence[Waits], goes: Callable[[Act], bool]) -> list[Act]:
    batch: list[Act] = []
    behind = _Touched()
    room = ROOM
    for each in live:
        act = each.act
        size = len(pack(act))
        fits = not batch or (act.by == batch[0].by and len(batch) < BATCH and size <= room)
        if fits and each.state != HELD and goes(act) and not behind.meets(act):
            batch.append(act)
            room -= size
        else:
            behind.add(act)
    return batch


def stepped(act: Act) -> set[str]:
    """Give the ids of the records that an act changes."""
    return {step.record for step in act.steps}


def named(act: Act) -> set[str]:
    """Give every word in an act's arguments that could be a record's id."""
    return {word for step in act.steps for word in _words(step.args.values())}


def _words(values: Collection[Any]) -> list[str]:
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list | tuple):
            found += _words(value)  # pyright: ignore[reportUnknownArgumentType]
    return found

"""Putting an alarm aside, and taking it up again before its time."""

from collections.abc import Mapping
from typing import Any

from console.base.errors import Refused
from console.base.ids import new_id
from console.domain.query import parse_query
from console.domain.record import SHARED, Shelf
from console.services.around import Around, Sketch

LONGEST_MS = 24 * 3_600_000
"""An alarm is shelved for a shift or a day, never for good."""
Args = Mapping[str, Any]


def shelve(around: Around, _record: None, args: Args) -> Sketch:
    """Shelve an indicator, or one source of it, until an instant; the reason is kept."""
    now = around.clock.now()
    if not now < args["until"] <= now + LONGEST_MS:
        raise Refused("refused.shelf_long", hours=LONGEST_MS // 3_600_000)
    scopes = around.person.scopes
    scope = SHARED if "" in scopes else next(iter(scopes), "")
    return Sketch((around.born(Shelf.kind, new_id(), "shelve", {**args, "scope": scope}),))


def unshelve(around: Around, _record: None, args: Args) -> Sketch:
    """Take an indicator's alarms up again: every shelf of it, or of one of its sources."""
    steps = tuple(
        around.step(shelf, "lift", {"note": args.get("note")})
        for shelf in _standing(around)
        if shelf.indicator == args["indicator"] and args.get("source", shelf.source) == shelf.source
    )
    if not steps:
        raise Refused("refused.not_shelved")
    return Sketch(steps)


def _standing(around: Around) -> list[Shelf]:
    rows = around.store.find(parse_query("shelf", "state:shelved"), around.view())
    found = (around.store.get(Shelf.kind, str(row[0])) for row in rows)
    return [s for s in found if isinstance(s, Shelf)]

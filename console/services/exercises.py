"""Exercises at a desk: one is begun, incidents are made for it, and all of it says what it is."""

from collections.abc import Mapping
from typing import Any

from console.base.errors import Refused
from console.base.ids import new_id
from console.domain.exercise import Exercise
from console.domain.query import parse_query
from console.domain.record import SHARED, Record
from console.services.around import Around, Sketch

_RUNNING = parse_query(Exercise.kind, "state:running")


def begin(around: Around, record: Record | None, args: Mapping[str, Any]) -> Sketch:
    """Begin an exercise; everybody sees it, unless it is of one district."""
    del record
    name = str(args["name"]).strip()
    if any(held.name == name for held in running(around)):
        raise Refused("refused.exercise_runs", name=name)
    facts = {"name": name, "scope": args.get("scope") or SHARED}
    return Sketch((around.born(Exercise.kind, new_id(), "begin", facts),))


def running(around: Around) -> list[Exercise]:
    """Give the exercises under way."""
    rows = around.store.find(_RUNNING, around.view())
    found = (around.store.get(Exercise.kind, str(row[0])) for row in rows)
    return [held for held in found if isinstance(held, Exercise)]


def meant(around: Around, word: str) -> Exercise:
    """Give the exercise under way that a word names: by its id, or its name; Refused when none."""
    for held in running(around):
        if word in (held.id, held.name):
            return held
    raise Refused("refused.no_exercise", word=word)

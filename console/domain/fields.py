"""Turns a verb's arguments into the facts of a record, and says when an argument is wrong."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec

from console.base.errors import Conflict, Refused
from console.domain.machine import Verb
from console.domain.record import Record

PROTECTED = frozenset(
    ("id", "state", "version", "scope", "updated_at", "pivot", "pivot_by", "before", "deadlines",
     "asked", "no", "parent", "notes", "exercise")
)  # fmt: skip
"""Fields that only verbs of their own may change."""


def facts_of(
    verb: Verb, record: Record, args: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, Any]:
    """Give the fields that a verb sets, converted to their types.

    ``now`` fills "@me", "@at" and "@seat". Raises Refused on a value of the wrong type.
    """
    names = set(record.__struct_fields__)
    facts = {
        a: v for a, v in args.items()
        if a in names and a not in ("notes", "asked") and a not in verb.adds and a not in verb.drops
    }  # fmt: skip
    for name, value in verb.sets.items():
        facts[name] = _filled(value, args, now)
    for name, value in verb.adds.items():
        facts[name] = _union(getattr(record, name), _filled(f"{value}", args, now))
    for name, value in verb.drops.items():
        gone = _filled(f"{value}", args, now)
        facts[name] = tuple(v for v in getattr(record, name) if v != gone)
    for name in verb.counts:
        facts[name] = getattr(record, name) + 1
    if "changes" in verb.takes:
        facts |= _amended(record, args.get("changes"))
        facts.pop("changes", None)
    return _typed(verb, record, facts)


def _filled(value: Any, args: Mapping[str, Any], now: Mapping[str, Any]) -> Any:
    if isinstance(value, str):
        if value.startswith("$"):
            return args.get(value[1:], "")
        return now.get(value, value)
    return value


def _union(held: tuple[str, ...], more: Any) -> tuple[str, ...]:
    added = [more] if isinstance(more, str) else list(more)
    return tuple(dict.fromkeys((*held, *(str(a) for a in added if a))))


def _amended(record: Record, changes: Any) -> dict[str, Any]:
    """Take field edits {field: {"from": seen, "to": wanted}}; another's edit is a conflict."""
    if not isinstance(changes, dict):
        raise Refused("refused.argument", verb="amend", argument="changes")
    facts: dict[str, Any] = {}
    edits: dict[str, Any] = changes  # pyright: ignore[reportUnknownVariableType]
    for name, edit in edits.items():
        if name not in record.__struct_fields__ or name in PROTECTED:
            raise Refused("refused.field", field=name)
        held = getattr(record, name)
        if held not in (edit.get("from"), edit.get("to")):
            raise Conflict("conflict.field", field=name, now=str(held))
        facts[name] = edit.get("to")
    return facts


def _typed(verb: Verb, record: Record, facts: dict[str, Any]) -> dict[str, Any]:
    types = _types(type(record))
    typed: dict[str, Any] = {}
    for name, value in facts.items():
        try:
            typed[name] = msgspec.convert(value, types[name], strict=False)
        except (msgspec.ValidationError, KeyError) as e:
            raise Refused("refused.argument", verb=verb.name, argument=name, why=str(e)) from None
    return typed


@cache
def _types(kind: type[Record]) -> Mapping[str, Any]:
    """Give the fields of a kind with their types; asking msgspec at every step is slow."""
    return MappingProxyType({f.name: f.type for f in msgspec.structs.fields(kind)})

"""Keeping a place that a person chose for words: the case moves, the data owners hear of it."""

from collections.abc import Mapping
from typing import Any

from console.base.errors import Refused
from console.base.ids import new_id
from console.domain.record import SHARED, Correction, Incident
from console.services import incidents
from console.services.around import Around, Sketch

Args = Mapping[str, Any]


def record(around: Around, _record: None, args: Args) -> Sketch:
    """Record a correction; the incident it is of, where there is one, is moved to the place."""
    if not (args["lon"] and args["lat"]):
        raise Refused("refused.no_point")
    held = around.store.get(Incident.kind, str(args.get("incident") or ""))
    scope = args.get("scope") or (held.scope if held else "") or SHARED
    kept = around.born(Correction.kind, new_id(), "record", {**args, "scope": scope})
    if not isinstance(held, Incident) or not around.allows(held, "relocate"):
        return Sketch((kept,))
    place = {"scope": held.scope, "address": args["name"], "lon": args["lon"], "lat": args["lat"]}
    moved = incidents.relocate(around, held, place)
    return Sketch((*moved.steps, kept), moved.warnings)

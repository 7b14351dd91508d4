"""Asking another seat's wall to show something, its answer, and layouts shared with everybody."""

from collections.abc import Mapping
from typing import Any

from console.base.errors import Refused
from console.base.ids import new_id
from console.domain.record import SHARED, SharedLayout, Showing
from console.services.around import Around, Sketch

Args = Mapping[str, Any]
WHAT = ("camera", "layout", "incident")


def push(around: Around, _record: None, args: Args) -> Sketch:
    """Ask the wall of a seat to show one thing: a camera, a layout, or an incident's cameras."""
    if sum(bool(args.get(name)) for name in WHAT) != 1:
        raise Refused("refused.push_what")
    facts = {**args, "scope": SHARED}
    return Sketch((around.born(Showing.kind, new_id(), "push", facts),))


def layout_id(number: int) -> str:
    """Give the id of the shared layout of a number: there is one of each."""
    return f"layout-{number}"


def share(around: Around, _record: None, args: Args) -> Sketch:
    """Share a layout under a number: anew, or in place of what stands there."""
    number = int(args["number"])
    held = around.store.get(SharedLayout.kind, layout_id(number))
    if held is not None:
        return Sketch((around.step(held, "renew", {n: args[n] for n in ("name", "content")}),))
    facts = {**args, "number": number, "scope": SHARED}
    return Sketch((around.born(SharedLayout.kind, layout_id(number), "share", facts),))

"""Handing over a turn of duty, and taking the next case of a queue."""

from collections.abc import Mapping
from typing import Any

from console.base.errors import Refused
from console.base.text import text
from console.domain.query import Query, Viewpoint, parse_query
from console.domain.record import Duty, Record
from console.services.around import Around, Sketch, warning

Args = Mapping[str, Any]
LOOKED_AT = 200


def hand_over(around: Around, record: Duty, args: Args) -> Sketch:
    """Hand over with a word for the next; without one, with what is open and overdue."""
    counts = summary(around)
    words = args.get("handover") or text("handover.summary", **counts)
    warnings = [warning("warning.mine_open", count=counts["mine"])] if counts["mine"] else []
    step = around.step(record, "hand_over", {**args, "handover": words})
    return Sketch((step,), tuple(warnings))


def summary(around: Around) -> dict[str, int]:
    """Count what the next shift takes over."""
    opened = ",".join(sorted(around.judge.machines["incident"].opened))
    lines = {
        "open": f"state:{opened}",
        "overdue": f"state:{opened} due<@now paused:0",
        "suspended": "state:suspended",
        "mine": f"state:{opened} handler:@me",
    }
    view = around.view()
    return {
        name: around.store.count(parse_query("incident", line), view)
        for name, line in lines.items()
    }


def next_of(around: Around, query: Query) -> str:
    """Give the first of a queue that nobody has taken in hand."""
    view = Viewpoint(me=around.person.user, now=around.clock.now())
    for row in around.store.find(query, view)[:LOOKED_AT]:
        found = around.store.get(query.kind, str(row[0]))
        if found is not None and _free(found, around) and around.allows(found, "take"):
            return found.id
    raise Refused("refused.queue_empty")


def _free(record: Record, around: Around) -> bool:
    return getattr(record, "handler", "") in ("", around.person.user)

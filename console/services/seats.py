"""Notes at a seat's own record that its screen was locked or opened, on line and off."""

import logging
from collections.abc import Iterator

from console.base.errors import Refused
from console.domain.plan import Outcome
from console.domain.record import Seat
from console.services.desk import Desk

AT_THE_SEAT = {
    ("lock", "free"): ("occupy", "lock"),
    ("lock", "taken"): ("lock",),
    ("occupy", "free"): ("occupy",),
    ("occupy", "locked"): ("occupy",),
}
"""By what is to be noted and how the seat stands: the verbs that do it, each a step."""
_log = logging.getLogger(__name__)


def note(desk: Desk, verb: str) -> Iterator[Outcome]:
    """Take the steps one after the other; a seat without a record, or not this one's, has none."""
    around = desk.around
    seat = around.store.get("seat", around.seat)
    if not isinstance(seat, Seat):
        return
    try:
        for each in AT_THE_SEAT.get((verb, seat.state), ()):
            yield desk.run(f"seat.{each} {seat.id}")
    except Refused as refused:
        _log.info("the seat's record was not changed: %s", refused)

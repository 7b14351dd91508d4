"""Enrols a seat that signs in for the first time: who sits there, and locks it, is kept."""

import re

from console.base.ids import new_id
from console.central.centre import Centre
from console.domain.access import SYSTEM, system
from console.domain.record import SHARED, Act, Seat, Step

_NAME = re.compile(r"[^\s\0]{1,64}")


def enrol(centre: Centre, name: str) -> None:
    """Make the record of a seat by its name, if there is none."""
    if not _NAME.fullmatch(name) or centre.get(Seat.kind, name) is not None:
        return
    place = Step(kind=Seat.kind, record=name, verb="place", args={"scope": SHARED, "name": name})
    act = Act(id=new_id(), steps=(place,), by=SYSTEM, at=centre.clock.now())
    centre.load([act], system())

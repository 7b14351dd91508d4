"""Many incidents at once, for measuring: believable records that no judge has seen."""

from collections.abc import Iterator

from msgspec.structs import replace

from console.base import resources
from console.central.build import CITY
from console.central.centre import Place
from console.central.drill_city import Dice, Town, read_demo
from console.domain import deadline
from console.domain.calendar import read_calendar
from console.domain.city import read_city
from console.domain.machine import read_machine
from console.domain.record import Incident, Note
from console.scenes.read import read_scenes

DAY = 86_400_000
DAYS = 90
CLOSED = 0.6
"""How many of them are over."""


def town_of(city: str = CITY) -> Town:
    """Give the demo city without a centre."""
    read = read_city(resources.table(city), city)
    return Town(read_demo(), Place.of(read, read_scenes(read), ()))


def make_incidents(n: int, seed: int, now: int, town: Town | None = None) -> Iterator[Incident]:
    """Give so many incidents of the last three months, the oldest first; the same for a seed."""
    town, dice = town or town_of(), Dice(seed)
    machine = read_machine(resources.table("machines/incident.toml"), "machines/incident.toml")
    over = [s for s in machine.states if s not in machine.opened]
    calendar = read_calendar(resources.table(town.place.city.calendar), town.place.city.calendar)
    words = town.demo.words["note"]
    for k in range(n):
        at = now - DAYS * DAY + DAYS * DAY * k // n
        told = town.told(dice)
        kind = town.place.types[told.case.type]
        spot = told.spot
        state = dice.pick(over if dice.chance(CLOSED) else sorted(machine.opened))
        clock = deadline.start(kind.limits.handle, at, calendar)
        if state in over:
            clock = replace(clock, stopped=at + 1)
        notes = tuple(Note(at, "intake1", dice.pick(words)) for _ in range(dice.whole(0, 2)))
        yield Incident(
            id=dice.id(at), no=f"{spot.district.code}{k:014d}", state=state,
            version=dice.whole(1, 9), updated_at=at, reported_at=at, occurred_at=at,
            lead=town.place.city.resolve(kind.lead, spot.district.code, spot.street.code),
            deadlines={"handle": clock}, notes=notes, **told.incident,
        )  # fmt: skip

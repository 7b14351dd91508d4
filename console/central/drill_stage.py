"""What the stories of a demo city share: who acts, which units are free, what time it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.central.drill_city import Demo, Dice, Town
from console.domain import deadline
from console.domain.access import SYSTEM, Access, system
from console.domain.calendar import Calendar
from console.domain.limit import parse_limit
from console.domain.record import SHARED, Act, Step

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NEVER = 1 << 60
DOORS = "life"
"""The account by which the city's life goes in at the doors: no person at a desk."""
CALLED = frozenset(("hotline", "110", "119", "120", "web", "app", "citizen"))
"""Sources that a person at a desk takes down; the others come in by themselves."""
DETOURS = {
    "void": 0.02, "transfer": 0.015, "return": 0.05, "rework": 0.05, "suspend": 0.04,
    "ask_suspend": 0.02, "extend": 0.05, "ask_extend": 0.02, "withdraw": 0.02, "reopen": 0.01,
    "escalate": 0.01,
}  # fmt: skip
"""How often a story leaves the straight way, and by what."""
PACES = (
    (0.78, 0.2, 0.9),
    (0.13, 0.9, 1.15),
    (0.075, 1.15, 2.2),
    (0.015, 60.0, 90.0),
)
"""How fast departments are: how many of them need from so much to so much of their limit."""
SWIFT = 0.6
"""Where days are given, less of the limit is used."""
Deed = tuple[Act, Access]
"""An act, and who takes it."""


class Cast:
    """Who takes which part, and at which seat they sit."""

    def __init__(self, people: Iterable[Access], seats: Mapping[str, str], dice: Dice) -> None:
        self.seats = seats
        self._dice = dice
        self._all = {p.user: p for p in people} | {SYSTEM: system()}
        self._answers = {d: p for p in self._all.values() for d in p.depts}
        self._desks: dict[str, list[Access]] = {}
        for person in self._all.values():
            for role in person.roles:
                self._desks.setdefault(role, []).append(person)

    def of(self, role: str) -> Access:
        return self._dice.pick(self._desks[role])

    def named(self, user: str) -> Access:
        return self._all[user]

    def centre(self, district: str) -> Access:
        return self._all[f"district_{district}"]

    def answering(self, dept: str, district: str) -> Access:
        """Give who answers for a department; for a street's office its district's centre does."""
        known = self._answers.get(dept) or self._all.get(f"district_{district}")
        # Another city's departments come with its cases, and answer too.
        return known or Access(user=f"liaison_{dept}", name=dept, roles=("unit",), depts=(dept,))


class Yard:
    """Which units are free from when on, so that none is sent twice at a time."""

    def __init__(self, units: Iterable[Mapping[str, Any]], dice: Dice) -> None:
        self._dice = dice
        self._free = {str(u["id"]): 0 for u in units}
        self._near: dict[tuple[str, str], list[str]] = {}
        for unit in units:
            district = str(unit["scope"]).partition(".")[0]
            self._near.setdefault((str(unit["dept"]), district), []).append(str(unit["id"]))

    def take(self, dept: str, district: str, at: int) -> str:
        """Give a free unit of a department in or for a district, "" when all are out."""
        free = [unit for unit in self.home(dept, district) if self._free[unit] < at]
        if not free:
            return ""
        unit = self._dice.pick(free)
        self._free[unit] = NEVER
        return unit

    def home(self, dept: str, district: str) -> tuple[str, ...]:
        """Give the units of a department in or for a district, free or not."""
        return (*self._near.get((dept, district), ()), *self._near.get((dept, SHARED), ()))

    def give_back(self, unit: str, at: int) -> None:
        if unit:
            self._free[unit] = at

    def idle(self, at: int) -> list[str]:
        return [unit for unit, free in self._free.items() if free < at]


@dataclass(frozen=True, slots=True)
class Stage:
    """What every story of a city shares."""

    town: Town
    dice: Dice
    cast: Cast
    yard: Yard
    calendar: Calendar
    limits: Mapping[str, Mapping[str, str]]
    until: int

    @property
    def demo(self) -> Demo:
        return self.town.demo

    def say(self, what: str) -> str:
        return self.town.say(self.dice, what)

    def deed(self, at: int, actor: Access, *steps: Step) -> Deed:
        """Give one person's act at an instant."""
        seat = self.cast.seats.get(actor.user, "")
        act = Act(
            id=self.dice.id(at), steps=steps, by=actor.user, seat=seat, at=at, device_at=at
        )  # fmt: skip
        return act, actor

    def later(self, limit: str, at: int, share: float) -> int:
        """Give the instant at which a share of a limit has been used."""
        parsed = parse_limit(limit)
        length = int(parsed.length(self.calendar.day_length) * share)
        return self.calendar.work_after(at, length) if parsed.working else at + length

    def pace(self, limit: str, at: int, *, steady: bool) -> tuple[int, int, int]:
        """Give when a department will be done, when it is due, and from when on badly overdue."""
        clock = deadline.start(limit, at, self.calendar)
        shares = [pace[0] for pace in PACES]
        _, low, high = PACES[0] if steady else self.dice.weighted(PACES, shares)
        share = self.dice.between(low, high) * (SWIFT if limit.endswith("wd") else 1)
        badly = deadline.badly_at(clock, self.calendar)
        return self.later(limit, at, share), clock.due, badly

    def detour(self) -> str:
        """Give where a story leaves the straight way, "" for most."""
        throw = self.dice.between(0, 1)
        for verb, share in DETOURS.items():
            throw -= share
            if throw < 0:
                return verb
        return ""

"""The demo city: everybody, every unit, and ten days of work behind it, made by the real judge."""

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.base import resources
from console.base.clock import Clock
from console.central import drill_live
from console.central.centre import Centre
from console.central.drill_cameras import enrolments, eyes_of
from console.central.drill_city import (
    Case,
    Demo,
    Dice,
    Town,
    people_of,
    read_demo,
    signs_in,
    units_of,
)
from console.central.drill_instructions import instructed
from console.central.drill_plans import begun
from console.central.drill_stage import DAY, HOUR, MINUTE, Cast, Deed, Stage, Yard
from console.central.drill_story import Story
from console.central.people import People
from console.domain.access import Access, system
from console.domain.limit import parse_limit
from console.domain.record import SHARED, Step
from console.scenes.starting import read_limits
from console.wire import APPLIED

SEED = 20_250_601
INCIDENTS = 3_000
DAYS = 10
LIMITS = "commands/limits.toml"
SHOWN: tuple[tuple[str, int, int, int], ...] = (
    ("create", 26, 1, 26),
    ("create", 4, 30, 70),
    ("accept", 20, 18, 60),
    ("dispatch", 24, 32, 50),
    ("sign", 24, 34, 75),
    ("arrive", 18, 40, 90),
    ("start", 30, 45, 130),
    ("feedback", 26, 100, 500),
    ("verify", 18, 300, 1000),
    ("return", 10, 50, 160),
    ("rework", 10, 300, 600),
    ("suspend", 12, 200, 900),
    ("ask_suspend", 6, 70, 160),
    ("ask_extend", 8, 70, 160),
    ("void", 6, 60, 4000),
    ("transfer", 6, 60, 4000),
)
"""What is to be seen at once: verb after which it stands, how many, how many minutes old."""
RIPE = ((42, 0.83, 0.97), (34, 1.02, 1.4))
"""How many are due soon or just overdue: how many, and how much of their limit is used."""
BEFORE = 24 * MINUTE
"""What it takes from the first call to the order."""
SHORT = 8 * HOUR
STORMS = ((2 * DAY, 44, 70), (40 * MINUTE, 14, 30))
"""How long ago it stormed, how many cases that made, within how many minutes."""
TWINS = 120
WATCHED = 14
RESTING, BROKEN = 40, 8
FIRST = "dispatcher"


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demo with its password of today."""

    user: str
    password: str
    access: Access


@dataclass(slots=True)
class Made:
    """What populating made: acts that took effect, and the reasons of those that did not."""

    acts: int = 0
    incidents: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])


def populate(
    centre: Centre, clock: Clock, *, seed: int = SEED, incidents: int = INCIDENTS,
    done: Callable[[int], None] = lambda _: None,
) -> Made:  # fmt: skip
    """Fill an empty ledger with the demo city; one that holds anything stays as it is."""
    made = Made()
    if centre.head:
        return made
    deeds = list(_deeds(centre, clock.now(), seed, incidents))
    deeds.sort(key=lambda deed: deed[0].at)
    who = {act.id: actor for act, actor in deeds}
    for verdict in centre.load((a for a, _ in deeds), lambda act: who[act.id], done=done):
        if verdict.verdict == APPLIED:
            made.acts += 1
        else:
            made.refused[f"{verdict.key} {verdict.args}"] += 1
    made.incidents = sum(s.verb == "create" for act, _ in deeds for s in act.steps)
    return made


def live(centre: Centre, clock: Clock, stopping: threading.Event) -> None:
    """Keep the city alive until told to stop."""
    stage = stage_of(centre, Dice(clock.now()), clock.now())
    drill_live.live(centre, clock, stopping, stage)


def give_passwords(people: People, centre: Centre) -> list[SignIn]:
    """Give everybody who signs in a new password of their own; the first is the dispatcher."""
    demo = read_demo()
    given: list[SignIn] = []
    for access in people_of(demo, centre.place):
        if signs_in(demo, access):
            given.append(SignIn(access.user, secrets.token_urlsafe(9), access))
            people.put(access, given[-1].password)
    return given


def seats_of(demo: Demo, people: list[Access]) -> dict[str, str]:
    """Give the seat of everybody who has one."""
    city = [p.user for p in people if p.scopes == ("",)]
    found = dict(
        zip(city, (f"seat_city_{n + 1}" for n in range(len(demo.seats.city))), strict=False)
    )
    return found | {p.user: f"seat_{p.scopes[0]}" for p in people if p.roles == ("district",)}


def stage_of(centre: Centre, dice: Dice, until: int) -> Stage:
    """Set the stage of the demo city, with every unit in its yard."""
    demo = read_demo()
    town = Town(demo, centre.place)
    people = people_of(demo, centre.place)
    yard = Yard(units_of(town, Dice(SEED)), dice)
    cast = Cast(people, seats_of(demo, people), dice)
    limits = resources.table(LIMITS)
    return Stage(town, dice, cast, yard, centre.judge.calendar, limits, until)


def arrivals(demo: Demo, zone: str, dice: Dice, now: int, count: int) -> list[int]:
    """Give when so many cases of the past days came in, by the hours of the day."""
    here = ZoneInfo(zone)
    hours = [now - (n + 1) * HOUR for n in range(DAYS * 24)]
    weights = [rate(demo, datetime.fromtimestamp(at / 1000, here)) for at in hours]
    found = (dice.weighted(hours, weights) for _ in range(count))
    return sorted(at + int(dice.between(0, HOUR)) for at in found)


def rate(demo: Demo, when: datetime) -> float:
    """Give how busy an hour is."""
    return demo.hours.weights[when.hour] * (demo.hours.weekend if when.weekday() > 4 else 1)


# ---- inside


def _deeds(centre: Centre, now: int, seed: int, incidents: int) -> Iterator[Deed]:
    dice = Dice(seed)
    stage = stage_of(centre, dice, now)
    began = now - (DAYS + 1) * DAY
    yield from _names(stage, began)
    yield from _seats(stage, began, now)
    yield from _units(stage, began)
    for steps in enrolments(eyes_of(stage.town)):
        yield stage.deed(began, system(), *steps)
    yield from _duties(stage, began, now)
    stories = list(_stories(stage, now, incidents))
    for story in stories:
        yield from story.deeds
    yield from begun(stage, read_limits(stage.town.place.city), now)
    yield from _watched(stage, stories, now)
    yield from _resting(stage, now)
    yield from instructed(stage, now)


def _stories(stage: Stage, now: int, incidents: int) -> Iterator[Story]:
    dice, town = stage.dice, stage.town
    # A small city (tests) shows the same, but fewer of each.
    share = min(1.0, incidents / INCIDENTS)
    special = [
        (now - int(dice.between(young, old) * MINUTE), stop)
        for stop, count, young, old in SHOWN
        for _ in range(max(2, int(count * share)))
    ]
    ripe = list(_ripe(stage, now, share))
    storms = [int(count * share) for _, count, _ in STORMS]
    plain = max(0, incidents - len(special) - len(ripe) - sum(storms) - int(TWINS * share))
    times = arrivals(stage.demo, town.place.city.zone, dice, now, plain)
    begun = sorted([*special, *((at, "") for at in times)])
    brief = _brief(stage)
    told = [
        Story(stage, town.told(dice, _any(dice, brief) if stop else None), at, stop).tell()
        for at, stop in begun
    ]
    told += ripe
    for (ago, _, minutes), count in zip(STORMS, storms, strict=True):
        told += list(storm(stage, now - ago, count, minutes))
    yield from told
    yield from _twins(stage, told, int(TWINS * share))


def _brief(stage: Stage) -> list[Case]:
    """Give the cases that have to be done within hours, by day and by night."""
    types = stage.town.place.types
    limits = {c: parse_limit(types[c.type].limits.handle) for c in stage.demo.case}
    return [c for c, limit in limits.items() if not limit.working and limit.length(0) <= SHORT]


def _any(dice: Dice, cases: list[Case]) -> Case:
    return dice.weighted(cases, [case.weight for case in cases])


def _ripe(stage: Stage, now: int, share: float) -> Iterator[Story]:
    """Tell of cases in hand whose time is nearly up, or just over."""
    dice, town, brief = stage.dice, stage.town, _brief(stage)
    for count, low, high in RIPE:
        for _ in range(max(2, int(count * share))):
            told = town.told(dice, _any(dice, brief))
            limit = parse_limit(town.place.types[told.case.type].limits.handle).length(0)
            at = now - BEFORE - int(limit * dice.between(low, high))
            yield Story(stage, told, at, "start").tell()


def storm(stage: Stage, at: int, count: int, minutes: int) -> Iterator[Story]:
    """Tell of many cases of bad weather in one district."""
    dice, town = stage.dice, stage.town
    district = dice.pick(town.districts)
    cases = [case for case in town.demo.case if case.burst]
    for _ in range(count):
        told = town.told(dice, dice.pick(cases), town.spot(dice, district))
        yield Story(stage, told, at + int(dice.between(0, minutes) * MINUTE)).tell()


def _twins(stage: Stage, stories: list[Story], count: int) -> Iterator[Story]:
    dice, town = stage.dice, stage.town
    lasting = [s for s in stories if s.deeds and not {"void", "transfer"} & set(s.verbs)]
    for _ in range(count if lasting else 0):
        first = dice.pick(lasting)
        at = first.deeds[0][0].at + int(dice.between(3, 90) * MINUTE)
        if at + 26 * MINUTE < min(first.ended, stage.until):
            yield first.twin(town.told(dice, first.told.case, first.told.spot), at)


def _names(stage: Stage, at: int) -> Iterator[Deed]:
    """Make known what people are called."""
    steps = [
        Step(kind="term", record=f"person {p.user}".replace(" ", "_"), verb="define",
             args={"scope": SHARED, "of": "person", "code": p.user, "name": p.name})
        for p in people_of(stage.demo, stage.town.place)
    ]  # fmt: skip
    yield stage.deed(at, system(), *steps)


def _seats(stage: Stage, began: int, now: int) -> Iterator[Deed]:
    seats = stage.demo.seats
    yield stage.deed(
        began,
        system(),
        *(_seat(f"seat_city_{n + 1}", SHARED, name, seats.city_place)
          for n, name in enumerate(seats.city)),
        *(_seat(f"seat_{d.code}", d.code, seats.district.format(district=d.name),
                seats.district_place)
          for d in stage.town.districts),
    )  # fmt: skip
    for n, (user, seat) in enumerate(stage.cast.seats.items()):
        if user != FIRST and n % 5 != 4:
            at = now - int(stage.dice.between(1, 5) * HOUR)
            person = stage.cast.named(user)
            yield stage.deed(at, person, Step(kind="seat", record=seat, verb="occupy"))
            if n % 7 == 3:
                later = now - 5 * MINUTE
                yield stage.deed(later, person, Step(kind="seat", record=seat, verb="lock"))


def _seat(id: str, scope: str, name: str, place: str) -> Step:
    args = {"scope": scope, "name": name, "place": place}
    return Step(kind="seat", record=id, verb="place", args=args)


def _units(stage: Stage, at: int) -> Iterator[Deed]:
    for unit in units_of(stage.town, Dice(SEED)):
        args = {name: value for name, value in unit.items() if name != "id"}
        enrol = Step(kind="unit", record=unit["id"], verb="enrol", args=args)
        yield stage.deed(
            at, system(), enrol, Step(kind="unit", record=unit["id"], verb="ready")
        )  # fmt: skip


def _resting(stage: Stage, now: int) -> Iterator[Deed]:
    lead = stage.cast.of("duty_lead")
    idle = stage.yard.idle(now - HOUR)
    for n, unit in enumerate(dict.fromkeys(stage.dice.pick(idle) for _ in range(RESTING))):
        verb, args = "rest", dict[str, Any]()
        if n < BROKEN:
            verb, args = "retire", {"reason": stage.say("suspend_reason")}
        step = Step(kind="unit", record=unit, verb=verb, args=args)
        yield stage.deed(now - 30 * MINUTE, lead, step)


def _watched(stage: Stage, stories: list[Story], now: int) -> Iterator[Deed]:
    person = stage.cast.named(FIRST)
    standing = [s for s in stories if s.verbs[-1:] in (["start"], ["sign"], ["suspend"])]
    for story in standing[:: max(1, len(standing) // WATCHED)]:
        step = Step(kind="incident", record=story.id, verb="watch")
        yield stage.deed(now - MINUTE, person, step)


def _duties(stage: Stage, began: int, now: int) -> Iterator[Deed]:
    """Plan the shifts of yesterday, today and tomorrow; begin and hand over those that are due."""
    city = stage.town.place.city
    today = datetime.fromtimestamp(now / 1000, ZoneInfo(city.zone))
    for days in (-1, 0, 1):
        day = today + timedelta(days=days)
        for shift in city.shifts:
            starts, ends = _clock(day, shift.start), _clock(day, shift.end)
            ends += DAY if ends <= starts else 0
            for n, post in enumerate(stage.demo.seats.posts):
                key = f"duty_{day:%Y%m%d}_{shift.id}_{post}"
                person = stage.cast.of(post) if n or days else stage.cast.named(FIRST)
                args = {"scope": SHARED, "shift": shift.id, "post": post, "person": person.user,
                        "starts_at": starts, "ends_at": ends}  # fmt: skip
                plan = Step(kind="duty", record=key, verb="plan", args=args)
                yield stage.deed(began, system(), plan)
                yield from _served(stage, key, person, starts, ends, now)


def _served(
    stage: Stage, key: str, person: Access, starts: int, ends: int, now: int
) -> Iterator[Deed]:
    if starts < now:
        yield stage.deed(starts, person, Step(kind="duty", record=key, verb="begin"))
    if ends < now:
        args = {"handed_to": stage.cast.of("duty_lead").user, "handover": stage.say("handover")}
        yield stage.deed(ends, person, Step(kind="duty", record=key, verb="hand_over", args=args))


def _clock(day: datetime, words: str) -> int:
    hour, minute = (int(part) for part in words.split(":"))
    at = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return int(at.timestamp() * 1000)

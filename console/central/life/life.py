"""The demo city, beat by beat: what is due is handed to a door, as a department would hand it in.

Time has two faces: the model's, which may run faster, drives what happens; what is handed in is
dated by the real one, so that it is fresh at the centre.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from random import Random
from typing import Any, Protocol

from console.central.centre import Place
from console.central.drill import SEED
from console.central.drill_city import Dice, Town, read_demo, units_of
from console.central.life.gauge import QUICK_S, Gauge
from console.central.life.people import People, Weatherman
from console.central.life.script import Driver, Script
from console.central.life.sky import MINUTE, Sky
from console.domain.indicator import Indicator
from console.domain.reading import Reading
from console.domain.record import SHARED
from console.scenes.scene import indicators_of
from console.wire import PostedReport

EVERYWHERE = (SHARED, 0.0, 0.0)
EARTH = 111_320.0
"""Metres in a degree of latitude."""


class Door(Protocol):
    """Where a department hands in what it has."""

    def readings(self, readings: Sequence[Reading]) -> object: ...
    def reports(self, reports: Sequence[PostedReport]) -> object: ...
    def warning(self, cap: bytes) -> object: ...


class Life:
    """One run of the city. ``began``: when it begins, ms UTC; ``speed``: of the model's time.

    ``sealed``: tells whether a scene is sealed; nothing is measured or told of it until an order
    opens it.
    """

    def __init__(
        self, place: Place, script: Script, door: Door, sealed: Callable[[str], bool], *,
        seed: int, began: int, speed: float = 1.0,
    ) -> None:  # fmt: skip
        self._script = script
        self._scenes = place.scenes
        self._sealed = sealed
        self._toured: set[str] = set()
        self._resting: list[int] = []
        self._tour_at = float(began)
        self._door = door
        self._began = began
        self._speed = speed
        self._sky = Sky(script.rhythm, script.staged, place.city.zone, seed, began)
        self._town = Town(read_demo(), place)
        run = f"{seed}-{began // 1000}"
        self._people = People(self._town, script, self._sky, Dice(seed), run, sealed)
        self._weather = Weatherman(script, self._sky, run, place.city.code)
        self.gauges = gauges_of(self._town, script, indicators_of(place.scenes), seed)
        self._stage(Dice(seed + 1))
        self._units = units_of(self._town, Dice(SEED))
        self._due: list[tuple[int, int]] = []
        for n in range(len(self.gauges)):
            heappush(self._due, (began, n))
        self._call_at = began + self._people.wait_s(began) * 1000
        self._patrol_at = began

    def beat(self, now: int) -> None:
        """Hand in all that is due at an instant of real time."""
        model = self._model(now)
        told = list(self._tour(model, now))
        if readings := [*self._measured(model, now), *self._patrolled(now)]:
            self._door.readings(readings)
        if reports := [*told, *self._called(model, now)]:
            self._door.reports(reports)
        if warning := self._weather.warning(model, now):
            self._door.warning(warning)

    def _model(self, now: int) -> int:
        return self._began + int((now - self._began) * self._speed)

    def _measured(self, model: int, now: int) -> Iterator[Reading]:
        while self._due and self._due[0][0] <= model:
            _, n = heappop(self._due)
            gauge = self.gauges[n]
            if self._sealed(gauge.indicator.scene):
                self._resting.append(n)
                continue
            step = gauge.indicator.refresh_s * 1000
            heappush(self._due, (max(self._due_after(n, model, step), model + 1), n))
            found = gauge.reading(self._sky, self._script.trouble, model, now)
            if found is not None:
                yield found

    def _due_after(self, n: int, model: int, step: int) -> int:
        """Give the next instant of a gauge: they do not all speak in the same second."""
        offset = n * 997 % step
        return (model - offset) // step * step + step + offset

    def _patrolled(self, now: int) -> Iterator[Reading]:
        patrol = self._script.patrol
        if now < self._patrol_at:
            return
        self._patrol_at = now + patrol.every_s * 1000
        for n, unit in enumerate(self._units):
            yield _walked(unit, n, now, patrol.reach_m, patrol.speed)

    def _called(self, model: int, now: int) -> Iterator[PostedReport]:
        while self._call_at <= model:
            yield self._people.report(int(self._call_at), now)
            self._call_at += self._people.wait_s(int(self._call_at)) * 1000

    def _tour(self, model: int, now: int) -> Iterator[PostedReport]:
        """Give a report of each scene, one after another, once it is open."""
        self._toured -= {scene for scene in self._toured if self._sealed(scene)}
        new = [s for s in self._scenes if s not in self._toured and not self._sealed(s)]
        while new and self._tour_at <= model:
            scene = new.pop(0)
            self._toured.add(scene)
            self._wake(scene, model)
            self._tour_at += self._script.staged.tour_s * 1000
            plans = self._scenes[scene].plans
            yield self._people.of_scene(scene, now, [of for plan in plans for of in plan.on])

    def _wake(self, scene: str, model: int) -> None:
        """Let the gauges of a scene that was sealed speak now."""
        rested, self._resting = self._resting, []
        for n in rested:
            if self.gauges[n].indicator.scene == scene:
                heappush(self._due, (model, n))
            else:
                self._resting.append(n)

    def _stage(self, dice: Dice) -> None:
        """Have a few gauges fail or go out of band soon after the start."""
        staged = self._script.staged
        quick = [
            g for g in self.gauges
            if g.indicator.refresh_s <= QUICK_S and not self._sealed(g.indicator.scene)
        ]  # fmt: skip
        opening = [g for g in quick if g.indicator.opens]
        for kind, count, among in (("out", staged.out, opening), ("silent", staged.silent, quick)):
            for _ in range(min(count, len(among))):
                gauge = dice.pick(among)
                first = self._began + int(dice.between(0.5, staged.within_min) * MINUTE)
                gauge.staged = (kind, first, first + int(dice.between(15, 40) * MINUTE))


def gauges_of(
    town: Town, script: Script, indicators: dict[str, Indicator], seed: int
) -> list[Gauge]:
    """Give every gauge: one for the city of each indicator, or as many as the script says."""
    drivers = {of: driver for driver in script.driver for of in driver.of}
    many = {of: each for each in script.many for of in each.of}
    dice = Dice(seed)
    found: list[Gauge] = []
    for of, indicator in indicators.items():
        places = [p for p in script.place if of in p.of]
        spots = [
            (p.name, (town.place.city.scope_of(p.district, p.street), *p.point)) for p in places
        ]
        if of in many:
            spots = list(_spots(town, dice, many[of].each, many[of].name))
        for n, (source, place) in enumerate(spots or [("", EVERYWHERE)]):
            own = Random(f"{seed} {of} {n}").getrandbits(40)  # noqa: S311 - no secret
            found.append(Gauge(indicator, source, place, drivers.get(of, Driver()), own))
    return found


def _spots(
    town: Town, dice: Dice, each: int, name: str
) -> Iterator[tuple[str, tuple[str, float, float]]]:
    for district in town.districts:
        for _ in range(each):
            spot = town.spot(dice, district)
            words = {"road": spot.road, "no": spot.no, "street": spot.street.name}
            yield name.format(**words), (spot.scope, spot.lon, spot.lat)


def _walked(unit: dict[str, Any], n: int, now: int, reach: float, speed: float) -> Reading:
    """Give where a unit on its round is: around its yard, on a curve that never repeats soon."""
    angle = now / 1000 * speed / reach + n
    east, north = reach * math.cos(angle), reach * 0.6 * math.sin(angle * 1.618)
    east_speed = -math.sin(angle) * speed
    north_speed = 0.6 * 1.618 * math.cos(angle * 1.618) * speed
    lat = unit["lat"] + north / EARTH
    lon = unit["lon"] + east / EARTH / math.cos(math.radians(lat))
    heading = math.degrees(math.atan2(east_speed, north_speed)) % 360
    return Reading(
        topic="position", of=unit["id"], at=now, lon=round(lon, 6), lat=round(lat, 6),
        heading=round(heading, 1), speed=round(math.hypot(east_speed, north_speed), 2),
    )  # fmt: skip

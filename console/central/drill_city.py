"""What the demo city is made of: invented places, cases, units and people, told by a dice."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped
from console.central.centre import Place
from console.domain.access import Access
from console.domain.city import DISTRICT_CENTRE, STREET_OFFICE, District, Street, office_of
from console.domain.record import SHARED

T = TypeVar("T")
FILE = "cities/nanjing_demo.toml"
KM = 1 / 111.0
"""A kilometre in degrees of latitude."""
WIDE = "street"
"""In a fleet's ``dept``: the offices of streets."""


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that invented names are put together from."""

    road_first: tuple[str, ...]
    road_last: tuple[str, ...]
    community_first: tuple[str, ...]
    estate_last: tuple[str, ...]
    place: tuple[str, ...]
    caller_first: tuple[str, ...]
    caller_last: tuple[str, ...]
    phone: str
    address: str
    estate: str


class Hours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How busy each hour of the day is, and how far apart live arrivals are."""

    weights: tuple[float, ...]
    weekend: float
    live_peak_s: float
    live_calm_s: float


class Account(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody of the city's own desks, who sees the whole city."""

    user: str
    name: str
    roles: tuple[str, ...]


class Liaison(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How people of districts and departments are called, and which departments sign in."""

    district: str
    dept: str
    signs_in: tuple[str, ...]


class Seats(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The seats of the rooms, and the posts of a shift."""

    city: tuple[str, ...]
    city_place: str
    district: str
    district_place: str
    posts: tuple[str, ...]


class UnitNames(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How units are called."""

    name: str
    phone: str


class Fleet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Units of one sort; ``spread`` says that each district has ``count`` of them."""

    dept: str
    type: str
    call: str
    count: int
    people: tuple[int, int]
    spread: str = ""


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What people tell of one type; ``burst``: many at once when it storms.

    ``weight`` 0: it comes only when a case of its scene is asked for; ``level`` "": its type's.
    """

    type: str
    weight: float
    level: str = ""
    titles: tuple[str, ...]
    details: tuple[str, ...]
    results: tuple[str, ...]
    purpose: tuple[str, ...] = ("complain", "complain", "help")
    burst: bool = False


class Order(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A leader's instruction that stands at the beginning, and how far its department has come.

    ``ago_min``: how long ago it was given; the others how long after it was signed, first
    answered (``said``), done (``result``) and closed (``verdict``); 0: not yet.
    """

    leader: str
    dept: str
    words: str
    about: str = ""
    district: str = ""
    ago_min: float
    signed_min: float = 0
    said_min: float = 0
    said: str = ""
    done_min: float = 0
    result: str = ""
    closed_min: float = 0
    verdict: str = ""


class Demo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    city: str
    names: Names
    spread: dict[str, float]
    urgency: dict[str, tuple[str, ...]]
    hours: Hours
    account: tuple[Account, ...]
    liaison: Liaison
    unit: UnitNames
    seats: Seats
    fleet: tuple[Fleet, ...]
    case: tuple[Case, ...]
    instruction: tuple[Order, ...]
    words: dict[str, tuple[str, ...]]


def read_demo(file: str = FILE) -> Demo:
    """Read the content of a demo city; BadData names the line and key."""
    return shaped(resources.table(file), Demo, file, resources.path(file).read_text("utf-8"))


class Dice:
    """Chance that is the same for the same seed; ids and all."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - a drill keeps no secret

    def pick(self, some: Sequence[T]) -> T:
        return some[int(self._random.random() * len(some))]

    def chance(self, of: float) -> bool:
        return self._random.random() < of

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        return low + int(self._random.random() * (high - low + 1))

    def near(self, spread: float) -> float:
        return self._random.gauss(0, spread)

    def wait(self, mean: float) -> float:
        """Give the time until the next of arrivals that come by chance."""
        return self._random.expovariate(1 / mean)

    def weighted(self, some: Sequence[T], weights: Sequence[float]) -> T:
        return self._random.choices(some, weights)[0]

    def id(self, at: int) -> str:
        """Give an id in the form of a UUIDv7, of this instant."""
        bits = self._random.getrandbits(74)
        number = at << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & (1 << 62) - 1
        return str(UUID(int=number))


@dataclass(frozen=True, slots=True)
class Spot:
    """A door in the city."""

    district: District
    street: Street
    road: str
    no: int
    community: str
    estate: str
    lon: float
    lat: float

    @property
    def scope(self) -> str:
        return f"{self.district.code}.{self.street.code}"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells, as arguments of an incident and of its report."""

    spot: Spot
    case: Case
    incident: dict[str, Any]
    report: dict[str, Any]
    result: str


class Town:
    """Invents doors and cases in a real city's districts and streets."""

    def __init__(self, demo: Demo, place: Place) -> None:
        self.demo = demo
        self.place = place
        self.districts = [d for d in place.city.districts.values() if d.streets]
        self._sizes = [float(len(d.streets)) for d in self.districts]
        self._weights = [case.weight for case in demo.case]

    def spot(self, dice: Dice, district: District | None = None) -> Spot:
        home = district or dice.weighted(self.districts, self._sizes)
        street = dice.pick(home.streets)
        names = self.demo.names
        # Every street keeps a few roads and communities of its own.
        own = Dice(int(street.code) * 10 + dice.whole(0, 5))
        community = own.pick(names.community_first) + own.pick(names.estate_last)
        road = own.pick(names.road_first) + own.pick(names.road_last)
        lon, lat = self.point(home, home.streets.index(street))
        words = {"community": community, "n": dice.whole(1, 28), "floor": dice.whole(1, 4)}
        return Spot(
            home, street, road, dice.whole(1, 388), community,
            names.estate.format(**words),
            round(lon + dice.near(0.12 * self._far(home) * KM), 6),
            round(lat + dice.near(0.1 * self._far(home) * KM), 6),
        )  # fmt: skip

    def point(self, district: District, n: int) -> tuple[float, float]:
        """Give the middle of a district's n-th street: its point, or one around the district's."""
        if any(district.streets[n].point):
            return district.streets[n].point
        far = self._far(district)
        angle = 2.399963 * (n + 1)  # the golden angle: no two in one direction
        reach = far * KM * math.sqrt((n + 0.5) / len(district.streets))
        lon, lat = district.point
        return lon + reach * math.cos(angle) / math.cos(math.radians(lat)), lat + reach * math.sin(
            angle
        )

    def _far(self, district: District) -> float:
        return self.demo.spread.get(district.code, self.demo.spread["default"])

    def cases(self, scene: str, on: Collection[str] = ()) -> list[Case]:
        """Give the cases of a scene; ``on``: only of these types or their sub-types, if there are.

        All of them when none is of those types.
        """
        types = self.place.types
        own = [c for c in self.demo.case if types[c.type].scene == scene]
        near = [c for c in own if c.type in on or types[c.type].parent in on]
        return near or own

    def told(self, dice: Dice, case: Case | None = None, spot: Spot | None = None) -> Told:
        """Give what somebody tells of a case somewhere."""
        case = case or dice.weighted(self.demo.case, self._weights)
        spot = spot or self.spot(dice)
        kind = self.place.types[case.type]
        words = self._words(dice, spot)
        title = dice.pick(case.titles).format(**words)
        detail = dice.pick(case.details).format(**words)
        source = dice.pick(kind.sources or ("hotline",))
        address = self.demo.names.address.format(
            district=spot.district.name, street=spot.street.name, road=spot.road, no=spot.no
        )
        where: dict[str, Any] = {
            "scope": spot.scope, "address": address, "lon": spot.lon, "lat": spot.lat,
            "type": case.type, "source": source,
        }  # fmt: skip
        level = case.level or kind.level
        incident = where | {
            "title": title, "detail": detail, "scene": kind.scene, "level": level,
            "urgency": dice.pick(self.demo.urgency[level]), "community": spot.community,
        }  # fmt: skip
        if kind.catalog:
            incident["catalog"] = kind.catalog
        report = where | {
            "words": dice.pick(self.demo.words["told"]).format(detail=detail, **words),
            "purpose": dice.pick(case.purpose), **self.caller(dice),
        }  # fmt: skip
        return Told(spot, case, incident, report, dice.pick(case.results).format(**words))

    def again(self, dice: Dice, told: Told) -> dict[str, Any]:
        """Give another person's report of the same thing."""
        words = dice.pick(self.demo.words["again"]).format(title=told.incident["title"])
        return told.report | {"words": words, "source": "hotline"} | self.caller(dice)

    def caller(self, dice: Dice) -> dict[str, str]:
        """Invent somebody whom nobody can take for a person."""
        names = self.demo.names
        return {
            "caller": dice.pick(names.caller_first) + dice.pick(names.caller_last),
            "phone": names.phone.format(n=dice.whole(0, 99_999_999)),
        }

    def say(self, dice: Dice, what: str) -> str:
        return dice.pick(self.demo.words[what])

    def _words(self, dice: Dice, spot: Spot) -> dict[str, object]:
        return {
            "road": spot.road, "no": spot.no, "community": spot.community,
            "unit": spot.estate, "place": dice.pick(self.demo.names.place),
            "n": dice.whole(2, 9), "hour": dice.whole(2, 11), "floor": dice.whole(2, 18),
        }  # fmt: skip


def people_of(demo: Demo, place: Place) -> list[Access]:
    """Give everybody of the demo: desks of the city, district centres, departments."""
    own = [Access(user=a.user, name=a.name, roles=a.roles, scopes=("",)) for a in demo.account]
    centres = [
        Access(
            user=f"district_{d.code}", name=demo.liaison.district.format(district=d.name),
            roles=("district",), scopes=(d.code,), depts=(d.centre,),
        )
        for d in place.city.districts.values() if d.centre
    ]  # fmt: skip
    liaisons = [
        Access(
            user=f"liaison_{d.id}", name=demo.liaison.dept.format(dept=d.name), roles=("unit",),
            depts=(d.id,),
        )
        for d in place.city.departments.values()
        if d.tier not in ("virtual", DISTRICT_CENTRE, STREET_OFFICE)
    ]  # fmt: skip
    return [*own, *centres, *liaisons]


def signs_in(demo: Demo, person: Access) -> bool:
    """Tell whether this person gets a password; the others only answer in the drill."""
    return "unit" not in person.roles or set(person.depts) <= set(demo.liaison.signs_in)


def units_of(town: Town, dice: Dice) -> list[dict[str, Any]]:
    """Give the arguments that enrol every unit; ``id`` among them."""
    found: list[dict[str, Any]] = []
    for fleet in town.demo.fleet:
        homes = town.districts if fleet.spread else [None]
        for n, home in enumerate(h for h in homes for _ in range(fleet.count)):
            found.append(_unit(town, dice, fleet, n, home))
    return found


def _unit(town: Town, dice: Dice, fleet: Fleet, n: int, home: District | None) -> dict[str, Any]:
    near = home or dice.pick(town.districts)
    m = n % fleet.count
    lon, lat = town.point(near, m % len(near.streets))
    dept, scope = fleet.dept, home.code if home else SHARED
    place = home.name if home else town.place.city.name
    if home and fleet.dept == WIDE:
        street = home.streets[m % len(home.streets)]
        dept, scope, place = office_of(street.code), f"{home.code}.{street.code}", street.name
    return {
        "id": f"u_{fleet.dept}_{town.demo.fleet.index(fleet)}_{n + 1}",
        "scope": scope, "dept": dept, "type": fleet.type,
        "call_sign": fleet.call.format(n=n + 1),
        "name": town.demo.unit.name.format(place=place, type=fleet.type),
        "phone": town.demo.unit.phone.format(n=dice.whole(0, 99_999_999)),
        "people": dice.whole(*fleet.people),
        "lon": round(lon + dice.near(0.6 * KM), 6), "lat": round(lat + dice.near(0.6 * KM), 6),
    }  # fmt: skip

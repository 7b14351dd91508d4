"""The cameras of the demo city: where each stands, what it shows, and at which address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from console.base import resources
from console.base.errors import Refused
from console.base.ids import new_id
from console.base.shape import shaped
from console.central.cameras.town import Cameras
from console.central.cameras.views import Trouble, View
from console.central.centre import Centre
from console.central.drill_city import Dice, Town, read_demo
from console.central.ruling import STEPS
from console.domain.access import system
from console.domain.city import District
from console.domain.record import Act, Camera, Step
from console.domain.steering import Motion, Place
from console.video.entry import Entry

FILE = "cities/nanjing_cameras.toml"
SEED = 20_250_602
STREAMS = ("main", "sub")


class Fleet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cameras of one sort, ``count`` in each district; ``network``: "" the usual one."""

    type: str
    industry: str
    kind: str
    count: int
    name: str
    owner: str
    height: tuple[float, float]
    fov: tuple[float, float]
    ptz: bool = False
    network: str = ""


class Plague(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which cameras are in trouble: every so many-th, from the ``first`` on."""

    trouble: Trouble
    every: int
    first: int


class Below(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A lower platform that registers by GB/T 28181, and how its cameras are called."""

    id: str
    district: str
    count: int
    name: str
    owner: str


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    network: str
    camera: tuple[Fleet, ...]
    trouble: tuple[Plague, ...]
    lower: Below


@dataclass(frozen=True, slots=True)
class Eye:
    """One camera of the demo: its number in addresses, what enrols it, and what it shows."""

    number: int
    id: str
    args: dict[str, Any]
    view: View

    def addresses(self, base: str) -> dict[str, str]:
        """Give its streams at a server: ``rtsp://host:port``."""
        return {stream: f"{base}/cam/{self.number}/{stream}" for stream in STREAMS}


def eyes_of(town: Town) -> list[Eye]:
    """Give every camera, always the same ones."""
    read = _file()
    dice = Dice(SEED)
    found: list[Eye] = []
    for district in town.districts:
        for fleet in read.camera:
            for _ in range(fleet.count):
                number = len(found)
                args = _args(town, dice, fleet, district, fleet.network or read.network, number)
                view = View(args["name"], number, _trouble(read.trouble, number))
                found.append(Eye(number, f"cam-{args['code']}", args, view))
    return found


def below() -> Below:
    """Give the demo's lower platform."""
    return _file().lower


def entries_below(town: Town) -> list[Entry]:
    """Give the cameras of the lower platform, as its catalogue tells of them."""
    said, dice = below(), Dice(SEED + 1)
    district = next(d for d in town.districts if d.code == said.district)
    found: list[Entry] = []
    for n in range(said.count):
        spot = town.spot(dice, district)
        name = said.name.format(road=spot.road, place=dice.pick(town.demo.names.place))
        code = f"{said.district}00001316{n + 1:06d}"
        found.append(Entry(code=code, name=name, owner=said.owner, place=said.district,
                           lon=spot.lon, lat=spot.lat, ptz=True))  # fmt: skip
    return found


class DemoDriver:
    """Steers the demo's cameras by their codes."""

    def __init__(self, eyes: list[Eye], cameras: Cameras) -> None:
        self._numbers = {str(eye.args["code"]): eye.number for eye in eyes if eye.args["ptz"]}
        self._cameras = cameras

    def knows(self, camera: str) -> bool:
        return camera in self._numbers

    def steer(self, camera: str, wish: Motion | Place) -> None:
        """Steer one; Refused when it is away."""
        if not self._cameras.steer(self._numbers[camera], wish):
            raise Refused("refused.camera_silent", device=camera)


def enrolments(eyes: list[Eye]) -> Iterator[tuple[Step, ...]]:
    """Give the steps that enrol cameras, as many at once as an act may have."""
    steps = [Step(kind="camera", record=e.id, verb="enrol", args=e.args) for e in eyes]
    for begin in range(0, len(steps), STEPS):
        yield tuple(steps[begin : begin + STEPS])


def give_addresses(centre: Centre, eyes: list[Eye], base: str) -> int:
    """Let the catalogue name the server of today; give how many entries that changed."""
    held = centre.found("camera", [eye.id for eye in eyes])
    centre.load(_acts(enrolments([e for e in eyes if e.id not in held]), centre), system())
    held = centre.found("camera", [eye.id for eye in eyes])
    steps: list[Step] = []
    for eye in eyes:
        camera = held.get(eye.id)
        if isinstance(camera, Camera) and (changes := _changes(camera, eye.addresses(base))):
            steps.append(Step(kind="camera", record=eye.id, verb="amend",
                              args={"changes": changes}, base=camera.version))  # fmt: skip
    batches = (tuple(steps[n : n + STEPS]) for n in range(0, len(steps), STEPS))
    centre.load(_acts(batches, centre), system())
    return len(steps)


def town_of(centre: Centre) -> Town:
    """Give the demo's town at a centre."""
    return Town(read_demo(), centre.place)


def _acts(batches: Iterator[tuple[Step, ...]], centre: Centre) -> Iterator[Act]:
    for steps in batches:
        yield Act(id=new_id(), steps=steps, by=system().user, at=centre.clock.now())


def _changes(camera: Camera, wanted: dict[str, str]) -> dict[str, dict[str, str]]:
    held = {"main": camera.main, "sub": camera.sub}
    return {
        name: {"from": held[name], "to": address}
        for name, address in wanted.items()
        if held[name] != address
    }


def _file() -> _File:
    return shaped(resources.table(FILE), _File, FILE, resources.path(FILE).read_text("utf-8"))


def _trouble(plagues: tuple[Plague, ...], number: int) -> Trouble:
    for plague in plagues:
        if number % plague.every == plague.first % plague.every:
            return plague.trouble
    return ""


def _args(
    town: Town, dice: Dice, fleet: Fleet, district: District, network: str, number: int
) -> dict[str, Any]:
    spot, cross = town.spot(dice, district), town.spot(dice, district)
    name = fleet.name.format(
        road=spot.road, cross=cross.road, community=spot.community,
        place=dice.pick(town.demo.names.place),
    )  # fmt: skip
    code = f"{district.code}00{fleet.industry}{fleet.kind}{network}{number + 1:06d}"
    return {
        "scope": spot.scope, "code": code, "name": name, "type": fleet.type, "owner": fleet.owner,
        "lon": spot.lon, "lat": spot.lat, "height": round(dice.between(*fleet.height), 1),
        "bearing": float(dice.whole(0, 359)), "fov": round(dice.between(*fleet.fov), 0),
        "ptz": fleet.ptz,
    }  # fmt: skip

"""Puts a centre together: its city, calendar and machines from resources, its ledger by URL."""

import os
from dataclasses import dataclass
from pathlib import Path

from console.base import resources
from console.base.clock import Clock
from console.central.centre import READING_DAYS, Centre
from console.central.gate import Gate
from console.central.health import CameraHealth
from console.central.ledger import Ledger
from console.central.linking import Links
from console.central.people import People
from console.central.steering import Steering
from console.central.tokens import Tokens
from console.central.whereabouts import Whereabouts
from console.domain.calendar import read_calendar
from console.domain.city import read_city
from console.domain.judge import Judge
from console.domain.machine import read_machine
from console.scenes.linkage import read_linkages
from console.scenes.read import read_scenes
from console.scenes.scene import dormant
from console.scenes.starting import read_limits

CITY = "cities/nanjing.toml"


@dataclass(frozen=True, slots=True)
class Built:
    """A centre with its accounts."""

    centre: Centre
    people: People
    tokens: Tokens
    limits: dict[str, str]
    steering: Steering
    health: CameraHealth
    gate: Gate

    def close(self) -> None:
        if self.centre.whereabouts:
            self.centre.whereabouts.close()
        self.centre.ledger.close()


def build(
    place: Path | str, clock: Clock, *, demo: bool = False, city: str = CITY,
    reading_days: int = READING_DAYS,
) -> Built:  # fmt: skip
    """Open a centre on a folder (SQLite) or on a database URL.

    ``city``: its name, or its file under resources. ``reading_days``: so long the history of
    readings is kept.
    """
    city = city_file(city)
    ledger = Ledger.in_folder(place) if isinstance(place, Path) else Ledger(place)
    read = read_city(resources.table(city), city, resources.path(city).read_text("utf-8"))
    found = [read_machine(resources.table(name), name) for name in resources.names("machines")]
    calendar = read_calendar(resources.table(read.calendar), read.calendar)
    scenes = read_scenes(read)
    judge = Judge({machine.kind: machine for machine in found}, calendar, dormant(scenes))
    links = Links(read, scenes, read_linkages(read, scenes), read_limits(read))
    centre = Centre(
        ledger, judge, read, scenes, clock, demo=demo, links=links, reading_days=reading_days
    )
    folder = place if isinstance(place, Path) else home()
    centre.models = folder / "advice"
    centre.whereabouts = Whereabouts(folder / "maps", Path(city).stem)
    people = People(ledger, clock)
    limits = resources.table("commands/limits.toml")["accept"]
    return Built(
        centre,
        people,
        Tokens(ledger, people, clock),
        limits,
        Steering(centre),
        CameraHealth(centre),
        Gate(centre, people),
    )


def city_file(said: str) -> str:
    """Give the file of a city that is named as the desk names it: `pingshan`."""
    return said if said.endswith(".toml") else f"cities/{said}.toml"


def home() -> Path:
    """Give the usual folder of a centre's data."""
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "chengyun" / "centre"

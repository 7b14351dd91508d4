"""What drives the demo city: rhythms, rain, drivers of indicators, places; from resources."""

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped

FILE = "cities/nanjing_life.toml"
Hours = tuple[float, ...]


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Rhythm(_Part, frozen=True, kw_only=True):
    """Twenty-four hours each, twelve months for ``wet``; the file says where each comes from."""

    calls: Hours
    weekend: float
    again: float
    crowd: Hours
    crowd_weekend: Hours
    air: Hours
    wet: tuple[float, ...]
    spell_h: float
    peak_mm: float
    rain_doubles_mm: float


class Staged(_Part, frozen=True, kw_only=True):
    """What happens soon after the start, so that it can be seen.

    ``tour_s``: one scene after another has a report, so many seconds apart.
    """

    rain_after_min: float
    rain_for_min: float
    rain_mm: float
    within_min: float
    out: int
    silent: int
    tour_s: float


class Trouble(_Part, frozen=True, kw_only=True):
    """How often in a slot a source falls silent, goes out of band or tells bad values."""

    slot_h: float
    silent: float
    silent_min: tuple[float, float]
    out: float
    out_min: tuple[float, float]
    bad: float


class Driver(_Part, frozen=True, kw_only=True):
    """How indicators follow the city; in their unit, ``air`` as a share."""

    of: tuple[str, ...] = ()
    busy: float = 0.0
    weekend: float = 0.0
    rain: float = 0.0
    lag_h: float = 1.0
    crowd: float = 0.0
    air: float = 0.0


class Many(_Part, frozen=True, kw_only=True):
    """Indicators with ``each`` gauges in every district."""

    of: tuple[str, ...]
    each: int
    name: str


class Spot(_Part, frozen=True, kw_only=True):
    """One named place where indicators are measured."""

    of: tuple[str, ...]
    name: str
    district: str
    street: str = ""
    point: tuple[float, float]


class Step(_Part, frozen=True, kw_only=True):
    """From how much rain on which warning is given."""

    level: str
    colour: str
    over_h: float
    mm: float


class Wording(_Part, frozen=True, kw_only=True):
    source: str
    event: str
    area: str
    headline: str
    description: str
    colours: dict[str, str]


class Patrol(_Part, frozen=True, kw_only=True):
    reach_m: float
    speed: float
    every_s: int


class Sheet(_Part, frozen=True, kw_only=True):
    """A table that a department sends: column → what of a report is in it; source → its word."""

    profile: str
    columns: dict[str, str]
    sources: dict[str, str]


class Calls(_Part, frozen=True, kw_only=True):
    """How far apart reports come; ``wide``: how many are of any scene, all alike often."""

    peak_s: float
    calm_s: float
    wide: float


class Script(_Part, frozen=True, kw_only=True):
    """The whole file."""

    city: str
    rhythm: Rhythm
    staged: Staged
    trouble: Trouble
    driver: tuple[Driver, ...]
    many: tuple[Many, ...]
    place: tuple[Spot, ...]
    warning: tuple[Step, ...]
    wording: Wording
    patrol: Patrol
    reports: Calls
    sheet: Sheet


def read_script(file: str = FILE) -> Script:
    """Read what drives a demo city; BadData names the line and key."""
    return shaped(resources.table(file), Script, file, resources.path(file).read_text("utf-8"))

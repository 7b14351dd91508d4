"""Information reports (信息报告): by when a level is reported upward, to whom, and weather signals.

Read from resources/reporting.toml and resources/warnings.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData, Refused
from console.base.shape import placed, shaped
from console.domain.city import City
from console.domain.limit import parse_limit
from console.domain.record import Incident

REPORTING, WARNINGS = "reporting.toml", "warnings.toml"
CLOCKS = ("phone", "written", "follow", "final")


class Times(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The limits of one level; "" is none.

    ``phone`` and ``written`` (初报) run from acceptance, ``follow`` (续报) from the report before
    it, ``final`` (终报) from closing.
    """

    phone: str = ""
    written: str = ""
    follow: str = ""
    final: str = ""
    receiver: str = ""
    receiver_en: str = ""


class Sensitive(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sensitive incident is reported at least as this level."""

    level: str


class _Reporting(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    level: dict[str, Times]
    sensitive: Sensitive


class Colour(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When one colour of a warning is issued, in words."""

    when: str
    when_en: str


class Signal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of weather warning, and when each colour of it is issued; None: never."""

    id: str
    name: str
    name_en: str
    blue: Colour | None = None
    yellow: Colour | None = None
    orange: Colour | None = None
    red: Colour | None = None
    basis: Literal["stored", "gk", "design"] = "design"


class _Warnings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    level: dict[Literal["blue", "yellow", "orange", "red"], str]
    signal: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class Reporting:
    """By level, the clocks of its information reports."""

    times: Mapping[str, Times]
    sensitive: str
    levels: tuple[str, ...]

    def times_of(self, incident: Incident, level: str = "") -> Times:
        """Give the clocks of an incident (at another level); empty ones: no report is asked."""
        level = level or incident.level
        if incident.sensitive and self.levels.index(level) > self.levels.index(self.sensitive):
            level = self.sensitive
        return self.times.get(level, Times())


@dataclass(frozen=True, slots=True)
class Warnings:
    """The kinds of weather warning, by id, and the level of each colour."""

    levels: Mapping[str, str]
    signals: Mapping[str, Signal]


def read_reporting(city: City, file: str = REPORTING) -> Reporting:
    """Read the clocks; BadData names the line and key of a level or limit that is none."""
    words = resources.path(file).read_text("utf-8")
    read = shaped(resources.table(file), _Reporting, file, words)
    for level, times in read.level.items():
        if level not in city.levels:
            raise BadData(file, placed(f"level.{level}", words), f"no such level: {level!r}")
        for clock in CLOCKS:
            _limit(file, words, f"level.{level}.{clock}", getattr(times, clock))
    if read.sensitive.level not in read.level:
        raise BadData(file, placed("sensitive.level", words), "no such level here")
    return Reporting(read.level, read.sensitive.level, city.levels)


def read_warnings(city: City, file: str = WARNINGS) -> Warnings:
    """Read the warning signals; BadData names the line and key of what is wrong."""
    words = resources.path(file).read_text("utf-8")
    read = shaped(resources.table(file), _Warnings, file, words)
    for colour, level in read.level.items():
        if level not in city.levels:
            raise BadData(file, placed(f"level.{colour}", words), f"no such level: {level!r}")
    found: dict[str, Signal] = {}
    for n, signal in enumerate(read.signal):
        if signal.id in found:
            raise BadData(file, placed(f"signal[{n}].id", words), f"given twice: {signal.id!r}")
        found[signal.id] = signal
    return Warnings({str(colour): level for colour, level in read.level.items()}, found)


def _limit(file: str, words: str, where: str, limit: str) -> None:
    try:
        parse_limit(limit or "1m")
    except Refused:
        raise BadData(file, placed(where, words), f"not a time limit: {limit!r}") from None

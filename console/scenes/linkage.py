"""Linkages (联动): what happens of itself across scenes when an incident comes up.

Read from resources/linkages.toml. Each runs once for an incident, at the centre, as an act of its
own. A scene that is sealed neither sets one off nor is started by one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from console.base import resources
from console.base.errors import BadData, Refused
from console.base.shape import placed, shaped
from console.domain.calendar import Calendar
from console.domain.city import City
from console.domain.deadline import start
from console.domain.limit import parse_limit
from console.domain.record import Incident
from console.scenes.check import Fault, unknown
from console.scenes.scene import Scene, plans_of, types_of

FILE = "linkages.toml"
ALIKE = 4
"""So many characters in a row that two titles share are the same words."""


class Beside(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another open incident there must be: of these scenes or types, no older than ``within``.

    ``same``: "words" asks for four characters in a row that both titles have, "place" for the
    same scope.
    """

    scenes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    within: str = "24h"
    same: Literal["words", "place"] = "words"


class When(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an incident must be; whatever is left out is not asked."""

    types: tuple[str, ...] = ()
    from_level: str = ""
    sources: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    beside: Beside | None = None


class Passed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom an incident that says one of ``words`` is passed to at once: a line and its department.

    One without words is for what says none of the others'. ``sign``: the limit to take it up.
    """

    line: str
    dept: str
    sign: str
    words: tuple[str, ...] = ()


class Does(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    rename={"raised": "raise", "passes": "pass"},
):  # fmt: skip
    """What follows: plans to activate, departments and scenes' leads to tell, cameras to pull.

    ``raised``: its level goes up by one, and a person is asked to confirm. ``passes``: it is passed
    to emergency services at once.
    """

    activate: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()
    inform: tuple[str, ...] = ()
    pull: bool = False
    raised: bool = False
    urgency: str = ""
    passes: tuple[Passed, ...] = ()

    def passed(self, incident: Incident) -> list[Passed]:
        """Give whom an incident is passed to by what it says."""
        said = _said(incident)
        named = [p for p in self.passes if any(word.lower() in said for word in p.words)]
        return named or [p for p in self.passes if not p.words]


class Linkage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One linkage: any of ``when`` sets it off."""

    id: str
    name: str
    name_en: str
    note: str
    note_en: str
    when: tuple[When, ...]
    does: Does


class Outage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done where sources have no word: an incident of ``type`` with whoever owns them.

    ``sign``, ``handle``: the limits of its task. A source that was silent for ``forget_days`` is
    no longer waited for.
    """

    id: str
    name: str
    name_en: str
    note: str
    note_en: str
    type: str
    sign: str
    handle: str
    forget_days: int


class Ladder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a task that nobody signs is chased: at so many times its limit to sign."""

    at: tuple[int, ...]


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    ladder: Ladder
    outage: Outage
    linkage: tuple[Linkage, ...] = ()


@dataclass(frozen=True, slots=True)
class Linkages:
    """Every linkage, by its id; the ladder for tasks that are not signed; what an outage does."""

    by_id: Mapping[str, Linkage]
    ladder: tuple[int, ...]
    outage: Outage


@dataclass(frozen=True, slots=True)
class Scenery:
    """What a condition is held against: levels from the gravest, the time, the open incidents."""

    levels: Sequence[str]
    zone: ZoneInfo
    calendar: Calendar
    open_incidents: Callable[[], Iterable[Incident]]

    def month(self, at: int) -> int:
        return datetime.fromtimestamp(at / 1000, self.zone).month


def read_linkages(city: City, scenes: Mapping[str, Scene], file: str = FILE) -> Linkages:
    """Read the linkages; BadData names file, line and key of what is not there."""
    found, faults = survey_linkages(city, scenes, file)
    if faults:
        raise faults[0]
    return found


def survey_linkages(
    city: City, scenes: Mapping[str, Scene], file: str = FILE
) -> tuple[Linkages, list[BadData]]:
    """Read the linkages; give them, and all that is wrong with them."""
    file = city.file(file)
    words = resources.path(file).read_text("utf-8")
    read = shaped(resources.table(file), _File, file, words)
    faults = [
        BadData(file, placed(where, words), why)
        for n, linkage in enumerate(read.linkage)
        for where, why in _faults(f"linkage[{n}]", linkage, city, scenes)
    ]
    if list(read.ladder.at) != sorted(set(read.ladder.at)) or min(read.ladder.at, default=1) < 1:
        faults.append(BadData(file, placed("ladder.at", words), "not whole numbers that grow"))
    faults += [
        BadData(file, placed(where, words), why)
        for where, why in _outage(read, types_of(dict(scenes)))
    ]
    return Linkages({each.id: each for each in read.linkage}, read.ladder.at, read.outage), faults


def set_off(linkage: Linkage, incident: Incident, scenery: Scenery, at: int) -> bool:
    """Tell whether an incident sets a linkage off at this instant."""
    return any(_met(when, incident, scenery, at) for when in linkage.when)


def _met(when: When, incident: Incident, scenery: Scenery, at: int) -> bool:
    said = _said(incident)
    asked = (
        not when.types or incident.type in when.types,
        not when.from_level or grave(incident.level, when.from_level, scenery.levels),
        not when.sources or incident.source in when.sources,
        not when.words or any(word.lower() in said for word in when.words),
        not when.months or scenery.month(at) in when.months,
    )
    return all(asked) and (when.beside is None or _beside(when.beside, incident, scenery, at))


def _said(incident: Incident) -> str:
    return f"{incident.title}\n{incident.detail}\n{incident.address}".lower()


def _beside(beside: Beside, incident: Incident, scenery: Scenery, at: int) -> bool:
    return any(
        other.id != incident.id
        and (other.scene in beside.scenes or other.type in beside.types)
        and at <= start(beside.within, other.reported_at or at, scenery.calendar).due
        and _same(beside.same, incident, other)
        for other in scenery.open_incidents()
    )


def _same(what: str, one: Incident, other: Incident) -> bool:
    if what == "place":
        return bool(one.scope) and one.scope == other.scope
    return alike(one.title, other.title)


def alike(one: str, other: str) -> bool:
    """Tell whether two titles have four characters in a row in common."""
    return any(one[n : n + ALIKE] in other for n in range(len(one) - ALIKE + 1))


def grave(level: str, least: str, levels: Sequence[str]) -> bool:
    """Tell whether a level is at least as grave as another; the gravest stands first."""
    return level in levels and levels.index(level) <= levels.index(least)


def _faults(
    where: str, linkage: Linkage, city: City, scenes: Mapping[str, Scene]
) -> Iterator[Fault]:
    types = types_of(dict(scenes))
    for n, when in enumerate(linkage.when):
        at = f"{where}.when[{n}]"
        yield from unknown(f"{at}.types", when.types, types, "type")
        yield from unknown(f"{at}.sources", when.sources, city.sources, "source")
        levels = [when.from_level] if when.from_level else []
        yield from unknown(f"{at}.from_level", levels, city.levels, "level")
        if when.beside:
            yield from unknown(f"{at}.beside", when.beside.scenes, scenes, "scene")
            yield from unknown(f"{at}.beside", when.beside.types, types, "type")
            yield from _limit(f"{at}.beside", when.beside.within)
    does = linkage.does
    yield from unknown(f"{where}.does.activate", does.activate, plans_of(dict(scenes)), "plan")
    yield from unknown(f"{where}.does.notify", does.notify, city.departments, "department")
    yield from unknown(f"{where}.does.inform", does.inform, scenes, "scene")
    urgencies = [does.urgency] if does.urgency else []
    yield from unknown(f"{where}.does.urgency", urgencies, city.urgencies, "urgency")
    for n, each in enumerate(does.passes):
        yield from unknown(f"{where}.does.pass[{n}]", [each.dept], city.departments, "department")
        yield from _limit(f"{where}.does.pass[{n}]", each.sign)


def _outage(read: _File, types: Mapping[str, object]) -> Iterator[Fault]:
    """Find what is wrong with the rule for outages. What tells of one may start no plan."""
    outage = read.outage
    yield from unknown("outage.type", [outage.type], types, "type")
    yield from _limit("outage.sign", outage.sign)
    yield from _limit("outage.handle", outage.handle)
    for n, linkage in enumerate(read.linkage):
        if linkage.does.activate and any(outage.type in when.types for when in linkage.when):
            yield f"linkage[{n}].does.activate", "a source that is out may start no plan"


def _limit(where: str, limit: str) -> Iterator[Fault]:
    try:
        parse_limit(limit)
    except Refused:
        yield where, f"not a time limit: {limit!r}"

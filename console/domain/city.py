"""A city as data: its districts and streets, its departments, its shifts and its lists of codes.

A city comes from resources/cities/*.toml, and grows by the terms that came with imported records.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct

from console.base import resources
from console.base.errors import BadData
from console.base.shape import placed, shaped
from console.domain.record import Term

DISTRICT_CENTRE = "district_centre"
STREET_OFFICE = "street_office"
VIRTUAL = "virtual"
"""The tier of names that stand for whoever answers for a place: `district`, `street`, `unit`."""

OWN = ("vitals.toml", "linkages.toml")
OWN_FOLDERS = ("scenes/", "pages/")
"""What a city may have of its own: these files, and files in these folders."""


class Street(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """镇街. ``district`` is who runs it; ``statutory`` the district of its division code.

    ``point``: a place in its middle, CGCS2000; (0, 0) when none is given.
    """

    code: str
    name: str
    name_en: str = ""
    point: tuple[float, float] = (0.0, 0.0)
    district: str = ""
    statutory: str = ""


class District(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A jurisdiction, with its operations centre. ``point`` is CGCS2000."""

    code: str
    name: str
    name_en: str = ""
    point: tuple[float, float] = (0.0, 0.0)
    centre: str = ""
    centre_name: str = ""
    centre_name_en: str = ""
    centre_short: str = ""
    centre_short_en: str = ""
    streets: tuple[Street, ...] = ()


class Department(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody that a task can be given to; ``district`` and ``street`` only if bound to one.

    ``short``: what a display calls it, where the whole name has no room; "" for the whole name.
    """

    id: str
    name: str
    name_en: str = ""
    short: str = ""
    short_en: str = ""
    tier: str = ""
    duty: str = ""
    duty_en: str = ""
    district: str = ""
    street: str = ""


class Shift(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shift of the day, by local time `HH:MM`; it may end after midnight."""

    id: str
    name: str
    name_en: str = ""
    start: str
    end: str


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    code: str
    name: str
    name_en: str = ""
    zone: str
    calendar: str
    levels: tuple[str, ...]
    urgencies: tuple[str, ...]
    sources: tuple[str, ...]
    own: str = ""
    leaves_out: tuple[str, ...] = ()
    shift: tuple[Shift, ...] = ()
    district: tuple[District, ...] = ()
    department: tuple[Department, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """What is where, and who answers for it.

    ``own``: the folder under resources with files of its own, which stand for the common ones of
    the same name; ``leaves_out``: common files that it has no use for.
    """

    code: str
    name: str
    name_en: str
    zone: str
    calendar: str
    levels: tuple[str, ...]
    urgencies: tuple[str, ...]
    sources: tuple[str, ...]
    shifts: tuple[Shift, ...]
    districts: Mapping[str, District]
    streets: Mapping[str, Street]
    departments: Mapping[str, Department]
    own: str = ""
    leaves_out: tuple[str, ...] = ()

    def file(self, name: str) -> str:
        """Give the file of this city that a name under resources means: its own, or the common."""
        mine = f"{self.own}/{name}"
        return mine if self.own and resources.path(mine).is_file() else name

    def files(self, folder: str) -> dict[str, str]:
        """Give the files of a folder as this city has them, by their common names, in order."""
        mine = f"{self.own}/{folder}"
        own = resources.names(mine) if self.own and resources.path(mine).is_dir() else []
        found = {name: name for name in resources.names(folder) if name not in self.leaves_out}
        found |= {name.removeprefix(f"{self.own}/"): name for name in own}
        return dict(sorted(found.items()))

    def district_of(self, street: str) -> str:
        """Give the district that runs a street; "" when the street is not known."""
        found = self.streets.get(street)
        return found.district if found else ""

    def scope_of(self, district: str, street: str = "") -> str:
        """Give the scope of a record in this place: `320102`, `320102.320102002`, or ""."""
        district = self.district_of(street) or district
        return f"{district}.{street}" if district and street else district

    def resolve(self, department: str, district: str, street: str = "") -> str:
        """Give the department that a stand-in means at this place; "" when nobody can tell."""
        held = self.departments.get(department)
        if held is None or held.tier != VIRTUAL:
            return department
        centre = self.districts[district].centre if district in self.districts else ""
        meant = {"district": centre, "street": office_of(street) if street else centre}
        return meant.get(department, "")

    def district_named(self, name: str) -> District | None:
        """Find a district by its code, its name or its English name."""
        return self.districts.get(name) or _named(self.districts.values(), name)

    def street_named(self, name: str, district: str = "") -> Street | None:
        """Find a street by its code or name, within a district when one is given."""
        near = (s for s in self.streets.values() if district in ("", s.district))
        return self.streets.get(name) or _named(near, name)

    def department_named(self, name: str) -> Department | None:
        """Find a department by its id, its name or its English name."""
        return self.departments.get(name) or _named(self.departments.values(), name)


def office_of(street: str) -> str:
    """Give the department id of a street's own office."""
    return f"st_{street}"


def read_city(table: Mapping[str, Any], file: str, words: str = "") -> City:
    """Read a city; BadData names the file and the key (and the line, given the file's words)."""
    read = shaped(table, _File, file, words)
    _check(read, file, words)
    districts = [_joined(d) for d in read.district]
    streets = [s for d in districts for s in d.streets]
    departments = [*read.department, *(o for d in districts for o in _offices(d))]
    return City(
        **{f: getattr(read, f) for f in ("code", "name", "name_en", "zone", "calendar")},
        levels=read.levels,
        urgencies=read.urgencies,
        sources=read.sources,
        shifts=read.shift,
        districts={d.code: d for d in districts},
        streets={s.code: s for s in streets},
        departments={d.id: d for d in departments},
        own=read.own,
        leaves_out=read.leaves_out,
    )


def extended(city: City, terms: Iterable[Term]) -> City:
    """Add the districts, streets and departments that came with records from elsewhere."""
    held = list(terms)
    departments = dict(city.departments)
    districts = dict(city.districts)
    streets = dict(city.streets)
    for term in (t for t in held if t.of == "department"):
        departments.setdefault(
            term.code, Department(id=term.code, name=term.name, name_en=term.name_en, tier="import")
        )
    for term in (t for t in held if t.of == "district"):
        districts.setdefault(
            term.code, District(code=term.code, name=term.name, name_en=term.name_en)
        )
    for term in (t for t in held if t.of == "street"):
        street = Street(
            code=term.code, name=term.name, name_en=term.name_en, district=term.under,
            statutory=term.under,
        )  # fmt: skip
        if street.code not in streets and street.district in districts:
            streets[street.code] = street
            home = districts[street.district]
            grown = msgspec.structs.replace(home, streets=(*home.streets, street))
            districts[street.district] = grown
    return replace(city, districts=districts, streets=streets, departments=departments)


def _named(found: Iterable[Any], name: str) -> Any:
    return next((x for x in found if name and name in (x.name, x.name_en)), None)


def _joined(district: District) -> District:
    streets = tuple(
        msgspec.structs.replace(s, district=district.code, statutory=s.statutory or district.code)
        for s in district.streets
    )
    return msgspec.structs.replace(district, streets=streets)


def _offices(district: District) -> Iterable[Department]:
    if district.centre:
        yield Department(
            id=district.centre, name=district.centre_name, name_en=district.centre_name_en,
            short=district.centre_short, short_en=district.centre_short_en,
            tier=DISTRICT_CENTRE, district=district.code,
        )  # fmt: skip
    for street in district.streets:
        yield Department(
            id=office_of(street.code), name=street.name, name_en=street.name_en,
            tier=STREET_OFFICE, district=district.code, street=street.code,
        )  # fmt: skip


def _check(read: _File, file: str, words: str) -> None:
    def bad(where: str, why: str) -> BadData:
        return BadData(file, placed(where, words), why)

    try:
        ZoneInfo(read.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise bad("zone", f"no such time zone: {read.zone!r}") from None
    _check_own(read, bad)
    seen: set[str] = set()
    codes = [
        *((f"district[{n}].code", d.code) for n, d in enumerate(read.district)),
        *(
            (f"district[{n}].streets[{m}].code", s.code)
            for n, d in enumerate(read.district)
            for m, s in enumerate(d.streets)
        ),
        *((f"department[{n}].id", d.id) for n, d in enumerate(read.department)),
        *((f"district[{n}].centre", d.centre) for n, d in enumerate(read.district) if d.centre),
        *((f"shift[{n}].id", s.id) for n, s in enumerate(read.shift)),
    ]
    for where, code in codes:
        if code in seen:
            raise bad(where, f"given twice: {code!r}")
        seen.add(code)


def _check_own(read: _File, bad: Callable[[str, str], BadData]) -> None:
    """Check that what is left out or replaced is there, so that no file lies unread."""
    for name in read.leaves_out:
        if not resources.path(name).is_file():
            raise bad("leaves_out", f"no such file: {name!r}")
    home = resources.path(read.own)
    if read.own and not home.is_dir():
        raise bad("own", f"no such folder: {read.own!r}")
    for file in sorted(home.rglob("*.toml")) if read.own else ():
        name = file.relative_to(home).as_posix()
        if name not in OWN and not name.startswith(OWN_FOLDERS):
            raise bad("own", f"a city has no {name!r} of its own")

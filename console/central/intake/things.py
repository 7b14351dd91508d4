"""Entities of OGC SensorThings 1.1: checked whole, with all that is embedded in them, then made.

A department's entities are its own: it links to no other's. The same body sent again is the same
entity. The shapes are data: resources/intake/sensorthings.toml.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from console.base import resources
from console.base.shape import shaped
from console.central.intake.frame import Unreadable, finding, instant, list_of, table_of

FILE = "intake/sensorthings.toml"
DEEPEST = 6
MOST = 10_000
"""The most entities in one body, observations included."""
LONGEST = 20_000
POINTS = 10_000
IDS = ("@iot.id", "id")
_UNIT = ("name", "symbol", "definition")
_NEST = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2,
         "MultiPolygon": 3}  # fmt: skip
Json = dict[str, Any]


class Set(Struct, frozen=True, forbid_unknown_fields=True):
    """One entity set: ``one`` is what a link to one of it is called."""

    one: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    ones: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    manys: tuple[str, ...] = ()


class Shapes(Struct, frozen=True, forbid_unknown_fields=True):
    """Every set by its name, and the words for the quality of a result."""

    sets: dict[str, Set]
    quality: dict[str, tuple[str, ...]]

    def set_of(self, one: str) -> str:
        """Give the set that a link to one entity goes to."""
        return next(name for name, held in self.sets.items() if held.one == one)


@cache
def shapes() -> Shapes:
    """Read the shapes; BadData names the line and key that is wrong."""
    words = resources.path(FILE).read_text("utf-8")
    return shaped(resources.table(FILE), Shapes, FILE, words)


@dataclass(slots=True)
class Draft:
    """An entity as it was sent: its own facts, and its links to ids or to other drafts."""

    set: str
    facts: Json
    ones: dict[str, "int | Draft"] = field(default_factory=dict[str, "int | Draft"])
    manys: dict[str, "list[int | Draft]"] = field(default_factory=dict[str, "list[int | Draft]"])

    def walk(self) -> Iterator["Draft"]:
        """Give this draft and all that are embedded in it."""
        yield self
        for each in (*self.ones.values(), *(m for many in self.manys.values() for m in many)):
            if isinstance(each, Draft):
                yield from each.walk()


def read_json(body: bytes) -> Any:
    """Read a body as JSON; Unreadable when it is none."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(finding("intake.json", why=error)) from None


def draft_of(name: str, said: Any, given: tuple[str, ...] = ()) -> Draft:
    """Check one entity of a set with all that is in it; Unreadable names the first wrong place.

    ``given``: the links that are known from where it was sent to.
    """
    made = _draft(name, said, given, "", 0)
    if sum(1 for _ in made.walk()) > MOST:
        raise Unreadable(finding("sta.many", most=MOST))
    return made


def link_of(said: Any, where: str) -> int | None:
    """Give the id of `{"@iot.id": 5}`; None when it is an entity of its own."""
    linked = table_of(said)
    if linked is None:
        raise Unreadable(finding("sta.object", where))
    for key in IDS:
        if key in linked:
            value = linked[key]
            if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1 << 53:
                raise Unreadable(finding("sta.id", f"{where}/{key}", value=value))
            return value
    return None


# ---- inside


def _draft(name: str, said: Any, given: tuple[str, ...], where: str, depth: int) -> Draft:
    held = shapes().sets[name]
    where = where or name
    body = table_of(said)
    if body is None:
        raise Unreadable(finding("sta.object", where))
    if depth > DEEPEST:
        raise Unreadable(finding("sta.deep", where, most=DEEPEST))
    own, links = (*held.needs, *held.may), (*held.ones, *held.maybe, *held.manys)
    for key in body:
        if key not in own and key not in links and not key.startswith("@iot."):
            raise Unreadable(finding("sta.extra", f"{where}/{key}"))
    for key in held.needs:
        if key not in body:
            raise Unreadable(finding("sta.missing", f"{where}/{key}"))
    facts = {key: _fact(key, body[key], f"{where}/{key}") for key in own if key in body}
    made = Draft(name, facts)
    _links(made, held, body, given, where, depth)
    return made


def _links(
    made: Draft, held: Set, body: Mapping[str, Any], given: tuple[str, ...], where: str, depth: int
) -> None:
    for key in (*held.ones, *held.maybe):
        if key in body:
            made.ones[key] = _linked(shapes().set_of(key), body[key], (), f"{where}/{key}", depth)
        elif key in held.ones and key not in given:
            raise Unreadable(finding("sta.link", f"{where}/{key}"))
    for key in held.manys:
        if key not in body:
            continue
        each = list_of(body[key])
        if each is None:
            raise Unreadable(finding("sta.list", f"{where}/{key}"))
        made.manys[key] = [
            _linked(key, one, (held.one,), f"{where}/{key}[{n}]", depth)
            for n, one in enumerate(each)
        ]


def _linked(
    name: str, said: Any, given: tuple[str, ...], where: str, depth: int
) -> "int | Draft":  # fmt: skip
    found = link_of(said, where)
    return _draft(name, said, given, where, depth + 1) if found is None else found


def _fact(key: str, value: Any, where: str) -> Any:
    """Give a fact that is as its kind asks; Unreadable when it is not."""
    match key:
        case "properties" | "parameters":
            good = isinstance(value, dict)
        case "unitOfMeasurement":
            _unit(value, where)
            good = True
        case "location" | "feature" | "observedArea":
            _geometry(value, where)
            good = True
        case "time" | "phenomenonTime" | "resultTime" | "validTime":
            good = bool(span(value))
        case "result" | "resultQuality" | "metadata":
            good = value is not None
        case _:
            good = isinstance(value, str) and len(value) <= LONGEST
    if not good:
        raise Unreadable(finding("sta.value", where, value=value))
    return value


def span(said: Any) -> tuple[int, int] | None:
    """Give the instants (ms UTC) of a time or an interval; None when it is neither."""
    if not isinstance(said, str):
        return None
    first, _, last = said.partition("/")
    begins, ends = instant(first), instant(last or first)
    return (begins, ends) if 0 < begins <= ends else None


def _unit(value: Any, where: str) -> None:
    said = table_of(value)
    if said is None:
        raise Unreadable(finding("sta.value", where, value=value))
    for key in _UNIT:
        if key not in said or not isinstance(said[key], str | None):
            raise Unreadable(finding("sta.missing", f"{where}/{key}"))


def _geometry(value: Any, where: str) -> None:
    """Check GeoJSON (RFC 7946): a geometry, or a feature that holds one."""
    said = table_of(value) or {}
    held = table_of(said.get("geometry", said)) or {}
    nest = _NEST.get(str(held.get("type")))
    if nest is None:
        raise Unreadable(finding("sta.geometry", where))
    points = list(_points(held.get("coordinates"), nest, where))
    if not 0 < len(points) <= POINTS:
        raise Unreadable(finding("sta.geometry", where))


def _points(said: Any, nest: int, where: str) -> Iterator[tuple[float, float]]:
    each = list_of(said)
    if each is None:
        raise Unreadable(finding("sta.geometry", where))
    if nest:
        for part in each:
            yield from _points(part, nest - 1, where)
        return
    numbers = [n for n in each if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) != len(each) or len(each) not in (2, 3):  # an altitude may follow
        raise Unreadable(finding("sta.geometry", where))
    if not (-180 <= numbers[0] <= 180 and -90 <= numbers[1] <= 90):
        raise Unreadable(finding("sta.place", where, value=numbers[:2]))
    yield float(numbers[0]), float(numbers[1])

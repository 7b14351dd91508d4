"""Keeps the entities of SensorThings, and tells what an observation of one is a reading of."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from console.central import tables
from console.central.intake.frame import Finding, Unreadable, finding
from console.central.intake.things import Draft, Json, shapes
from console.central.ledger import Ledger

PAGE = 100
MOST = 100_000
"""The most entities that one account may keep."""
_E = tables.entity.c


class Entity(Struct, frozen=True):
    """One entity: its facts, and its links to ids by name."""

    set: str
    id: int
    facts: Json
    links: dict[str, list[int]]


class Stream(Struct, frozen=True):
    """What a datastream measures: the indicator, the place, the station."""

    id: int
    indicator: str = ""
    source: str = ""
    district: str = ""
    street: str = ""
    lon: float = 0.0
    lat: float = 0.0
    placed: bool = False


class Entities:
    """The entities of a centre."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._streams: dict[tuple[str, int], Stream] = {}

    def make(self, draft: Draft, source: str, given: Mapping[str, int]) -> Entity:
        """Make an entity and all that is embedded in it, observations aside; all or nothing.

        ``given``: links known from where it was sent to. Unreadable when a link leads nowhere.
        """
        with self._ledger.writing() as line:
            self._room(line, source, draft)
            return self._made(line, draft, source, given)

    def locate(self, thing: int, location: int, source: str) -> None:
        """Let a thing stand at a location that was made for it."""
        with self._ledger.writing() as line:
            held = self._one(line, "Things", thing, source)
            if held is None:
                raise Unreadable(unknown("Things", thing))
            links = held.links | {"Locations": [*held.links.get("Locations", []), location]}
            packed = msgspec.json.encode(links)
            line.execute(tables.entity.update().where(_E.id == thing).values(links=packed))
        self._streams.clear()

    def get(self, name: str, id: int, source: str) -> Entity | None:
        """Give an entity of an account; None when it has no such."""
        with self._ledger.reading() as line:
            return self._one(line, name, id, source)

    def page(self, name: str, source: str, skip: int, top: int) -> tuple[list[Entity], int]:
        """Give entities of an account in their order, and how many there are."""
        mine = (_E.set == name, _E.source == source)
        with self._ledger.reading() as line:
            count = line.execute(select(func.count()).select_from(tables.entity).where(*mine))
            query = select(tables.entity).where(*mine).order_by(_E.id).offset(skip)
            rows = line.execute(query.limit(min(top, PAGE))).all()
            return [_entity(row) for row in rows], int(count.scalar() or 0)

    def stream(self, id: int, source: str) -> Stream | None:
        """Tell what a datastream of an account measures; None when it has no such."""
        held = self._streams.get((source, id))
        if held is None:
            with self._ledger.reading() as line:
                held = self._stream(line, id, source)
            if held is not None:
                self._streams[source, id] = held
        return held

    # ---- inside

    def _room(self, line: Connection, source: str, draft: Draft) -> None:
        query = select(func.count()).select_from(tables.entity).where(_E.source == source)
        held = int(line.execute(query).scalar() or 0)
        if held + sum(each.set != "Observations" for each in draft.walk()) > MOST:
            raise Unreadable(finding("sta.full", most=MOST))

    def _made(
        self, line: Connection, draft: Draft, source: str, given: Mapping[str, int]
    ) -> Entity:  # fmt: skip
        links = {name: [one] for name, one in given.items()}
        for name, one in draft.ones.items():
            links[name] = [self._linked(line, shapes().set_of(name), one, source, {}, name)]
        body = msgspec.json.encode([draft.set, draft.facts, links], order="sorted")
        made = self._put(line, draft, source, links, body)
        mine = {shapes().sets[draft.set].one: made}
        for name, many in draft.manys.items():
            if name == "Observations":
                continue
            back = mine if set(shapes().sets[name].ones) & mine.keys() else {}
            ids = [self._linked(line, name, each, source, back, name) for each in many]
            links[name] = ids
        packed = msgspec.json.encode(links)
        line.execute(tables.entity.update().where(_E.id == made).values(links=packed))
        return Entity(draft.set, made, draft.facts, links)

    def _put(
        self, line: Connection, draft: Draft, source: str, links: Mapping[str, Any], body: bytes
    ) -> int:
        sha = sha256(f"{source}\0".encode() + body).hexdigest()
        if held := line.execute(select(_E.id).where(_E.sha == sha)).scalar():
            return int(held)
        made = int(line.execute(select(func.max(_E.id))).scalar() or 0) + 1
        row = {
            "id": made, "set": draft.set, "source": source, "sha": sha,
            "facts": msgspec.json.encode(draft.facts), "links": msgspec.json.encode(links),
        }  # fmt: skip
        line.execute(tables.entity.insert().values(row))
        return made

    def _linked(
        self, line: Connection, name: str, one: int | Draft, source: str,
        given: Mapping[str, int], where: str,
    ) -> int:  # fmt: skip
        if isinstance(one, Draft):
            return self._made(line, one, source, given).id
        if self._one(line, name, one, source) is None:
            raise Unreadable(finding("sta.nowhere", where, value=one))
        return one

    def _one(self, line: Connection, name: str, id: int, source: str) -> Entity | None:
        which = (_E.id == id, _E.set == name, _E.source == source)
        row = line.execute(select(tables.entity).where(*which)).one_or_none()
        return _entity(row) if row else None

    def _stream(self, line: Connection, id: int, source: str) -> Stream | None:
        held = self._one(line, "Datastreams", id, source)
        if held is None:
            return None
        thing = self._one(line, "Things", held.links["Thing"][0], source)
        assert thing is not None  # noqa: S101 - links are checked when they are made
        said = {**thing.facts.get("properties", {}), **held.facts.get("properties", {})}
        words = {
            name: str(said[name])[:128]
            for name in ("indicator", "source", "district", "street") if name in said
        }  # fmt: skip
        words.setdefault("source", f"{source}.{id}")
        place = self._place(line, thing, source)
        lon, lat = place or (0.0, 0.0)
        return Stream(id=id, lon=lon, lat=lat, placed=place is not None, **words)

    def _place(self, line: Connection, thing: Entity, source: str) -> tuple[float, float] | None:
        last = thing.links.get("Locations", [])[-1:]
        location = self._one(line, "Locations", last[0], source) if last else None
        return point_of(location.facts["location"]) if location else None


def point_of(geometry: Json) -> tuple[float, float]:
    """Give the first point of a geometry that was checked."""
    held: Any = geometry.get("geometry", geometry)["coordinates"]
    while isinstance(held[0], list):
        held = held[0]
    return float(held[0]), float(held[1])


def unknown(name: str, id: int) -> Finding:
    return finding("sta.nowhere", name, value=id)


def _entity(row: Any) -> Entity:
    facts, links = msgspec.json.decode(row.facts), msgspec.json.decode(row.links)
    return Entity(row.set, row.id, facts, links)

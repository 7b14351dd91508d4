"""What a SensorThings service does with what is created at an address, by HTTP or by MQTT."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from console.central.centre import Centre
from console.central.intake.aside import Wrong
from console.central.intake.entities import Entities, Entity, unknown
from console.central.intake.frame import Finding, Message, Unreadable, finding
from console.central.intake.observing import Observing
from console.central.intake.taking import WRONG, Intake
from console.central.intake.things import Draft, Json, draft_of, read_json, shapes
from console.domain.access import Access
from console.wire import Posted

DOOR = "sensorthings"
ARRAYS = "CreateObservations"
OBSERVATIONS = "Observations"
_ADDRESS = re.compile(r"([A-Z][A-Za-z]+)(?:\((\d{1,15})\)(?:/([A-Z][A-Za-z]+))?)?")


@dataclass(frozen=True, slots=True)
class Address:
    """Where something is sent to: a set, or a set of one entity (`Things(1)/Datastreams`)."""

    set: str
    of: str = ""
    id: int = 0


class SensorThings:
    """The service of a centre."""

    def __init__(self, centre: Centre, intake: Intake) -> None:
        self.entities = Entities(centre.ledger)
        self._intake = intake
        self._loose: set[int] = set()

    def create(self, address: str, body: bytes, source: Access) -> list[str]:
        """Create what a body holds; give the path of each thing made, "error" for a bad row.

        Unreadable names what is wrong; it has been set aside.
        """
        try:
            if address == ARRAYS:
                return self._arrays(body, source)
            place = address_of(address)
            said = read_json(body)
            if place.set == OBSERVATIONS:
                return [self._observed(said, place, body, source)]
            return [self._entity(said, place, source)]
        except Unreadable as error:
            self._set_aside(body, error.found, source)
            raise

    # ---- inside

    def _entity(self, said: Any, place: Address, source: Access) -> str:
        one = shapes().sets[place.of].one if place.of else ""
        linked = one in (*shapes().sets[place.set].ones,)
        draft = draft_of(place.set, said, (one,) if linked else ())
        if place.of and self.entities.get(place.of, place.id, source.user) is None:
            raise Unreadable(unknown(place.of, place.id))
        given = {one: place.id} if linked else {}
        made = self.entities.make(draft, source.user, given)
        if (place.of, place.set) == ("Things", "Locations"):
            self.entities.locate(place.id, made.id, source.user)
        self._embedded(draft, made, source)
        return path_of(made)

    def _embedded(self, draft: Draft, made: Entity, source: Access) -> None:
        """Take in the observations that came inside a datastream, wherever it lay."""
        streams = [each for each in draft.walk() if OBSERVATIONS in each.manys]
        if not streams:
            return
        ids = [made.id] if made.set == "Datastreams" else made.links.get("Datastreams", [])
        reader = Observing(self.entities, self._intake.ground(source), source.user)
        messages: list[Message] = []
        for each, stream in zip(streams, _with_observations(draft, ids), strict=True):
            for one in each.manys[OBSERVATIONS]:
                if isinstance(one, Draft):
                    raw = msgspec.json.encode(one.facts)
                    try:
                        messages.append(reader.one(one, stream, raw))
                    except Unreadable as error:
                        messages.append(Message("", raw, wrong=(error.found,)))
        self._take(messages, source)

    def _observed(self, said: Any, place: Address, body: bytes, source: Access) -> str:
        given = ("Datastream",) if place.of == "Datastreams" else ()
        draft = draft_of(OBSERVATIONS, said, given)
        reader = Observing(self.entities, self._intake.ground(source), source.user)
        message = reader.one(draft, place.id if given else 0, body)
        told = self._take([message], source)[0]
        if message.wrong:
            raise Unreadable(message.wrong[0])
        if told.status == WRONG:
            raise Unreadable(Finding(told.rule, args={"why": told.why}))
        return f"{OBSERVATIONS}({message.number})"

    def _arrays(self, body: bytes, source: Access) -> list[str]:
        reader = Observing(self.entities, self._intake.ground(source), source.user)
        messages = list(reader.arrays(read_json(body)))
        told = self._take(messages, source)
        return [
            "error" if t.status == WRONG else f"{OBSERVATIONS}({m.number})"
            for m, t in zip(messages, told, strict=True)
        ]

    def _take(self, messages: Sequence[Message], source: Access) -> list[Posted]:
        told = self._intake.take_messages(DOOR, messages, source)
        for message in messages:
            for found in message.remarks:
                stream = int(found.args.get("value", 0))
                if stream not in self._loose:
                    self._loose.add(stream)
                    self._set_aside(message.raw, found, source)
        return told

    def _set_aside(self, raw: bytes, found: Finding, source: Access) -> None:
        told = Posted(number="", status=WRONG, rule=found.rule, field=found.where, why=found.why)
        self._intake.aside.put(DOOR, source.user, [Wrong(raw, told)])


def address_of(said: str) -> Address:
    """Read an address of the service; Unreadable when nothing lies there."""
    found = _ADDRESS.fullmatch(said)
    sets = shapes().sets
    if found is None or found[1] not in sets or bool(found[2]) != bool(found[3]):
        raise Unreadable(finding("sta.address", said[:60]))
    if not found[2]:
        return Address(found[1])
    if found[3] not in sets[found[1]].manys:
        raise Unreadable(finding("sta.address", said[:60]))
    return Address(found[3], found[1], int(found[2]))


def path_of(entity: Entity) -> str:
    """Give where an entity lies, below the root of the service."""
    return f"{entity.set}({entity.id})"


def told_of(entity: Entity, root: str) -> Json:
    """Give an entity as the service tells of it."""
    path = f"{root}/{path_of(entity)}"
    held = shapes().sets[entity.set]
    links = {
        f"{name}@iot.navigationLink": f"{path}/{name}"
        for name in (*held.ones, *held.maybe, *held.manys)
    }
    return {"@iot.id": entity.id, "@iot.selfLink": path, **entity.facts, **links}


def _with_observations(draft: Draft, ids: Sequence[int]) -> list[int]:
    """Give the ids of those datastreams, in order, in which observations came."""
    if draft.set == "Datastreams":
        return list(ids)
    streams = draft.manys.get("Datastreams", [])
    return [
        one for one, each in zip(ids, streams, strict=True)
        if isinstance(each, Draft) and OBSERVATIONS in each.manys
    ]  # fmt: skip

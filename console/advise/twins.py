"""An index of incidents in memory that finds those which may be one with another, and says why.

Candidates lie near, stand at the same address, or share rare pairs of characters; each is weighed
by the evidence of resources/advice.toml, which adds up as log-odds. Nothing is decided here.
"""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from msgspec import Struct

from console.advise.address import Address, parse
from console.advise.features import plain
from console.advise.vectors import Array
from console.base import resources
from console.base.shape import shaped

FILE = "advice.toml"
CELL = 0.006
"""The side of a cell of the grid, in degrees: about 600 m."""
RARE, LOOKED_AT, MOST = 24, 4_000, 160
"""Rarest pairs looked up, messages looked at by them, candidates that are weighed."""
FEW = 300
LATEST = 60
"""So many characters of a text are compared."""
M_LAT = 111_195.0
MINUTE_MS = 60_000
Steps = tuple[tuple[float, float], ...]


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """What speaks for and against two incidents being one, in log-odds."""

    base: float
    shown: float
    near: Steps
    far: float
    ago: Steps
    long_ago: float
    type: float
    scene: float
    other_type: float
    address: float
    road: float
    road_near: float
    street: float
    other_street: float
    other_district: float
    words: Steps


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of an incident. ``at``: ms since 1970; no place: lon and lat are 0."""

    id: str
    text: str = ""
    type: str = ""
    scene: str = ""
    district: str = ""
    street: str = ""
    address: str = ""
    lon: float = 0.0
    lat: float = 0.0
    at: int = 0


Placed = tuple[Told, Address]
"""What is told, with its address as it was read."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: ``key`` names it; metres, minutes, percent or words in ``value``."""

    key: str
    weight: float
    value: Any = None


@dataclass(frozen=True, slots=True)
class Twin:
    """An incident that may be the same: how likely, and why, the strongest reason first."""

    id: str
    likely: float
    reasons: tuple[Reason, ...]


@lru_cache(maxsize=1)
def read_evidence() -> Evidence:
    """Read what each piece of evidence weighs."""
    return shaped(resources.table(FILE)["same"], Evidence, FILE)


class Twins:
    """The index. Not safe for threads: whoever holds it lets one in at a time."""

    def __init__(self, evidence: Evidence | None = None) -> None:
        self._evidence = evidence or read_evidence()
        self._place: dict[str, int] = {}
        self._told: list[Told | None] = []
        self._where: list[Address] = []
        self._pairs: list[Array] = []
        self._number: dict[str, int] = {}
        self._often = array("i")
        self._holds: list[array[int]] = []
        self._cells: dict[tuple[int, int], set[int]] = {}
        self._addresses: dict[str, set[int]] = {}

    def __len__(self) -> int:
        return len(self._place)

    def put(self, told: Told) -> None:
        """Take an incident in, or what is new of it."""
        held = self._place.get(told.id)
        if held is not None:
            if self._told[held] == told:
                return
            self.drop(told.id)
        at = len(self._told)
        self._place[told.id] = at
        self._told.append(told)
        where = where_of(told)
        self._where.append(where)
        numbers = sorted({self._number_of(pair) for pair in pairs_of(told)})
        self._pairs.append(np.asarray(numbers, np.int32))
        for number in numbers:
            self._often[number] += 1
            self._holds[number].append(at)
        if told.lon:
            self._cells.setdefault(cell_of(told.lon, told.lat), set()).add(at)
        if told.address:
            self._addresses.setdefault(where.key, set()).add(at)

    def drop(self, id: str) -> None:
        """Forget an incident."""
        at = self._place.pop(id, None)
        told = self._told[at] if at is not None else None
        if at is None or told is None:
            return
        self._told[at] = None
        for number in self._pairs[at].tolist():
            self._often[number] -= 1
        self._pairs[at] = self._pairs[at][:0]
        if told.lon:
            self._cells[cell_of(told.lon, told.lat)].discard(at)
        if told.address:
            self._addresses[self._where[at].key].discard(at)

    def like(self, told: Told, most: int = 5) -> list[Twin]:
        """Give the incidents that may be the same, the likeliest first."""
        numbers = [n for p in set(pairs_of(told)) if (n := self._number.get(p)) is not None]
        pairs = np.asarray(sorted(numbers), np.int32)
        found: list[Twin] = []
        own = self._place.get(told.id)
        where = where_of(told)
        places = [p for p in self._candidates(told, where, pairs) if p != own]
        alike = self._alike(pairs, len(set(pairs_of(told))), places)
        for place, words in zip(places, alike, strict=True):
            other = self._told[place]
            if other is not None:
                twin = weigh((told, where), (other, self._where[place]), words, self._evidence)
                if twin.likely >= self._evidence.shown:
                    found.append(twin)
        return sorted(found, key=lambda t: (-t.likely, t.id))[:most]

    def _number_of(self, pair: str) -> int:
        number = self._number.get(pair)
        if number is None:
            number = self._number[pair] = len(self._number)
            self._often.append(0)
            self._holds.append(array("i"))
        return number

    def _candidates(self, told: Told, where: Address, pairs: Array) -> list[int]:
        found: set[int] = set()
        if told.lon:
            x, y = cell_of(told.lon, told.lat)
            for near in ((x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
                found |= self._cells.get(near, set())
        if told.address:
            found |= self._addresses.get(where.key, set())
        near = self._nearest(told, found)
        return list(dict.fromkeys((*near, *self._by_words(pairs))))

    def _nearest(self, told: Told, found: set[int]) -> list[int]:
        """Give those of some candidates that lie nearest in place and time."""
        if len(found) <= MOST:
            return list(found)

        def far(place: int) -> float:
            other = self._told[place]
            if other is None:
                return math.inf
            kind = 0 if other.type == told.type else 2
            apart = abs(other.lon - told.lon) + abs(other.lat - told.lat)
            return kind + apart * 500 + abs(other.at - told.at) / (360 * MINUTE_MS)

        return sorted(found, key=far)[:MOST]

    def _by_words(self, pairs: Array) -> list[int]:
        """Give those that share most of the rarest pairs, counted by how rare each is."""
        often = np.frombuffer(self._often, np.int32)[pairs] if len(pairs) else pairs
        held: list[Array] = []
        weights: list[Array] = []
        looked = 0
        for at in np.argsort(often, kind="stable")[:RARE].tolist():
            docs = np.frombuffer(self._holds[int(pairs[at])], np.int32)
            looked += len(docs)
            if looked > LOOKED_AT:
                break
            held.append(docs)
            weights.append(np.full(len(docs), self._rare(often[at])))
        if not held:
            return []
        docs, where = np.unique(np.concatenate(held), return_inverse=True)
        scores = np.bincount(where, np.concatenate(weights))
        return docs[np.argsort(-scores, kind="stable")[:MOST]].tolist()

    def _rare(self, often: Any) -> Any:
        # As if some hundreds were there: among a few, rare and common cannot be told apart.
        return np.log((len(self._place) + FEW) / (often + 1))

    def _alike(self, pairs: Array, own: int, places: list[int]) -> list[float]:
        """Give how much of the rarer pairs each shares with these: 0 to 1, Dice's measure."""
        if not len(pairs) or not places:
            return [0.0] * len(places)
        often = np.frombuffer(self._often, np.int32)
        sizes = [len(self._pairs[p]) for p in places]
        flat = np.concatenate([self._pairs[p] for p in places])
        row = np.repeat(np.arange(len(places)), sizes)
        weight = self._rare(often[flat])
        at = np.minimum(np.searchsorted(pairs, flat), len(pairs) - 1)
        shared = np.bincount(row, weight * (pairs[at] == flat), len(places))
        theirs = np.bincount(row, weight, len(places))
        # Pairs that nobody said before are as rare as can be.
        mine = float(self._rare(often[pairs]).sum()) + (own - len(pairs)) * float(self._rare(0))
        return (2 * shared / np.maximum(theirs + mine, 1e-9)).tolist()


def pairs_of(told: Told) -> list[str]:
    """Give the pairs of neighbouring characters of what was told."""
    text = plain(told.text[:LATEST])[0]
    return [text[n : n + 2] for n in range(len(text) - 1)]


def cell_of(lon: float, lat: float) -> tuple[int, int]:
    return math.floor(lon / CELL), math.floor(lat / CELL)


def metres(one: Told, other: Told) -> float | None:
    """Give how far two lie apart; None when one has no place."""
    if not (one.lon and other.lon):
        return None
    across = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(across, one.lat - other.lat) * M_LAT


def where_of(told: Told) -> Address:
    """Read the address, or what the text says of the place."""
    return parse(told.address or told.text[:LATEST])


def weigh(one: Placed, other: Placed, words: float, evidence: Evidence) -> Twin:
    """Weigh the evidence that two are one; ``words``: how alike they are told, 0 to 1."""
    reasons = [
        *_of_place(one[0], other[0], evidence), *_of_address(one, other, evidence),
        *_of_time(one[0], other[0], evidence), *_of_kind(one[0], other[0], evidence),
        *_of_words(words, evidence),
    ]  # fmt: skip
    odds = evidence.base + sum(r.weight for r in reasons)
    speak = sorted((r for r in reasons if r.weight > 0), key=lambda r: -r.weight)
    return Twin(other[0].id, 1 / (1 + math.exp(-odds)), tuple(speak))


def _of_place(one: Told, other: Told, evidence: Evidence) -> Iterable[Reason]:
    apart = metres(one, other)
    if apart is not None:
        yield Reason("near", _step(evidence.near, apart, evidence.far), round(apart))
    elif one.district and other.district and one.district != other.district:
        yield Reason("district", evidence.other_district)
    if one.street and other.street:
        same = one.street == other.street
        yield Reason("street", evidence.street if same else evidence.other_street)


def _of_address(one: Placed, other: Placed, evidence: Evidence) -> Iterable[Reason]:
    mine, theirs = one[1], other[1]
    if one[0].address and other[0].address and mine.key == theirs.key:
        yield Reason("address", evidence.address)
    elif mine.road and mine.road == theirs.road:
        placed = bool(one[0].lon and other[0].lon)
        yield Reason("road", evidence.road_near if placed else evidence.road, mine.road)


def _of_time(one: Told, other: Told, evidence: Evidence) -> Iterable[Reason]:
    if one.at and other.at:
        minutes = abs(one.at - other.at) / MINUTE_MS
        yield Reason("ago", _step(evidence.ago, minutes, evidence.long_ago), round(minutes))


def _of_kind(one: Told, other: Told, evidence: Evidence) -> Iterable[Reason]:
    if one.type and other.type:
        if one.type == other.type:
            yield Reason("type", evidence.type)
        elif one.scene and one.scene == other.scene:
            yield Reason("scene", evidence.scene)
        else:
            yield Reason("other_type", evidence.other_type)


def _of_words(words: float, evidence: Evidence) -> Iterable[Reason]:
    yield Reason("words", _step(evidence.words, words, evidence.words[-1][1]), round(words * 100))


def _step(steps: Steps, value: float, beyond: float) -> float:
    return next((weight for most, weight in steps if value <= most), beyond)

"""Which open incidents a new one may be, and why each: same type, same street, near, same words."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from console.base.notice import Level, Notice
from console.domain.query import parse_query
from console.domain.record import Incident
from console.domain.rows import split
from console.services.around import Around

NEAR_M = 300
LIKE_PERCENT = 45
ALIKE = frozenset(("duplicate.type", "duplicate.address", "duplicate.words"))
"""To be near is not enough: one of these must speak for it, too."""
ENOUGH = 3
LOOKED_AT = 400
BACK = "72h"
EARTH_M = 6_371_000


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An open incident that may be the same; the reasons with most weight first."""

    id: str
    no: str
    title: str
    weight: int
    reasons: tuple[Notice, ...]


def find(around: Around, incident: Incident) -> list[Duplicate]:
    """Give the open incidents of the same district that may be this one, the likeliest first."""
    district, _ = split(incident.scope)
    opened = ",".join(sorted(around.judge.machines["incident"].opened))
    near = f"district:{district}" if district else ""
    line = f"state:{opened} {near} reported_at>@now-{BACK} sort:-reported_at"
    found: list[Incident] = []
    for row in around.store.find(parse_query("incident", line), around.view())[:LOOKED_AT]:
        held = around.store.get("incident", str(row[0]))
        if isinstance(held, Incident):
            found.append(held)
    return alike(incident, found)


def alike(incident: Incident, others: Iterable[Incident]) -> list[Duplicate]:
    """Weigh each of the others against an incident; pure."""
    found: list[Duplicate] = []
    for other in others:
        if other.id == incident.id or other.parent == incident.id:
            continue
        said = sorted(reasons(incident, other), key=lambda r: -r[0])
        weight = sum(w for w, _ in said)
        if weight >= ENOUGH and any(n.key in ALIKE for _, n in said):
            notices = tuple(n for _, n in said)
            found.append(Duplicate(other.id, other.no, other.title, weight, notices))
    return sorted(found, key=lambda d: (-d.weight, d.id))


def reasons(one: Incident, other: Incident) -> list[tuple[int, Notice]]:
    """Give what two incidents have in common, each with its weight."""
    found: list[tuple[int, Notice]] = []
    if one.type and one.type == other.type:
        found.append((2, Notice(Level.said, "duplicate.type")))
    street = split(one.scope)[1]
    if street and street == split(other.scope)[1]:
        found.append((1, Notice(Level.said, "duplicate.street")))
    apart = metres(one, other)
    if apart is not None and apart <= NEAR_M:
        found.append((2, Notice(Level.said, "duplicate.near", {"metres": round(apart)})))
    if one.address and one.address == other.address:
        found.append((2, Notice(Level.said, "duplicate.address")))
    like = likeness(f"{one.title}{one.detail[:60]}", f"{other.title}{other.detail[:60]}")
    if like >= LIKE_PERCENT:
        weight = 3 if like >= 2 * LIKE_PERCENT else 2
        found.append((weight, Notice(Level.said, "duplicate.words", {"percent": like})))
    return found


def metres(one: Incident, other: Incident) -> float | None:
    """Give how far two incidents are apart; None when one has no place."""
    if not (one.lon and other.lon):
        return None
    high, low = radians(one.lat), radians(other.lat)
    across = radians(other.lon - one.lon) / 2
    part = sin((low - high) / 2) ** 2 + cos(high) * cos(low) * sin(across) ** 2
    return 2 * EARTH_M * asin(sqrt(part))


def likeness(one: str, other: str) -> int:
    """Give how much two texts share, in percent of their pairs of characters."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0
    return round(200 * len(first & second) / (len(first) + len(second)))


def _pairs(words: str) -> set[str]:
    kept = "".join(c for c in words if c.isalnum())
    return {kept[n : n + 2] for n in range(len(kept) - 1)}

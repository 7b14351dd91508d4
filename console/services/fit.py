"""Which units fit an incident, from the units, tasks and positions that a seat holds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from console.advise.runcards import RunCards, read_runcards
from console.advise.units import (
    Advice,
    Candidate,
    Nearer,
    Straight,
    Travel,
    Wanted,
    advise,
    nearer,
)
from console.domain.datum import Cgcs2000
from console.domain.query import parse_query
from console.domain.record import Incident
from console.domain.rows import SHAPES, split
from console.maps.roads import Roads
from console.services.around import Around

READY, DISBANDED = "ready", "disbanded"
ON_THE_WAY = frozenset(("issued", "signed"))
"""A task in these states has its unit still under way."""
DAY_MS = 86_400_000
Positions = Mapping[str, tuple[float, float, int]]
"""Where units were last: longitude and latitude (CGCS2000), and when, in ms since 1970."""
_UNIT, _TASK = SHAPES["unit"], SHAPES["task"]


class ByRoad:
    """Travel times on the road graph that came with the map."""

    estimated = False

    def __init__(self, roads: Roads) -> None:
        self._roads = roads

    def times_to(
        self, goal: tuple[float, float], starts: Sequence[tuple[float, float]]
    ) -> list[float | None]:
        """Give seconds from each start; None where no way leads, or none within two hours."""
        lon, lat = zip(*starts, strict=True) if starts else ((), ())
        found = self._roads.times_to(Cgcs2000.of(*goal), Cgcs2000.of(lon, lat))
        return [None if np.isnan(each) else float(each) for each in found.tolist()]


@lru_cache(maxsize=4)
def cards_of(levels: tuple[str, ...]) -> RunCards:
    """Give the run cards, read once."""
    return read_runcards(levels)


def units_for(
    around: Around, incident: Incident, positions: Positions, travel: Travel | None = None
) -> Advice:
    """Say whom to send to an incident; without a road graph, ways are straight lines."""
    cards = cards_of(around.city.levels)
    district, _ = split(incident.scope)
    wanted = Wanted(
        incident.type, incident.level, incident.lon, incident.lat, district, around.clock.now()
    )
    return advise(wanted, candidates(around, positions), cards, travel or Straight(cards.rules))


def nearer_than(
    around: Around, incident: Incident, positions: Positions, travel: Travel | None = None
) -> list[Nearer]:
    """Watch the units on their way: say which free one would be there sooner, and by how much."""
    tasks = [t for t in around.tasks_of(incident.id) if t.unit and t.state in ON_THE_WAY]
    if not tasks:
        return []
    advice = units_for(around, incident, positions, travel)
    rules = cards_of(around.city.levels).rules
    held = {c.id: c for c in candidates(around, positions)}
    found: list[Nearer] = []
    for task in tasks:
        sent = held.get(task.unit)
        own = advice.of(task.unit) if sent else None
        if sent is None or own is None or own.seconds is None:
            continue
        if best := nearer(sent, advice, own.seconds, rules):
            found.append(Nearer(incident.id, task.id, sent.name, *best))
    return found


def candidates(around: Around, positions: Positions) -> list[Candidate]:
    """Give every unit that is not disbanded, as it stands."""
    opened = ",".join(around.judge.machines["task"].opened)
    tasks = around.store.find(parse_query("task", f"state:{opened}"), around.view())
    at = _TASK.index("unit")
    load = Counter(str(row[at]) for row in tasks if row[at])
    names = ("id", "call_sign", "name", "type", "dept", "state", "district", "lon", "lat",
             "updated_at")  # fmt: skip
    places = [_UNIT.index(name) for name in names]
    now = around.clock.now()
    found: list[Candidate] = []
    for row in around.store.find(parse_query("unit", ""), around.view()):
        unit, sign, name, kind, dept, state, district, lon, lat, since = (row[n] for n in places)
        if state == DISBANDED:
            continue
        seen = positions.get(str(unit))
        found.append(
            Candidate(
                str(unit), str(sign or name), str(kind), str(dept), str(district or ""),
                ready=state == READY,
                lon=seen[0] if seen else float(lon or 0), lat=seen[1] if seen else float(lat or 0),
                seen_at=seen[2] if seen else 0, tasks=load[str(unit)],
                since=_turn(int(since or 0), now) if state == READY else 0,
            )
        )  # fmt: skip
    return found


def _turn(since: int, now: int) -> int:
    """Give when a turn began, so far as that is known: none lasts longer than a day."""
    return since if now - since <= DAY_MS else 0

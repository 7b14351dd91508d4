"""Hot spots (热点) at the centre: appeals of one kind in one district that come in numbers.

Every minute the appeals of the last two windows are counted from the log; a hot spot opens one
incident of the type that the rule names, and no other while that one is open. What it is of, how
it grew and every appeal by its number stand in its words.
"""

import logging

from console.advise.hotspots import HotSpot, hot_spots, read_rule
from console.advise.twins import MINUTE_MS, Told
from console.base import resources
from console.base.text import text
from console.central.centre import Centre
from console.central.learning import entries
from console.domain import opening
from console.domain.access import SYSTEM, system
from console.domain.judge import sealed
from console.domain.record import Act, Incident, Report, Step
from console.domain.rows import split
from console.wire import APPLIED

_log = logging.getLogger(__name__)
BEAT_MS = MINUTE_MS
OF = "hotspot"
NAMED = 6
"""So many appeals are named by their number."""


class Spots:
    """Looks for hot spots at one centre."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._rule = read_rule()
        self._limits: dict[str, str] = resources.table("commands/limits.toml")["accept"]
        self._next = 0
        self._turns: dict[str, int] = {}

    def tend(self) -> int:
        """Look, once a minute; give how many incidents were opened."""
        now = self._centre.clock.now()
        kind = self._centre.place.types.get(self._rule.opens)
        if now < self._next or kind is None:
            return 0
        self._next = now + BEAT_MS
        if sealed(kind.scene, self._centre.judge.dormant, self._centre.get):
            return 0
        return sum(self._open(spot, now) for spot in hot_spots(self._told(now), now, self._rule))

    def _told(self, now: int) -> list[Told]:
        """Give the appeals of this window and of the one before, under what they are now."""
        found: list[Told] = []
        births = self._centre.judge.machines[Report.kind].verbs
        for entry in list(entries(self._centre, now - 2 * self._rule.minutes * MINUTE_MS)):
            if entry.kind != Report.kind or not births[entry.verb].births:
                continue
            report = self._centre.get(Report.kind, entry.id)
            if not isinstance(report, Report):
                continue
            held = self._centre.get(Incident.kind, report.incident)
            home = held if isinstance(held, Incident) else None
            kind = (home.type if home else "") or report.type
            if kind and kind != self._rule.opens and not (home and home.exercise):
                district, street = split(home.scope if home else report.scope)
                no = (home.no if home else "") or report.number
                found.append(
                    Told(no or report.id, report.words, kind, "", district, street, at=report.at)
                )
        return found

    def _open(self, spot: HotSpot, now: int) -> bool:
        source = f"{spot.type} {spot.area}"
        turn, there = opening.turn_from(OF, source, self._turns.get(source, 1), self._opened)
        self._turns[source] = turn
        return not there and self._made(spot, opening.incident_id(OF, source, turn), now)

    def _opened(self, incident: str) -> bool | None:
        held = self._centre.get(Incident.kind, incident)
        if held is None:
            return None
        return held.state in self._centre.judge.machines[held.kind].opened

    def _made(self, spot: HotSpot, incident: str, now: int) -> bool:
        place = self._centre.place
        kind = place.types[self._rule.opens]
        of = place.types.get(spot.type)
        area = place.city.districts.get(spot.area)
        growth = "—" if spot.growth is None else f"{spot.growth:+.0%}"
        words = {
            "name": of.name if of else spot.type, "area": area.name if area else place.city.name,
            "count": spot.count, "before": spot.before, "growth": growth,
            "minutes": self._rule.minutes, "words": spot.words or "—",
            "numbers": "、".join(dict.fromkeys(spot.ids[:NAMED])),
        }  # fmt: skip
        urgency = "urgent"
        args = {
            "title": text("hotspot.title", **words), "detail": text("hotspot.detail", **words),
            "scope": spot.area or place.city.code, "scene": kind.scene, "type": kind.code,
            "level": kind.level, "urgency": urgency, "source": "ai_text", "occurred_at": now,
            "reported_at": now, "catalog": spot.type, "limit": self._limits[urgency],
        }  # fmt: skip
        if area is not None and area.point[0]:
            args |= {"lon": area.point[0], "lat": area.point[1], "crs": "CGCS2000"}
        step = Step(kind=Incident.kind, record=incident, verb="create", args=args)
        act = Act(id=opening.act_id(incident), steps=(step,), by=SYSTEM, at=now, device_at=now)
        verdict = self._centre.load([act], system())[0]
        if verdict.verdict != APPLIED:
            _log.error("the hot spot %s opened nothing: %s", incident, verdict.key)
        return verdict.verdict == APPLIED

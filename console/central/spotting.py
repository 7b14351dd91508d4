"""Hot spots (热点) at the centre: appeals of one kind in one district that come in numbers.

Every minute the appeals of the last two windows are counted from the log, each caller once; a hot
spot opens one incident of the type that the rule names, no other while that one is open (or one of
the whole city), and after it only for new appeals. What it is of, how it grew and its first appeals
by their numbers stand in its words.
"""

import logging

from console.advise.hotspots import HotSpot, Of, hot_spots, read_rule
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
        self._turns: dict[Of, int] = {}

    def tend(self) -> int:
        """Look, once a minute; give how many incidents were opened."""
        now = self._centre.clock.now()
        kind = self._centre.place.types.get(self._rule.opens)
        if now < self._next or kind is None:
            return 0
        self._next = now + BEAT_MS
        if sealed(kind.scene, self._centre.judge.dormant, self._centre.get):
            return 0
        told = self._told(now)
        hot = hot_spots(told, now, self._rule)
        types = {spot.type for spot in hot}
        places = {(t.type, t.district or t.street) for t in told if t.type in types}
        whole = {(each, "") for each in types}
        if since := {of: at for of in places | whole if (at := self._raised(of))}:
            hot = hot_spots(told, now, self._rule, since)
        return sum(self._open(spot, now) for spot in hot)

    def _told(self, now: int) -> list[Told]:
        """Give the appeals of this window and of the one before, under what they are now."""
        found: dict[tuple[str, ...], Told] = {}
        births = self._centre.judge.machines[Report.kind].verbs
        since = now - 2 * self._rule.minutes * MINUTE_MS
        for entry in reversed(list(entries(self._centre, since))):
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
                # Who calls again about the same is no second caller.
                who = (kind, district, report.phone) if report.phone else (report.id,)
                found.setdefault(
                    who,
                    Told(no or report.id, report.words, kind, "", district, street, at=report.at),
                )
        return list(found.values())

    def _open(self, spot: HotSpot, now: int) -> bool:
        turns = [self._turn(of) for of in _places(spot)]
        if any(there for _, there in turns):
            return False
        of, (turn, _) = _places(spot)[0], turns[0]
        return self._made(spot, opening.incident_id(OF, " ".join(of), turn), now)

    def _turn(self, of: Of) -> tuple[int, bool]:
        """Give the turn that it is for a type in an area, and whether its incident is open."""
        found = opening.turn_from(OF, " ".join(of), self._turns.get(of, 1), self._opened)
        self._turns[of] = found[0]
        return found

    def _raised(self, of: Of) -> int:
        """Give when the last one was raised that is over by now; 0: none was."""
        turn, _ = self._turn(of)
        held = self._centre.get(Incident.kind, opening.incident_id(OF, " ".join(of), turn - 1))
        return held.reported_at if isinstance(held, Incident) else 0

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
        grown = spot.growth is not None
        growth = text("hotspot.grown", by=f"{spot.growth:+.0%}") if grown else text("hotspot.new")
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


def _places(spot: HotSpot) -> list[Of]:
    """Give what a hot spot is of, and the whole city that it is a part of."""
    return list(dict.fromkeys([(spot.type, spot.area), (spot.type, "")]))

"""What raised alarms do at the centre: each opens an incident of its scene's type, once.

Level-triggered: with every beat whatever is raised, fresh, not shelved and has not opened one yet
does so; nothing is lost by a restart, a late reading, or a shelf that runs out.
"""

import logging

from console.base import resources
from console.base.text import text
from console.central import feed
from console.central.centre import Centre
from console.central.sensing.keeper import Key
from console.central.sensing.series import Series
from console.central.sight import Sight
from console.domain import opening
from console.domain.access import SYSTEM, system
from console.domain.alarm import freshness
from console.domain.judge import sealed
from console.domain.record import Act, Incident, Shelf, Step
from console.domain.shelf import shelved
from console.wire import APPLIED, record_of

_log = logging.getLogger(__name__)


class Alarms:
    """Opens incidents for one centre."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._limits: dict[str, str] = resources.table("commands/limits.toml")["accept"]
        self._shelves: list[Shelf] = []
        self._read_at = -1

    def tend(self) -> int:
        """Open what is due; give how many incidents were opened."""
        now = self._centre.clock.now()
        due = [(k, s) for k, s in list(self._centre.readings.raised.items()) if _due(s, now)]
        if not due:
            return 0
        shelves = self._shelved()
        return sum(self._open(k, s, now) for k, s in due if self._may_open(s, shelves, now))

    def _may_open(self, series: Series, shelves: list[Shelf], now: int) -> bool:
        """Tell whether an alarm is neither shelved nor of a scene that is sealed."""
        indicator = series.indicator
        if indicator is None or shelved(shelves, series.reading, now) is not None:
            return False
        return not sealed(indicator.scene, self._centre.judge.dormant, self._centre.get)

    def _open(self, key: Key, series: Series, now: int) -> bool:
        _, of, source = key
        turn, there = opening.turn_from(of, source, series.turn, self._opened)
        made = there or self._made(series, opening.incident_id(of, source, turn), now)
        if made:
            self._centre.readings.mark(key, turn)
        return made and not there

    def _made(self, series: Series, incident: str, now: int) -> bool:
        indicator, reading = series.indicator, series.reading
        assert indicator is not None  # noqa: S101 - it is raised
        place = self._centre.place
        event_type = place.types.get(indicator.opens)
        value = f"{reading.value:.{indicator.decimals}f}"
        words = {
            "name": indicator.name, "source": reading.source, "value": value,
            "unit": indicator.unit, "band": text(f"band.{series.standing.band}"),
        }  # fmt: skip
        args = opening.facts(
            indicator, reading, series.standing, city=place.city.code,
            level=event_type.level if event_type else "routine",
            title=text("alarm.title", **words), detail=text("alarm.detail", **words),
        )  # fmt: skip
        args |= {"reported_at": now, "limit": self._limits[args["urgency"]]}
        step = Step(kind="incident", record=incident, verb="create", args=args)
        act = Act(id=opening.act_id(incident), steps=(step,), by=SYSTEM, at=now, device_at=now)
        verdict = self._centre.load([act], system())[0]
        if verdict.verdict != APPLIED:
            _log.error("the alarm of %s opened nothing: %s", indicator.id, verdict.key)
        return verdict.verdict == APPLIED

    def _opened(self, incident: str) -> bool | None:
        held = self._centre.get(Incident.kind, incident)
        if held is None:
            return None
        return held.state in self._centre.judge.machines[held.kind].opened

    def _shelved(self) -> list[Shelf]:
        """Give the shelves, read anew when the log has gone on."""
        head = self._centre.head
        if head != self._read_at:
            with self._centre.ledger.reading() as line:
                puts = list(feed.puts_of(line, Sight.of(system()), Shelf.kind))
            found = (record_of(put.kind, put.body) for put in puts)
            self._shelves = [s for s in found if isinstance(s, Shelf) and s.state == "shelved"]
            self._read_at = head
        return self._shelves


def _due(series: Series, now: int) -> bool:
    """Tell whether a raised source opens an incident now: fresh, sound, and not done before."""
    indicator = series.indicator
    if indicator is None or series.opened:
        return False
    reading = series.reading
    live = freshness(indicator.refresh_s, reading.at, now) == "live"
    return live and opening.due(indicator, series.standing, reading)

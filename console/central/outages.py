"""Sources that say nothing more: a ticket with the department that owns them, until it is over.

One for each scene, so that a department whose whole system is down has one and not hundreds. A
source that was silent already when a person ended the ticket before opens no other, and one that
has been silent for days is no longer waited for.
"""

import logging
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from console.base import resources
from console.base.ids import new_id
from console.base.text import text
from console.central import tables
from console.central.centre import Centre
from console.central.sensing.series import Series
from console.domain import opening
from console.domain.access import SYSTEM, system
from console.domain.alarm import Freshness, freshness
from console.domain.judge import sealed
from console.domain.record import Act, Incident, Step, Task
from console.scenes.linkage import Outage
from console.scenes.scene import Scene
from console.wire import APPLIED, record_of

DAY_MS = 86_400_000
SHOWN = 10
"""So many sources are named in a ticket."""
_log = logging.getLogger(__name__)


class Outages:
    """Opens and closes the tickets of one centre. ``limit``: to accept one."""

    def __init__(
        self, centre: Centre, outage: Outage, scenes: Mapping[str, Scene], limit: str
    ) -> None:
        self._centre = centre
        self._outage = outage
        self._scenes = scenes
        self._limit = limit
        self._turns = dict.fromkeys(scenes, 1)
        # What was silent while this centre was not there to hear it has its time to speak again.
        self._since = centre.clock.now()

    def tend(self) -> int:
        """Do what is due; give how many tickets were opened or closed."""
        now = self._centre.clock.now()
        held: dict[str, list[Series]] = {}
        for series in self._centre.readings.sources():
            if now - series.at < self._outage.forget_days * DAY_MS and series.indicator:
                held.setdefault(series.indicator.scene, []).append(series)
        return sum(
            self._tend(self._scenes[scene], some, now)
            for scene, some in held.items()
            if not sealed(scene, self._centre.judge.dormant, self._centre.get)
        )

    def _tend(self, scene: Scene, held: Sequence[Series], now: int) -> bool:
        self._turns[scene.id], there = opening.turn_from(
            self._outage.id, scene.id, self._turns[scene.id], self._opened
        )
        ended = self._ended(scene.id)
        held = [s for s in held if not ended or _freshness(s, s.at, ended) != "lost"]
        lost = [s for s in held if self._now(s, now) == "lost"]
        if lost and not there:
            return self._open(scene, lost, now)
        if there and held and all(self._now(s, now) == "live" for s in held):
            return self._close(self._ticket(scene.id), len(held), now)
        return False

    def _open(self, scene: Scene, lost: Sequence[Series], now: int) -> bool:
        incident, place, rule = self._ticket(scene.id), self._centre.place, self._outage
        shown = [
            text("central.outage.source", name=s.indicator.name, source=s.reading.source)
            for s in lost[:SHOWN]
            if s.indicator
        ]
        dept = place.city.resolve(scene.lead, "", "") or scene.lead
        created = {
            "title": text("central.outage.title", scene=scene.name, count=len(lost)),
            "detail": text("central.outage.detail", rows="；".join(shown)),
            "type": rule.type, "scene": place.types[rule.type].scene, "scope": place.city.code,
            "level": place.types[rule.type].level, "urgency": "normal", "source": "iot",
            "reported_at": now, "limit": self._limit,
        }  # fmt: skip
        issued = {
            "incident": incident, "scope": place.city.code, "dept": dept, "part": "assist",
            "order": f"{rule.id} {rule.name}：{rule.note}", "sign": rule.sign,
            "handle": rule.handle,
        }  # fmt: skip
        told = {"linkage": rule.id, "depts": [dept], "note": issued["order"]}
        return self._act(
            opening.act_id(incident),
            Step(kind="incident", record=incident, verb="create", args=created),
            Step(kind="incident", record=incident, verb="link", args=told),
            Step(kind="task", record=new_id(), verb="issue", args=issued),
            now=now,
        )

    def _close(self, incident: str, count: int, now: int) -> bool:
        said = {"result": text("central.outage.back", count=count)}
        machine = self._centre.judge.machines[Task.kind]
        tasks = [
            Step(kind=Task.kind, record=task.id, verb="recover", args=said)
            for task in self._tasks_of(incident)
            if machine.allows(task.state, "recover")
        ]
        done = Step(kind="incident", record=incident, verb="recover", args=said)
        return self._act(new_id(), done, *tasks, now=now)

    def _tasks_of(self, incident: str) -> list[Task]:
        r = tables.record.c
        query = select(r.body).where(r.incident == incident, r.kind == Task.kind)
        with self._centre.ledger.reading() as line:
            found = [record_of(Task.kind, row.body) for row in line.execute(query).all()]
        return [task for task in found if isinstance(task, Task)]

    def _act(self, id: str, *steps: Step, now: int) -> bool:
        act = Act(id=id, steps=steps, by=SYSTEM, at=now, device_at=now)
        verdict = self._centre.judge_acts([act], system()).verdicts[0]
        if verdict.verdict != APPLIED:
            _log.error("an outage was not told of: %s", verdict.key)
        return verdict.verdict == APPLIED

    def _now(self, series: Series, now: int) -> Freshness:
        return _freshness(series, max(series.at, self._since), now)

    def _ticket(self, scene: str) -> str:
        return opening.incident_id(self._outage.id, scene, self._turns[scene])

    def _ended(self, scene: str) -> int:
        """Give when the ticket before was ended, 0 without one."""
        turn = self._turns[scene] - 1
        before = opening.incident_id(self._outage.id, scene, turn)
        held = self._centre.get(Incident.kind, before) if turn else None
        return held.updated_at if held else 0

    def _opened(self, incident: str) -> bool | None:
        held = self._centre.get(Incident.kind, incident)
        if held is None:
            return None
        return held.state in self._centre.judge.machines[held.kind].opened


def _freshness(series: Series, at: int, now: int) -> Freshness:
    return freshness(series.indicator.refresh_s if series.indicator else 0, at, now)


def outages_of(centre: Centre) -> Outages | None:
    """Give the outages of a centre by its city's linkages; None for a centre without any."""
    links = centre.links
    if links is None:
        return None
    limit = resources.table("commands/limits.toml")["accept"]["normal"]
    return Outages(centre, links.linkages.outage, links.scenes, limit)

"""Hears how cameras stand, keeps it as readings, tells open incidents of those that die there."""

import logging
import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import cos, hypot, radians
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from console.base import resources
from console.base.errors import Refused
from console.base.ids import new_id
from console.base.text import text
from console.central import tables
from console.central.centre import Centre
from console.domain.access import SYSTEM, Access, sees, system
from console.domain.health import CODES, Seen, Turn, Wards
from console.domain.reading import Reading
from console.domain.record import Act, Camera, Incident, Step
from console.wire import APPLIED, Taken, record_of

FILE = "wall.toml"
MOST = 500
"""So many cameras one seat may tell of at once."""
TOLD_MOST = 3
"""So many incidents are told of one camera: those nearest to it."""
METRES = 111_320.0
ROUND_S = 2.0
_R = tables.record.c
_log = logging.getLogger(__name__)


class CameraHealth:
    """Every camera's health at one centre. Every method may be called from any thread."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._wards = Wards()
        self._lock = threading.Lock()
        self._usual_m = float(resources.table(FILE)["alarm"]["radius_m"])

    def saw(self, seen: Sequence[Seen], access: Access, source: str) -> Taken:
        """Take what a seat or platform sees; Refused when it is too much, or no standing."""
        if len(seen) > MOST or any(each.standing not in CODES for each in seen):
            raise Refused("refused.health")
        now = self._centre.clock.now()
        cameras = self._centre.found(Camera.kind, [each.camera for each in seen])
        known = [
            each for each in seen
            if each.camera in cameras and sees(access, cameras[each.camera].scope)
        ]  # fmt: skip
        with self._lock:
            for each in known:
                self._wards.saw(each.camera, each.standing, source, now)
        readings = [
            Reading(topic="camera", of=each.camera, source=source[:64], at=now,
                    scope=cameras[each.camera].scope, value=float(CODES[each.standing]))
            for each in known
        ]  # fmt: skip
        return self._centre.take_readings(readings, system())

    def passes(self, cameras: Sequence[str], source: str, *, lost: bool) -> None:
        """Take from a platform that cameras (ids) are away, or that nothing speaks against them."""
        now = self._centre.clock.now()
        with self._lock:
            for camera in cameras:
                if lost:
                    self._wards.saw(camera, "lost", source, now)
                else:
                    self._wards.forget(camera, source)

    def watch(self, stopping: threading.Event) -> None:
        """Look now and then until told to stop."""
        while not stopping.wait(ROUND_S):
            self.tend()

    def tend(self) -> None:
        """Tell of cameras that have gone or come back, where an incident is open."""
        with self._lock:
            turns = self._wards.turns(self._centre.clock.now())
        for turn in turns:
            camera = self._centre.get(Camera.kind, turn.camera)
            if isinstance(camera, Camera):
                self._tell(turn, camera)

    # ---- inside

    def _tell(self, turn: Turn, camera: Camera) -> None:
        near = self._near(camera)
        if not near:
            return
        at = datetime.fromtimestamp(turn.since / 1000, ZoneInfo(self._centre.place.city.zone))
        key = "health.back" if turn.well else "health.out"
        words = text(key, camera=camera.name, code=camera.code, at=f"{at:%H:%M:%S}",
                     why=text(f"health.standing.{turn.standing}"))  # fmt: skip
        steps = (Step(kind=Incident.kind, record=incident, verb="note", args={"note": words})
                 for incident in near)  # fmt: skip
        now = self._centre.clock.now()
        acts = [Act(id=new_id(), steps=(step,), by=SYSTEM, at=now) for step in steps]
        for verdict in self._centre.load(acts, system()):
            if verdict.verdict != APPLIED:
                _log.warning("an incident was not told of %s: %s", camera.id, verdict.key)

    def _near(self, camera: Camera) -> list[str]:
        """Give the open incidents in whose surroundings a camera stands, the nearest first."""
        if not (camera.lon or camera.lat):
            return []
        found = ((_metres(camera, each), each) for each in self._open())
        near = sorted(
            (metres, each.id) for metres, each in found if metres <= self._radius(each)
        )  # fmt: skip
        return [incident for _, incident in near[:TOLD_MOST]]

    def _open(self) -> Iterable[Incident]:
        query = select(_R.body).where(_R.kind == Incident.kind, _R.open)
        with self._centre.ledger.reading() as line:
            bodies = [bytes(row.body) for row in line.execute(query)]
        opened = self._centre.judge.machines[Incident.kind].opened
        for body in bodies:
            found = record_of(Incident.kind, body)
            if isinstance(found, Incident) and found.state in opened and (found.lon or found.lat):
                yield found

    def _radius(self, incident: Incident) -> float:
        scene: Any = self._centre.place.scenes.get(incident.scene)
        hint = scene.map.camera.radius_m if scene is not None else 0
        return float(hint or self._usual_m)


def _metres(camera: Camera, incident: Incident) -> float:
    east = (incident.lon - camera.lon) * METRES * cos(radians(camera.lat))
    return hypot(east, (incident.lat - camera.lat) * METRES)

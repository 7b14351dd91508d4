"""Which cameras belong to an incident: within its scene's radius, ranked, with the reason."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from console.app import Core
from console.base import resources
from console.base.shape import shaped
from console.domain.query import Query, parse_query
from console.domain.record import StartedPlan
from console.domain.rows import SHAPES, Row
from console.video.event_wall import Alarm
from console.video.eyes import Eye, Seer, seers

FILE = "wall.toml"
_SHAPE = SHAPES["incident"]
_AT = {n: _SHAPE.index(n) for n in ("id", "scene", "level", "title", "lon", "lat", "address")}
SPOT_MOST = 12
PULLING = parse_query("plan", "state:running")


class _Alarms(Struct, frozen=True, forbid_unknown_fields=True):
    where: str
    radius_m: float
    most: int


class _Open(Struct, frozen=True, forbid_unknown_fields=True):
    where: str


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    alarm: _Alarms
    open: _Open


class Surroundings:
    """Reads which incidents matter to the wall, and finds their cameras."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._read = shaped(resources.table(FILE), _File, FILE)
        self.alarming: Query = parse_query("incident", self._read.alarm.where)
        self.open: Query = parse_query("incident", self._read.open.where)

    def pulled(self) -> dict[str, StartedPlan]:
        """Give the plans at work that ask for cameras, by incident; from any thread."""
        rows = self._core.find(PULLING)
        found = (self._core.get("plan", str(row[0])) for row in rows)
        return {p.incident: p for p in found if isinstance(p, StartedPlan) and p.radius_m}

    def seers(
        self, row: Row, eyes: Mapping[str, Eye], healthy: Mapping[str, bool],
        plan: StartedPlan | None = None,
    ) -> list[Seer]:  # fmt: skip
        """Give the cameras that may see an incident, the best first; none where it has no place.

        ``plan``: one at work there, whose radius goes before the scene's.
        """
        lon, lat = float(row[_AT["lon"]] or 0), float(row[_AT["lat"]] or 0)
        if not (lon or lat):
            return []
        radius, _, trades = self._hint(row, plan)
        return seers(eyes.values(), (lon, lat), radius, healthy=healthy, trades=trades)

    def alarm(
        self, row: Row, found: list[Seer], now: float, plan: StartedPlan | None = None
    ) -> Alarm:
        """Give an incident as an alarm with its cameras."""
        _, most, _ = self._hint(row, plan)
        cameras = tuple(seer.eye.id for seer in found[:most])
        return Alarm(str(row[_AT["id"]]), str(row[_AT["level"]]), cameras, now)

    def row(self, incident: str) -> Row | None:
        rows = self._core.find(parse_query("incident", ""), ids=[incident])
        return rows[0] if rows else None

    def near(self, eye: Eye, rows: list[Row]) -> Row | None:
        """Give an open incident in whose surroundings a camera stands."""
        return next((row for row in rows if self.seers(row, {eye.id: eye}, {})), None)

    def title(self, row: Row) -> str:
        return str(row[_AT["title"]] or row[_AT["address"]] or row[_AT["id"]])

    def id(self, row: Row) -> str:
        return str(row[_AT["id"]])

    def _hint(
        self, row: Row, plan: StartedPlan | None = None
    ) -> tuple[float, int, tuple[str, ...]]:
        """Give radius, how many, and trades: the plan's, the scene's, else the wall's own."""
        scene: Any = self._core.scenes.get(str(row[_AT["scene"]]))
        hint: Any = scene.map.camera if scene is not None else None
        usual = self._read.alarm
        if plan is not None:
            trades = tuple(hint.codes) if hint is not None else ()
            return float(plan.radius_m), plan.most or usual.most, trades
        if hint is None or not hint.radius_m:
            return usual.radius_m, usual.most, ()
        return float(hint.radius_m), int(hint.most) or usual.most, tuple(hint.codes)

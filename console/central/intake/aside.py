"""What could not be taken in: kept raw, and told of by an incident that a person must take up.

One incident stands for each source at each door while it is open. Nobody can mute it: it stays in
the queue of new incidents, with its clock, until somebody accepts it by name; what comes after
that presses it again, and once it is over opens the next.
"""

import threading
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct
from sqlalchemy import Connection, delete, select

from console.base.text import text
from console.central import tables
from console.central.centre import Centre
from console.central.intake.bounds import Bounds
from console.central.intake.frame import NUMBER, cut
from console.central.sitting import upsert
from console.domain.access import system
from console.domain.limit import parse_limit
from console.domain.record import Act, Incident, Step
from console.wire import Posted, SetAside

SPACE = UUID("5e2a9c1b-7f43-5d0e-8a6b-1c94d20e7f35")
LISTED = 500
DAY = 86_400_000
_ASIDE, _TROUBLE = tables.set_aside.c, tables.trouble.c


class Wrong(Struct, frozen=True):
    """One message that was not taken in, and what its sender was told of it."""

    raw: bytes
    told: Posted


class Aside:
    """Keeps what was set aside. ``limits``: urgency → the time to accept in."""

    def __init__(self, centre: Centre, limits: Mapping[str, str], bounds: Bounds) -> None:
        self._centre = centre
        self._limits = limits
        self._bounds = bounds
        self._again_ms = parse_limit(bounds.trouble.again).length(DAY)
        self._lock = threading.Lock()

    def put(self, door: str, source: str, wrong: Sequence[Wrong]) -> None:
        """Keep messages, and see to it that somebody hears of them."""
        if not wrong:
            return
        now = self._centre.clock.now()
        rows = {row["id"]: row for row in (self._row(door, source, w, now) for w in wrong)}
        with self._lock:
            with self._centre.ledger.writing() as line:
                self._keep(line, rows)
                self._trim(line, door, source)
            self._tell(door, source, wrong[-1].told, len(wrong), now)

    def all(self) -> list[SetAside]:
        """Give what is set aside, the newest first."""
        query = select(tables.set_aside).order_by(_ASIDE.at.desc(), _ASIDE.id).limit(LISTED)
        with self._centre.ledger.reading() as line:
            rows = line.execute(query).all()
            signals = {(r.door, r.source): r.incident for r in line.execute(select(tables.trouble))}
        found = self._centre.found(Incident.kind, sorted(set(signals.values())))
        return [_listed(row, found.get(signals.get((row.door, row.source), ""))) for row in rows]

    def body(self, id: str) -> bytes | None:
        """Give the bytes of one as they came, as far as they are kept; None: no such."""
        with self._centre.ledger.reading() as line:
            found = line.execute(select(_ASIDE.body).where(_ASIDE.id == id)).scalar()
        return None if found is None else bytes(found)

    # ---- inside

    def _row(self, door: str, source: str, wrong: Wrong, now: int) -> dict[str, Any]:
        told = wrong.told
        mark = sha256(f"{door}\0{source}\0{told.number}\0".encode() + wrong.raw).hexdigest()
        return {
            "id": mark[:32], "at": now, "door": door, "source": source,
            "number": cut(told.number, NUMBER), "field": cut(told.field, NUMBER),
            "line": told.line, "rule": told.rule, "why": cut(told.why, 500), "times": 1,
            "size": len(wrong.raw), "body": wrong.raw[: self._bounds.kept.bytes],
        }  # fmt: skip

    def _keep(self, line: Connection, rows: dict[str, dict[str, Any]]) -> None:
        query = select(_ASIDE.id, _ASIDE.times).where(_ASIDE.id.in_(list(rows)))
        for held in line.execute(query).all():
            rows[held.id]["times"] = held.times + 1
        upsert(line, tables.set_aside, list(rows.values()), ("id",))

    def _trim(self, line: Connection, door: str, source: str) -> None:
        mine = (_ASIDE.door == door, _ASIDE.source == source)
        newest = select(_ASIDE.id).where(*mine).order_by(_ASIDE.at.desc(), _ASIDE.id)
        kept = newest.limit(self._bounds.kept.each).scalar_subquery()
        line.execute(delete(tables.set_aside).where(*mine, _ASIDE.id.not_in(kept)))

    def _tell(self, door: str, source: str, last: Posted, count: int, now: int) -> None:
        with self._centre.ledger.reading() as line:
            which = (_TROUBLE.door == door, _TROUBLE.source == source)
            told = line.execute(select(tables.trouble).where(*which)).one_or_none()
        held = self._centre.get(Incident.kind, told.incident) if told else None
        opened = held is not None and held.state in self._centre.judge.machines[held.kind].opened
        if told and opened and now - told.told_at < self._again_ms:
            return
        words = text(
            "trouble.detail", door=text(f"door.{door}"), source=source, count=count,
            where=last.field or "—", line=last.line or "—", why=last.why,
        )  # fmt: skip
        incident = held.id if held and opened else ""
        self._write(door, source, incident, words, now)

    def _write(self, door: str, source: str, incident: str, words: str, now: int) -> None:
        """Press the incident that stands for this trouble, or open one."""
        step = Step(kind="incident", record=incident, verb="note", args={"note": words})
        if not incident:
            incident = str(uuid5(SPACE, f"{door}\0{source}\0{now}"))
            step = self._birth(incident, door, source, words, now)
        act = Act(id=str(uuid5(SPACE, f"{incident} {now}")), steps=(step,), by="system", at=now)
        self._centre.load([act], system())
        row = {"door": door, "source": source, "incident": incident, "told_at": now}
        with self._centre.ledger.writing() as line:
            upsert(line, tables.trouble, [row], ("door", "source"))

    def _birth(self, incident: str, door: str, source: str, words: str, now: int) -> Step:
        said = self._bounds.trouble
        kind = self._centre.place.types.get(said.type)
        title = text("trouble.title", door=text(f"door.{door}"), source=source)
        args: dict[str, Any] = {
            "title": title, "detail": words, "scope": self._centre.place.city.code,
            "type": said.type, "scene": kind.scene if kind else "", "source": "system",
            "level": kind.level if kind else "routine", "urgency": said.urgency,
            "occurred_at": now, "reported_at": now,
        }  # fmt: skip
        if limit := self._limits.get(said.urgency, ""):
            args["limit"] = limit
        return Step(kind="incident", record=incident, verb="create", args=args)


def _listed(row: Any, signal: object) -> SetAside:
    known = signal if isinstance(signal, Incident) else Incident(id="")
    return SetAside(
        id=row.id, at=row.at, door=row.door, source=row.source, number=row.number,
        field=row.field, line=row.line, rule=row.rule, why=row.why, times=row.times,
        size=row.size, incident=known.id, state=known.state, by=known.handler,
    )  # fmt: skip

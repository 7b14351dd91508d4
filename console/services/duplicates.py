"""Which open or recent incidents a new one may be, why each, and who has told of it before.

The index is in memory, filled from the cache and kept by its news: it answers with the line cut.
"""

import threading
from collections.abc import Iterable

from console.advise.twins import Reason, Told, Twin, Twins
from console.base.notice import Level, Notice
from console.domain.changes import Changes
from console.domain.query import Query, Viewpoint, parse_query
from console.domain.record import Incident
from console.domain.rows import SHAPES, Row, split
from console.store.store import Store

BACK = "72h"
"""Incidents that were reported since then may be the same, closed ones too; open ones always."""
AT_ONCE = 2_000
MOST = 5
_SHAPE = SHAPES["incident"]
_AT = {name: _SHAPE.index(name) for name in (
    "id", "no", "title", "type", "scene", "district", "street", "address", "lon", "lat",
    "reported_at", "state", "parent",
)}  # fmt: skip
SAID = ("near", "ago", "type", "address", "road", "words", "street")


class Known:
    """The incidents that a new one may be. Any thread may ask and tell.

    ``following``: it is told of all news; else everything is read again when somebody asks.
    """

    def __init__(self, *, following: bool = False) -> None:
        self._following = following
        self._lock = threading.Lock()
        self._twins = Twins()
        self._touched: set[str] = set()
        self._filled = False
        self._heard = threading.Lock()

    def told(self, changes: Changes) -> None:
        """Hear of news; what was touched is read when somebody asks."""
        with self._heard:
            if changes.everything:
                self._filled = False
            else:
                self._touched |= changes.of("incident")

    def find(self, store: Store, view: Viewpoint, told: Told, opened: Iterable[str]) -> list[Twin]:
        """Give those that may be the same, of all that is known by now."""
        self._catch_up(store, view, frozenset(opened))
        with self._lock:
            return self._twins.like(told, MOST)

    def _catch_up(self, store: Store, view: Viewpoint, opened: frozenset[str]) -> None:
        with self._heard:
            anew, touched = not (self._filled and self._following), self._touched
            self._filled, self._touched = True, set()
        if anew:
            with self._lock:
                self._twins = Twins()
            states = ",".join(sorted(opened))
            recent = store.find(parse_query("incident", f"reported_at>@now-{BACK}"), view)
            self._take(recent, opened)
            self._take(store.find(parse_query("incident", f"state:{states}"), view), opened)
        elif touched:
            rows = store.find(Query("incident"), view, ids=touched)
            with self._lock:
                for gone in touched - {str(row[0]) for row in rows}:
                    self._twins.drop(gone)
            self._take(rows, opened)

    def _take(self, rows: list[Row], opened: frozenset[str]) -> None:
        """Take rows in, some at a time, so that nobody waits for all of them."""
        for start in range(0, len(rows), AT_ONCE):
            with self._lock:
                for row in rows[start : start + AT_ONCE]:
                    state = str(row[_AT["state"]])
                    if row[_AT["parent"]] or (state not in opened and state in _NEVER):
                        self._twins.drop(str(row[0]))
                    else:
                        self._twins.put(_told_of(row))


_NEVER = frozenset(("void", "merged", "transferred"))
"""What ended so is not there to be joined."""


def told_of(incident: Incident) -> Told:
    """Give what is compared of an incident."""
    district, street = split(incident.scope)
    return Told(
        incident.id, incident.title or incident.detail, incident.type, incident.scene, district,
        street, incident.address, incident.lon, incident.lat, incident.reported_at,
    )  # fmt: skip


def notices(reasons: Iterable[Reason]) -> tuple[Notice, ...]:
    """Say reasons in words, those that can be said."""
    return tuple(_notice(r) for r in reasons if r.key in SAID)


def _notice(reason: Reason) -> Notice:
    if reason.key == "ago" and isinstance(reason.value, int):
        hours = round(reason.value / 60)
        if hours >= 2:
            return Notice(Level.said, "duplicate.hours", {"hours": hours})
    return Notice(Level.said, f"duplicate.{reason.key}", {"value": reason.value})


def _told_of(row: Row) -> Told:
    def text(name: str) -> str:
        return str(row[_AT[name]] or "")

    return Told(
        text("id"), text("title"), text("type"), text("scene"), text("district"), text("street"),
        text("address"), float(row[_AT["lon"]] or 0), float(row[_AT["lat"]] or 0),
        int(row[_AT["reported_at"]] or 0),
    )  # fmt: skip

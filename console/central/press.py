"""The centre's own daily briefs: written once a day at a set hour, into a bounded folder."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from console.base.text import TEXTS
from console.briefs.daily import daily
from console.briefs.facts import Facts
from console.briefs.files import ENDINGS, bound, write_brief
from console.central import feed
from console.central.centre import Centre
from console.central.sight import Sight
from console.domain.access import system
from console.domain.counting import RowCounting
from console.domain.query import Query, Viewpoint, matches
from console.domain.record import Record, Unit
from console.domain.rows import SHAPES, Row, row_of
from console.wire import record_of

KEPT = 120
"""So many files stay: two a day, of two months."""
LOOK_S = 20.0
STANDS = (0, 0, 0)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hours:
    """When briefs are written (local ``HH:MM``), and into which folder."""

    at: str
    folder: Path


class _Ledger:
    """The records of a centre: each kind is read once for a brief."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._rows: dict[str, list[Row]] = {}

    def rows(self, kind: str) -> list[Row]:
        if kind not in self._rows:
            self._rows[kind] = [(*row_of(record), *STANDS) for record in self._records(kind)]
        return self._rows[kind]

    def find(self, query: Query, view: Viewpoint) -> Sequence[Row]:
        found = [row for row in self.rows(query.kind) if matches(query, row, view)]
        for field, rising in reversed(query.order):
            place = SHAPES[query.kind].index(field)
            found.sort(key=lambda row, n=place: row[n], reverse=not rising)
        return found

    def get(self, kind: str, id: str) -> Record | None:
        return self._centre.get(kind, id)

    def history(self, kind: str, id: str) -> Sequence[Any]:
        return self._centre.history(kind, id, system()).entries

    def names(self, kind: str, code: str) -> str:
        place = self._centre.place
        tables: dict[str, Mapping[str, object]] = {
            "district": place.city.districts, "street": place.city.streets,
            "dept": place.city.departments, "type": place.types, "scene": place.scenes,
        }  # fmt: skip
        found = tables[kind].get(code) if kind in tables else self._centre.get(kind, code)
        if code == place.city.code:
            found = place.city
        if isinstance(found, Unit):
            return found.call_sign or found.name
        english = TEXTS.language == "en" and getattr(found, "name_en", "")
        return str(english or getattr(found, "name", ""))

    def _records(self, kind: str) -> Iterator[Record]:
        with self._centre.ledger.reading() as line:
            for put in feed.puts_of(line, Sight.of(system()), kind):
                yield record_of(put.kind, put.body)


def facts_of(centre: Centre) -> Facts:
    """Give what a brief of this centre is written from, as of now."""
    held, now, city = _Ledger(centre), centre.clock.now(), centre.place.city
    return Facts(
        held=held, counting=RowCounting(held.rows), machines=centre.judge.machines,
        zone=ZoneInfo(city.zone), city=city.name_en if TEXTS.language == "en" else city.name,
        now=now, as_of=now, language=TEXTS.language,
    )  # fmt: skip


def write(centre: Centre, hours: Hours) -> list[Path]:
    """Write yesterday's brief in both forms, if it is not there; drop the oldest."""
    facts = facts_of(centre)
    yesterday = facts.local(facts.now) - timedelta(days=1)
    brief = daily(facts, f"{yesterday:%Y-%m-%d}")
    files = [hours.folder / f"{brief.name}{ending}" for ending in ENDINGS]
    made = [write_brief(brief, file) for file in files if not file.exists()]
    bound(hours.folder, KEPT)
    return made


def keep_hours(centre: Centre, hours: Hours) -> Callable[[threading.Event], None]:
    """Give what writes the briefs, day by day, until it is told to stop."""
    zone = ZoneInfo(centre.place.city.zone)

    def follow(stopping: threading.Event) -> None:
        done = ""
        while not stopping.wait(LOOK_S):
            here = datetime.fromtimestamp(centre.clock.now() / 1000, zone)
            today = f"{here:%Y-%m-%d}"
            if done == today or f"{here:%H:%M}" < hours.at:
                continue
            done = today
            for file in write(centre, hours):
                _log.info("brief written: %s", file)

    return follow

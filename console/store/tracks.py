"""Where units have been, beside the last values: what this seat heard, and what the centre gave.

A fix is one unit's at one instant, whoever told of it: what comes by both ways is there once.
"""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from console.domain.datum import Cgcs2000
from console.domain.reading import Reading
from console.domain.track import Stretch, Tracks, Trail
from console.store.files import Db

TABLES: Final = (
    "CREATE TABLE fix(of TEXT, at INTEGER, lon REAL NOT NULL, lat REAL NOT NULL,"
    " heading REAL NOT NULL, PRIMARY KEY(of, at)) WITHOUT ROWID",
    "CREATE INDEX fix_at ON fix(at)",
    "CREATE TABLE span(since INTEGER, until INTEGER NOT NULL, asked INTEGER,"
    " PRIMARY KEY(asked, since)) WITHOUT ROWID",
)
"""``span``: of which stretches all is held that there is; ``asked``: when the centre gave it, 0 for
what this seat was there to hear."""
GAP_MS: Final = 20_000
"""Fixes that a seat heard lie at least so far apart."""
KEPT_MS: Final = 25 * 3_600_000
"""So long is kept what was heard; and, from when it was asked for, what the centre gave."""
MOST: Final = 600_000
"""The most fixes; beyond it the oldest are let go."""
BEAT_MS, MISSED_MS = 15_000, 60_000
"""How often it is written that this seat still hears, and after what pause it has missed some."""
STEP_MS: Final = 60_000
"""So far apart, at least, are the fixes of one unit when all of them are asked for."""
Fix = tuple[str, int, float, float, float]
"""Unit, ms UTC, longitude, latitude (CGCS2000), degrees from north."""


class Heard:
    """The stretch in which this seat has been hearing without a pause."""

    def __init__(self) -> None:
        self._span: Stretch = (0, 0)
        self._written = 0

    def go_on(self, now: int) -> Stretch | None:
        """Take note that all was heard up to now; give the span where it is to be written."""
        since, until = self._span
        if not since or now - until > MISSED_MS or now < until:
            since, self._written = now, 0
        self._span = (max(since, now - KEPT_MS), now)
        if now - self._written < BEAT_MS:
            return None
        self._written = now
        return self._span

    def forget(self) -> None:
        self._span, self._written = (0, 0), 0


def fixes(trail: Trail, readings: Iterable[Reading]) -> list[Fix]:
    """Give the fixes to keep out of some readings."""
    return [(r.of, r.at, r.lon, r.lat, r.heading) for r in readings if trail.worth(r.of, r)]


def keep(db: Db, found: Sequence[Fix]) -> None:
    """Write fixes, in the transaction that is open."""
    db.executemany("INSERT OR REPLACE INTO fix VALUES (?, ?, ?, ?, ?)", found)


def hold(db: Db, span: Stretch, asked: int = 0) -> None:
    """Write that all of a stretch is held; what this seat hears is one stretch that grows."""
    if not asked:
        db.execute("DELETE FROM span WHERE asked = 0 AND until >= ?", (span[0],))
    db.execute("INSERT OR REPLACE INTO span VALUES (?, ?, ?)", (*span, asked))


def missing(db: Db, since: int, until: int) -> list[Stretch]:
    """Give of which parts of a stretch not all is held, in order."""
    found: list[Stretch] = []
    line = "SELECT since, until FROM span WHERE until >= ? AND since <= ? ORDER BY since"
    for begin, end in db.execute(line, (since, until)):
        if begin > since:
            found.append((since, int(begin)))
        since = max(since, int(end))
    return [*found, (since, until)] if since < until else found


def prune(db: Db, now: int) -> None:
    """Let go of what nobody asked for within a day, and of what is more than there is room for."""
    before = now - KEPT_MS
    db.execute("DELETE FROM span WHERE asked BETWEEN 1 AND ?", (before,))
    db.execute("DELETE FROM span WHERE asked = 0 AND until < ?", (before,))
    db.execute(
        "DELETE FROM fix WHERE at < ? AND NOT EXISTS"
        " (SELECT 1 FROM span WHERE asked > 0 AND fix.at BETWEEN since AND until)",
        (before,),
    )
    oldest = "SELECT at FROM fix ORDER BY at DESC LIMIT 1 OFFSET ?"
    if full := db.execute(oldest, (MOST,)).fetchone():
        db.execute("DELETE FROM fix WHERE at <= ?", full)
        db.execute("DELETE FROM span WHERE until <= ?", full)
        db.execute("UPDATE OR REPLACE span SET since = ? WHERE since < ?", (full[0] + 1, full[0]))


def read(db: Db, since: int, of: str = "", until: int = 1 << 62) -> Tracks:
    """Read the fixes of a stretch: of one unit all, of all units one a minute of each."""
    line = "SELECT of, max(at), lon, lat, heading FROM fix WHERE at BETWEEN ? AND ?"
    given: tuple[object, ...] = (since, until)
    if of:
        line, given = line + " AND of = ?", (since, until, of)
    step = 1 if of else STEP_MS
    rows = db.execute(f"{line} GROUP BY of, at / {step} ORDER BY of, at", given).fetchall()
    names, number = np.unique([str(row[0]) for row in rows] or np.zeros(0, str), return_index=True)
    columns = [np.array([row[n] for row in rows], np.float64) for n in range(1, 5)]
    at, lon, lat, heading = columns
    units: list[str] = names.tolist()
    first = np.append(number, len(rows)).astype(np.int64)
    return Tracks(tuple(units), first, at.astype(np.int64), Cgcs2000(lon, lat), heading)

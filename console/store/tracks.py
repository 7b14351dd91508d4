"""Where units have been: a fix is kept when a unit has moved, for a day, beside the last values.

A unit that stands adds nothing: between two fixes it was where the first one says.
"""

from collections.abc import Sequence

import numpy as np

from console.domain.datum import Cgcs2000, metres
from console.domain.reading import Reading
from console.domain.track import Tracks
from console.store.files import Db

TABLE = (
    "CREATE TABLE fix(of TEXT, at INTEGER, lon REAL NOT NULL, lat REAL NOT NULL,"
    " heading REAL NOT NULL, PRIMARY KEY(of, at)) WITHOUT ROWID"
)
GAP_MS, MOVED_M = 20_000, 25.0
"""Fixes of one unit lie at least so far apart, in time and on the ground."""
KEPT_MS = 25 * 3_600_000
Fix = tuple[str, int, float, float, float]
"""Unit, ms UTC, longitude, latitude (CGCS2000), degrees from north."""


class Trail:
    """Chooses which fixes are worth keeping; remembers the last one of each unit."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, float, float]] = {}

    def fixes(self, readings: Sequence[Reading]) -> list[Fix]:
        """Give the fixes to keep out of some readings."""
        return [
            (r.of, r.at, r.lon, r.lat, r.heading)
            for r in readings
            if r.topic == "position" and r.quality != "bad" and r.lon and self._moved(r)
        ]

    def recall(self, of: str, at: int, lon: float, lat: float) -> None:
        """Take note of a fix that is on disk already."""
        self._last[of] = (at, lon, lat)

    def forget(self) -> None:
        self._last.clear()

    def _moved(self, reading: Reading) -> bool:
        held = self._last.get(reading.of)
        if held is not None:
            at, lon, lat = held
            far = metres(Cgcs2000.of(lon, lat), Cgcs2000.of(reading.lon, reading.lat))
            if reading.at - at < GAP_MS or far < MOVED_M:
                return False
        self._last[reading.of] = (reading.at, reading.lon, reading.lat)
        return True


def keep(db: Db, fixes: Sequence[Fix]) -> None:
    """Write fixes, in the transaction that is open."""
    db.executemany("INSERT OR REPLACE INTO fix VALUES (?, ?, ?, ?, ?)", fixes)


def prune(db: Db, now: int) -> None:
    """Let go of what is older than a day."""
    db.execute("DELETE FROM fix WHERE at < ?", (now - KEPT_MS,))


def read(db: Db, since: int, of: str = "") -> Tracks:
    """Read the fixes since an instant, of all units or of one."""
    line = "SELECT of, at, lon, lat, heading FROM fix WHERE at >= ?"
    given: tuple[object, ...] = (since,)
    if of:
        line, given = line + " AND of = ?", (since, of)
    rows = db.execute(line + " ORDER BY of, at", given).fetchall()
    names, number = np.unique([str(row[0]) for row in rows] or np.zeros(0, str), return_index=True)
    columns = [np.array([row[n] for row in rows], np.float64) for n in range(1, 5)]
    at, lon, lat, heading = columns
    units: list[str] = names.tolist()
    first = np.append(number, len(rows)).astype(np.int64)
    return Tracks(tuple(units), first, at.astype(np.int64), Cgcs2000(lon, lat), heading)

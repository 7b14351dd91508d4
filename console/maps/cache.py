"""Tiles of a service on disk, so many megabytes at most: the ones used longest ago go first."""

import sqlite3
import threading
from pathlib import Path

from console.base.errors import BadData
from console.maps.package import TileId

MOST_BYTES = 400_000_000
EACH = 200
"""After so many new tiles the room is looked at again."""
_TABLE = """
CREATE TABLE IF NOT EXISTS tile (
    zoom INTEGER, x INTEGER, y INTEGER, at INTEGER NOT NULL, used INTEGER NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (zoom, x, y)
) WITHOUT ROWID
"""


class TileCache:
    """Keeps tiles with when they came (ms UTC); any thread may ask. Refilled when it is spoilt."""

    def __init__(self, file: Path, most_bytes: int = MOST_BYTES) -> None:
        self._lock = threading.Lock()
        self._most = most_bytes
        self._new = 0
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._base = _opened(file)
        except sqlite3.DatabaseError:
            file.unlink(missing_ok=True)
            try:
                self._base = _opened(file)
            except sqlite3.Error as error:
                raise BadData(str(file), "", str(error)) from error

    def get(self, id: TileId, now: int) -> tuple[bytes, int] | None:
        """Give a tile and when it came."""
        with self._lock:
            line = "SELECT body, at FROM tile WHERE zoom=? AND x=? AND y=?"
            found = self._base.execute(line, id).fetchone()
            if found is not None:
                line = "UPDATE tile SET used=? WHERE zoom=? AND x=? AND y=?"
                self._base.execute(line, (now, *id))
        return (bytes(found[0]), int(found[1])) if found is not None else None

    def put(self, id: TileId, body: bytes, now: int) -> None:
        """Keep a tile; makes room when there is too much."""
        with self._lock:
            line = "INSERT OR REPLACE INTO tile VALUES (?, ?, ?, ?, ?, ?)"
            self._base.execute(line, (*id, now, now, body))
            self._new += 1
            if self._new >= EACH:
                self._new = 0
                self._make_room()

    def bytes(self) -> int:
        """Give how much room the tiles take."""
        with self._lock:
            return self._bytes()

    def close(self) -> None:
        with self._lock:
            self._make_room()
            self._base.close()

    def _bytes(self) -> int:
        said = self._base.execute("SELECT coalesce(sum(length(body)), 0) FROM tile").fetchone()
        return int(said[0])

    def _make_room(self) -> None:
        while (held := self._bytes()) > self._most:
            share = max(1, int((held - self._most) / held * 1.2 * self._count()))
            self._base.execute(
                "DELETE FROM tile WHERE (zoom, x, y) IN "
                "(SELECT zoom, x, y FROM tile ORDER BY used LIMIT ?)",
                (share,),
            )

    def _count(self) -> int:
        return int(self._base.execute("SELECT count(*) FROM tile").fetchone()[0])


def _opened(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    try:
        base.execute(_TABLE)
    except sqlite3.Error:
        base.close()
        raise
    return base

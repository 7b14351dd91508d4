"""What was measured, as far as this seat knows: last values, and a short course of each.

A file of its own, encrypted and disposable, beside the cache: readings come every second, and no
step ever waits for them. Reads are from memory, from any thread. What the disk does not take is
still shown; it is only forgotten sooner.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from console.domain.changes import Changes
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from console.domain.track import Stretch, Tracks, Trail
from console.store import files, tracks
from console.store.files import Db
from console.store.tracks import Fix, Heard

FILE: Final = "readings.db"
POINTS: Final = 500
"""The most points that are kept of one source."""
SPARE: Final = 100
GAP_MS: Final = 30_000
"""Points lie at least so far apart."""
KEPT_MS: Final = 7 * 86_400_000
"""What is older than this is let go."""
OWN: Final = 500
"""The most values given by hand that wait for the line; beyond it the oldest are let go."""
_TABLES = (
    "CREATE TABLE last(topic TEXT, of TEXT, source TEXT, at INTEGER NOT NULL, body BLOB NOT NULL,"
    " PRIMARY KEY(topic, of, source)) WITHOUT ROWID",
    "CREATE TABLE point(of TEXT, source TEXT, at INTEGER, value REAL NOT NULL,"
    " PRIMARY KEY(of, source, at)) WITHOUT ROWID",
    "CREATE TABLE own(n INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL)",
    "CREATE TABLE place(n INTEGER PRIMARY KEY, since INTEGER NOT NULL, basis TEXT NOT NULL)",
    *tracks.TABLES,
)
_VERSION: Final = 3
_SENSED = msgspec.json.Decoder(Sensed)
_READING = msgspec.json.Decoder(Reading)
_pack = msgspec.json.Encoder().encode
_log = logging.getLogger(__name__)
Point = tuple[int, float]
Source = tuple[str, str]


class LastValues:
    """The readings of one seat."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._path = folder / FILE
        self._key = key
        self._lock = threading.RLock()
        self._held: dict[str, dict[str, dict[str, Sensed]]] = {}
        self._newest: dict[Source, int] = {}
        self._counts: dict[Source, int] = {}
        self._own: dict[int, Reading] = {}
        self._place = (0, "")
        self._trail = Trail(tracks.GAP_MS)
        self._heard = Heard()
        self._open()

    def close(self) -> None:
        with self._lock:
            self._engine.dispose()

    # ---- reading

    @property
    def place(self) -> tuple[int, str]:
        """Give where the last page ended, and on what basis."""
        return self._place

    def last(self, topic: str, of: str | None = None) -> dict[Source, Sensed]:
        """Give the last values of a topic, or of one thing of it, by (of, source)."""
        with self._lock:
            held = self._held.get(topic, {})
            wanted = held if of is None else {of: held.get(of, {})}
            return {(o, s): v for o, sources in wanted.items() for s, v in sources.items()}

    def sources(self, of: str) -> list[Sensed]:
        """Give every source of an indicator."""
        with self._lock:
            return list(self._held.get("indicator", {}).get(of, {}).values())

    def series(self, of: str, source: str, since: int) -> list[Point]:
        """Give the points kept of a source, (ms UTC, value), oldest first."""
        line = "SELECT at, value FROM point WHERE of = ? AND source = ? AND at >= ? ORDER BY at"
        try:
            with self._lock, files.borrowed(self._engine) as db:
                return [(int(a), float(v)) for a, v in db.execute(line, (of, source, since))]
        except files.DatabaseError as error:
            _log.error("the readings could not be read: %s", error)
            return []

    def tracks(self, since: int, of: str = "", until: int = 1 << 62) -> Tracks | None:
        """Give where units (or one) have been in a stretch, as far as this seat holds it.

        None when the file cannot be read. Takes no lock: it may be a hundred thousand fixes.
        """
        try:
            with files.borrowed(self._engine) as db:
                return tracks.read(db, since, of, until)
        except files.DatabaseError as error:
            _log.error("the tracks could not be read: %s", error)
            return None

    def missing(self, since: int, until: int) -> list[Stretch]:
        """Give of which parts of a stretch not all fixes are held here."""
        try:
            with files.borrowed(self._engine) as db:
                return tracks.missing(db, since, until)
        except files.DatabaseError as error:
            _log.error("the tracks could not be read: %s", error)
            return []

    def own(self) -> list[tuple[int, Reading]]:
        """Give the values given by hand that the centre has not had, oldest first."""
        with self._lock:
            return sorted(self._own.items())

    # ---- writing

    def absorb(self, found: Sequence[Sensed], since: int, basis: str) -> Changes:
        """Take a page of the centre's, with where it ended; an older value never stands."""
        with self._lock:
            if basis != self._place[1]:
                self.forget()
            newer = [s for s in found if self._newer(s.reading)]
            touched = self._take(newer, ((since, basis),))
            return Changes(readings=frozenset(touched))

    def give(self, sensed: Sensed) -> Changes:
        """Take a value that a person gave at this seat; it waits for the line."""
        with self._lock:
            if not self._newer(sensed.reading):
                return Changes()
            touched = self._take([sensed], ())
            n = max(self._own, default=0) + 1
            self._own[n] = sensed.reading
            gone = sorted(self._own)[:-OWN]
            for each in gone:
                del self._own[each]
            self._write(lambda db: _keep_own(db, n, sensed.reading, gone))
            return Changes(readings=frozenset(touched))

    def sent(self, numbers: Iterable[int]) -> None:
        """Note that the centre has had values given by hand."""
        done = list(numbers)
        with self._lock:
            for n in done:
                self._own.pop(n, None)
            self._write(
                lambda db: db.executemany("DELETE FROM own WHERE n = ?", [(n,) for n in done])
            )

    def note_heard(self, now: int) -> None:
        """Note that this seat has heard of all that there was up to now (ms UTC)."""
        with self._lock:
            if span := self._heard.go_on(now):
                self._write(lambda db: tracks.hold(db, span))

    def absorb_fixes(self, found: Sequence[Fix], span: Stretch, asked: int) -> None:
        """Take where units were in a stretch, from the centre, asked for now (ms UTC)."""
        with self._lock:
            self._write(lambda db: (tracks.keep(db, found), tracks.hold(db, span, asked)))

    def absorb_points(self, of: str, source: str, points: Sequence[Point]) -> Changes:
        """Take a stretch of a source's history from the centre."""
        with self._lock:
            rows = [(of, source, at, value) for at, value in points[-POINTS:]]
            self._write(lambda db: _keep_points(db, rows))
            self._thin((of, source), len(rows))
        return Changes(readings=frozenset((("indicator", of),)))

    def forget(self) -> None:
        """Erase all that came from the centre: another person, another sight, another log."""
        with self._lock:
            self._held.clear()
            self._newest.clear()
            self._counts.clear()
            self._trail.forget()
            self._heard.forget()
            self._place = (0, "")
            self._write(_erase)

    def prune(self, now: int) -> None:
        """Let go of what is older than a week."""
        before = now - KEPT_MS
        with self._lock:
            for topic, things in self._held.items():
                for of, sources in things.items():
                    old = [s for s, v in sources.items() if v.reading.at < before]
                    for source in old:
                        del self._held[topic][of][source]
            self._write(lambda db: (_prune(db, before), tracks.prune(db, now)))

    # ---- inside

    def _newer(self, reading: Reading) -> bool:
        held = self._held.get(reading.topic, {}).get(reading.of, {}).get(reading.source)
        return held is None or reading.at >= held.reading.at

    def _take(
        self, found: Sequence[Sensed], place: Sequence[tuple[int, str]]
    ) -> set[tuple[str, str]]:
        points = [(r.of, r.source, r.at, r.value) for s in found if self._due(r := s.reading)]
        rows = [(*s.reading.key, s.reading.at, _pack(s)) for s in found]
        for sensed in found:
            topic, of, source = sensed.reading.key
            self._held.setdefault(topic, {}).setdefault(of, {})[source] = sensed
        if place:
            self._place = place[0]
        fixes = tracks.fixes(self._trail, (s.reading for s in found))
        self._write(lambda db: (_keep(db, rows, points, place), tracks.keep(db, fixes)))
        for of, source, *_ in points:
            self._thin((of, source), 1)
        return {(s.reading.topic, s.reading.of) for s in found}

    def _due(self, reading: Reading) -> bool:
        key = (reading.of, reading.source)
        if reading.topic != "indicator" or reading.quality == "bad":
            return False
        if reading.at - self._newest.get(key, -GAP_MS) < GAP_MS:
            return False
        self._newest[key] = reading.at
        return True

    def _thin(self, key: Source, more: int) -> None:
        """Let the oldest points of a source go when there are too many."""
        self._counts[key] = self._counts.get(key, 0) + more
        if self._counts[key] > POINTS + SPARE:
            self._counts[key] = POINTS
            self._write(lambda db: _thin(db, *key))

    def _write(self, job: Callable[[Db], object]) -> None:
        try:
            with files.transaction(self._engine) as db:
                job(db)
        except files.DatabaseError as error:
            _log.error("the readings could not be written: %s", error)

    def _open(self) -> None:
        self._engine = files.engine(self._path, self._key, full=False, cache_mb=4)
        try:
            with files.transaction(self._engine) as db:
                found = db.execute("PRAGMA user_version").fetchone()
                if found and found[0] == _VERSION:
                    return self._read(db)
                if found and found[0] == 0:
                    return _make(db)
        except files.DatabaseError as error:
            _log.error("the readings are begun anew: %s", error)
        self._engine.dispose()
        files.remove(self._path)
        self._engine = files.engine(self._path, self._key, full=False, cache_mb=4)
        with files.transaction(self._engine) as db:
            _make(db)
        return None

    def _read(self, db: Db) -> None:
        for (body,) in db.execute("SELECT body FROM last"):
            sensed = _SENSED.decode(body)
            topic, of, source = sensed.reading.key
            self._held.setdefault(topic, {}).setdefault(of, {})[source] = sensed
        line = "SELECT of, source, max(at), count(*) FROM point GROUP BY of, source"
        for of, source, at, count in db.execute(line):
            self._newest[of, source], self._counts[of, source] = at, count
        for of, at, lon, lat in db.execute("SELECT of, max(at), lon, lat FROM fix GROUP BY of"):
            self._trail.recall(of, at, lon, lat)
        self._own = {n: _READING.decode(body) for n, body in db.execute("SELECT n, body FROM own")}
        found = db.execute("SELECT since, basis FROM place").fetchone()
        self._place = (int(found[0]), str(found[1])) if found else (0, "")


def _make(db: Db) -> None:
    for line in _TABLES:
        db.execute(line)
    db.execute(f"PRAGMA user_version = {_VERSION}")


def _keep(
    db: Db, rows: Sequence[Sequence[object]], points: Sequence[Sequence[object]],
    place: Sequence[tuple[int, str]],
) -> None:  # fmt: skip
    db.executemany("INSERT OR REPLACE INTO last VALUES (?, ?, ?, ?, ?)", rows)
    _keep_points(db, points)
    db.executemany("INSERT OR REPLACE INTO place VALUES (1, ?, ?)", place)


def _keep_points(db: Db, points: Sequence[Sequence[object]]) -> None:
    db.executemany("INSERT OR REPLACE INTO point VALUES (?, ?, ?, ?)", points)


def _keep_own(db: Db, n: int, reading: Reading, gone: Sequence[int]) -> None:
    db.execute("INSERT OR REPLACE INTO own VALUES (?, ?)", (n, _pack(reading)))
    db.executemany("DELETE FROM own WHERE n = ?", [(each,) for each in gone])


def _thin(db: Db, of: str, source: str) -> None:
    db.execute(
        "DELETE FROM point WHERE of = ? AND source = ? AND at < (SELECT at FROM point"
        " WHERE of = ? AND source = ? ORDER BY at DESC LIMIT 1 OFFSET ?)",
        (of, source, of, source, POINTS - 1),
    )


def _erase(db: Db) -> None:
    for table in ("last", "point", "place", "fix", "span"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - the names are these


def _prune(db: Db, before: int) -> None:
    db.execute("DELETE FROM point WHERE at < ?", (before,))
    db.execute("DELETE FROM last WHERE at < ?", (before,))

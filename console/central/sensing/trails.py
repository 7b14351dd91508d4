"""Where units were: so many days of fixes in the ledger, one a minute of a unit at most."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select

from console.central import tables
from console.central.ledger import Ledger
from console.central.sensing.series import Series
from console.central.sitting import upsert
from console.domain.reading import Reading
from console.domain.track import Fixes, Trail

GAP_MS: Final = 60_000
"""Fixes of one source lie at least so far apart: a map shows no more of a day."""
LONGEST_MS: Final = 2 * 86_400_000
"""The longest stretch of one answer."""
PAGE: Final = 5_000
"""The most fixes of one answer."""
_F = tables.fix.c
Fix = tuple[Series, int, float, float, float]
"""A source, ms UTC, longitude, latitude (CGCS2000), degrees from north."""


class Trails:
    """Chooses the fixes that are kept. Mutable; its keeper's lock guards it."""

    def __init__(self) -> None:
        self._trail = Trail(GAP_MS)
        self._fixes: list[Fix] = []

    def note(self, series: Series, reading: Reading) -> None:
        """Keep a position if it is worth it."""
        if self._trail.worth(reading.key, reading):
            self._fixes.append((series, reading.at, reading.lon, reading.lat, reading.heading))

    def due(self) -> list[Fix]:
        """Give what is to be written with this beat."""
        due, self._fixes = self._fixes, []
        return due

    def put_back(self, fixes: Sequence[Fix]) -> None:
        """Keep what the disk did not take for a later beat."""
        self._fixes = [*fixes, *self._fixes]


def write(line: Connection, fixes: Sequence[Fix]) -> None:
    """Write fixes, in the transaction that is open: the sources have their numbers by now."""
    rows = {
        (s.id, at): {"series": s.id, "at": at, "lon": lon, "lat": lat, "heading": heading}
        for s, at, lon, lat, heading in fixes
    }
    if rows:
        upsert(line, tables.fix, list(rows.values()), ("series", "at"))


def prune(line: Connection, before: int) -> None:
    """Let go of what is older than an instant."""
    line.execute(delete(tables.fix).where(_F.at < before))


def page(
    ledger: Ledger, units: Mapping[int, str], since: int, until: int, after: int = -1,
    limit: int = PAGE,
) -> Fixes:  # fmt: skip
    """Give the fixes of some sources in a stretch, a page at most, the oldest first.

    ``units``: whose each source is, by its number. Those at ``since`` itself only of sources with
    a number greater than ``after``.
    """
    until = min(until, since + LONGEST_MS)
    limit = min(max(limit, 1), PAGE)
    wanted = select(_F.at, _F.series, _F.lon, _F.lat, _F.heading).where(
        _F.at >= since, _F.at <= until, (_F.at > since) | (_F.series > after),
        _F.series.in_(bindparam("numbers", list(units), expanding=True, literal_execute=True)),
    )  # fmt: skip
    with ledger.reading() as line:
        rows = line.execute(wanted.order_by(_F.at, _F.series).limit(limit + 1)).all()
    held = rows[:limit]
    names = list(dict.fromkeys(units[row.series] for row in held))
    number = {name: n for n, name in enumerate(names)}
    found = Fixes(
        until=until, units=names, of=[number[units[row.series]] for row in held],
        at=[row.at for row in held], lon=[round(row.lon, 6) for row in held],
        lat=[round(row.lat, 6) for row in held], heading=[round(row.heading) for row in held],
    )  # fmt: skip
    if len(rows) > limit:
        found.more, found.next, found.after = True, held[-1].at, held[-1].series
    return found

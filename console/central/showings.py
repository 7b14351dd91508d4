"""Pushes to walls do not pile up: what seats have let go of long ago is deleted here, too.

What was pushed for an incident stays in the log for as long as that incident is kept.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, delete, exists, or_, select, update

from console.central import feed, tables
from console.central.centre import Centre
from console.central.pruning import delete_at
from console.domain.record import HIDDEN, Incident, Showing
from console.wire import record_of

AT_ONCE = 500
"""The most that are deleted in one transaction."""
_R, _L, _A = tables.record.c, tables.log.c, tables.act.c


class Showings:
    """Deletes what nobody is shown any more."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    def tend(self) -> int:
        """Delete what is due, and let the centre look at what an older one left; give how many."""
        with self._centre.ledger.writing() as line:
            _wake(line)
            ids = _over(line, self._centre.clock.now())
            mine = and_(_L.kind == Showing.kind, _L.id.in_(ids))
            acts = line.execute(select(_L.act).where(mine)).scalars().all()
            line.execute(delete(tables.log).where(mine))
            line.execute(delete(tables.record).where(_R.kind == Showing.kind, _R.id.in_(ids)))
            unused = ~exists().where(_L.act == _A.id)
            line.execute(delete(tables.act).where(_A.id.in_(acts), unused))
        return len(ids)


def _wake(line: Connection) -> None:
    """Have those looked at that were put down before anybody looked at them."""
    old = (_R.kind == Showing.kind, _R.watch_at == 0, _R.scope != HIDDEN)
    line.execute(update(tables.record).where(*old).values(watch_at=1))


def _over(line: Connection, now: int) -> Sequence[str]:
    """Give those whose time has come. What ends the log stays: by it seats know where they are."""
    incident = tables.record.alias()
    kept = exists().where(incident.c.kind == Incident.kind, incident.c.id == _R.incident)
    query = select(_R.id, _R.body).where(
        _R.kind == Showing.kind, _R.scope == HIDDEN, _R.pos < feed.head(line),
        or_(_R.incident == "", ~kept),
    )  # fmt: skip
    found = line.execute(query.order_by(_R.pos).limit(AT_ONCE)).all()
    records = (record_of(Showing.kind, row.body) for row in found)
    return [r.id for r in records if isinstance(r, Showing) and delete_at(r) <= now]

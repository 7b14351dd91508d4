"""What a reading may be of: indicators that scenes have, units and cameras that there are."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from console.central import tables
from console.central.ledger import Ledger
from console.central.sensing.series import Owner
from console.domain.indicator import Indicator
from console.domain.reading import Topic
from console.domain.record import KINDS, Unit
from console.domain.rows import joined
from console.wire import record_of

RECORDS: Final[Mapping[Topic, str]] = {"position": "unit", "camera": "camera"}


class Known:
    """Finds who a reading is of; those that are not there are looked for once a beat."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._missing: set[tuple[str, str]] = set()

    def owner(self, topic: Topic, of: str, indicators: Mapping[str, Indicator]) -> Owner | None:
        """Give the scope and departments that a reading takes from what it is of; None: unknown."""
        if topic == "indicator":
            return ("", "") if of in indicators else None
        kind = RECORDS[topic]
        if kind not in KINDS or (kind, of) in self._missing or tables.NUL in of:
            return None
        r = tables.record.c
        with self._ledger.reading() as line:
            row = line.execute(
                select(r.scope, r.body).where(r.kind == kind, r.id == of)
            ).one_or_none()
        if row is None:
            self._missing.add((kind, of))
            return None
        record = record_of(kind, row.body)
        dept = record.dept if isinstance(record, Unit) else ""
        return row.scope, joined([dept]) if dept else ""

    def forget(self) -> None:
        """Look again for those that were missing: they may have come."""
        self._missing.clear()

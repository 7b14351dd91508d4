"""Which unit a call sign, or an id, stands for."""

import threading

from console.central import feed
from console.central.centre import Centre
from console.central.sight import Sight
from console.domain.access import system
from console.domain.record import Unit
from console.wire import record_of

FRESH_S = 10.0


class Callsigns:
    """The units of a centre by call sign and by id; looked up anew every few seconds."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._lock = threading.Lock()
        self._until = 0.0
        self._known: dict[str, str] = {}

    def get(self, called: str) -> str | None:
        """Give the id of the unit that is called so; None when there is none."""
        if not called:
            return None
        with self._lock:
            now = self._centre.clock.monotonic()
            if now >= self._until:
                self._known, self._until = self._read(), now + FRESH_S
            return self._known.get(called)

    def _read(self) -> dict[str, str]:
        found: dict[str, str] = {}
        with self._centre.ledger.reading() as line:
            for put in feed.puts_of(line, Sight.of(system()), Unit.kind):
                record = record_of(put.kind, put.body)
                found[put.id] = put.id
                if isinstance(record, Unit) and record.call_sign:
                    found.setdefault(record.call_sign, put.id)
        return found

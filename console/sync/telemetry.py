"""Keeps this seat's last values in step with the centre; hands in what a person gave here.

As the engine, without threads, sockets or a clock of its own.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from console.base.clock import Clock
from console.base.errors import Refused, Unreachable
from console.base.notice import Level, Notice
from console.domain.reading import Reading
from console.domain.sensed import Sensed
from console.store.lastvalues import LastValues
from console.sync.engine import Told
from console.wire import Readings, Taken

PAGE = 500
"""So many values come at once: a page is absorbed without holding anything up."""
PRUNED_EVERY_MS = 3_600_000
_SENSED = msgspec.json.Decoder(Sensed)


class Source(Protocol):
    """The centre, as far as readings need it (console.gateways.central)."""

    def readings(self, since: int, basis: str, limit: int) -> Readings: ...
    def give(self, readings: Sequence[Reading]) -> Taken: ...


class Telemetry:
    """One seat's side of the readings. ``ready`` tells whether values by hand may go now."""

    def __init__(
        self, values: LastValues, source: Source, clock: Clock, ready: Callable[[], bool]
    ) -> None:
        self._values = values
        self._source = source
        self._clock = clock
        self._ready = ready
        self._pruned_at = 0

    def pull(self) -> Told:
        """Read one page of what has changed."""
        since, basis = self._values.place
        try:
            page = self._source.readings(since, basis, PAGE)
            found = [_SENSED.decode(raw) for raw in page.readings]
        except msgspec.DecodeError as error:
            raise Unreachable("sync.why.strange") from error
        except Refused as refused:  # a centre without this door: nothing a person could do
            raise Unreachable(refused.key) from refused
        changes = self._values.absorb(found, page.next, page.basis)
        if not page.more:
            self._values.note_heard(self._clock.now())
        self._prune()
        return Told(changes, page.more)

    def push(self) -> Told:
        """Hand in what was given here by hand; what the centre did not take is told."""
        own = self._values.own()
        if not own or not self._ready():
            return Told()
        try:
            told = self._source.give([reading for _, reading in own])
        except Refused as refused:
            self._values.sent(n for n, _ in own)
            return Told(notices=(Notice.of_refusal(refused),))
        self._values.sent(n for n, _ in own)
        notices = tuple(
            Notice(Level.warned, "reading.not_taken", {"of": w.of, "why": w.why}, topic=w.of)
            for w in told.wrong
        )
        return Told(notices=notices)

    def _prune(self) -> None:
        now = self._clock.now()
        if now - self._pruned_at > PRUNED_EVERY_MS:
            self._pruned_at = now
            self._values.prune(now)

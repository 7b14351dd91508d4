"""One request with readings: who makes it, what they may speak for, and what became of it."""

from dataclasses import dataclass, field

from console.base.text import text
from console.central.tables import ID, NUL
from console.domain.access import SYSTEM, Access, covers
from console.domain.opening import MANUAL
from console.domain.reading import Reading, Unread
from console.domain.record import SHARED
from console.wire import Taken, WrongReading

NAMED = 100
"""How many wrong readings of one request are named."""
DEVICES = frozenset(("source", SYSTEM))
"""The roles of accounts that give what devices measured; people give values in their own name."""


@dataclass(slots=True)
class Request:
    """Mutable. ``latest``: a reading may say no later instant (ms UTC)."""

    actor: Access
    latest: int
    told: Taken = field(default_factory=Taken)
    allowed: set[str] = field(default_factory=set[str])
    by_hand: bool = field(init=False)

    def __post_init__(self) -> None:
        self.by_hand = DEVICES.isdisjoint(self.actor.roles)

    @property
    def quick(self) -> int:
        """Give until when a reading may pass without a closer look; a person's never does."""
        return 0 if self.by_hand else self.latest

    def wrong(self, reading: Reading, scope: str, *, new: bool = True) -> str:
        """Give the text key of what is wrong with a reading; "" when nothing is.

        ``new``: its source was not heard of; what one is called that is held was looked at.
        """
        if (new or scope not in self.allowed) and _misnamed(reading, scope):
            return "reading.name"
        if not 0 < reading.at <= self.latest:
            return "reading.future" if reading.at > 0 else "reading.instant"
        placed = -180 <= reading.lon <= 180 and -90 <= reading.lat <= 90
        if not placed or (reading.topic == "position" and not (reading.lon and reading.lat)):
            return "reading.place"
        return self._unfit(reading, scope)

    def may(self, scope: str) -> bool:
        """Tell whether the account may speak for a scope; for all of the city if it covers it."""
        if scope in self.allowed:
            return True
        mine = "" in self.actor.scopes if scope == SHARED else covers(self.actor.scopes, scope)
        if mine:
            self.allowed.add(scope)
        return mine

    def _unfit(self, reading: Reading, scope: str) -> str:
        """Give the text key of why the account may not say this of a scope; "" if it may.

        People give indicators alone, in their own name.
        """
        own = f"{MANUAL}{self.actor.user}" if self.by_hand else reading.source
        if reading.source != own or (self.by_hand and reading.topic != "indicator"):
            return "reading.by"
        return "" if scope in self.allowed or self.may(scope) else "reading.scope"

    def refuse(self, n: int, reading: Reading | Unread, key: str, **args: object) -> None:
        """Note why one is not taken, the how-manieth from 0."""
        self.told.refused += 1
        if len(self.told.wrong) < NAMED:
            of, source, why = reading.of[:128], reading.source[:128], text(key, **args)
            self.told.wrong.append(WrongReading(n=n, of=of, source=source, key=key, why=why))


def _misnamed(reading: Reading, scope: str) -> bool:
    of, source = reading.of, reading.source
    return max(len(of), len(source), len(scope)) > ID or NUL in f"{of}{source}{scope}"

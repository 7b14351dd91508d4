"""Looks whether the cache is what it should be: each row its record's, and all the centre's.

Counts and sums of the records' versions are compared at one place of the log; the cache's rows are
read a few at a time, so that the screen has its turn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from console.domain.record import KINDS
from console.store.store import Store
from console.wire import Digest

TRIES, LOOKS = 5, 10
PAUSE_S, CATCH_UP_S = 0.01, 0.2


class Asked(Protocol):
    """Who says what the cache should hold."""

    def digest(self) -> Digest: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """``rows`` are not what their record says; the records of ``kinds`` are not the centre's.

    ``sure``: both stood still long enough to be compared.
    """

    rows: int = 0
    kinds: tuple[str, ...] = ()
    sure: bool = True


def look(store: Store, central: Asked, wait: Callable[[float], object]) -> Finding:
    """Read the whole cache and compare it; the feed goes on meanwhile."""
    rows = store.flawed(lambda: wait(PAUSE_S))
    for _ in range(TRIES):
        theirs, mine = central.digest(), store.digest()
        for _ in range(LOOKS):
            if mine.head >= theirs.head:
                break
            wait(CATCH_UP_S)
            mine = store.digest()
        if mine.head == theirs.head:
            return Finding(rows, differing(mine, theirs, store.kinds_with_bad_rows()))
    return Finding(rows, sure=False)


def differing(mine: Digest, theirs: Digest, bad: set[str]) -> tuple[str, ...]:
    """Name the kinds that differ, but for those of which rows had to be set aside."""
    return tuple(
        kind
        for kind in KINDS
        if kind not in bad
        and (mine.counts.get(kind, 0), mine.sums.get(kind, 0))
        != (theirs.counts.get(kind, 0), theirs.sums.get(kind, 0))
    )

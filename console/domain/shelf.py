"""Which alarms are shelved (搁置): by a person, until an instant, with a reason.

A shelf hides an alarm from those who work and opens no incident; the value counts as before. It
holds no more than its author answers for: a district's shelf leaves the other districts, and the
city's own values, alone.
"""

from collections.abc import Iterable

from console.domain.access import covers
from console.domain.reading import Reading
from console.domain.record import SHARED, Shelf


def shelved(shelves: Iterable[Shelf], reading: Reading, now: int) -> Shelf | None:
    """Give the shelf that holds the source of a reading; of several, the one that lasts longest."""
    held = [s for s in shelves if s.until > now and s.state == "shelved" and _holds(s, reading)]
    return max(held, key=lambda s: s.until, default=None)


def _holds(shelf: Shelf, reading: Reading) -> bool:
    named = shelf.indicator == reading.of and shelf.source in ("", reading.source)
    whole = shelf.scope == SHARED
    return named and (whole or (reading.scope != SHARED and covers((shelf.scope,), reading.scope)))

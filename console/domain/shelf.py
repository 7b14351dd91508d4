"""Which alarms are shelved (搁置): by a person, until an instant, with a reason.

A shelf hides an alarm from those who work and opens no incident; the value counts as before.
"""

from collections.abc import Iterable

from console.domain.record import Shelf


def shelved(shelves: Iterable[Shelf], of: str, source: str, now: int) -> Shelf | None:
    """Give the shelf that holds an indicator's source (or the whole indicator), the longest one."""
    held = [
        s for s in shelves
        if s.state == "shelved" and s.indicator == of and s.source in ("", source) and s.until > now
    ]  # fmt: skip
    return max(held, key=lambda s: s.until, default=None)

"""A reading: what a source measured, once. Not a record: it is never in the outbox.

Only the last value of each (topic, of, source) is kept at a seat; the centre keeps the history.
"""

from typing import Literal

from msgspec import Struct

Topic = Literal["indicator", "position", "camera"]
Quality = Literal["good", "doubtful", "bad"]


class Reading(
    Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """One value of one source.

    ``of``: the indicator's, unit's or camera's id. ``source``: the station, device or department
    that measured it ("" where there is but one). ``scope``: where it was measured, as in Record:
    "" the city, a district, or ``district.street``. ``at``: ms since 1970 UTC, when it was
    measured. ``value`` is in the indicator's unit; a bad reading has a value that means nothing.
    ``lon``, ``lat``: CGCS2000 degrees; ``heading``: degrees from north; ``speed``: m/s; the last
    two are of positions alone, and are not kept of others.
    """

    topic: Topic
    of: str
    at: int
    source: str = ""
    scope: str = ""
    value: float = 0.0
    quality: Quality = "good"
    lon: float = 0.0
    lat: float = 0.0
    heading: float = 0.0
    speed: float = 0.0

    @property
    def key(self) -> tuple[str, str, str]:
        """Give what it is the last value of."""
        return self.topic, self.of, self.source


class Unread(Struct, frozen=True, kw_only=True, gc=False):
    """What stands in the place of a reading that could not be read, and of what source: ``why``.

    It has what is first looked at in a reading, so that nobody need ask each which of the two it
    is: it is of no topic that there is, and bad.
    """

    why: str
    topic: Literal["unread"] = "unread"
    of: str = ""
    at: int = 0
    source: str = ""
    scope: str = ""
    value: float = 0.0
    quality: Quality = "bad"
    lon: float = 0.0
    lat: float = 0.0

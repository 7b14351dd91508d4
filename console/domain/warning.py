"""A warning bulletin as any standard may bring it (CAP 1.2, the national 12379 dialect)."""

from typing import Final, Literal
from uuid import UUID, uuid5

from msgspec import Struct

SPACE: Final = UUID("7c1d3b52-0c1e-5b8b-9a6e-4f0b2a9d6e13")
"""In which warnings and what comes of them have their ids."""
Told = Literal["alert", "update", "cancel", "ack", "error"]
Standing = Literal["actual", "exercise", "system", "test", "draft"]
Point = tuple[float, float]
Circle = tuple[float, float, float]
"""Longitude, latitude (CGCS2000 degrees), radius in metres."""


class Bulletin(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One message of a sender about a hazard that may come.

    ``identifier`` is the sender's own, unique with them; ``references`` are those of the earlier
    messages that this one updates, cancels or answers. ``level`` is I (red), II (orange),
    III (yellow), IV (blue) or "" (not said). Instants are ms UTC, 0: not said. ``polygons`` are
    rings of (lon, lat); ``geocodes`` are "name=value".
    """

    identifier: str
    sender: str
    sent_at: int
    told: Told = "alert"
    standing: Standing = "actual"
    references: tuple[str, ...] = ()
    sender_name: str = ""
    event: str = ""
    event_code: str = ""
    category: str = ""
    level: str = ""
    urgency: str = ""
    certainty: str = ""
    effective_at: int = 0
    onset_at: int = 0
    expires_at: int = 0
    headline: str = ""
    words: str = ""
    instruction: str = ""
    language: str = ""
    area: str = ""
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[str, ...] = ()
    note: str = ""


def incident_of(warning: str) -> str:
    """Give the id of the one incident that a warning may open: the same wherever it is asked."""
    return str(uuid5(SPACE, f"{warning} incident"))

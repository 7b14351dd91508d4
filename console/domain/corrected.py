"""Place corrections as their data owners take them: who, when, what was said, offered and chosen.

Times are ISO 8601 with the city's zone, coordinates CGCS2000 degrees.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from console.base.text import text
from console.domain.record import Correction, Incident, Record
from console.domain.rows import split

CRS = "CGCS2000"
FIELDS = (
    "id", "incident", "said", "offered", "chosen", "code", "lon", "lat", "crs", "district",
    "street", "at", "by", "by_name", "reason", "state", "decided_at", "decided_by", "note",
)  # fmt: skip
"""What is told of each, in this order; the heading of each is the text ``corrected.<field>``."""
Says = Callable[[str, str], str]
"""Says what a code of a kind (district, street, person) is called; "" when it is not known."""


Find = Callable[[str], Record | None]
"""Gives an incident by its id; None when it is not known."""


def headings() -> dict[str, str]:
    """Give the heading of each field, in order."""
    return {name: text(f"corrected.{name}") for name in FIELDS}


def corrected(
    records: Iterable[Correction], find: Find, name: Says, zone: ZoneInfo
) -> list[dict[str, str | float]]:
    """Tell corrections, the oldest first. What is not known is ""."""
    first = sorted(records, key=lambda each: (each.at or each.updated_at, each.id))
    return [_told(each, find, name, zone) for each in first]


def _told(record: Correction, find: Find, name: Says, zone: ZoneInfo) -> dict[str, str | float]:
    district, street = split(record.scope)
    incident = find(record.incident) if record.incident else None
    return {
        "id": record.id, "incident": incident.no if isinstance(incident, Incident) else "",
        "said": record.said, "offered": record.offered,
        "chosen": record.name, "code": record.place, "lon": record.lon, "lat": record.lat,
        "crs": CRS, "district": name("district", district) if district else "",
        "street": name("street", street) if street else "",
        "at": _instant(record.at or record.updated_at, zone), "by": record.by,
        "by_name": name("person", record.by), "reason": record.reason, "state": record.state,
        "decided_at": _instant(record.decided_at, zone),
        "decided_by": name("person", record.decided_by) or record.decided_by,
        "note": " · ".join(each.text for each in record.notes),
    }  # fmt: skip


def _instant(at: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at / 1000, zone).isoformat(timespec="seconds") if at else ""

"""Place corrections as their data owners take them: who, when, what was said, offered and chosen.

Times are ISO 8601 with the city's zone, coordinates CGCS2000 degrees.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.record import Correction
from console.domain.rows import split

CRS = "CGCS2000"
FIELDS = (
    "id", "incident", "said", "offered", "chosen", "code", "lon", "lat", "crs", "district",
    "street", "at", "by", "by_name", "reason", "state", "decided_at", "decided_by", "note",
)  # fmt: skip
"""What is told of each, in this order; the heading of each is the text ``corrected.<field>``."""
Says = Callable[[str, str], str]
"""Says what a code of a kind (district, street, person) is called; "" when it is not known."""


def corrected(
    record: Correction, number: str, name: Says, zone: ZoneInfo
) -> dict[str, str | float]:  # fmt: skip
    """Tell one correction; ``number``: of the incident it is of. What is not known is ""."""
    district, street = split(record.scope)
    return {
        "id": record.id, "incident": number, "said": record.said, "offered": record.offered,
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

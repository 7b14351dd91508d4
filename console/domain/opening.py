"""An alarm opens an incident by rule, once: by its id, the same wherever it is worked out.

The id is made of the indicator, its source and a turn. The turn goes on only when the incident of
the turn before is over, so that a seat without its line, its neighbour and the centre all name the
same incident, and whoever comes second finds it there.
"""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID, uuid5

from console.domain.alarm import Standing
from console.domain.indicator import RANK, Indicator
from console.domain.reading import Reading
from console.domain.record import SHARED

MANUAL: Final = "@"
"""What the source of a value begins with that a person gave: `@wang`."""
_SPACE: Final = UUID("7b0f6f1c-9a3e-5c58-8d0b-2f8a1c5e4d77")
URGENCIES: Final = {"warn": "normal", "alarm": "urgent"}


def due(indicator: Indicator, standing: Standing, reading: Reading) -> bool:
    """Tell whether a source is so far out that its indicator opens an incident; only on sound word.

    Whether the word is fresh, shelved or has opened one before is the caller's to know.
    """
    if not indicator.opens or reading.quality != "good":
        return False
    return RANK[standing.band] >= RANK[indicator.opens_at]


def incident_id(indicator: str, source: str, turn: int) -> str:
    """Give the id of the incident that a source's alarm opens for the n-th time (from 1)."""
    return str(uuid5(_SPACE, f"{indicator}\0{source}\0{turn}"))


def act_id(incident: str) -> str:
    """Give the id of the act by which it is opened."""
    return str(uuid5(_SPACE, f"{incident}\0open"))


def turn_from(
    indicator: str, source: str, turn: int, opened: Callable[[str], bool | None]
) -> tuple[int, bool]:
    """Give the turn that it is, and whether its incident is there already.

    ``opened`` tells of an incident: True open, False over, None there is none.
    """
    while True:
        state = opened(incident_id(indicator, source, turn))
        if state is not False:
            return turn, state is True
        turn += 1


def facts(
    indicator: Indicator, reading: Reading, standing: Standing, *, level: str, city: str,
    title: str, detail: str,
) -> dict[str, Any]:  # fmt: skip
    """Give the first facts of the incident. ``level``: the type's own; ``city``: its code."""
    said: dict[str, Any] = {
        "title": title, "detail": detail, "type": indicator.opens, "scene": indicator.scene,
        "scope": city if reading.scope in ("", SHARED) else reading.scope,
        "level": indicator.level(reading.value) or level, "source": "iot",
        "urgency": URGENCIES.get(standing.band, "normal"), "occurred_at": standing.since,
    }  # fmt: skip
    if reading.lon and reading.lat:
        said |= {"lon": reading.lon, "lat": reading.lat, "crs": "CGCS2000"}
    return said

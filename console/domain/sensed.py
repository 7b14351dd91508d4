"""What an indicator is now: its sources taken together, how fresh they are, and whether shelved.

A source that is not live is left out: it is grey, raises nothing, and does not count.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from console.domain.alarm import Freshness, Standing, freshness
from console.domain.indicator import RANK, Band, Indicator
from console.domain.reading import Reading

State = Literal["normal", "warn", "alarm", "unknown"]
_ORDER: Mapping[Freshness, int] = {"live": 2, "stale": 1, "lost": 0}


class Sensed(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A last value, and how its source stands with the centre (indicators alone)."""

    reading: Reading
    standing: Standing = Standing()


class Judged(Struct, frozen=True, kw_only=True):
    """One indicator at one moment.

    ``value`` in ``unit``: that of the worst live source (``source``), with its ``state``; without
    a live one the newest that was, ``state`` unknown; None when there never was any. ``since``:
    from when on in this state; ``at``: when it was measured. ``shelved``: until when (ms UTC; 0:
    not). ``live`` of ``sources`` are live. ``was``: the band that it last had, fresh or not.
    ``samples`` in a row ask for another, ``asked``.
    """

    id: str
    unit: str
    value: float | None = None
    state: State = "unknown"
    freshness: Freshness = "lost"
    since: int = 0
    at: int = 0
    source: str = ""
    shelved: int = 0
    shelved_reason: str = ""
    was: Band = "normal"
    samples: int = 0
    asked: Band = "normal"
    live: int = 0
    sources: int = 0
    doubtful: bool = False


def judged(
    indicator: Indicator, held: Iterable[Sensed], now: int, shelved: int = 0, reason: str = ""
) -> Judged:
    """Take the sources of an indicator together, as of an instant (ms UTC)."""
    found: list[tuple[Freshness, Sensed]] = [
        (freshness(indicator.refresh_s, s.reading.at, now), s) for s in held
    ]
    until = shelved if shelved > now else 0
    if not found:
        said = reason if until else ""
        return Judged(id=indicator.id, unit=indicator.unit, shelved=until, shelved_reason=said)
    live = [s for f, s in found if f == "live" and s.reading.quality != "bad"]
    best = max(found, key=lambda each: (_ORDER[each[0]], each[1].reading.at))
    shown = max(live, key=lambda s: _badness(indicator, s)) if live else best[1]
    reading, standing = shown.reading, shown.standing
    return Judged(
        id=indicator.id, unit=indicator.unit, value=_value(reading, standing),
        state=standing.band if live else "unknown",
        freshness="live" if live else _worse(best[0]), since=standing.since, at=reading.at,
        source=reading.source, shelved=until, shelved_reason=reason if until else "",
        was=standing.band, samples=standing.run, asked=standing.asked,
        live=len(live), sources=len(found), doubtful=reading.quality == "doubtful",
    )  # fmt: skip


def _badness(indicator: Indicator, sensed: Sensed) -> tuple[int, float, int]:
    reading = sensed.reading
    return RANK[sensed.standing.band], -indicator.score(reading.value), reading.at


def _value(reading: Reading, standing: Standing) -> float | None:
    """Give what was measured; of a source that says nothing sound now, what it last said."""
    if reading.quality != "bad":
        return reading.value
    return standing.value if standing.at else None


def _worse(found: Freshness) -> Freshness:
    """Take a source that comes in time, but says nothing sound, for a late one."""
    return "stale" if found == "live" else found

"""An alarm (告警) is raised by samples in a row, and cleared by samples in a row.

Pure: the samples and the time are passed in. One value beyond a limit raises nothing, one within
it clears nothing; so nothing chatters. An alarm that clears closes no incident: a person does.
"""

from typing import Final, Literal

from msgspec import Struct

from console.domain.indicator import RANK, Band, Indicator
from console.domain.reading import Reading

Freshness = Literal["live", "stale", "lost"]
STALE_CYCLES: Final = 2
LOST_CYCLES: Final = 10
HOUR: Final = 3_600_000


class Standing(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """How one source of an indicator stands. Instants are ms UTC, those of the samples.

    ``since``: the first of the samples that brought it into its band (0: it was never out).
    ``run`` samples in a row, from ``run_since`` on, ask for another band, the nearest of them
    ``asked``; 0 when the last asked for none. ``at``, ``value``: the last good sample.
    """

    band: Band = "normal"
    since: int = 0
    asked: Band = "normal"
    run: int = 0
    run_since: int = 0
    at: int = 0
    value: float = 0.0


def sampled(indicator: Indicator, held: Standing, reading: Reading) -> Standing:
    """Give how it stands after one more sample; a bad one, or one no newer, says nothing."""
    if reading.quality == "bad" or reading.at <= held.at:
        return held
    wanted = _wanted(indicator, held, reading)
    rank, now = RANK[wanted], RANK[held.band]
    if rank == now:
        return _calm(held, reading)
    same_way = held.run > 0 and (RANK[held.asked] > now) is (rank > now)
    run = held.run + 1 if same_way else 1
    asked = _nearer(held.asked, wanted, now) if same_way else wanted
    run_since = held.run_since if same_way else reading.at
    if run < (indicator.hold if rank > now else indicator.clear):
        return Standing(
            band=held.band, since=held.since, asked=asked, run=run, run_since=run_since,
            at=reading.at, value=reading.value,
        )  # fmt: skip
    moved = Standing(band=asked, since=run_since, at=reading.at, value=reading.value)
    if asked == wanted:
        return moved
    # It went to the nearest band of the run; this sample already asks for the next.
    return Standing(
        band=asked, since=run_since, asked=wanted, run=1, run_since=reading.at,
        at=reading.at, value=reading.value,
    )  # fmt: skip


def freshness(refresh_s: float, at: int, now: int) -> Freshness:
    """Say how fresh a value is: stale after two refresh cycles without another, lost after ten."""
    age = now - at
    if age <= STALE_CYCLES * refresh_s * 1000:
        return "live"
    return "stale" if age <= LOST_CYCLES * refresh_s * 1000 else "lost"


def _wanted(indicator: Indicator, held: Standing, reading: Reading) -> Band:
    band = indicator.band_held(reading.value, held.band)
    if band == "normal" and indicator.rate and held.at:
        hours = (reading.at - held.at) / HOUR
        if indicator.worse_by(held.value, reading.value) >= indicator.rate * hours:
            return "warn"
    return band


def _calm(held: Standing, reading: Reading) -> Standing:
    return Standing(band=held.band, since=held.since, at=reading.at, value=reading.value)


def _nearer(one: Band, other: Band, to: int) -> Band:
    return min(one, other, key=lambda band: abs(RANK[band] - to))

"""An alarm is raised and cleared by samples in a row, and what is old is no longer live."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.alarm import HOUR, Standing, freshness, sampled
from console.domain.indicator import RANK, Band, Indicator
from console.domain.reading import Reading

RISK = Indicator(
    id="CITY.risk", name="风险", name_en="Risk", unit="分", direction="up", normal=(0, 40),
    warn=60, alarm=80, source="平台", refresh_s=60,
)  # fmt: skip


def after(*values: float, indicator: Indicator = RISK, held: Standing | None = None) -> Standing:
    """Give how a source stands after samples one minute apart."""
    standing = held or Standing()
    first = standing.at // 60_000 + 1
    for n, value in enumerate(values, first):
        reading = Reading(topic="indicator", of=indicator.id, at=n * 60_000, value=value)
        standing = sampled(indicator, standing, reading)
    return standing


@pytest.mark.parametrize(
    ("values", "band"),
    [
        ((65,), "normal"),
        ((65, 65), "warn"),
        ((65, 50, 65, 50, 65), "normal"),
        ((65, 85), "warn"),  # both are at least warn; one alone is alarm
        ((65, 85, 85), "alarm"),
        ((85, 85), "alarm"),
        ((85, 85, 50, 50, 50, 50), "alarm"),
        ((85, 85, 50, 50, 50, 50, 50), "normal"),
        ((85, 85, 50, 50, 85, 50, 50, 50), "alarm"),
        ((85, 85, 50, 50, 65, 50, 50), "warn"),  # the nearest of the five is warn
        ((65, 65, 59.5, 59.5, 59.5, 59.5, 59.5, 59.5), "warn"),  # within the hysteresis
    ],
)
def test_it_takes_two_in_a_row_to_raise_and_five_to_clear(values, band):
    assert after(*values).band == band


def test_it_stands_since_the_first_sample_of_the_run_that_brought_it_there():
    raised = after(10, 10, 65, 66)
    assert (raised.band, raised.since) == ("warn", 3 * 60_000)
    cleared = after(10, 10, 10, 10, 10, held=raised)
    assert (cleared.band, cleared.since) == ("normal", 5 * 60_000)


def test_a_bad_sample_and_an_older_one_say_nothing():
    held = after(65)
    bad = Reading(topic="indicator", of=RISK.id, at=2 * 60_000, value=99, quality="bad")
    old = Reading(topic="indicator", of=RISK.id, at=60_000, value=99)
    assert sampled(RISK, held, bad) is held
    assert sampled(RISK, held, old) is held


def test_the_holds_are_the_files():
    quick = replace(RISK, hold=1, clear=1)
    assert after(85, indicator=quick).band == "alarm"
    assert after(85, 10, indicator=quick).band == "normal"


def test_a_rise_that_is_too_fast_is_raised_below_the_limit():
    fast = replace(RISK, rate=600.0)  # ten a minute
    assert after(10, 21, 32, indicator=fast).band == "warn"
    assert after(10, 15, 20, 25, indicator=fast).band == "normal"
    falling = replace(fast, direction="down", normal=(80, 100), warn=60, alarm=40)
    assert after(99, 88, 77, indicator=falling).band == "warn"


def test_two_cycles_late_is_stale_and_ten_is_lost():
    minute = HOUR // 60
    said = [freshness(60, 0, n * minute) for n in (0, 2, 3, 10, 11)]
    assert said == ["live", "live", "stale", "stale", "lost"]
    assert freshness(60, 5 * minute, 0) == "live"


@given(st.lists(st.floats(0, 120), max_size=40))
def test_every_sample_of_the_run_asks_for_what_it_came_to(values):
    standing, bands = Standing(), list[Band]()
    for value in values:
        before, standing = standing, after(value, held=standing)
        bands.append(RISK.band_held(value, before.band))
        if RANK[standing.band] > RANK[before.band]:
            assert all(RANK[b] >= RANK[standing.band] for b in bands[-RISK.hold :])
        if RANK[standing.band] < RANK[before.band]:
            assert all(RANK[b] <= RANK[standing.band] for b in bands[-RISK.clear :])


@given(st.lists(st.floats(-50, 150), min_size=1, max_size=60), st.sampled_from(["up", "down"]))
def test_a_value_within_the_calm_range_keeps_the_band(values, direction):
    limits = (60, 80) if direction == "up" else (40, 20)
    indicator = replace(
        RISK, direction=direction, normal=(30, 50) if direction == "up" else (50, 70),
        warn=limits[0], alarm=limits[1],
    )  # fmt: skip
    for held in ("normal", "warn", "alarm"):
        low, high = indicator.calm(held)
        assert all(indicator.band_held(v, held) == held for v in values if low < v < high)

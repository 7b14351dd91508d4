"""The sources of an indicator are taken together: the worst that is live, and grey without one."""

from msgspec.structs import replace

from console.domain.alarm import Standing
from console.domain.indicator import Indicator
from console.domain.reading import Reading
from console.domain.sensed import Sensed, judged

PONDING = Indicator(
    id="WATER.ponding", name="积水深度", name_en="Ponding", unit="cm", direction="up",
    normal=(0, 5), warn=15, alarm=27, source="积水计", refresh_s=60,
)  # fmt: skip
MINUTE = 60_000
NOW = 100 * MINUTE


def sensed(source: str, value: float, band="normal", age_min: float = 0.0, **more) -> Sensed:
    at = int(NOW - age_min * MINUTE)
    reading = Reading(
        topic="indicator", of=PONDING.id, source=source, at=at, value=value, **more
    )  # fmt: skip
    return Sensed(reading=reading, standing=Standing(band=band, since=at, at=at, value=value))


def test_the_worst_live_source_speaks_for_the_indicator():
    found = judged(PONDING, [sensed("a", 3), sensed("b", 18, "warn"), sensed("c", 16)], NOW)
    assert (found.value, found.state, found.source) == (18, "warn", "b")
    assert (found.freshness, found.live, found.sources) == ("live", 3, 3)


def test_a_source_that_is_stale_does_not_count_however_bad_it_was():
    found = judged(PONDING, [sensed("a", 3), sensed("b", 40, "alarm", age_min=5)], NOW)
    assert (found.value, found.state, found.live, found.sources) == (3, "normal", 1, 2)


def test_without_a_live_source_it_is_unknown_and_says_what_was_last():
    found = judged(PONDING, [sensed("a", 3, age_min=5), sensed("b", 40, "alarm", age_min=9)], NOW)
    assert (found.value, found.state, found.freshness) == (3, "unknown", "stale")
    lost = judged(PONDING, [sensed("a", 40, "alarm", age_min=30)], NOW)
    assert (lost.freshness, lost.was) == ("lost", "alarm")


def test_an_indicator_nobody_measures_has_no_value():
    found = judged(PONDING, [], NOW)
    assert (found.value, found.state, found.freshness) == (None, "unknown", "lost")


def test_a_source_that_says_nothing_sound_is_grey_with_what_it_last_said():
    broken = sensed("a", 3)
    broken = replace(broken, reading=replace(broken.reading, value=-999.0, quality="bad"))
    found = judged(PONDING, [broken], NOW)
    assert (found.value, found.state, found.freshness) == (3, "unknown", "stale")
    never = Sensed(reading=broken.reading)
    assert judged(PONDING, [never], NOW).value is None


def test_a_shelf_that_has_run_out_is_none():
    assert judged(PONDING, [sensed("a", 3)], NOW, NOW + 1, "检修").shelved == NOW + 1
    over = judged(PONDING, [sensed("a", 3)], NOW, NOW - 1, "检修")
    assert (over.shelved, over.shelved_reason) == (0, "")


def test_a_doubtful_value_is_shown_as_one():
    assert judged(PONDING, [sensed("a", 3, quality="doubtful")], NOW).doubtful

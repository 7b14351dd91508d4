"""An indicator says how far out of band a value is, scores it, and its numbers are checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.indicator import CLEAR, HOLD, RANK, Grade, Indicator, Sim, fault_of

STAGE = Indicator(
    id="WATER.stage",
    name="江水位",
    name_en="River stage",
    unit="m",
    direction="up",
    normal=(3.0, 8.7),
    warn=8.7,
    alarm=9.7,
    source="水文局",
    refresh_s=300,
    opens="WATER-01",
    opens_at="warn",
    sim=Sim(base=6.2, sd=0.25),
    basis="stored",
)
RISK = replace(STAGE, id="CITY.risk", normal=(0, 40), warn=60, alarm=80)
ONLINE = replace(STAGE, id="FIRE.online", direction="down", normal=(98, 100), warn=95, alarm=90)
PRESSURE = replace(
    STAGE,
    id="WATER.pressure",
    direction="band",
    normal=(0.2, 0.45),
    warn=(0.16, 0.5),
    alarm=(0.12, 0.6),
)


@pytest.mark.parametrize(
    ("indicator", "value", "band"),
    [
        (STAGE, 8.69, "normal"),
        (STAGE, 8.7, "warn"),
        (STAGE, 9.7, "alarm"),
        (RISK, 59.9, "normal"),
        (RISK, -3, "normal"),
        (ONLINE, 95.1, "normal"),
        (ONLINE, 95, "warn"),
        (ONLINE, 90, "alarm"),
        (PRESSURE, 0.16, "normal"),
        (PRESSURE, 0.159, "warn"),
        (PRESSURE, 0.51, "warn"),
        (PRESSURE, 0.61, "alarm"),
        (PRESSURE, 0.11, "alarm"),
    ],
)
def test_a_value_is_out_of_band_by_its_direction(indicator, value, band):
    assert indicator.band(value) == band


@pytest.mark.parametrize(
    ("indicator", "value", "held", "band"),
    [
        (RISK, 59.5, "warn", "warn"),  # 5 % of the gap of 20 is 1
        (RISK, 58.9, "warn", "normal"),
        (RISK, 79.5, "alarm", "alarm"),
        (RISK, 78.9, "alarm", "warn"),
        (RISK, 58.0, "alarm", "normal"),
        (RISK, 80.0, "normal", "alarm"),
        (ONLINE, 95.2, "warn", "warn"),
        (ONLINE, 95.3, "warn", "normal"),
        (PRESSURE, 0.161, "warn", "warn"),
        (PRESSURE, 0.163, "warn", "normal"),
        (PRESSURE, 0.499, "warn", "warn"),
    ],
)
def test_it_falls_only_past_the_hysteresis_and_rises_at_once(indicator, value, held, band):
    assert indicator.band_held(value, held) == band


@pytest.mark.parametrize(
    ("indicator", "value", "score"),
    [
        (RISK, 40, 100.0),
        (RISK, 50, 80.0),
        (RISK, 60, 60.0),
        (RISK, 70, 40.0),
        (RISK, 80, 20.0),
        (RISK, 80.1, 0.0),
        (ONLINE, 100, 100.0),
        (ONLINE, 96.5, 80.0),
        (ONLINE, 95, 60.0),
        (ONLINE, 92.5, 40.0),
        (ONLINE, 89.9, 0.0),
        (STAGE, 8.7, 100.0),  # normal and warn meet: the formula says "in normal, 100" first
        (STAGE, 9.2, 40.0),
        (PRESSURE, 0.3, 100.0),
        (PRESSURE, 0.18, 80.0),
        (PRESSURE, 0.55, 40.0),
        (PRESSURE, 0.11, 0.0),
    ],
)
def test_the_score_of_a_value_is_the_formulas(indicator, value, score):
    assert indicator.score(value) == pytest.approx(score)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_worse_a_value_the_lower_its_score_and_never_out_of_bounds(one, other):
    less, more = sorted((one, other))
    assert 100 >= RISK.score(less) >= RISK.score(more) >= 0
    assert 0 <= ONLINE.score(less) <= ONLINE.score(more) <= 100
    assert RANK[RISK.band(less)] <= RANK[RISK.band(more)]
    assert RANK[ONLINE.band(less)] >= RANK[ONLINE.band(more)]
    assert 0 <= PRESSURE.score(one) <= 100


@given(st.floats(-1e3, 1e3), st.sampled_from(["normal", "warn", "alarm"]))
def test_what_is_held_is_never_better_than_the_value_alone(value, held):
    for indicator in (RISK, ONLINE, PRESSURE):
        assert RANK[indicator.band_held(value, held)] >= RANK[indicator.band(value)]


def test_an_incident_takes_the_level_of_the_highest_grade_reached():
    graded = replace(RISK, grades=(Grade(at=60, level="III"), Grade(at=90, level="I")))
    assert [graded.level(v) for v in (59, 60, 95)] == ["", "III", "I"]


def test_it_holds_two_samples_and_clears_after_five_unless_its_file_says_otherwise():
    assert (STAGE.hold, STAGE.clear) == (HOLD, CLEAR) == (2, 5)
    assert STAGE.scene == "WATER"
    assert [RISK.decimals, PRESSURE.decimals, STAGE.decimals] == [2, 2, 2]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(STAGE, warn=9.9), "alarm"),
        (replace(STAGE, warn=8.0), "alarm"),
        (replace(STAGE, normal=(9, 3)), "normal"),
        (replace(STAGE, warn=(1.0, 2.0)), "warn"),
        (replace(PRESSURE, alarm=3.0), "warn"),
        (replace(PRESSURE, alarm=(0.17, 0.6)), "alarm"),
        (replace(ONLINE, alarm=96), "alarm"),
        (replace(STAGE, refresh_s=0), "refresh_s"),
        (replace(STAGE, hold=0), "hold"),
        (replace(STAGE, clear=0), "clear"),
        (replace(STAGE, hysteresis=2), "hysteresis"),
        (replace(STAGE, rate=-1), "rate"),
        (replace(STAGE, grades=(Grade(at=9, level="I"), Grade(at=8, level="II"))), "grades"),
        (replace(PRESSURE, grades=(Grade(at=9, level="I"),)), "grades"),
    ],
)
def test_numbers_that_cannot_be_are_named(wrong, field):
    said = fault_of(wrong)
    assert said is not None
    assert said[0] == field


def test_sound_numbers_have_no_fault():
    assert [fault_of(each) for each in (STAGE, RISK, ONLINE, PRESSURE)] == [None] * 4

"""The vital signs are the formula's, worked by hand; and every point lost has its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.base.errors import BadData
from console.domain.indicator import Indicator
from console.domain.sensed import Judged
from console.domain.vitals import Domain, Formula, Item, Mark, grade_of, read_formula, vitals

GRADES = tuple(
    Mark(least=least, id=grade, name=grade, name_en=grade, role="good")
    for least, grade in ((90, "good"), (75, "fair"), (60, "watch"), (40, "warned"), (0, "alarmed"))
)
# Every indicator of these scores as its value says: 40 is 100, 60 is 60, 80 is 20, 81 is 0.
INDICATORS = {
    of: Indicator(
        id=of, name=of, name_en=of, unit="分", direction="up", normal=(0, 40), warn=60, alarm=80,
        source="s", refresh_s=60,
    )
    for of in ("S.a", "S.b", "S.c", "W.a", "W.b")
}  # fmt: skip
SAFETY = Domain(
    id="safety", name="安全", name_en="Safety", weight=0.6,
    item=(Item(of="S.a", weight=3), Item(of="S.b", weight=2), Item(of="S.c", weight=1)),
)  # fmt: skip
WATER = Domain(
    id="water", name="水务", name_en="Water", weight=0.4,
    item=(Item(of="W.a", weight=1), Item(of="W.b", weight=1)),
)  # fmt: skip
FORMULA = Formula(low=60, shortfall=0.3, grade=GRADES, domain=(SAFETY, WATER))


def worked_out(**values: float | None):
    """Work out the score of these values; None is a source that is stale."""
    now = {}
    for name, value in values.items():
        of = name.replace("_", ".")
        fresh = "live" if value is not None else "stale"
        state = INDICATORS[of].band(value) if value is not None else "unknown"
        now[of] = Judged(
            id=of, unit="分", value=10.0 if value is None else value, state=state, freshness=fresh
        )
    return vitals(FORMULA, INDICATORS, now)


def test_a_city_that_is_well_has_the_full_score():
    found = worked_out(S_a=10, S_b=40, S_c=0, W_a=1, W_b=2)
    assert (found.score, found.completeness) == (100.0, 1.0)
    assert found.grade is not None
    assert found.grade.id == "good"


def test_one_weak_indicator_as_worked_by_hand():
    # Safety: scores 20, 100, 80 (80 lies at 50); mean (3x20 + 2x100 + 1x80)/6 = 56.667.
    # One of three is below 60: 56.667 x (1 - 0.3/3) = 51. Water: 100.
    # The whole: 0.6 x 51 + 0.4 x 100 = 70.6.
    found = worked_out(S_a=80, S_b=20, S_c=50, W_a=0, W_b=0)
    safety, water = found.domains
    assert safety.score == pytest.approx(51.0)
    assert (safety.weak, water.score) == (pytest.approx(1 / 3), 100.0)
    assert found.score == pytest.approx(70.6)
    assert found.grade is not None
    assert found.grade.id == "watch"


def test_exactly_sixty_is_not_weak():
    # Water: 60 and 60: mean 60, none below 60. The whole: 0.6 x 100 + 0.4 x 60 = 84.
    found = worked_out(S_a=0, S_b=0, S_c=0, W_a=60, W_b=60)
    assert found.domains[1].weak == 0
    assert found.score == pytest.approx(84.0)


def test_what_is_stale_is_left_out_and_said_beside():
    # Safety without a: (2x100 + 1x60)/3 = 86.667, none weak. The whole: 0.6 x 86.667 + 40 = 92.
    found = worked_out(S_a=None, S_b=0, S_c=60, W_a=0, W_b=0)
    assert found.score == pytest.approx(92.0)
    assert found.completeness == pytest.approx(4 / 5)
    assert found.domains[0].completeness == pytest.approx(2 / 3)
    assert found.domains[0].reasons[0].score is None


def test_a_domain_without_any_live_value_leaves_its_weight_to_the_others():
    # Water alone: mean (0 + 60)/2 = 30, one of two weak: 30 x 0.85 = 25.5.
    found = worked_out(W_a=99, W_b=60)
    assert (found.domains[0].score, found.domains[0].weak_costs) == (None, 0.0)
    assert found.score == pytest.approx(25.5)
    assert found.grade is not None
    assert found.grade.id == "alarmed"


def test_a_city_of_which_nothing_is_known_has_no_score_and_no_grade():
    found = worked_out(S_a=None)
    assert (found.score, found.grade, found.completeness) == (None, None, 0.0)
    assert vitals(FORMULA, INDICATORS, {}).score is None


VALUES = st.one_of(st.none(), st.floats(-10, 120))


@given(st.tuples(*[VALUES] * 5))
def test_the_points_lost_and_the_score_make_a_hundred(values):
    found = worked_out(**dict(zip(("S_a", "S_b", "S_c", "W_a", "W_b"), values, strict=True)))
    if found.score is None:
        return
    lost = sum(d.weak_costs + sum(r.costs for r in d.reasons) for d in found.domains)
    assert 0 <= found.score <= 100
    assert found.score + lost == pytest.approx(100)
    assert all(cost >= 0 for d in found.domains for cost in (d.weak_costs, *costs(d)))


def costs(domain):
    return [reason.costs for reason in domain.reasons]


@given(st.tuples(*[st.floats(0, 120)] * 5), st.integers(0, 4), st.floats(0, 60))
def test_a_worse_value_never_makes_a_better_score(values, which, more):
    names = ("S_a", "S_b", "S_c", "W_a", "W_b")
    worse = [v + (more if n == which else 0) for n, v in enumerate(values)]
    before = worked_out(**dict(zip(names, values, strict=True))).score
    after = worked_out(**dict(zip(names, worse, strict=True))).score
    assert before is not None
    assert after is not None
    assert after <= before + 1e-9


def test_a_grade_begins_at_its_least():
    assert [grade_of(FORMULA, s).id for s in (90, 89.99, 75, 60, 40, 0)] == [
        "good", "fair", "fair", "watch", "warned", "alarmed",
    ]  # fmt: skip


TABLE = {
    "low": 60.0,
    "shortfall": 0.3,
    "grade": [{"least": 0.0, "id": "x", "name": "x", "name_en": "x", "role": "good"}],
    "domain": [
        {"id": "d", "name": "d", "name_en": "d", "weight": 1.0,
         "item": [{"of": "S.a", "weight": 1.0}]}
    ],
}  # fmt: skip


def test_a_sound_formula_is_read():
    assert read_formula(TABLE, "v.toml", INDICATORS).domain[0].item == (Item(of="S.a", weight=1),)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"domain": []}, "there is none"),
        ({"domain": [TABLE["domain"][0] | {"weight": 0.0}]}, "weighs nothing"),
        ({"domain": [TABLE["domain"][0] | {"item": [{"of": "S.z", "weight": 1.0}]}]}, "S.z"),
        ({"domain": [TABLE["domain"][0] | {"item": [{"of": "S.a", "weight": 0.0}]}]}, "nothing"),
        ({"grade": []}, "grades"),
        ({"grade": [TABLE["grade"][0] | {"least": 5.0}]}, "grades"),
    ],
)
def test_a_formula_that_cannot_be_is_named(change, said):
    with pytest.raises(BadData) as bad:
        read_formula(TABLE | change, "v.toml", INDICATORS)
    assert said in str(bad.value)
    assert "v.toml" in str(bad.value)


def test_reasons_name_value_and_unit_of_what_is_behind_them():
    reason = worked_out(S_a=70, S_b=0, S_c=0, W_a=0, W_b=0).domains[0].reasons[0]
    assert (reason.of, reason.value, reason.unit, reason.state) == ("S.a", 70, "分", "warn")
    assert (reason.score, reason.costs) == (pytest.approx(40), pytest.approx(0.6 * 3 / 6 * 60))
    assert replace(reason, costs=0.0) != reason

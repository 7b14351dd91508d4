"""Types are found by their code; an incident may be put only under the last of a branch."""

from console.domain.indicator import Indicator
from console.scenes.scene import (
    Condition,
    EventType,
    Limits,
    Scene,
    indicators_of,
    leaves,
    types_of,
)

DAY, NIGHT = Limits(handle="1wd"), Limits(handle="2h")
ROAD = EventType(code="R", name="道路", name_en="Road", scene="S", limits=DAY)
HOLE = EventType(
    code="R-1", name="坑洞", name_en="Hole", scene="S", parent="R", limits=DAY,
    conditions=(Condition(id="night", name="夜间", name_en="Night", limits=NIGHT),),
)  # fmt: skip
LIT = Indicator(
    id="S.lit",
    name="亮灯率",
    name_en="Lamps lit",
    unit="%",
    direction="down",
    normal=(98, 100),
    warn=96,
    alarm=92,
    source="路灯",
    refresh_s=300,
)
SCENE = Scene(
    id="S", group="daily", name="甲", name_en="A", lifecycle="active", lead="", co=(),
    description="", types=(ROAD, HOLE), indicators=(LIT,),
)  # fmt: skip


def test_types_are_found_by_their_code():
    assert types_of({"S": SCENE}) == {"R": ROAD, "R-1": HOLE}


def test_indicators_are_found_by_their_id():
    assert indicators_of({"S": SCENE}) == {"S.lit": LIT}


def test_a_type_that_has_sub_types_is_no_leaf():
    assert leaves([SCENE]) == [HOLE]


def test_a_condition_that_is_not_known_has_the_limits_of_the_type():
    assert [HOLE.limits_in(each) for each in ("night", "", "flood")] == [NIGHT, DAY, DAY]

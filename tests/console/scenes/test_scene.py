"""Types are found by their code; an incident may be put only under the last of a branch."""

from console.scenes.scene import Condition, EventType, Limits, Scene, leaves, types_of

DAY, NIGHT = Limits(handle="1wd"), Limits(handle="2h")
ROAD = EventType(code="R", name="道路", name_en="Road", scene="S", limits=DAY)
HOLE = EventType(
    code="R-1", name="坑洞", name_en="Hole", scene="S", parent="R", limits=DAY,
    conditions=(Condition(id="night", name="夜间", name_en="Night", limits=NIGHT),),
)  # fmt: skip
SCENE = Scene(
    id="S", group="daily", name="甲", name_en="A", lifecycle="active", lead="", co=(),
    description="", types=(ROAD, HOLE),
)  # fmt: skip


def test_types_are_found_by_their_code():
    assert types_of({"S": SCENE}) == {"R": ROAD, "R-1": HOLE}


def test_a_type_that_has_sub_types_is_no_leaf():
    assert leaves([SCENE]) == [HOLE]


def test_a_condition_that_is_not_known_has_the_limits_of_the_type():
    assert [HOLE.limits_in(each) for each in ("night", "", "flood")] == [NIGHT, DAY, DAY]

"""A turn is handed over with what is open; the next case of a queue is one that nobody has."""

import pytest

from console.base.errors import Refused
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def test_a_turn_is_handed_over_with_what_is_open(bench):
    facts = {"scope": "", "shift": "day", "post": "dispatch", "person": "wang",
             "starts_at": 1, "ends_at": 2}  # fmt: skip
    facts["scope"] = "320102"
    bench.given("duty", "plan", facts, "D1")
    bench.incident()
    bench.run("受理 I1", "接班 D1")
    outcome = bench.desk.run("交班 D1 李强")
    duty = bench.store.get("duty", "D1")
    assert (duty.state, duty.handed_to) == ("handed_over", "李强")
    assert duty.handover == "在办 1 件，其中超期 0 件，挂账 0 件；本人名下 1 件"
    assert [w.key for w in outcome.plan.warnings] == ["warning.mine_open"]


def test_a_word_of_one_s_own_stands_instead(bench):
    facts = {"scope": "320102", "shift": "day", "post": "dispatch", "person": "wang",
             "starts_at": 1, "ends_at": 2}  # fmt: skip
    bench.given("duty", "plan", facts, "D1")
    bench.run("接班 D1", "交班 D1 李强 一切正常")
    assert bench.store.get("duty", "D1").handover == "一切正常"


def test_the_next_case_is_the_most_pressing_that_nobody_has(bench):
    for n, limit in ((1, "30m"), (2, "10m"), (3, "20m")):
        bench.incident(f"I{n}", limit=limit)
    bench.sit("li", "intake")
    bench.run("接手 I2")
    bench.sit("wang", "intake")
    bench.run("下一件")
    assert [bench.held(i).handler for i in ("I1", "I2", "I3")] == ["", "li", "wang"]


def test_an_empty_queue_has_no_next_case(bench):
    with pytest.raises(Refused) as raised:
        bench.desk.run("取下一件 待派单")
    assert raised.value.key == "refused.queue_empty"


def test_units_go_on_and_off_duty(bench):
    bench.unit()
    bench.run("下岗 城管01")
    assert bench.store.get("unit", "U1").state == "off_duty"
    bench.run("上岗 城管01", "停用 城管01 车辆维修")
    assert bench.store.get("unit", "U1").reason == "车辆维修"


def test_a_seat_is_taken_and_left(bench):
    bench.given("seat", "place", {"scope": "320102", "name": "1号席"}, "s1")
    bench.run("入席 1号席", "离席 1号席")
    assert bench.store.get("seat", "s1").state == "free"

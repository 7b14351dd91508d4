"""The lead's task and its incident go together, whichever was named; an assistant's goes alone."""

import pytest

from console.base.errors import Refused
from tests.desks import EVERYTHING, Bench

MINUTE = 60_000


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    made.sit("wang", *EVERYTHING, "unit")
    made.incident()
    made.run("受理 I1", "派单 I1", "协办 I1 市水务局")
    yield made
    made.store.close()


def states(bench):
    return bench.held().state, *(t.state for t in bench.tasks())


def lead(bench):
    return bench.tasks()[0].id


def assistant(bench):
    return bench.tasks()[1].id


def test_a_step_on_the_lead_s_task_moves_the_incident(bench):
    bench.run(f"task.sign {lead(bench)}", f"task.arrive {lead(bench)}")
    assert states(bench) == ("en_route", "arrived", "issued")
    bench.run(f"task.start {lead(bench)}", f"task.feedback {lead(bench)} 好了")
    assert states(bench) == ("feedback", "feedback", "issued")


def test_a_step_on_the_incident_moves_the_lead_s_task(bench):
    bench.run("签收 I1", "处置 I1")
    assert states(bench) == ("handling", "handling", "issued")


def test_an_assistant_s_task_goes_alone(bench):
    bench.run(f"task.sign {assistant(bench)}", f"task.start {assistant(bench)}")
    assert states(bench) == ("dispatched", "issued", "handling")


def test_a_liaison_steps_on_their_own_task_though_the_incident_is_named(bench):
    bench.sit("chen", "unit", scopes=(), depts=("wat",))
    bench.desk.run("task.sign", ("incident", "I1"))
    assert states(bench) == ("dispatched", "issued", "signed")


def test_a_returned_order_goes_to_another(bench):
    bench.run(f"task.return {lead(bench)} 条例 不属本单位")
    assert states(bench)[:2] == ("returned", "returned")
    bench.run("派单 I1 市公安局")
    assert states(bench) == ("dispatched", "returned", "issued", "issued")
    assert bench.held().lead == "pol"


def test_an_order_taken_back_can_be_given_to_another(bench):
    bench.run("签收 I1", "撤单 I1 派错了")
    assert states(bench)[:2] == ("accepted", "withdrawn")
    bench.run("派单 I1 市公安局")
    assert bench.held().state == "dispatched"


def test_taking_back_an_assistant_s_order_ends_its_assistance(bench):
    bench.run(f"task.withdraw {assistant(bench)} 不需要")
    assert (states(bench)[2], bench.held().assists) == ("withdrawn", ())


def test_rework_and_the_report_after_it(bench):
    bench.run("签收 I1", "处置 I1", "反馈 I1 好了", "核查 I1", "返工 I1 没修好")
    assert states(bench)[:2] == ("rework", "handling")
    bench.run(f"task.feedback {lead(bench)} 这次好了")
    assert states(bench)[:2] == ("feedback", "feedback")


def test_a_reopened_case_gives_its_lead_the_work_again(bench):
    bench.run("签收 I1", "处置 I1", "反馈 I1 好了", "核查 I1", "办结 I1", "重开 I1 又坏了")
    assert states(bench)[:2] == ("rework", "handling")


def test_a_hold_stops_both_clocks_and_its_end_starts_them(bench):
    bench.run("签收 I1", "处置 I1", "挂账 I1 等配件 配件到货 +24h")
    assert states(bench)[:2] == ("suspended", "suspended")
    assert bench.tasks()[0].deadlines["handle"].paused
    bench.run("恢复 I1")
    assert not bench.tasks()[0].deadlines["handle"].paused
    assert states(bench)[:2] == ("handling", "handling")


def test_what_was_asked_for_is_granted_as_it_was_asked(bench):
    bench.run("签收 I1", "处置 I1", "申请延期 I1 2wh 缺配件", "批准延期 I1")
    assert bench.held().deadlines["handle"].extended == "2wh"
    assert bench.tasks()[0].deadlines["handle"].extended == "2wh"
    bench.run("申请挂账 I1 等配件 配件到货 +24h", "批准挂账 I1")
    assert states(bench)[:2] == ("suspended", "suspended")
    assert bench.held().suspended_until == bench.clock.now() + 24 * 60 * MINUTE


def test_an_extension_that_one_of_the_two_cannot_have_is_refused_whole(bench):
    bench.run("签收 I1")
    with pytest.raises(Refused):
        bench.desk.run("延期 I1 5wh")
    assert bench.tasks()[0].extended == 0


def test_urging_reaches_all_who_have_something_open_and_nobody_twice(bench):
    bench.run(f"task.urge {assistant(bench)}")
    bench.clock.turn(MINUTE)
    bench.run("催办 I1")
    assert [t.urged for t in bench.tasks()] == [1, 1]
    with pytest.raises(Refused) as raised:
        bench.desk.run("催办 I1")
    assert raised.value.key == "refused.too_soon"

"""Reports are taken down, put to their incident, answered, and shown in full only with a reason."""

import pytest

from tests.desks import STREET, Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    made.incident()
    yield made
    made.store.close()


def report(bench):
    return bench.desk.around.reports_of("I1")[0]


def test_another_caller_is_put_to_the_same_incident(bench):
    bench.run("接报 我也看到了 I1 --caller 李四 --phone 13900001111")
    assert (report(bench).words, report(bench).scope) == ("我也看到了", STREET)
    assert (report(bench).state, report(bench).source) == ("attached", "hotline")


def test_a_report_may_stand_alone_and_find_its_incident_later(bench):
    made = bench.desk.run("接报 有异味 --scope 梅园新村").plan.changes[0].after.id
    assert bench.store.get("report", made).state == "received"
    bench.run(f"归入事件 {made} I1")
    assert report(bench).id == made
    bench.run(f"移出事件 {made}")
    assert bench.store.get("report", made).incident == ""


def test_what_one_caller_said_is_kept_on_the_incident_too(bench):
    bench.run("接报 我也看到了 I1", "受理 I1", "派单 I1", "签收 I1", "处置 I1", "反馈 I1 好了")
    bench.run(f"report.callback {report(bench).id} 已联系 已解决 不满意")
    assert (report(bench).state, report(bench).satisfied) == ("answered", "no")
    assert bench.held().satisfied == "no"


def test_a_name_and_a_number_are_shown_for_a_reason_that_is_kept(bench):
    bench.run("接报 我也看到了 I1 --phone 13900001111")
    outcome = bench.desk.run(f"查看明文 {report(bench).id} 回访核实")
    assert report(bench).revealed == 1
    assert outcome.plan.steps[0].args == {"reason": "回访核实"}

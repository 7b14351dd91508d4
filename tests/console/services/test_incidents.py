"""What people do to an incident moves it, its tasks and its reports together, or not at all."""

import pytest

from console.base.errors import Refused
from console.commands import BadLine
from tests.desks import STREET, Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def reports(bench, incident="I1"):
    return bench.desk.around.reports_of(incident)


def refused(bench, line, key):
    with pytest.raises(Refused) as raised:
        bench.desk.run(line)
    assert raised.value.key == key


def test_a_call_makes_an_incident_and_the_caller_s_report(bench):
    outcome = bench.desk.run(
        "报事 路灯不亮 梅园新村 --type 垃圾满溢 --caller 张三 --phone 13800001111 --urgency 加急"
    )
    incident = bench.held(outcome.plan.changes[0].after.id)
    assert (incident.state, incident.scope, incident.scene) == ("reported", STREET, "DMUM")
    assert incident.deadlines["accept"].limit == "10m"
    report = reports(bench, incident.id)[0]
    assert (report.state, report.caller, report.words) == ("attached", "张三", "路灯不亮")
    assert report.scope == STREET


def test_somebody_of_one_district_need_not_say_where(bench):
    desk = bench.sit("qi", "district", scopes=("320102",))
    made = desk.run("报事 路灯不亮").plan.changes[0].after
    assert made.scope == "320102"
    bench.sit("wang", "intake")
    refused(bench, "报事 路灯不亮", "refused.scope_missing")


def test_a_type_brings_its_scene_and_its_level(bench):
    bench.incident(type="")
    bench.run("分类 I1 DMUM-01-02")
    assert (bench.held().scene, bench.held().level) == ("DMUM", "routine")
    bench.run("分类 I1 DMUM-01-02 较大")
    assert bench.held().level == "III"


def test_accepting_starts_the_clock_to_dispatch_by_urgency(bench):
    bench.incident(urgency="flash")
    bench.run("受理 I1")
    assert bench.held().deadlines["dispatch"].limit == "5m"
    assert bench.held().handler == "wang"


def test_dispatching_gives_the_lead_a_task_with_the_limits_of_the_type(bench):
    bench.incident()
    bench.run("受理 I1", "派单 I1")
    (task,) = bench.tasks()
    assert (task.dept, task.part, task.scope, task.state) == ("cgj", "lead", STREET, "issued")
    assert {n: d.limit for n, d in task.deadlines.items()} == {"sign": "1wh", "handle": "4wh"}
    assert bench.held().deadlines["handle"].due == task.deadlines["handle"].due


def test_dispatching_takes_other_limits_assistants_and_a_unit(bench):
    bench.incident()
    bench.unit()
    bench.run("受理 I1", "派单 I1 市水务局 --handle 3wh --assists 市公安局 --unit 城管01")
    tasks = {t.dept: t for t in bench.tasks()}
    assert {d: (t.part, t.unit) for d, t in tasks.items()} == {
        "wat": ("lead", ""), "pol": ("assist", ""), "cgj": ("assist", "U1")
    }  # fmt: skip
    assert bench.held().assists == ("pol", "cgj")
    assert tasks["wat"].deadlines["handle"].limit == "3wh"


def test_another_lead_than_the_usual_one_is_pointed_out(bench):
    bench.incident()
    bench.run("受理 I1")
    assert [w.key for w in bench.desk.plan("派单 I1 市水务局").warnings] == ["warning.other_lead"]


def test_without_a_type_the_lead_must_be_said(bench):
    bench.incident(type="")
    bench.run("受理 I1")
    refused(bench, "派单 I1", "refused.no_lead")
    assert [w.key for w in bench.desk.plan("派单 I1 市水务局").warnings] == ["warning.no_limits"]


def test_a_stand_in_lead_becomes_who_answers_for_the_place(bench):
    lead = next(t for t in bench.desk.around.types.values() if t.lead == "street")
    bench.incident(type=lead.code)
    bench.run("受理 I1", "派单 I1")
    assert bench.held().lead == "st_320102002"


def test_an_assistant_gets_a_task_and_loses_it(bench):
    bench.incident()
    bench.run("受理 I1", "派单 I1", "协办 I1 市水务局")
    assert [t.part for t in bench.tasks()] == ["lead", "assist"]
    refused(bench, "协办 I1 城市管理局", "refused.is_lead")
    bench.run("撤销协办 I1 市水务局")
    assert (bench.tasks()[1].state, bench.held().assists) == ("withdrawn", ())


def test_a_unit_is_sent_on_its_department_s_task_or_on_a_new_one(bench):
    bench.incident()
    bench.unit()
    bench.unit("U2", "wat", "水务01")
    bench.run("受理 I1", "派单 I1", "派力量 I1 城管01", "派力量 I1 水务01")
    assert [(t.dept, t.unit) for t in bench.tasks()] == [("cgj", "U1"), ("wat", "U2")]
    assert bench.held().assists == ("wat",)
    refused(bench, "派力量 I1 水务01", "refused.unit_busy")


def test_sending_a_unit_to_what_was_only_accepted_dispatches_it(bench):
    bench.incident()
    bench.unit()
    bench.run("受理 I1", "派力量 I1 城管01")
    assert (bench.held().state, bench.held().lead) == ("dispatched", "cgj")
    assert bench.tasks()[0].unit == "U1"


def test_moving_an_incident_moves_its_tasks_and_reports(bench):
    made = bench.desk.run("报事 路灯不亮 梅园新村 --caller 张三").plan.changes[0].after.id
    bench.run(f"受理 {made}", f"协办 {made} 市水务局", f"改址 {made} 锁金村 --address 新地址")
    scopes = {bench.held(made).scope, reports(bench, made)[0].scope, bench.tasks(made)[0].scope}
    assert scopes == {"320102.320102007"}
    assert bench.held(made).address == "新地址"


def test_closing_finishes_what_was_reported_back_and_warns_of_the_rest(bench):
    bench.incident()
    bench.run(
        "受理 I1", "派单 I1", "协办 I1 市水务局", "签收 I1", "处置 I1", "反馈 I1 好了", "核查 I1"
    )
    plan = bench.desk.plan("办结 I1")
    assert [w.key for w in plan.warnings] == ["warning.open_tasks"]
    bench.run("办结 I1")
    assert [t.state for t in bench.tasks()] == ["done", "issued"]
    assert bench.held().state == "closed"


def test_what_the_callers_said_is_kept_on_the_incident_and_on_each_report(bench):
    made = bench.desk.run("报事 路灯不亮 梅园新村 --caller 张三").plan.changes[0].after.id
    bench.run(f"受理 {made}", f"派单 {made} 市水务局", f"签收 {made}", f"处置 {made}")
    bench.run(f"反馈 {made} 好了", f"回访 {made} 满意 --solved 已解决")
    assert bench.held(made).satisfied == "yes"
    report = reports(bench, made)[0]
    assert (report.state, report.contacted, report.solved) == ("answered", "yes", "yes")


def test_a_merged_incident_s_reports_are_shown_under_its_parent_until_it_is_unmerged(bench):
    parent = bench.incident("I1").id
    child = bench.desk.run("报事 同一件事 梅园新村 --caller 李四").plan.changes[0].after.id
    bench.run(f"并案 {child} {parent}")
    assert [r.caller for r in reports(bench)] == ["李四"]
    assert bench.held(child).state == "merged"
    bench.run(f"撤销并案 {child}")
    assert reports(bench) == []
    assert [r.caller for r in reports(bench, child)] == ["李四"]


def test_merging_into_what_was_merged_goes_to_the_main_incident(bench):
    for each in ("I1", "I2", "I3"):
        bench.incident(each)
    bench.run("并案 I2 I1", "并案 I3 I2")
    assert bench.held("I3").parent == "I1"


def test_single_facts_are_amended(bench):
    bench.incident(address="旧")
    bench.run('更正 I1 title=新标题 address="珠江路 1 号"')
    assert (bench.held().title, bench.held().address) == ("新标题", "珠江路 1 号")
    refused(bench, "更正 I1 state=closed", "refused.field")
    refused(bench, "更正 I1 没有等号", "refused.argument")


def test_a_case_goes_to_the_police(bench):
    bench.incident()
    bench.desk.run("转警 110", ("incident", "I1"))
    assert (bench.held().state, bench.held().transferred_to) == ("transferred", "110")


def test_a_line_without_its_record_says_so(bench):
    with pytest.raises(BadLine) as raised:
        bench.desk.run("受理")
    assert raised.value.key == "line.target"


def test_what_became_of_advice_is_taken_down_and_changes_nothing_else(bench):
    held = bench.incident("I1")
    bench.run("incident.heed I1 --about type --offered T-1 --confidence 0.93 --model shipped")
    bench.run("incident.overrule I1 --about type --offered T-1 --taken T-2 --reason 看错了")
    after = bench.held("I1")
    assert (after.type, after.state) == (held.type, held.state)
    steps = [w.act.steps[0] for w in bench.store.outbox()][-2:]
    assert [s.verb for s in steps] == ["heed", "overrule"]
    assert steps[1].args["taken"] == "T-2"

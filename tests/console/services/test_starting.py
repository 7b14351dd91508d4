"""A plan is started, worked and ended at a desk; its tasks come and go with it."""

import pytest

from console.base.errors import Refused
from console.domain.query import parse_query
from console.domain.record import StartedPlan
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def started(bench, incident="I1") -> StartedPlan:
    plans = bench.held(incident).plans
    return next(r for r in found(bench) if r.plan == plans[-1])


def found(bench):
    return [
        bench.store.get("plan", row[0])
        for row in bench.store.find(parse_query("plan", ""), bench.desk.around.view())
    ]


def test_a_plan_started_by_its_name_gives_every_department_its_timed_task(bench):
    bench.incident(type="EMFV-01", level="III")
    outcome = bench.desk.run("启动预案 I1 视频烟火告警处置")
    assert bench.held().plans == ("EMFV-P1",)
    assert [t.step for t in bench.tasks()] == list(range(1, 12))
    assert len(outcome.plan.steps) == 13
    assert started(bench).started_by == "wang"
    assert bench.desk.plan("plan.start I1 EMFV-P1").warnings[0].key == "warning.plan_twice"


def test_nothing_is_written_when_a_plan_is_only_looked_at(bench):
    bench.incident(type="EMFV-01")
    looked = bench.desk.plan("plan.start I1 EMFV-P1")
    assert len([c for c in looked.changes if c.after.kind == "task"]) == 11
    assert bench.tasks() == []
    assert bench.held().plans == ()


def test_ending_a_plan_takes_back_what_nobody_has_begun(bench):
    bench.incident(type="EMFV-02")
    bench.run("plan.start I1 EMFV-P2")
    plan = started(bench)
    first = bench.tasks()[0]
    bench.run(f"task.sign {first.id}")
    outcome = bench.desk.run(f"plan.end {plan.id} 通道恢复畅通")
    assert bench.store.get("plan", plan.id).state == "ended"
    assert [t.state for t in bench.tasks()] == ["signed", "withdrawn", "withdrawn", "withdrawn"]
    assert outcome.plan.warnings[0].key == "warning.open_tasks"


def test_calling_a_plan_off_takes_all_of_it_back(bench):
    bench.incident(type="EMFV-02")
    bench.run("plan.start I1 EMFV-P2")
    bench.run(f"task.sign {bench.tasks()[0].id}", f"plan.call_off {started(bench).id} 误报")
    assert {t.state for t in bench.tasks()} == {"withdrawn"}


def test_a_plan_of_a_sealed_scene_cannot_be_started(bench):
    bench.incident(type="EMFV-01")
    with pytest.raises(Refused):
        bench.run("plan.start I1 EPIN-P1")

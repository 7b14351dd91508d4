"""A leader's instruction makes a task with limits, and follows what is done to it."""

import pytest

from console.base.errors import Refused
from console.domain.query import parse_query
from console.domain.record import Instruction
from tests.desks import Bench

MINUTE = 60_000


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def only(bench) -> Instruction:
    found = bench.store.find(bench_query(), bench.desk.around.view())
    assert len(found) == 1
    held = bench.store.get("instruction", found[0][0])
    assert isinstance(held, Instruction)
    return held


def bench_query(where=""):
    return parse_query("instruction", where)


def test_words_about_nothing_known_become_a_case_a_task_and_three_clocks(bench):
    bench.run("批示 市水务局 汛期前查清全市下穿通道排水泵 --leader 市长")
    made = only(bench)
    incident = bench.held(made.incident)
    task = bench.tasks(made.incident)[0]
    assert (made.leader, made.dept, made.state) == ("市长", "wat", "issued")
    assert (incident.title, incident.lead, incident.state) == (made.words, "wat", "dispatched")
    assert (task.id, task.dept, task.order) == (made.task, "wat", made.words)
    sign, first = made.deadlines["sign"], made.deadlines["feedback"]
    assert (sign.due - sign.started, first.limit) == (15 * MINUTE, "8wh")
    assert task.deadlines["sign"].due == sign.due


def test_an_instruction_about_an_incident_is_done_there(bench):
    bench.incident()
    bench.run("incident.accept I1", "incident.dispatch I1 cgj")
    bench.run('批示 cgj "今晚修好" --incident I1', 'instruction.give wat "查积水" --incident I1')
    rows = bench.store.find(bench_query("sort:issued_at"), bench.desk.around.view())
    made = [bench.store.get("instruction", row[0]) for row in rows]
    by_dept = {each.dept: each for each in made}
    assert {each.incident for each in made} == {"I1"}
    assert by_dept["cgj"].task == next(t.id for t in bench.tasks() if t.part == "lead")
    assert by_dept["wat"].task == next(t.id for t in bench.tasks() if t.part == "assist")
    assert bench.held().assists == ("wat",)


def test_what_its_department_does_to_the_task_is_done_to_the_instruction(bench):
    bench.run("批示 市水务局 查清排水泵")
    made = only(bench)
    bench.run(f"task.sign {made.task}")
    assert only(bench).state == "signed"
    assert only(bench).deadlines["sign"].stopped
    bench.run(f"instruction.feedback {made.id} 已查一半")
    assert (only(bench).state, only(bench).feedback) == ("working", "已查一半")
    bench.sit("water", "unit", "dispatch", depts=("wat",))
    bench.run(f"task.start {made.task}", f"task.feedback {made.task} 全部查完")
    assert (only(bench).state, only(bench).feedback) == ("answered", "全部查完")
    bench.sit("wang", "duty_lead")
    bench.run(f"阅结 {made.id} 很好")
    assert (only(bench).state, only(bench).verdict) == ("closed", "很好")
    assert all(clock.stopped for clock in only(bench).deadlines.values())


def test_a_step_on_the_incident_goes_to_its_instruction_too(bench):
    bench.run("批示 市水务局 查清排水泵")
    bench.run(f"incident.sign {only(bench).incident}")
    assert only(bench).state == "signed"


def test_chasing_counts_and_chases_the_task_but_not_twice_at_once(bench):
    bench.run("批示 市水务局 查清排水泵")
    made = only(bench)
    bench.run(f"instruction.urge {made.id}")
    assert (only(bench).urged, bench.tasks(made.incident)[0].urged) == (1, 1)
    with pytest.raises(Refused):
        bench.run(f"instruction.urge {made.id}")


def test_a_dispatcher_does_not_instruct_and_another_department_does_not_sign(bench):
    bench.run("批示 市水务局 查清排水泵")
    made = only(bench)
    bench.sit("fang", "dispatch")
    with pytest.raises(Refused):
        bench.run("批示 市水务局 再查一遍")
    bench.sit("city", "unit", depts=("cgj",))
    with pytest.raises(Refused):
        bench.run(f"instruction.sign {made.id}")


def test_one_about_a_number_of_a_district_says_so_and_lies_there(bench):
    bench.run('批示 cgj "查清原因" --about "按期处置率 玄武区 82.7%" --scope 320102')
    made = only(bench)
    incident = bench.held(made.incident)
    assert (made.about, made.scope) == ("按期处置率 玄武区 82.7%", "320102")
    assert incident.scope == "320102"
    assert incident.detail == "查清原因\n按期处置率 玄武区 82.7%"

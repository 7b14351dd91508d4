"""The desk shows what a line would do, does it as one act, and takes it back."""

from dataclasses import replace

import pytest

from console.base.errors import Refused
from console.services.desk import Desk
from console.wire import APPLIED, REFUSED, Verdict, put_of
from tests.desks import REGISTRY, Bench

I1 = ("incident", "I1")


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    made.incident()
    yield made
    made.store.close()


def waiting(bench):
    return [w for w in bench.store.outbox() if w.act.by != "system"]


def settled(bench):
    """Let the centre have applied all that waits."""
    acts = [w.act for w in bench.store.outbox()]
    bench.store.mark_sent([a.id for a in acts])
    keys = {(s.kind, s.record) for a in acts for s in a.steps}
    puts = [put_of(r) for k in keys if (r := bench.store.get(*k)) is not None]
    verdicts = [Verdict(id=a.id, verdict=APPLIED) for a in acts[:-1]]
    verdicts.append(Verdict(id=acts[-1].id, verdict=APPLIED, puts=puts))
    bench.store.settle(verdicts)


def test_a_plan_changes_nothing_and_says_what_would_change(bench):
    plan = bench.desk.plan("受理 I1")
    assert bench.held().state == "reported"
    assert waiting(bench) == []
    (change,) = plan.changes
    assert change.fields() == [("state", "reported", "accepted"), ("handler", "", "wang")]
    assert [(c.deadline, c.what) for c in plan.clocks] == [("dispatch", "starts")]


def test_a_line_is_one_act_with_all_its_steps(bench):
    bench.run("受理 I1")
    outcome = bench.desk.run("派单 I1")
    assert [(s.kind, s.verb) for s in outcome.plan.steps] == [
        ("incident", "dispatch"), ("task", "issue")
    ]  # fmt: skip
    act = waiting(bench)[-1].act
    assert (act.id, act.line, act.by, act.seat) == (outcome.act, "派单 I1", "wang", "s1")
    assert act.at == bench.clock.now()
    assert outcome.notice.args["command"] == "派单"


def test_steps_rest_on_what_the_centre_said_not_on_what_this_seat_made_of_it(bench):
    bench.run("受理 I1")
    assert {s.base for w in bench.store.outbox() for s in w.act.steps} == {0}
    settled(bench)
    version = bench.store.confirmed("incident", "I1").version
    bench.run("分类 I1 DMUM-01-01")
    assert waiting(bench)[-1].act.steps[0].base == version


def test_a_refused_line_leaves_nothing_behind(bench):
    with pytest.raises(Refused):
        bench.desk.run("办结 I1")
    assert waiting(bench) == []


def test_the_selected_record_is_meant_when_none_is_named(bench):
    bench.desk.run("受理 --note 好", I1)
    assert bench.held().notes[-1].text == "好"
    bench.desk.run("派单 @selected", I1)
    bench.desk.run("task.sign", I1)
    assert bench.held().state == "signed"
    bench.desk.run("催办", ("task", bench.tasks()[0].id))
    assert bench.held().urged == 1


def test_an_act_that_was_not_sent_is_as_if_it_was_never_made(bench):
    bench.run("受理 I1")
    outcome = bench.desk.undo()
    assert bench.held().state == "reported"
    assert outcome.notice.args == {"line": "受理 井盖破损"}
    assert waiting(bench) == []


def test_what_the_centre_refused_has_not_happened_and_is_not_undone(bench):
    bench.run("受理 I1", "关注 I1")
    act = waiting(bench)[-1].act.id
    bench.store.mark_sent([act])
    bench.store.settle([Verdict(id=act, verdict=REFUSED, key="refused.role")])
    assert bench.desk.undo().notice.args == {"line": "受理 井盖破损"}


def test_undo_goes_back_act_by_act(bench):
    bench.run("受理 I1", "派单 I1")
    bench.desk.undo()
    assert (bench.held().state, bench.tasks()) == ("accepted", [])
    bench.desk.undo()
    with pytest.raises(Refused) as raised:
        bench.desk.undo()
    assert raised.value.key == "refused.nothing_to_undo"


def test_an_act_that_was_sent_is_taken_back_by_the_verb_that_undoes_it(bench):
    bench.run("受理 I1", "派单 I1")
    settled(bench)
    bench.desk.undo()
    assert (bench.held().state, bench.tasks()[0].state) == ("accepted", "withdrawn")
    bench.run("协办 I1 市水务局")
    settled(bench)
    bench.desk.undo()
    assert bench.held().assists == ()


def test_what_was_sent_and_has_no_way_back_stays(bench):
    bench.run("受理 I1")
    settled(bench)
    with pytest.raises(Refused) as raised:
        bench.desk.undo()
    assert raised.value.key == "refused.no_undo"
    assert bench.held().state == "accepted"


def test_a_merge_that_was_sent_is_undone_as_a_merge(bench):
    bench.incident("I2")
    bench.run("并案 I1 I2")
    settled(bench)
    bench.desk.undo()
    assert (bench.held().state, bench.held().parent) == ("reported", "")


def test_each_verb_of_a_record_is_allowed_or_says_why_not(bench):
    allowed = {a.verb: a.refused_key for a in bench.desk.allowed(*I1)}
    assert (allowed["accept"], allowed["close"]) == ("", "refused.state")
    assert allowed["archive"] == "refused.state"
    bench.sit("zhao", "unit", depts=("cgj",))
    assert {a.refused_key for a in bench.desk.allowed(*I1) if a.verb == "accept"} == {
        "refused.role"
    }
    assert bench.desk.allowed("incident", "I9") == []


def test_verbs_that_are_hidden_are_not_offered(bench):
    assert "create" not in {a.verb for a in bench.desk.allowed(*I1)}


def test_a_line_is_gone_on_with_by_commands_and_then_by_values(bench):
    def lines(typed):
        return [c.line for c in bench.desk.complete(typed, I1)]

    assert lines("受")[0] == "incident.accept "
    assert "派单 市水务局 " in lines("派单 水务")
    assert "派单 I1 市水务局 " in lines("派单 I1 水务")
    assert lines("派单 --le") == ["派单 --lead "]
    assert "派单 --lead 市水务局 " in lines("派单 --lead 市水")
    assert lines("转警 ")[0] == "转警 110 "
    assert lines("备注 I1 随便") == []
    assert lines('受理 "没完') == []
    assert lines("飞 ") == []


def test_what_only_a_window_does_is_planned_but_not_run(bench):
    assert bench.desk.plan("queue.open 待受理").steps == ()
    with pytest.raises(Refused) as raised:
        bench.desk.run("theme.set day")
    assert raised.value.key == "refused.window"


def test_every_step_of_a_plan_is_judged_before_any_is_kept(bench):
    bench.unit()
    bench.given("task", "issue", {"incident": "I1", "scope": bench.held().scope, "dept": "cgj",
                                  "unit": "U1"}, "T9")  # fmt: skip
    bench.run("受理 I1")
    with pytest.raises(Refused):
        bench.desk.run("派单 I1 --unit U1")
    assert bench.held().state == "accepted"


def test_open_incidents_are_offered_by_number_and_title(bench):
    bench.incident("I2", title="路灯不亮", detail="")
    shown = {c.shown for c in bench.desk.complete("并案 I1 路灯", None)}
    assert any("路灯不亮" in each for each in shown)
    assert not any("井盖破损" in each for each in shown)


def test_the_selected_incident_is_not_offered_to_itself(bench):
    bench.incident("I2", title="路灯不亮", detail="")
    lines = [c.line for c in bench.desk.complete("并案 ", I1)]
    own = bench.held().no or "I1"
    assert lines
    assert not any(each.endswith(f"{own} ") for each in lines)


def test_people_are_offered_by_their_names(bench):
    around = replace(bench.desk.around, people={"zhou": "周文"})
    desk = Desk(around, REGISTRY, {}, {}, bench._stamp, [])
    shown = [c.shown for c in desk.complete("duty.hand_over D1 周", None)]
    assert shown == ["周文"]

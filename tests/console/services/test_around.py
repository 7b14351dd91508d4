"""What a plan looks at: the tasks and reports of an incident, its lead, its limits."""

import pytest

from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    made.incident()
    yield made
    made.store.close()


def test_the_lead_s_task_is_the_newest_that_was_not_taken_back(bench):
    around = bench.desk.around
    assert around.lead_task(bench.held()) is None
    bench.run("受理 I1", "派单 I1", "协办 I1 市水务局", "撤单 I1 错了")
    assert around.lead_task(bench.held()) is None
    bench.clock.turn(1000)
    bench.run("派单 I1 市公安局")
    assert around.lead_task(bench.held()).dept == "pol"


def test_limits_are_those_said_or_those_of_the_type(bench):
    around = bench.desk.around
    assert around.limits_of(bench.held(), {}) == {"sign": "1wh", "handle": "4wh"}
    assert around.limits_of(bench.held(), {"sign": "5m"})["sign"] == "5m"
    assert around.limit_for("accept", "normal") == "30m"
    assert around.limit_for("accept", "unheard of") == ""


def test_a_step_takes_of_the_arguments_what_its_verb_takes(bench):
    step = bench.desk.around.step(bench.held(), "accept", {"note": "n", "lead": "x", "limit": ""})
    assert step.args == {"note": "n"}

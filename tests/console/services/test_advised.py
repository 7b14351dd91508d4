"""What becomes of advice on units at a dispatch is taken down; nothing is forbidden."""

from dataclasses import replace

import pytest

from console.advise.units import Advice, Verdict
from tests.desks import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    sent = Verdict("U1", "城管01", True, "patrol", 60.0, 60.0, ())
    made._around = replace(made._around, fit=lambda _: Advice(False, {"patrol": 1}, (sent,), ()))
    made.sit("wang", "duty_lead", "intake", "dispatch")
    made.unit("U1")
    made.unit("U2", call_sign="城管02")
    made.incident("I1")
    made.run("incident.accept I1")
    yield made
    made.store.close()


def test_a_unit_that_was_advised_is_taken_down_as_advised(bench):
    outcome = bench.desk.run("incident.send I1 城管01")
    assert bench.held().units_advised == "heeded"
    assert "warning.other_unit" not in [w.key for w in outcome.plan.warnings]


def test_another_one_is_sent_all_the_same_with_its_reason(bench):
    outcome = bench.desk.run("incident.send I1 城管02 --reason 熟悉现场")
    assert bench.held().units_advised == "overruled"
    assert [t.unit for t in bench.tasks()] == ["U2"]
    assert "warning.other_unit" in [w.key for w in outcome.plan.warnings]
    (step,) = [s for s in outcome.plan.steps if s.verb == "overrule_units"]
    assert step.args == {"offered": "U1", "taken": "U2", "reason": "熟悉现场"}


def test_where_nobody_was_advised_nothing_is_taken_down(tmp_path):
    made = Bench(tmp_path / "other")
    made.unit("U1")
    made.incident("I1")
    made.run("incident.accept I1", "incident.send I1 城管01")
    assert made.held().units_advised == ""
    made.store.close()

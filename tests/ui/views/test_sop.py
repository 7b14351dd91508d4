"""The steps of a plan stand beside a large picture: at work, or on paper with how to start it."""

import pytest

from console.domain.record import Incident
from ui.models.scene import plan_of
from ui.views.sop import StepsBeside


@pytest.fixture
def steps(outfit, qtbot):
    made = StepsBeside(outfit)
    qtbot.addWidget(made)
    return made


def gas(seat, **facts):
    plain = {"id": "n1", "title": "燃气泄漏", "scene": "EMCR", "level": "II", "state": "accepted",
             "scope": "320102", "version": 1, "type": "EMCR-01"}  # fmt: skip
    seat.hears(Incident(**(plain | facts)))


def test_a_plan_on_paper_is_offered_and_started_by_a_line(seat, steps):
    gas(seat)
    steps.show_plan("n1", plan_of(seat.core, "n1"))
    assert not steps.isHidden()
    asked = []
    steps.asked.connect(asked.append)
    steps._start.click()
    assert asked == ["incident.activate n1 EMCR-P1"]


def test_a_plan_at_work_says_how_far_it_is(seat, steps):
    gas(seat)
    seat.core.run("incident.activate n1 EMCR-P1").result()
    facts = plan_of(seat.core, "n1")
    assert facts.id
    steps.show_plan("n1", facts)
    assert f"0/{len(facts.steps)}" in steps._head.text()
    assert steps._start.isHidden()


@pytest.mark.parametrize(("kind", "plan"), [
    ("EMCR-01", "EMCR-P1"), ("EMCR-06", "EMCR-P2"), ("EMCR-07", ""), ("", ""),
])  # fmt: skip
def test_the_plan_on_paper_is_the_one_for_what_has_happened_and_else_there_is_none(
    seat, kind, plan
):
    gas(seat, type=kind)
    found = plan_of(seat.core, "n1")
    assert (found.plan if found else "") == plan


def test_a_plan_for_grave_cases_is_not_offered_for_a_lesser_one(seat):
    for incident, level in (("n2", "II"), ("n3", "IV")):
        gas(seat, id=incident, scene="EMGD", type="EMGD-01", level=level)
    assert plan_of(seat.core, "n2").plan == "EMGD-P1"
    assert plan_of(seat.core, "n3") is None


def test_where_there_is_no_plan_nothing_is_shown(seat, steps):
    assert plan_of(seat.core, "nobody") is None
    gas(seat, scene="")
    steps.show_plan("n1", plan_of(seat.core, "n1"))
    assert steps.isHidden()

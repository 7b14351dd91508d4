"""Rules over several records: a free unit, an open incident, one's own department, a seat."""

import pytest

from console.base.errors import Refused
from console.domain.access import Access
from tests.worlds import LEAD, SCOPE, UNIT, World


@pytest.fixture
def world():
    made = World()
    made.make("incident", "I1", "dispatched")
    made.make("unit", "U1", "ready", dept="cgj")
    return made


def issue(world, task="T1", **more):
    args = {"incident": "I1", "scope": SCOPE, "dept": "cgj"} | more
    return world.do(LEAD, "task", task, "issue", **args)


def refused(key, job, *args, **more):
    with pytest.raises(Refused) as raised:
        job(*args, **more)
    assert raised.value.key == key


def test_a_unit_works_on_one_task_at_a_time(world):
    assert issue(world, unit="U1").unit == "U1"
    refused("refused.unit_busy", issue, world, "T2", unit="U1")


def test_a_unit_is_free_again_when_its_task_is_over(world):
    issue(world, unit="U1")
    world.do(LEAD, "task", "T1", "withdraw", reason="no need")
    assert issue(world, "T2", unit="U1").unit == "U1"


def test_two_tasks_of_one_act_cannot_share_a_unit(world):
    from console.domain.record import Step  # noqa: PLC0415 - only here

    facts = {"incident": "I1", "scope": SCOPE, "dept": "cgj", "unit": "U1"}
    steps = [Step(kind="task", record=t, verb="issue", args=facts) for t in ("T1", "T2")]
    refused("refused.unit_busy", world.act, LEAD, *steps)


@pytest.mark.parametrize("state", ["off_duty", "out_of_service", "disbanded"])
def test_a_unit_that_is_not_on_duty_is_not_sent(world, state):
    world.make("unit", "U2", state)
    refused("refused.unit_away", issue, world, unit="U2")


def test_a_unit_that_nobody_knows_is_not_sent(world):
    refused("refused.unit_away", issue, world, unit="U9")


def test_a_task_may_have_no_unit(world):
    assert issue(world).unit == ""


@pytest.mark.parametrize("state", ["closed", "archived", "void", "merged", "transferred"])
def test_nothing_is_put_to_an_incident_that_is_closed(world, state):
    world.make("incident", "I1", state)
    refused("refused.incident_closed", issue, world)


def test_nothing_is_put_to_an_incident_that_one_may_not_see(world):
    refused("refused.unknown", issue, world, incident="I9")
    district = Access(user="qi", roles=("district",), scopes=("320104",))
    world.make("report", "R1", "received")
    world.records["report", "R1"] = world.records["report", "R1"].__class__(
        id="R1", state="received", scope="320104"
    )
    refused("refused.unknown", world.do, district, "report", "R1", "attach", incident="I1")


def test_a_task_lies_where_its_incident_lies(world):
    refused("refused.scope", issue, world, scope="320104.320104001")


def test_an_incident_is_not_merged_into_itself_nor_into_what_is_closed_or_unseen(world):
    world.make("incident", "I2", "reported")
    world.make("incident", "I3", "closed")
    for parent, key in (("I2", "merge_target"), ("I9", "merge_target"), ("I3", "incident_closed")):
        refused(f"refused.{key}", world.do, LEAD, "incident", "I2", "merge", parent=parent)


def test_incidents_cannot_be_merged_in_a_circle(world):
    for each in ("I2", "I3"):
        world.make("incident", each, "reported")
    world.do(LEAD, "incident", "I2", "merge", parent="I3")
    refused("refused.incident_closed", world.do, LEAD, "incident", "I3", "merge", parent="I2")


def test_a_liaison_acts_for_their_own_department_alone(world):
    issue(world)
    other = Access(user="qian", roles=("unit",), scopes=("",), depts=("wat",))
    refused("refused.dept", world.do, other, "task", "T1", "sign")
    assert world.do(UNIT, "task", "T1", "sign").state == "signed"


def test_a_seat_is_used_by_one_person_until_they_or_the_duty_leader_leave_it(world):
    world.make("seat", "s1", "free")
    intake = Access(user="sun", roles=("intake",), scopes=("",))
    world.do(intake, "seat", "s1", "occupy")
    other = Access(user="zhou", roles=("intake",), scopes=("",))
    refused("refused.seat_taken", world.do, other, "seat", "s1", "occupy")
    assert world.do(LEAD, "seat", "s1", "leave").person == ""
    assert world.do(other, "seat", "s1", "occupy").person == "zhou"

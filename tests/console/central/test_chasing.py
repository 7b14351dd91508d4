"""Instructions that are late are chased at each limit, once, and taken up when long past."""

import pytest

from console.base.ids import new_id
from tests.centre_driver import PEOPLE, XUANWU, act, birth, step

MINUTE, HOUR = 60_000, 3_600_000
LEAD = PEOPLE["lead"]
LIMITS = {"sign": "15m", "first": "2h", "finish": "3d"}


def do(centre, user, *steps):
    verdict = centre.judge_acts([act(user, *steps)], PEOPLE[user]).verdicts[0]
    assert verdict.verdict == "applied", verdict


@pytest.fixture
def given(centre):
    """Give an instruction on an incident, with the task that answers it: (instruction, case)."""
    case, task, made = new_id(), new_id(), new_id()
    do(centre, "dispatcher", birth(id=case), step("incident", case, "accept"),
       step("incident", case, "dispatch", 2, lead="cgj"),
       step("task", task, "issue", incident=case, scope=XUANWU, dept="cgj"))  # fmt: skip
    facts = {"words": "查清原因", "dept": "cgj", "scope": XUANWU, "incident": case, "task": task}
    do(centre, "lead", step("instruction", made, "issue", **facts, **LIMITS))
    return made, case, task


def verbs(centre, id):
    entries = centre.history("instruction", id, LEAD).entries
    return [e.verb for e in entries if e.kind == "instruction"]


def test_an_unsigned_one_is_chased_at_its_limit_with_its_task_and_once(centre, clock, given):
    made, _, task = given
    clock.turn(15 * MINUTE - 1)
    centre.tend()
    assert verbs(centre, made) == ["issue"]
    clock.turn(1)
    centre.tend()
    held = centre.get("instruction", made)
    assert (held.urged, verbs(centre, made)) == (1, ["issue", "urge"])
    assert "签收时限" in held.notes[-1].text
    assert centre.get("task", task).urged == 1
    clock.turn(5 * MINUTE)
    centre.tend()
    assert centre.get("instruction", made).urged == 1


def test_it_is_taken_up_when_it_is_long_past_and_its_incident_is_supervised(centre, clock, given):
    made, case, _ = given
    clock.turn(23 * MINUTE)
    while centre.tend():
        continue
    held = centre.get("instruction", made)
    assert verbs(centre, made) == ["issue", "urge", "escalate"]
    assert held.escalated_at == clock.now()
    assert centre.get("incident", case).supervised == 1
    clock.turn(20 * MINUTE)
    centre.tend()
    assert verbs(centre, made).count("escalate") == 1


def test_who_signs_in_time_is_chased_for_the_first_report(centre, clock, given):
    made, _, _ = given
    do(centre, "dispatcher", step("instruction", made, "sign"))
    clock.turn(2 * HOUR - 1)
    centre.tend()
    assert verbs(centre, made) == ["issue", "sign"]
    clock.turn(1)
    centre.tend()
    assert verbs(centre, made)[-1] == "urge"
    assert "首次反馈时限" in centre.get("instruction", made).notes[-1].text


def test_a_person_who_chased_it_just_before_is_not_followed_at_once(centre, clock, given):
    made, _, _ = given
    clock.turn(12 * MINUTE)
    do(centre, "lead", step("instruction", made, "urge"))
    clock.turn(4 * MINUTE)
    centre.tend()
    assert centre.get("instruction", made).urged == 1
    clock.turn(6 * MINUTE)
    centre.tend()
    assert centre.get("instruction", made).urged == 2


def test_what_is_answered_in_time_is_left_alone(centre, clock, given):
    made, _, _ = given
    do(centre, "dispatcher", step("instruction", made, "sign"))
    do(centre, "dispatcher", step("instruction", made, "answer", feedback="已查清"))
    clock.turn(100 * HOUR)
    centre.tend()
    assert verbs(centre, made) == ["issue", "sign", "answer"]

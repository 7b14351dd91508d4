"""Time passes: 督办, 恢复 and 归档 happen by themselves, once, with a line in the timeline."""

import pytest

from console.base.ids import new_id
from console.central import watch
from console.domain.record import Step
from tests.centre_driver import PEOPLE, XUANWU, act, birth, step

HOUR = 3_600_000
LEAD = PEOPLE["lead"]


def do(centre, user, *steps):
    verdict = centre.judge_acts([act(user, *steps)], PEOPLE[user]).verdicts[0]
    assert verdict.verdict == "applied", verdict


def dispatched(centre, **limits):
    case = new_id()
    do(centre, "dispatcher", birth(id=case), step("incident", case, "accept"),
       step("incident", case, "dispatch", 2, lead="cgj", **limits))  # fmt: skip
    return case


def handling(centre):
    case, task = dispatched(centre, handle="4h"), new_id()
    facts = {"incident": case, "scope": XUANWU, "dept": "cgj", "handle": "4h"}
    do(centre, "dispatcher", step("task", task, "issue", **facts))
    for verb in ("sign", "start"):
        do(centre, "dispatcher", step("incident", case, verb), step("task", task, verb))
    return case, task


def verbs(centre, case):
    return [(e.verb, e.by) for e in centre.history("incident", case, LEAD).entries]


def test_what_is_badly_overdue_is_supervised_by_the_system_once(centre, clock):
    case = dispatched(centre, handle="2h")
    clock.turn(3 * HOUR - 1)
    assert centre.tend() == 0
    clock.turn(1)
    assert centre.tend() == 1
    assert verbs(centre, case)[-1] == ("supervise", "system")
    clock.turn(100 * HOUR)
    assert centre.tend() == 0
    assert centre.get("incident", case).supervised == 1


def test_what_a_leader_supervised_already_is_left_alone(centre, clock):
    case = dispatched(centre, handle="2h")
    do(centre, "lead", step("incident", case, "supervise", reason="x"))
    clock.turn(100 * HOUR)
    assert centre.tend() == 0


def test_what_was_done_in_time_is_left_alone(centre, clock):
    case, _ = handling(centre)
    do(centre, "dispatcher", step("incident", case, "feedback", result="已修复"))
    clock.turn(100 * HOUR)
    assert centre.tend() == 0
    assert centre.get("incident", case).supervised == 0


def test_what_was_set_aside_until_a_time_comes_back_with_its_tasks(centre, clock):
    case, task = handling(centre)
    until = clock.now() + 48 * HOUR
    facts = {"reason": "等配件", "resume_when": "配件到货", "until": until}
    do(centre, "lead", step("incident", case, "suspend", **facts), step("task", task, "suspend"))
    clock.turn(48 * HOUR - 1)
    assert centre.tend() == 0
    clock.turn(1)
    assert centre.tend() == 1
    assert centre.get("incident", case).state == "handling"
    assert centre.get("task", task).state == "handling"
    assert centre.get("incident", case).suspended_until == 0
    assert not centre.get("incident", case).deadlines["handle"].paused
    assert centre.tend() == 0


def test_what_was_closed_long_ago_is_archived(centre, clock):
    case, _ = handling(centre)
    do(centre, "dispatcher", step("incident", case, "feedback", result="已修复"))
    do(centre, "dispatcher", step("incident", case, "verify"), step("incident", case, "close", 99))
    clock.turn(watch.ARCHIVE_AFTER)
    assert centre.tend() == 1
    assert centre.get("incident", case).state == "archived"
    clock.turn(watch.ARCHIVE_AFTER)
    assert centre.tend() == 0


def test_many_at_once_are_done_in_rounds(centre, clock, monkeypatch):
    monkeypatch.setattr(watch, "ROUND", 3)
    for _ in range(7):
        dispatched(centre, handle="1h")
    clock.turn(50 * HOUR)
    assert [centre.tend() for _ in range(4)] == [3, 3, 1, 0]


def test_seats_hear_of_it_by_the_feed(centre, clock):
    case = dispatched(centre, handle="1h")
    cursor = centre.snapshot(LEAD)[0].next
    clock.turn(50 * HOUR)
    centre.tend()
    assert [p.id for p in centre.page(cursor, LEAD).puts] == [case]


def test_an_act_that_is_refused_is_not_tried_for_ever(lite, clock, monkeypatch):
    centre = lite.centre
    case = dispatched(centre, handle="1h")
    clock.turn(50 * HOUR)
    real = watch.Step

    def wrong(**facts) -> Step:
        return real(**{**facts, "verb": "archive"})

    monkeypatch.setattr(watch, "Step", wrong)
    assert centre.tend() == 1
    assert centre.get("incident", case).supervised == 0
    assert centre.tend() == 0


@pytest.mark.parametrize("kind", ["unit", "report", "term"])
def test_other_kinds_are_not_watched(lite, kind):
    from console.domain.record import KINDS  # noqa: PLC0415

    assert watch.watch_at(KINDS[kind](id="x"), lite.centre.judge) == 0


def test_a_shelf_ends_by_itself_and_that_is_logged(centre, clock):
    lead = PEOPLE["lead"]
    until = clock.now() + HOUR
    made = step("shelf", "S1", "shelve", scope=XUANWU, indicator="W.a", until=until, reason="检修")
    assert centre.judge_acts([act("lead", made)], lead).verdicts[0].verdict == "applied"
    assert centre.tend() == 0
    clock.turn(HOUR)
    assert centre.tend() == 1
    assert centre.get("shelf", "S1").state == "expired"
    assert [e.verb for e in centre.history("shelf", "S1", lead).entries] == ["shelve", "expire"]

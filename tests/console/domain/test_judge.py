"""The judge: who may, from where, with what, and what it does to the record and its clocks."""

import pytest

from console.base.errors import Conflict, Refused
from console.domain.access import Access, system
from console.domain.record import Step
from tests.worlds import HOUR, JUDGE, LEAD, MINUTE, SCOPE, TEN, UNIT, World


@pytest.fixture
def world():
    return World()


def refused(world, actor, kind, id, verb, key, **args):
    with pytest.raises(Refused) as raised:
        world.do(actor, kind, id, verb, **args)
    assert raised.value.key == key
    return raised.value


def test_a_record_is_born_with_its_number_and_its_first_clock(world):
    born = world.do(LEAD, "incident", "I1", "create", title="t", scope=SCOPE, limit="30m")
    assert (born.state, born.no[:6], born.version) == ("reported", "320102", 1)
    assert born.deadlines["accept"].due == TEN + 30 * MINUTE


def test_nothing_is_born_twice(world):
    world.make("incident", "I1", "reported")
    refused(world, LEAD, "incident", "I1", "create", "refused.born", title="t", scope=SCOPE)


def test_a_step_that_the_state_does_not_allow_is_refused_and_changes_nothing(world):
    world.make("incident", "I1", "reported")
    before = dict(world.records)
    refused(world, LEAD, "incident", "I1", "close", "refused.state")
    assert world.records == before


def test_a_step_that_the_role_does_not_allow_is_refused(world):
    world.make("incident", "I1", "reported", lead="cgj")
    refused(world, UNIT, "incident", "I1", "accept", "refused.role")


def test_what_lies_outside_a_jurisdiction_is_as_if_it_were_not_there(world):
    world.make("incident", "I1", "reported")
    elsewhere = Access(user="qi", roles=("district",), scopes=("320104",))
    refused(world, elsewhere, "incident", "I1", "accept", "refused.unknown")
    same_beginning = Access(user="qi", roles=("district",), scopes=("32010",))
    refused(world, same_beginning, "incident", "I1", "accept", "refused.unknown")


def test_nobody_creates_outside_their_jurisdiction(world):
    elsewhere = Access(user="qi", roles=("district",), scopes=("320104",))
    args = {"title": "t", "scope": SCOPE}
    refused(world, elsewhere, "incident", "I1", "create", "refused.scope", **args)


@pytest.mark.parametrize(
    ("args", "key"),
    [
        ({}, "refused.argument_missing"),
        ({"lead": ""}, "refused.argument_missing"),
        ({"lead": "cgj", "surprise": 1}, "refused.argument_extra"),
        ({"lead": ["cgj"]}, "refused.argument"),
        ({"lead": "cgj", "sign": "soon"}, "refused.limit"),
    ],
)
def test_arguments_that_are_missing_unknown_or_wrong_are_refused(world, args, key):
    world.make("incident", "I1", "accepted")
    refused(world, LEAD, "incident", "I1", "dispatch", key, **args)


def test_an_unknown_verb_or_kind_is_refused(world):
    refused(world, LEAD, "incident", "I1", "fly", "refused.verb")
    refused(world, LEAD, "dragon", "D1", "fly", "refused.verb")


def test_an_act_is_all_or_nothing(world):
    world.make("incident", "I1", "reported")
    steps = [Step(kind="incident", record="I1", verb=v) for v in ("accept", "close")]
    with pytest.raises(Refused):
        world.act(LEAD, *steps)
    assert world.get("incident", "I1").state == "reported"


def test_a_later_step_of_an_act_sees_what_an_earlier_one_made(world):
    world.make("incident", "I1", "dispatched")
    world.act(LEAD, *(Step(kind="incident", record="I1", verb=v) for v in ("sign", "start")))
    assert world.get("incident", "I1").state == "handling"
    assert world.get("incident", "I1").version == 7


def test_clocks_start_and_stop_with_the_verbs_that_say_so(world):
    after = world.dispatched()
    assert after.deadlines["accept"].stopped == TEN
    assert after.deadlines["dispatch"].stopped == TEN
    assert after.deadlines["sign"].due == TEN + HOUR
    world.now += MINUTE
    assert world.do(UNIT, "incident", "I1", "sign").deadlines["sign"].stopped == world.now


def test_a_suspended_case_stands_still_and_goes_on_with_the_rest_of_its_time(world):
    world.dispatched()
    world.do(UNIT, "incident", "I1", "sign")
    started = world.do(UNIT, "incident", "I1", "start")
    world.now += HOUR
    until = world.now + 10 * HOUR
    args = {"reason": "r", "resume_when": "w", "until": until}
    held = world.do(LEAD, "incident", "I1", "suspend", **args)
    assert (held.deadlines["handle"].paused, held.suspended_until) == (world.now, until)
    assert held.before == "handling"
    world.now += 4 * HOUR + 30 * MINUTE  # from 11:00 over noon to 15:30
    again = world.do(LEAD, "incident", "I1", "resume")
    assert (again.state, again.suspended_until, again.before) == ("handling", 0, "")
    assert again.deadlines["handle"].due > started.deadlines["handle"].due


def test_rework_gives_the_whole_time_again(world):
    world.dispatched()
    for verb in ("sign", "start"):
        world.do(UNIT, "incident", "I1", verb)
    world.do(UNIT, "incident", "I1", "feedback", result="done")
    world.now += HOUR
    again = world.do(LEAD, "incident", "I1", "rework", reason="not done")
    assert (again.deadlines["handle"].started, again.deadlines["handle"].stopped) == (world.now, 0)
    assert again.reworked == 1
    assert again.notes[-1].text == "not done"


def test_a_return_is_allowed_once_and_within_two_working_hours(world):
    world.dispatched()
    back = world.do(UNIT, "incident", "I1", "return", basis="law", reason="not ours")
    assert (back.state, back.returned, back.deadlines["dispatch"].stopped) == ("returned", 1, 0)
    world.do(LEAD, "incident", "I1", "dispatch", lead="cgj", sign="1wh")
    args = {"basis": "law", "reason": "again"}
    refused(world, UNIT, "incident", "I1", "return", "refused.often", **args)


def test_a_return_comes_too_late_after_two_working_hours_and_not_before(world):
    world.dispatched()  # at 10:00; noon is from 12:00 to 14:00
    world.now = TEN + 2 * HOUR
    world.do(UNIT, "incident", "I1", "return", basis="law", reason="just in time")
    late = World()
    late.dispatched()
    late.now = TEN + 4 * HOUR + MINUTE
    args = {"basis": "law", "reason": "late"}
    refused(late, UNIT, "incident", "I1", "return", "refused.too_late", **args)


def test_nobody_is_urged_twice_within_ten_minutes(world):
    world.dispatched()
    world.do(LEAD, "incident", "I1", "urge")
    world.now += 9 * MINUTE
    refused(world, LEAD, "incident", "I1", "urge", "refused.too_soon")
    world.now += MINUTE
    assert world.do(LEAD, "incident", "I1", "urge").urged == 2


def test_an_extension_is_granted_once_and_never_longer_than_the_limit(world):
    world.dispatched()
    world.do(UNIT, "incident", "I1", "sign")
    refused(world, LEAD, "incident", "I1", "extend", "refused.extension_too_long", by="5wh")
    assert world.do(LEAD, "incident", "I1", "extend", by="4wh").extended == 1
    refused(world, LEAD, "incident", "I1", "extend", "refused.often", by="1wh")


def test_a_clock_that_does_not_run_cannot_be_extended(world):
    world.make("incident", "I1", "handling")
    refused(world, LEAD, "incident", "I1", "extend", "refused.no_clock", by="1wh")


def test_what_was_asked_waits_for_who_may_grant_it(world):
    world.dispatched()
    world.do(UNIT, "incident", "I1", "sign")
    refused(world, LEAD, "incident", "I1", "grant_extend", "refused.not_asked", by="1wh")
    asked = world.do(UNIT, "incident", "I1", "ask_extend", by="1wh", reason="parts")
    assert (asked.asked["extend"].value, asked.asked["extend"].by) == ("1wh", "zhao")
    refused(world, UNIT, "incident", "I1", "grant_extend", "refused.role", by="1wh")
    granted = world.do(LEAD, "incident", "I1", "grant_extend", by="1wh")
    assert (granted.asked, granted.extended) == ({}, 1)


def test_what_was_asked_can_be_denied(world):
    world.make("incident", "I1", "handling", lead="cgj")
    args = {"reason": "r", "resume_when": "w", "until": TEN + HOUR}
    world.do(UNIT, "incident", "I1", "ask_suspend", **args)
    denied = world.do(LEAD, "incident", "I1", "deny_suspend", reason="no")
    assert (denied.asked, denied.state) == ({}, "handling")


def test_a_request_is_void_once_the_thing_was_done_without_it_or_took_another_turn(world):
    world.make("incident", "I1", "handling", lead="cgj")
    args = {"reason": "r", "resume_when": "w", "until": TEN + HOUR}
    world.do(UNIT, "incident", "I1", "ask_suspend", **args)
    assert world.do(LEAD, "incident", "I1", "suspend", **args).asked == {}
    world.make("incident", "I2", "handling", lead="cgj")
    world.do(UNIT, "incident", "I2", "ask_suspend", **args)
    assert world.do(LEAD, "incident", "I2", "withdraw", reason="wrong one").asked == {}


def test_a_step_on_what_another_has_turned_since_is_a_conflict(world):
    world.make("incident", "I1", "verifying", pivot=5, pivot_by="someone")
    with pytest.raises(Conflict) as raised:
        world.do(LEAD, "incident", "I1", "close", base=4)
    assert raised.value.key == "conflict.stale"
    assert world.do(LEAD, "incident", "I1", "close", base=5).state == "closed"


def test_one_s_own_turn_is_no_conflict(world):
    world.make("incident", "I1", "verifying", pivot=5, pivot_by="li")
    assert world.do(LEAD, "incident", "I1", "close", base=1).state == "closed"


def test_a_pivotal_step_is_remembered_with_its_author(world):
    after = world.dispatched()
    assert (after.pivot, after.pivot_by) == (after.version, "li")


def test_a_merged_incident_keeps_where_it_came_from_and_goes_back_there(world):
    world.make("incident", "I0", "handling")
    for state in ("reported", "accepted"):
        world.make("incident", "I1", state)
        merged = world.do(LEAD, "incident", "I1", "merge", parent="I0")
        assert (merged.state, merged.parent, merged.before) == ("merged", "I0", state)
        back = world.do(LEAD, "incident", "I1", "unmerge")
        assert (back.state, back.parent, back.before) == (state, "", "")


def test_the_clocks_of_a_merged_incident_stand_still(world):
    world.make("incident", "I0", "handling")
    world.do(LEAD, "incident", "I1", "create", title="t", scope=SCOPE, limit="30m")
    world.now += 10 * MINUTE
    world.do(LEAD, "incident", "I1", "merge", parent="I0")
    world.now += HOUR
    back = world.do(LEAD, "incident", "I1", "unmerge")
    assert back.deadlines["accept"].due == world.now + 20 * MINUTE


def test_watching_is_a_set_of_names(world):
    world.make("incident", "I1", "reported", watchers=("zhang",))
    for _ in range(2):
        assert world.do(LEAD, "incident", "I1", "watch").watchers == ("zhang", "li")
    assert world.do(LEAD, "incident", "I1", "unwatch").watchers == ("zhang",)


def test_time_never_goes_back_in_a_record(world):
    world.make("incident", "I1", "reported", updated_at=TEN + HOUR)
    assert world.do(LEAD, "incident", "I1", "note", note="n").updated_at == TEN + HOUR


def test_the_hindrance_of_a_verb_is_what_the_step_would_be_refused_for(world):
    record = world.make("incident", "I1", "reported")
    verbs = JUDGE.machines["incident"].verbs
    assert JUDGE.hindrance(record, verbs["accept"], LEAD, TEN) is None
    assert JUDGE.hindrance(record, verbs["close"], LEAD, TEN).key == "refused.state"
    assert JUDGE.hindrance(record, verbs["accept"], UNIT, TEN).key == "refused.unknown"
    assert {v.name for v in JUDGE.allowed(record, LEAD)} >= {"accept", "merge", "void"}
    assert JUDGE.allowed(record, UNIT) == ()


def test_the_centre_itself_may_do_what_is_the_system_s(world):
    world.make("incident", "I1", "closed")
    assert world.do(system(), "incident", "I1", "archive").state == "archived"

"""What people decided at a centre, and how advice has done there."""

import pytest

from console.base.ids import new_id
from console.central.learning import Decided, decided, drift, figures, held_back
from console.domain.access import Access, system
from console.domain.record import Act, Step

SCOPE = "320102.320102002"
LEAD = Access(user="li", roles=("duty_lead", "intake", "dispatch"), scopes=("",))


def act(centre, actor, *steps):
    made = Act(id=new_id(), steps=steps, by=actor.user, at=centre.clock.now())
    (verdict,) = centre.judge_acts([made], actor).verdicts
    assert verdict.verdict == "applied", verdict


def case(centre, n, type="DMUM-06-02", title="路面坑槽"):
    made = f"0196c0de-0000-7000-8000-{n:012d}"
    facts = {"title": title, "scope": SCOPE, "type": type, "source": "hotline",
             "reported_at": centre.clock.now() - 1000 * (100 - n)}  # fmt: skip
    act(centre, system(), Step(kind="incident", record=made, verb="create", args=facts))
    return made


def step(id, verb, **args):
    return Step(kind="incident", record=id, verb=verb, args=args, base=10**15)


def test_only_what_people_have_accepted_is_learnt_from_the_oldest_first(lite):
    one, two = case(lite.centre, 1), case(lite.centre, 2, title="坑槽伤人")
    case(lite.centre, 3)
    for each in (two, one):
        act(lite.centre, LEAD, step(each, "accept"))
    found = decided(lite.centre, {"DMUM-06-02"})
    assert [d.text for d in found] == ["路面坑槽", "坑槽伤人"]
    assert decided(lite.centre, {"other"}) == []


def test_the_latest_fifth_is_held_back():
    cases = [Decided(str(n), "T", n) for n in range(10)]
    earlier, latest = held_back(cases)
    assert [d.at for d in latest] == [8, 9]
    assert len(earlier) == 8
    assert held_back([]) == ([], [])


def test_what_was_taken_and_what_was_overruled_is_counted(lite):
    one = case(lite.centre, 1)
    advice = {"about": "type", "offered": "DMUM-06-02"}
    since = lite.centre.clock.now() - 1
    for verb in ("heed", "heed", "heed", "overrule"):
        act(lite.centre, LEAD, step(one, verb, **advice))
    found = figures(lite.centre, since)
    assert (found.offered, found.accuracy, found.override_rate) == (4, 0.75, 0.25)
    assert found.return_rate is None
    empty = figures(lite.centre, lite.centre.clock.now() + 1)
    assert (empty.offered, empty.accuracy) == (0, None)


def test_drift_is_nothing_for_the_same_mix_and_much_for_another():
    assert drift(["a", "b"] * 50, ["a", "b"] * 50) == pytest.approx(0)
    assert drift(["a"] * 90 + ["b"] * 10, ["a"] * 10 + ["b"] * 90) > 1
    assert drift([], ["a"]) is None


def test_units_that_were_advised_and_those_sent_against_it_are_counted(lite):
    one, two = case(lite.centre, 1), case(lite.centre, 2)
    for each in (one, two):
        act(lite.centre, LEAD, step(each, "accept"))
    act(lite.centre, LEAD, step(one, "heed_units", offered="U1"))
    act(lite.centre, LEAD, step(two, "overrule_units", offered="U1", taken="U2", reason="近"))
    found = figures(lite.centre, 0)
    assert (found.units_offered, found.units_overridden) == (2, 1)
    assert found.offered == 0

"""The demo city is full of work in every state, all of it by the real judge, and of nobody real."""

from collections import Counter

import pytest

from console.base.clock import ManualClock
from console.central.build import build
from console.central.drill import give_passwords, populate
from console.domain.access import system
from console.domain.deadline import Standing, standing
from console.domain.record import Incident, Report, Task, Unit
from console.wire import record_of


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    clock = ManualClock()
    built = build(tmp_path_factory.mktemp("demo"), clock, demo=True)
    made = populate(built.centre, clock, incidents=700)
    yield built, clock, made
    built.close()


@pytest.fixture(scope="module")
def records(demo):
    head, puts = demo[0].centre.snapshot(system())
    found = [record_of(put.kind, put.body) for put in puts]
    assert len(found) == head.rows
    return found


def test_the_judge_refuses_nothing_of_it(demo):
    assert demo[2].refused == Counter()
    assert demo[2].incidents > 600


def test_every_state_of_incidents_and_tasks_is_to_be_seen(demo, records):
    machines = demo[0].centre.judge.machines
    for kind in ("incident", "task"):
        assert {r.state for r in records if r.kind == kind} == set(machines[kind].states)


def test_some_are_due_soon_overdue_badly_overdue_and_paused(demo, records):
    centre, now = demo[0].centre, demo[1].now()
    seen = {
        standing(d, now, centre.judge.calendar)
        for r in records if isinstance(r, Incident)
        for d in r.deadlines.values()
    }  # fmt: skip
    assert seen == set(Standing)
    assert any("extend" in r.asked for r in records if isinstance(r, Incident))


def test_nothing_lies_in_the_future(demo, records):
    assert max(r.updated_at for r in records) <= demo[1].now()


def test_no_unit_is_at_two_places(demo, records):
    opened = demo[0].centre.judge.machines["task"].opened
    sent = Counter(r.unit for r in records if isinstance(r, Task) and r.unit and r.state in opened)
    assert sent
    assert max(sent.values()) == 1
    ready = {r.id for r in records if isinstance(r, Unit) and r.state == "ready"}
    assert set(sent) <= ready


def test_every_phone_is_of_numbers_that_do_not_exist(records):
    phones = [r.phone for r in records if isinstance(r, Report | Unit)]
    assert phones
    assert all(len(p) == 11 and p.startswith("100") for p in phones)


def test_duplicates_were_merged_and_their_reports_moved(records):
    merged = [r for r in records if isinstance(r, Incident) and r.state == "merged"]
    by_id = {r.id: r for r in records}
    assert merged
    assert all(by_id[r.parent].kind == "incident" for r in merged)


def test_a_timeline_runs_forward(demo, records):
    closed = next(r for r in records if isinstance(r, Incident) and r.state == "archived")
    entries = demo[0].centre.history("incident", closed.id, system()).entries
    assert [e.at for e in entries] == sorted(e.at for e in entries)
    assert entries[0].verb == "create"
    assert len({e.by for e in entries}) > 2


def test_a_ledger_that_holds_anything_stays_as_it_is(demo):
    built, clock, _ = demo
    before = built.centre.head
    assert populate(built.centre, clock).acts == 0
    assert built.centre.head == before


def test_the_same_seed_makes_the_same_city(tmp_path):
    clock = ManualClock()
    digests = []
    for name in ("a", "b"):
        built = build(tmp_path / name, clock)
        populate(built.centre, clock, incidents=60)
        digests.append(built.centre.digest(system()))
        built.close()
    assert digests[0] == digests[1]


def test_who_signs_in_gets_a_password_of_today_and_the_first_does_everything(demo):
    built, _, _ = demo
    given = give_passwords(built.people, built.centre)
    first = given[0]
    assert {"intake", "dispatch", "duty_lead", "callback"} <= set(first.access.roles)
    assert built.people.check(first.user, first.password) == first.access
    assert len({g.password for g in given}) == len(given)
    roles = {role for g in given for role in g.access.roles}
    assert {"unit", "district", "leader", "admin"} <= roles
    assert sum("district" in g.access.roles for g in given) == 12

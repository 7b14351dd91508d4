"""Old pushes to walls go from seats, then from the centre; what a case had stays told."""

import pytest
from sqlalchemy import func, select, update

from console.central import tables
from console.central.pruning import DAY, rules
from console.central.showings import Showings
from console.central.sight import Sight
from tests.centre_driver import PEOPLE, act, birth, step

LEAD, DISTRICT = PEOPLE["lead"], PEOPLE["xuanwu"]


@pytest.fixture
def centre(lite):
    return lite.centre


@pytest.fixture
def case(centre):
    born = birth(level="I")
    centre.judge_acts([act("lead", born)], LEAD)
    return born.record


def push(centre, id, **what):
    made = step("showing", id, "push", scope="*", wall="w1", **(what or {"camera": "c"}))
    assert centre.judge_acts([act("lead", made)], LEAD).verdicts[0].verdict == "applied"


def count(centre, table, *where):
    with centre.ledger.reading() as line:
        return line.execute(select(func.count()).select_from(table).where(*where)).scalar()


def end_log(centre):
    centre.judge_acts([act("lead", birth())], LEAD)


def told(centre, case):
    entries = centre.history("incident", case, DISTRICT).entries
    return [e.verb for e in entries if e.kind == "showing"]


def test_seats_let_go_of_a_push_when_its_time_is_over(centre, clock):
    push(centre, "s1")
    cursor = centre.bookmark(centre.head, Sight.of(LEAD)).next
    before = centre.digest(LEAD).counts["showing"]
    clock.turn(rules().shown_days * DAY - 1_000)
    assert centre.tend() == 0
    clock.turn(1_000)
    assert centre.tend() == 1
    page = centre.page(cursor, LEAD)
    assert [(each.kind, each.id) for each in page.leaves] == [("showing", "s1")]
    assert page.puts == []
    assert (before, centre.digest(LEAD).counts.get("showing", 0)) == (1, 0)
    assert not [put for put in centre.snapshot(LEAD)[1] if put.kind == "showing"]


def test_what_was_pushed_for_a_case_is_told_beside_it_as_long_as_it_is_kept(centre, clock, case):
    push(centre, "s1", incident=case)
    clock.turn(rules().shown_days * DAY)
    centre.tend()
    clock.turn(rules().kept_days * DAY)
    end_log(centre)
    assert Showings(centre).tend() == 0
    assert told(centre, case) == ["push", "prune"]


def test_the_centre_lets_go_of_all_else_with_its_log_and_its_acts(centre, clock):
    acts = count(centre, tables.act)
    for n in range(3):
        push(centre, f"s{n}")
    clock.turn(rules().shown_days * DAY)
    centre.tend()
    assert Showings(centre).tend() == 0
    clock.turn(rules().kept_days * DAY)
    assert Showings(centre).tend() == 2, "what ends the log stays, or seats would not know it again"
    end_log(centre)
    assert Showings(centre).tend() == 1
    assert count(centre, tables.record, tables.record.c.kind == "showing") == 0
    assert count(centre, tables.log, tables.log.c.kind == "showing") == 0
    assert count(centre, tables.act) == acts + 1


def test_a_seat_that_was_away_so_long_reads_on(centre, clock):
    cursor = centre.bookmark(centre.head, Sight.of(LEAD)).next
    push(centre, "s1")
    clock.turn((rules().shown_days + rules().kept_days) * DAY)
    centre.tend()
    end_log(centre)
    assert Showings(centre).tend() == 1
    page = centre.page(cursor, LEAD)
    assert {put.kind for put in page.puts} == {"incident"}


def test_those_of_an_older_centre_are_looked_at_too(centre, clock):
    push(centre, "s1")
    with centre.ledger.writing() as line:
        line.execute(update(tables.record).values(watch_at=0))
    clock.turn(rules().shown_days * DAY)
    assert centre.tend() == 0
    Showings(centre).tend()
    assert centre.tend() == 1

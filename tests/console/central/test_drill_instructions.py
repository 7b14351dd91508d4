"""The demo city's instructions stand where its file says: late, signed, answered, closed."""

from collections import Counter

import pytest

from console.central.drill import populate
from console.domain.access import system
from console.domain.record import Incident, Instruction, Task
from console.wire import record_of


@pytest.fixture
def city(lite, clock):
    made = populate(lite.centre, clock, incidents=40)
    assert not made.refused, made.refused
    return lite.centre


def instructions(centre) -> list[Instruction]:
    found = (record_of(p.kind, p.body) for p in centre.snapshot(system())[1])
    return [r for r in found if isinstance(r, Instruction)]


def test_instructions_stand_in_every_state_and_one_is_signed_by_nobody_in_time(city, clock):
    found = instructions(city)
    assert {"issued", "signed", "working", "answered", "closed"} == {r.state for r in found}
    late = [r for r in found if r.state == "issued" and r.deadlines["sign"].due < clock.now()]
    assert len(late) == 1
    assert Counter(r.state for r in found)["closed"] == 2


def test_each_has_work_of_its_department_that_has_come_as_far(city):
    stands = {"issued": "issued", "signed": "signed", "working": "handling",
              "answered": "feedback", "closed": "closed"}  # fmt: skip
    for each in instructions(city):
        task, incident = city.get(Task.kind, each.task), city.get(Incident.kind, each.incident)
        assert task.dept == incident.lead == each.dept
        assert task.state in (stands[each.state], "done"), each.words
        assert (incident.state == "closed") == (each.state == "closed")


def test_what_a_department_said_and_the_leader_s_word_stand_there(city):
    closed = [r for r in instructions(city) if r.state == "closed"]
    assert all(r.feedback and r.verdict and r.signed_at for r in closed)
    assert all(clock.stopped for r in closed for clock in r.deadlines.values())

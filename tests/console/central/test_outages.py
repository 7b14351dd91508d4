"""A source that says nothing more is told of once, to whom it belongs, and starts no plan."""

import pytest

from console.central.outages import Outages, outages_of
from console.central.sensing.keeper import Keeper
from console.domain.access import system
from console.domain.record import Incident, StartedPlan, Task
from tests.centre_driver import PEOPLE, act, step
from tests.console.central.test_linking import of
from tests.gauges import INDICATORS, PONDING, STAGE, measured

MINUTE, DAY = 60_000, 86_400_000
SOURCE, LEAD = PEOPLE["water"], PEOPLE["lead"]


@pytest.fixture
def outages(centre, clock) -> Outages:
    centre.readings = Keeper(centre.ledger, INDICATORS, clock, 30)
    found = outages_of(centre)
    assert found is not None
    return found


def speak(centre, clock, *sources: str) -> None:
    centre.take_readings([measured(PONDING, clock.now(), 3, source=s) for s in sources], SOURCE)
    centre.beat()


def tickets(centre) -> list[Incident]:
    from console.central import feed  # noqa: PLC0415 - read here alone
    from console.central.sight import Sight  # noqa: PLC0415
    from console.wire import record_of  # noqa: PLC0415

    with centre.ledger.reading() as line:
        found = [
            record_of(p.kind, p.body) for p in feed.puts_of(line, Sight.of(system()), "incident")
        ]
    return [r for r in found if isinstance(r, Incident) and r.type == "PLDB-03"]


def test_it_is_told_once_to_the_department_that_owns_it(centre, clock, outages):
    speak(centre, clock, "s1", "s2")
    assert outages.tend() == 0
    clock.turn(11 * MINUTE)
    speak(centre, clock, "s2")
    assert outages.tend() == 1
    (ticket,) = tickets(centre)
    assert (ticket.state, ticket.linked) == ("reported", ("LK-09",))
    assert "s1" in ticket.detail
    assert "s2" not in ticket.detail
    (task,) = of(centre, Task.kind, ticket.id)
    assert (task.dept, task.deadlines["handle"].limit) == ("wat", "4h")
    assert outages.tend() == 0
    while centre.tend():
        continue
    assert of(centre, StartedPlan.kind, ticket.id) == []


def test_it_is_closed_with_its_task_when_all_are_back_and_the_next_is_another(
    centre, clock, outages
):
    speak(centre, clock, "s1", "s2")
    clock.turn(11 * MINUTE)
    assert outages.tend() == 1
    speak(centre, clock, "s1")
    assert outages.tend() == 0
    speak(centre, clock, "s1", "s2")
    clock.turn(1)
    assert outages.tend() == 1
    (ticket,) = tickets(centre)
    assert ticket.state == "closed"
    assert [t.state for t in of(centre, Task.kind, ticket.id)] == ["done"]
    speak(centre, clock, "s1", "s2")
    clock.turn(11 * MINUTE)
    assert outages.tend() == 1
    assert sorted(t.state for t in tickets(centre)) == ["closed", "reported"]


def test_a_ticket_that_a_person_ended_is_not_opened_again_for_the_same_silence(
    centre, clock, outages
):
    speak(centre, clock, "s1")
    clock.turn(11 * MINUTE)
    outages.tend()
    ended = step("incident", tickets(centre)[0].id, "void", reason="已停用")
    assert centre.judge_acts([act("lead", ended)], LEAD).verdicts[0].verdict == "applied"
    assert outages.tend() == 0
    again = outages_of(centre)
    clock.turn(11 * MINUTE)
    assert again is not None
    assert again.tend() == 0
    assert len(tickets(centre)) == 1


def test_what_was_silent_while_the_centre_was_away_has_its_time_to_speak(centre, clock, outages):
    speak(centre, clock, "s1")
    clock.turn(30 * MINUTE)
    again = outages_of(centre)
    assert again is not None
    assert again.tend() == 0
    clock.turn(11 * MINUTE)
    assert again.tend() == 1


def test_what_was_silent_for_days_and_what_a_person_said_are_not_waited_for(centre, clock, outages):
    speak(centre, clock, "s1")
    own = measured(STAGE, clock.now(), 5, source="@xuanwu")
    assert centre.take_readings([own], PEOPLE["xuanwu"]).taken == 1
    clock.turn(8 * DAY)
    assert outages.tend() == 0

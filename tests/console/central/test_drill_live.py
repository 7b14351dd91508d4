"""The demo city goes on by itself, and leaves alone what a person took in hand."""

import threading
from collections import Counter

import pytest

from console.base.ids import new_id
from console.central.drill import live, populate, stage_of
from console.central.drill_city import Dice
from console.central.drill_live import Life
from console.domain.access import system
from console.domain.record import Act, Incident, Step, Task
from console.wire import APPLIED, record_of


@pytest.fixture
def life(lite, clock):
    populate(lite.centre, clock, incidents=60)
    return Life(lite.centre, clock, stage_of(lite.centre, Dice(9), clock.now()))


def go_on(life, clock, minutes):
    for _ in range(minutes * 10):
        clock.turn(6_000)
        life.beat()


def records(centre, kind):
    return [record_of(p.kind, p.body) for p in centre.snapshot(system())[1] if p.kind == kind]


def test_cases_come_in_and_are_dealt_with(life, lite, clock):
    before = lite.centre.head
    begun = clock.now()
    go_on(life, clock, 13)
    new = [r for r in records(lite.centre, Incident.kind) if r.reported_at > begun]
    assert 30 < len(new) < 300
    states = Counter(r.state for r in new)
    assert {"reported", "accepted", "dispatched"} <= set(states)
    assert states.keys() & {"handling", "feedback", "verifying", "closed"}
    assert lite.centre.head > before


def test_a_department_answers_a_person_s_order_but_no_colleague_goes_on_with_it(life, lite, clock):
    centre = lite.centre
    person = life._stage.cast.named("dispatcher")
    go_on(life, clock, 1)
    mine = next(r for r in records(centre, Incident.kind) if r.state == "reported")
    district = mine.scope.partition(".")[0]
    task, dept = new_id(), centre.place.city.districts[district].centre
    steps = (
        Step(kind="incident", record=mine.id, verb="accept"),
        Step(kind="incident", record=mine.id, verb="dispatch", args={"lead": dept, "sign": "1h"}),
        Step(kind="task", record=task, verb="issue",
             args={"incident": mine.id, "scope": mine.scope, "dept": dept, "sign": "1h"}),
    )  # fmt: skip
    act = Act(id=new_id(), steps=steps, by=person.user, at=clock.now())
    assert centre.judge_acts([act], person).verdicts[0].verdict == APPLIED
    go_on(life, clock, 13)
    assert isinstance(centre.get(Task.kind, task), Task)
    assert centre.get(Task.kind, task).state == "feedback"
    assert centre.get(Incident.kind, mine.id).state == "feedback"


def test_colleagues_send_units_and_not_always_the_nearest(life, lite, clock):
    begun = clock.now()
    go_on(life, clock, 13)
    new = {r.id for r in records(lite.centre, Incident.kind) if r.reported_at > begun}
    sent = [t for t in records(lite.centre, Task.kind) if t.unit and t.incident in new]
    assert len(sent) > 3
    advised = {lite.centre.get(Incident.kind, t.incident).units_advised for t in sent}
    assert "heeded" in advised


def test_it_stops_when_told(lite, clock):
    stopping = threading.Event()
    stopping.set()
    live(lite.centre, clock, stopping)

"""Every scene of the demo has a plan at work, and its tasks are answered as its file says."""

from collections import Counter

import pytest

from console.central.drill import populate, stage_of
from console.central.drill_city import Dice
from console.central.drill_live import Life
from console.central.drill_plans import Officer
from console.domain.access import system
from console.domain.record import Incident, StartedPlan, Task
from console.wire import record_of


@pytest.fixture
def city(lite, clock):
    populate(lite.centre, clock, incidents=40)
    return lite.centre


def records(centre, kind):
    return [record_of(p.kind, p.body) for p in centre.snapshot(system())[1] if p.kind == kind]


def test_every_scene_that_is_not_sealed_begins_with_a_plan_at_work_and_its_incident(city):
    running = [p for p in records(city, StartedPlan.kind) if p.state == "running"]
    scenes = city.place.scenes
    assert {p.scene for p in running} == {s for s in scenes if scenes[s].lifecycle == "active"}
    opened = city.judge.machines[Incident.kind].opened
    assert all(city.get(Incident.kind, p.incident).state in opened for p in running)


def test_its_tasks_stand_in_different_places_and_a_few_are_late(city, clock):
    tasks = [t for t in records(city, Task.kind) if t.plan]
    states = Counter(t.state for t in tasks)
    assert {"issued", "handling", "feedback"} <= states.keys()
    late = [t for t in tasks if t.state != "feedback" and t.deadlines["handle"].due < clock.now()]
    assert 0 < len(late) < len(tasks) / 4


def test_the_officer_starts_what_an_incident_asks_for_and_departments_answer(city, clock):
    life = Life(city, clock, stage_of(city, Dice(9), clock.now()))
    before = {p.id for p in records(city, StartedPlan.kind)}
    states = set()
    for _ in range(18):  # chance says when: within three quarters of an hour
        for _ in range(25):
            clock.turn(6_000)
            life.beat()
        new = {p.id for p in records(city, StartedPlan.kind)} - before
        states = {t.state for t in records(city, Task.kind) if t.plan in new}
        if states & {"signed", "handling", "feedback"}:
            break
    assert states & {"signed", "handling", "feedback"}


def test_one_plan_is_not_started_twice_at_a_time(city, clock):
    officer = Officer(city, stage_of(city, Dice(9), clock.now()))
    running = [p for p in records(city, StartedPlan.kind) if p.state == "running"]
    incident = city.get(Incident.kind, running[0].incident)
    for plan in running:
        officer.note(plan)
    assert officer.proposed(incident) != running[0].plan

"""A plan says on paper who gets what and by when; started, it is one act for all of them."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.domain.access import system
from console.domain.city import City, read_city
from console.domain.record import Incident, StartedPlan, Task
from console.scenes.read import read_scenes
from console.scenes.scene import Scene, plans_of
from console.scenes.starting import dues, limit_of, read_limits, start_steps
from tests.worlds import MINUTE, SCOPE, TEN, World


@pytest.fixture(scope="module")
def nanjing() -> City:
    return read_city(resources.table("cities/nanjing.toml"), "cities/nanjing.toml")


@pytest.fixture(scope="module")
def scenes(nanjing: City) -> dict[str, Scene]:
    return read_scenes(nanjing)


def test_a_plan_on_paper_names_department_and_time_of_each_step(nanjing, scenes):
    plan = plans_of(scenes)["EMFV-P1"]
    given = dues(plan, nanjing, read_limits(nanjing), SCOPE)
    street = "st_" + SCOPE.partition(".")[2]
    assert [d.dept for d in given][:6] == ["ccoc", "ccoc", "ccoc", street, "fire", "tmb"]
    assert [d.handle for d in given] == [
        "5m", "5m", "5m", "5m", "5m", "8m", "10m", "15m", "30m", "1h", "4h",
    ]  # fmt: skip
    assert {d.sign for d in given} == {"15m"}


def test_who_cannot_be_told_is_the_operations_centre(nanjing, scenes):
    plan = plans_of(scenes)["DMCG-P1"]
    nowhere = dues(plan, nanjing, read_limits(nanjing))
    assert {d.dept for d in nowhere} == {"ccoc"}
    led = dues(plan, nanjing, read_limits(nanjing), SCOPE, lead="cgj")
    assert [d.dept for d in led if d.said.owner == "unit"] == ["cgj", "cgj"]


def test_minutes_are_written_in_the_longest_unit_that_fits():
    assert [limit_of(m) for m in (8, 60, 90, 1_440, 43_200)] == ["8m", "1h", "90m", "1d", "30d"]


def test_every_plan_can_be_started_as_one_act(nanjing, scenes):
    limits = read_limits(nanjing)
    for scene in scenes.values():
        if scene.lifecycle == "dormant":
            continue
        for plan in scene.plans:
            world = World()
            incident = world.make("incident", "I1", "handling", lead="cgj", lon=118.8, lat=32.0)
            given = dues(plan, nanjing, limits, incident.scope, incident.lead)
            world.act(system(), *start_steps(plan, scene, incident, given, rule="LK"))
            tasks = [r for r in world.records.values() if isinstance(r, Task)]
            assert [t.step for t in tasks] == list(range(1, len(plan.step) + 1))
            assert all(t.part == "plan" and t.order and t.deadlines["handle"].due for t in tasks)
            (started,) = (r for r in world.records.values() if isinstance(r, StartedPlan))
            assert (started.plan, started.rule, started.state) == (plan.id, "LK", "running")
            assert {t.plan for t in tasks} == {started.id}
            assert started.radius_m == (scene.map.camera.radius_m if started.most else 0)
            after = world.get("incident", "I1")
            assert isinstance(after, Incident)
            assert after.plans == (plan.id,)
            assert {t.dept for t in tasks} <= {after.lead, *after.assists}


def test_a_step_is_due_so_many_minutes_after_the_start(nanjing, scenes):
    world = World()
    incident = world.make("incident", "I1", "accepted")
    scene = scenes["EMFV"]
    given = dues(scene.plans[0], nanjing, read_limits(nanjing), incident.scope)
    world.act(system(), *start_steps(scene.plans[0], scene, incident, given))
    due = [r.deadlines["handle"].due for r in world.records.values() if isinstance(r, Task)]
    assert [(at - TEN) // MINUTE for at in due] == [5, 5, 5, 5, 5, 8, 10, 15, 30, 60, 240]


def test_a_level_without_a_limit_to_sign_is_told(nanjing, tmp_path):
    file = tmp_path / "plans.toml"
    words = resources.path("plans.toml").read_text("utf-8")
    file.write_text(words.replace('II = "15m"', 'II = "soon"', 1), "utf-8")
    with pytest.raises(BadData, match="no time limit for level 'II'"):
        read_limits(nanjing, str(file))
